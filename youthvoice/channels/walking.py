"""The walk through threads: from our own posts, then from every known reply that this did not pass.

What it has passed is kept between the pages of one collection. One step is one call. A step that
fails leaves nothing behind: what it passed is passed again; the steps before it keep what they
brought, so that a strict limit still lets a long walk come to its end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from youthvoice.channels.base import Batch, Cursor, Item, Place, Pseudonym, Scope
from youthvoice.errors import ChannelError

OWN, KNOWN = "own", "orphans"
"""The stages of a walk: our own posts, and known replies that hang on nothing of ours any more."""

STEPS_A_PAGE = 20


def in_turn(languages: Sequence[str], cursor: Cursor) -> tuple[str, str]:
    """Whose notifications to read now, and whose next (empty: nobody's)."""
    now = cursor.get("language", "")
    position = languages.index(now) if now in languages else 0
    return languages[position], "".join(languages[position + 1 : position + 2])


class Step(NamedTuple):
    """What one call gave: items, how many posts were left out, and where the answer was cut off."""

    items: list[Item]
    left_out: int
    cut_off: list[str]


class Page(NamedTuple):
    """What some steps gave together, and the position of the last seed."""

    items: list[Item]
    left_out: int
    last: str


class Walked:
    """What has been reached since the collection began, and where each reply belongs."""

    def __init__(self, pseudonym: Pseudonym) -> None:
        self._pseudonym = pseudonym
        self._reached: set[str] = set()
        self._asked: set[str] = set()
        self._places: dict[str, Place] = {}
        self._positions: dict[str, str] = {}
        self._cut_off: list[str] = []
        self._latest: list[str] = []

    def forget(self) -> None:
        """A new collection begins."""
        self._reached, self._asked, self._places = set(), set(), {}
        self._positions, self._cut_off, self._latest = {}, [], []

    def reach(self, ref: str) -> None:
        """A step has passed this post."""
        if ref not in self._reached:
            self._reached.add(ref)
            self._latest.append(ref)

    def put(self, ref: str, place: Place) -> None:
        """Remember where a reply belongs, for those below it."""
        self._places[ref] = place

    def place(self, ref: str | None) -> Place | None:
        """Where a reply belongs, if a step has passed it."""
        return self._places.get(ref) if ref else None

    def batch(
        self,
        scope: Scope,
        cursor: Cursor,
        kept: Mapping[str, str],
        following: str,
        step: Callable[[str], Step],
    ) -> Batch | None:
        """The walk's next page, or None if it is over and the stage `following` has begun.

        `kept` is what of the cursor outlives the walk.
        """
        stage, position = cursor.get("stage", OWN), cursor.get("at", "")
        if stage == following:
            return None
        if stage == OWN and not position:
            self.forget()
        # Parts of a thread hang below its root: a walk from the root passes through them.
        rest = self.after(position, scope.posts if stage == OWN else scope.known)
        if not rest:
            next_stage = KNOWN if stage == OWN else following
            return Batch([], [], {**kept, "stage": next_stage}, complete=False)
        page = self.page(position, rest[:STEPS_A_PAGE], step)
        after = {**kept, "stage": stage, "at": page.last}
        return Batch(page.items, [], after, complete=False, left_out=page.left_out)

    def after(self, position: str, seeds: Iterable[str]) -> list[str]:
        """Where to go on: where answers were cut off, then the seeds that no step has passed, in the
        order of their positions.

        A position is a keyed hash: the id itself would be a reference that outlives its deletion.
        """
        every = list(seeds)
        for ref in every:
            if ref not in self._positions:
                self._positions[ref] = self._pseudonym("position", ref)
        rest = [
            ref for ref in every if self._positions[ref] > position and ref not in self._reached
        ]
        return [*self._cut_off, *sorted(rest, key=lambda ref: self._positions[ref])]

    def page(self, position: str, refs: list[str], step: Callable[[str], Step]) -> Page:
        """Make a step from each of `refs`. Raises the failure of the first; a later one ends the page."""
        found: dict[str, Item] = {}
        left_out = done = 0
        last = position
        waiting = set(self._cut_off)
        for ref in refs:
            if ref in self._reached and ref not in waiting:
                last = self._positions[ref]  # a step of this page has passed it
                continue
            self._latest = []
            try:
                made = step(ref)
            except ChannelError:
                for passed in self._latest:
                    self._reached.discard(passed)
                    self._places.pop(passed, None)
                if not done:
                    raise
                break
            done += 1
            self._asked.add(ref)
            if ref in waiting:
                self._cut_off.remove(ref)
            else:
                last = self._positions[ref]
            self._cut_off += [
                one for one in made.cut_off if one not in self._asked and one not in self._cut_off
            ]
            found.update({item.id: item for item in made.items})
            left_out += made.left_out
        return Page(list(found.values()), left_out, last)
