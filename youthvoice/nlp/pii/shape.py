"""What the letters of a word look like and which lists hold it: five small numbers for our tagger.

The encoder reads everything in lower case; these numbers tell the tagger what that loses. Training and
running use this very code.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from youthvoice.nlp.pii.lists import Names, fold

SIZES = (8, 4, 2, 4, 4)
"""How many values each number has: case, given name, family name, position, style of the message."""

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|\S")
"""A word: letters and digits, with hyphens and apostrophes inside; any other sign by itself."""
HUMP = re.compile(r"(?<=[a-zà-öø-ÿ0-9])(?=[A-ZÀ-ÖØ-Þ])|(?<=[A-ZÀ-ÖØ-Þ])(?=[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ])")
"""Where the next word of a hashtag begins (#JusticeForMaya, #RIPTyler)."""
_ENDS = frozenset(".!?\n…:")
_NO_LETTER, _DIGITS, _WITH_DIGIT, _LOWER, _UPPER, _ONE_UPPER, _CAPITAL, _MIXED = range(8)
_INSIDE, _HASHTAG, _HANDLE, _FIRST = range(4)


class Shape(NamedTuple):
    """The five numbers of one word."""

    case: int
    given: int
    family: int
    position: int
    style: int


class Shapes:
    """The shapes of a text's words, found once, for any pieces of it."""

    def __init__(self, text: str, names: Names) -> None:
        words = list(WORD.finditer(text))
        style = _style([found.group() for found in words])
        self._starts = [found.start() for found in words]
        self._ends = [found.end() for found in words]
        self._shapes = _described(text, words, names, style)
        self._nothing = Shape(_NO_LETTER, 0, 0, _INSIDE, style)

    def of(self, offsets: Sequence[tuple[int, int]]) -> list[Shape]:
        """The shape of the word that each piece (its offsets in the text) belongs to."""
        return [self._at(start, end) for start, end in offsets]

    def _at(self, start: int, end: int) -> Shape:
        place = bisect_right(self._ends, start)
        inside = place < len(self._starts) and self._starts[place] < end
        return self._shapes[place] if inside else self._nothing


def shapes(text: str, offsets: Sequence[tuple[int, int]], names: Names) -> list[Shape]:
    """The shape of the word that each piece (its offsets in `text`) belongs to."""
    return Shapes(text, names).of(offsets)


def _described(text: str, words: Sequence[re.Match[str]], names: Names, style: int) -> list[Shape]:
    result: list[Shape] = []
    first = True
    for found in words:
        word = found.group()
        base = fold(word).removesuffix("'s")
        before = text[found.start() - 1] if found.start() else " "
        position = {"#": _HASHTAG, "@": _HANDLE}.get(before, _FIRST if first else _INSIDE)
        if word[0].isalnum():
            first = False
        if word in _ENDS:
            first = True
        family = int(base in names.family)
        result.append(Shape(_case(word), names.given.get(base, 0), family, position, style))
    return result


def _case(word: str) -> int:
    if not any(sign.isalpha() for sign in word):
        return _DIGITS if any(sign.isdigit() for sign in word) else _NO_LETTER
    if any(sign.isdigit() for sign in word):
        return _WITH_DIGIT
    if word.islower():
        return _LOWER
    if word.isupper():
        return _UPPER if len(word) > 1 else _ONE_UPPER
    return _CAPITAL if word[0].isupper() and word[1:].islower() else _MIXED


def _style(words: Sequence[str]) -> int:
    """0: no capital at all, 1: ordinary, 2: most words begin with one, 3: most words are capitals."""
    letters = [word for word in words if word[0].isalpha()]
    count = max(1, len(letters))
    capital = sum(word[0].isupper() for word in letters) / count
    shouted = sum(word.isupper() and len(word) > 1 for word in letters) / count
    if capital == 0:
        return 0
    return 3 if shouted > 0.6 else 2 if capital > 0.6 else 1
