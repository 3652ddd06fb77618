"""What a walk through threads has passed, kept between the pages of one collection.

A page that fails leaves nothing behind: what it passed is passed again. A page that fails half-way
gives what it has, so that a strict limit still lets a long walk come to its end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from youthvoice.channels.base import Item, Place, Pseudonym
from youthvoice.errors import ChannelError


class Page(NamedTuple):
    """The items of some walks, what they left out, and the position of the last one."""

    items: list[Item]
    left_out: int
    last: str


class Walked:
    """What has been reached since the collection began, and where each reply belongs."""

    def __init__(self) -> None:
        self._reached: set[str] = set()
        self._places: dict[str, Place] = {}
        self._positions: dict[str, str] = {}
        self._latest: list[str] = []

    def forget(self) -> None:
        """A new collection begins."""
        self._reached, self._places, self._positions, self._latest = set(), {}, {}, []

    def reach(self, ref: str) -> None:
        """A walk has passed this post."""
        if ref not in self._reached:
            self._reached.add(ref)
            self._latest.append(ref)

    def has_reached(self, ref: str) -> bool:
        """Whether a walk has passed this post."""
        return ref in self._reached

    def put(self, ref: str, place: Place) -> None:
        """Remember where a reply belongs, for those below it."""
        self._places[ref] = place

    def place(self, ref: str | None) -> Place | None:
        """Where a reply belongs, if a walk has passed it."""
        return self._places.get(ref) if ref else None

    def _undo(self) -> None:
        """The latest walk failed: what it passed is passed again."""
        for ref in self._latest:
            self._reached.discard(ref)
            self._places.pop(ref, None)

    def after(self, position: str, seeds: Iterable[str], pseudonym: Pseudonym) -> list[str]:
        """The seeds that are still to be walked from, in the order of their positions.

        A position is a keyed hash: the id itself would be a reference that outlives its deletion.
        """
        for ref in seeds:
            if ref not in self._positions:
                self._positions[ref] = pseudonym("position", ref)
        rest = [
            ref for ref in seeds if self._positions[ref] > position and ref not in self._reached
        ]
        return sorted(rest, key=lambda ref: self._positions[ref])

    def page(self, refs: list[str], walk: Callable[[str], tuple[list[Item], int]]) -> Page:
        """Walk from each of `refs`. Raises the failure of the first; a later one ends the page."""
        found: dict[str, Item] = {}
        left_out = 0
        last = ""
        for number, ref in enumerate(refs):
            if ref in self._reached:
                last = self._positions[ref]
                continue
            self._latest = []
            try:
                items, others = walk(ref)
            except ChannelError:
                self._undo()
                if number == 0 or not last:
                    raise
                break
            found.update({item.id: item for item in items})
            left_out += others
            last = self._positions[ref]
        return Page(list(found.values()), left_out, last)
