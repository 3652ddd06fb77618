"""A text as it is read, with the way back to the text as it was written: `View`, and edits of one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class View(NamedTuple):
    """What a reader reads. `starts` and `ends`: where each sign of `text` came from; None: unchanged."""

    text: str
    starts: Sequence[int] | None = None
    ends: Sequence[int] | None = None

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original of what produced `text[start:end]`, and of all that lies in between.

        Offsets outside the text are cut to it; an empty range stays empty.
        """
        size = len(self.text)
        start = min(max(start, 0), size)
        end = min(max(end, start), size)
        if self.starts is None or self.ends is None or not size:
            return start, end
        if start == end:
            place = self.starts[start] if start < size else self.ends[-1]
            return place, place
        return self.starts[start], self.ends[end - 1]


class Edit(NamedTuple):
    """Signs `start` to `end` read as `out`: one for one where it is as long, else all for each; or nothing."""

    start: int
    end: int
    out: str


def apply(view: View, edits: Iterable[Edit]) -> View:
    """The view after the edits, which are in order and do not overlap; the same view if there are none.

    What disappears belongs to the letter before it, or where there is none to the sign after it.
    """
    changes = list(edits)
    if not changes:
        return view
    size = len(view.text)
    old_starts = view.starts if view.starts is not None else range(size)
    old_ends = view.ends if view.ends is not None else range(1, size + 1)
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done, owed = 0, -1
    last = ""

    def add(text: str, begins: Iterable[int], stops: Iterable[int]) -> None:
        nonlocal owed, last
        at = len(starts)
        parts.append(text)
        starts.extend(begins)
        ends.extend(stops)
        if text:
            if owed >= 0:
                starts[at] = owed
            owed, last = -1, text[-1]

    for start, end, out in changes:
        add(view.text[done:start], old_starts[done:start], old_ends[done:start])
        begin, stop = old_starts[start], old_ends[end - 1]
        if len(out) == end - start:
            add(out, old_starts[start:end], old_ends[start:end])
        elif out:
            add(out, [begin] * len(out), [stop] * len(out))
        elif last.isalnum():
            ends[-1] = stop
        elif owed < 0:
            owed = begin
        done = end
    add(view.text[done:], old_starts[done:], old_ends[done:])
    return View("".join(parts), starts, ends)
