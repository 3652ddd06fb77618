"""Telephone numbers in words, or partly in words: "six four seven, five five five, oh one two three".

Number words of English and French, and digits between them, are read as digits; ten of them that can be a
North American number (NANP: area and exchange begin with 2 to 9) are a span, seven only after a telling word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from youthvoice.model import Span
from youthvoice.nlp.pii.patterns.checks import sin
from youthvoice.nlp.pii.patterns.pattern import DETECTOR, plain
from youthvoice.nlp.pii.patterns.words import NUMBER_WORDS

_WORDS = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_TOKEN = rf"(?:{_WORDS}|hundred|cents?|double|triple|\d{{1,4}})(?!\w)"
_GAP = r"(?:[\s,.;:()/–—…-]{1,4}|[\s,-]{1,2}(?:and|et|dash|tiret|point|dot)[\s,-]{1,2})"
_RUN = plain(rf"(?<![\w$])(?:plus )?{_TOKEN}(?:{_GAP}{_TOKEN}){{3,24}}+")
_PART = plain(_TOKEN)
_WORTH = plain(r"(?<!\w)(?:five|cinq|zero|zéro|oh|four|quatre|six|seven|sept|triple|double)(?!\w)")
_TOLD = plain(
    r"\b(?:call|text|phone|cell|number|num|tel|dial|reach|téléphone|cellulaire|numéro|appel\w*|texte\w*|rejoin\w*)\b"
)
_SIN = plain(r"\b(?:sin|nas|social insurance|assurance sociale)\b")


class _Piece(NamedTuple):
    start: int
    end: int
    digits: str


def find(text: str) -> Iterator[Span]:
    """Every telephone number and SIN of `text` of which a part is in words."""
    if not _WORTH.search(text):
        return
    for run in _RUN.finditer(text):
        pieces = _read(run.group(), run.start())
        before = text[max(0, run.start() - 50) : run.start()]
        if any(sign.isalpha() for sign in run.group()):
            yield from _numbers(pieces, before)


def _read(run: str, offset: int) -> list[_Piece]:
    """The parts of a run as digits: "fifty-five" is one part, 55; "cinq cent douze" is 512."""
    pieces: list[_Piece] = []
    times = 1
    begun: int | None = None
    for token in _PART.finditer(run):
        word = token.group().lower()
        start, end = offset + token.start(), offset + token.end()
        if word in ("double", "triple"):
            times, begun = 2 + (word == "triple"), start
        elif word in ("hundred", "cent", "cents"):
            _hundred(pieces, start, end)
        else:
            digits = word if word.isdigit() else str(NUMBER_WORDS[word])
            start, begun = (start if begun is None else begun), None
            if not _joined(pieces, digits, word, end):
                pieces.append(_Piece(start, end, digits * times))
            times = 1
    return pieces


def _hundred(pieces: list[_Piece], start: int, end: int) -> None:
    if pieces and len(pieces[-1].digits) == 1 and pieces[-1].digits != "0":
        pieces[-1] = pieces[-1]._replace(end=end, digits=pieces[-1].digits + "00")
    else:
        pieces.append(_Piece(start, end, "100"))


def _joined(pieces: list[_Piece], digits: str, word: str, end: int) -> bool:
    """Add `digits` to the part before, where that is twenty, sixty, five hundred …"""
    if not pieces or word.isdigit() or digits == "0":
        return False
    last = pieces[-1].digits
    if last == "4" and word == "vingt":
        total = 80
    elif _goes_on(last, int(digits), word):
        total = int(last) + int(digits)
    else:
        return False
    pieces[-1] = pieces[-1]._replace(end=end, digits=str(total))
    return True


def _goes_on(last: str, small: int, word: str) -> bool:
    """Whether a number in words goes on after `last`: five hundred twelve, fifty-five, soixante-douze, dix-sept."""
    if len(last) == 3 and last.endswith("00"):
        return small < 100
    if last[-2:] in ("60", "80"):
        return small < 20
    if last[-2:] == "10":
        return word in ("sept", "huit", "neuf")
    return len(last) >= 2 and last[-1] == "0" and int(last[-2:]) >= 20 and small < 10


def _numbers(pieces: Sequence[_Piece], before: str) -> Iterator[Span]:
    at = 0
    if _TOLD.search(before) and 9 <= sum(len(piece.digits) for piece in pieces) <= 13:
        # Somebody dictates a number: one digit too many or too few is a slip of theirs or of ours.
        reason = "number in words after a telling word"
        yield Span(pieces[0].start, pieces[-1].end, "phone", 0.85, DETECTOR, reason)
    while at < len(pieces):
        length, kind = _longest(pieces[at:], before)
        if length:
            last = pieces[at + length - 1]
            reason = f"{kind} in words"
            yield Span(pieces[at].start, last.end, kind, 0.93, DETECTOR, reason)
        at += max(length, 1)


def _longest(pieces: Sequence[_Piece], before: str) -> tuple[int, str]:
    """How many parts from the first on make a number, and of what kind; 0 where none does."""
    best, kind, read = 0, "phone", ""
    for count, piece in enumerate(pieces[:16], 1):
        read += piece.digits
        if len(read) == 9 and _SIN.search(before) and sin(read):
            best, kind = count, "sin"
        elif _telephone(read, bool(_TOLD.search(before))):
            best, kind = count, "phone"
    return best, kind


def _telephone(read: str, told: bool) -> bool:
    if len(read) == 11 and read[0] == "1":
        read = read[1:]
    if len(read) == 7:
        return (told or read.startswith("555")) and read[0] not in "01"
    return len(read) == 10 and read[0] not in "01" and (read[3] not in "01" or told)
