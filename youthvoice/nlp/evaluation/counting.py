"""What is counted in one message: identifiers, predictions and words, and which of them met.

A figure is later a sum of such counts divided by another one (`figures`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from youthvoice.model import Span
from youthvoice.nlp.evaluation.labelled import Labelled, Message, handles

HANDLE = "handle"
WORD = re.compile(r"\S+")

Predicted = Sequence[Span] | None
"""What a detector found in a message; None: it failed, so that the message would be held."""


class Counts(NamedTuple):
    """The counts of one message; `clean` to `touched` are 0 or 1."""

    identifiers: int = 0
    any: int = 0
    full: int = 0
    predicted: int = 0
    right: int = 0
    words: int = 0
    removed: int = 0
    identified: int = 0
    leaking: int = 0
    clean: int = 0
    touched: int = 0


class Scene:
    """A message beside what was found in it, both limited to `kinds` (None: every kind).

    Where handles are not among `kinds` they are neither names nor ordinary words: predictions that lie
    on them are left out. A held message counts as covered, with every ordinary word removed.
    """

    def __init__(
        self, message: Message, predicted: Predicted, kinds: frozenset[str] | None
    ) -> None:
        self.text = message.text
        self.gold = [one for one in message.spans if kinds is None or one.kind in kinds]
        self.held = predicted is None
        signs = [(one.start, one.end) for one in message.spans if one.kind == HANDLE]
        signs += handles(message.text)
        self._labelled = self._marks((one.start, one.end) for one in self.gold)
        self._handles = self._marks(signs)
        wanted = [one for one in predicted or () if kinds is None or one.kind in kinds]
        self._covered = self._marks((one.start, one.end) for one in wanted)
        named = kinds is None or HANDLE in kinds
        self.found = [one for one in wanted if named or not self._on_handle(one)]

    @property
    def kinds(self) -> set[str]:
        """The kinds that are labelled or predicted here."""
        return {one.kind for one in self.gold} | {one.kind for one in self.found}

    def count(self, kind: str | None = None) -> Counts:
        """The counts; with a `kind`, its identifiers (however they were found) and its predictions.

        Raises ValueError if a prediction lies outside the text.
        """
        gold = [one for one in self.gold if kind in (None, one.kind)]
        found = [one for one in self.found if kind in (None, one.kind)]
        words, removed = self._ordinary_words(found)
        full = sum(self._is_covered(one) for one in gold)
        return Counts(
            identifiers=len(gold),
            any=sum(self.held or 1 in self._covered[one.start : one.end] for one in gold),
            full=full,
            predicted=len(found),
            right=sum(1 in self._labelled[one.start : one.end] for one in found),
            words=words,
            removed=removed,
            identified=int(bool(gold)),
            leaking=int(full < len(gold)),
            clean=int(not self.gold),
            touched=int(not self.gold and (self.held or bool(found))),
        )

    def missed(self, one: Labelled) -> str:
        """How much of an identifier was left: `all`, `part` or nothing (empty)."""
        if self._is_covered(one):
            return ""
        return "part" if 1 in self._covered[one.start : one.end] else "all"

    def _ordinary_words(self, found: Iterable[Span]) -> tuple[int, int]:
        touched = self._marks((one.start, one.end) for one in found)
        words = removed = 0
        for word in WORD.finditer(self.text):
            place = slice(*word.span())
            if 1 in self._labelled[place] or 1 in self._handles[place]:
                continue
            words += 1
            removed += self.held or 1 in touched[place]
        return words, removed

    def _is_covered(self, one: Labelled) -> bool:
        """Whether every character of an identifier that is no space is covered."""
        return self.held or self._only(one.start, one.end, self._covered)

    def _on_handle(self, one: Span) -> bool:
        return self._only(one.start, one.end, self._handles)

    def _only(self, start: int, end: int, marks: bytearray) -> bool:
        return all(marks[i] or self.text[i].isspace() for i in range(start, end))

    def _marks(self, places: Iterable[tuple[int, int]]) -> bytearray:
        """One byte a character: 1 where one of the `places` is."""
        marks = bytearray(len(self.text))
        for start, end in places:
            if not 0 <= start < end <= len(marks):
                raise ValueError("span outside the text")
            marks[start:end] = b"\1" * (end - start)
        return marks
