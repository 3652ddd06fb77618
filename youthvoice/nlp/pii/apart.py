"""Words that are cut, set apart, drawn out or in capitals at random: each a reading, as edits of a text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from youthvoice.nlp.pii.leet import LISTS
from youthvoice.nlp.pii.views import Edit

_CUT = re.compile(r"(?<=[^\W\d_])[-‐‑\u00ad][ \t]*\r?\n[ \t]*(?=[^\W\d_])")
_HALVES_OF_WORD = re.compile(r"(?<![\w'’@#])([^\W\d_]{1,3})[ \t]*\n[ \t]*([^\W\d_]{1,3})(?![\w'’])")


def has_lines(text: str) -> bool:
    """Whether a text has more than one line."""
    return "\n" in text


def lines(text: str) -> Iterator[Edit]:
    """Words cut at the end of a line with a hyphen."""
    for found in _CUT.finditer(text):
        yield Edit(found.start(), found.end(), "")


def halves(text: str) -> Iterator[Edit]:
    """Words cut at the end of a line into two parts that are no words by themselves."""
    for found in _HALVES_OF_WORD.finditer(text):
        first, second = found[1], found[2]
        if second.islower() and not {first.lower(), second} & LISTS["short"]:
            yield Edit(found.end(1), found.start(2), "")


_GAP = r"[ \t\u00a0\u2000-\u200a\u202f\u3000⠀]"
_BETWEEN = rf"(?:{_GAP}{{1,2}}|{_GAP}?[.\-‐‑–_*·•∙|/~,+=:;]{_GAP}?|\n)"
APART = re.compile(
    rf"(?<![\w'’@#.&])([^\W\d_])(?=({_BETWEEN})[^\W_])"
    r"(?:\2(?:[^\W_](?![^\W_]|['’](?!s\b)|&)|[-'’](?=\2[^\W_]))){2,}(?!@|\.\w)"
)
_WIDE_BEFORE = re.compile(rf"{_GAP}{{2,4}}$")
_WIDE = re.compile(rf"{_GAP}{{2,4}}(?=\w)")
# Words of one letter in both languages: three of them are a sentence ("y a à", "i c u").
_LETTER_WORDS = frozenset("aàyiurcoôtkn")


def apart(text: str) -> Iterator[Edit]:
    """Three and more single letters in a row, one sign between each: a word."""
    done = 0
    for found in APART.finditer(text):
        gap = len(found[2])
        run = text[found.start() : found.end()]
        letters = run[:: gap + 1]
        if _is_list(letters):
            continue
        before = _WIDE_BEFORE.search(text, max(done, found.start() - 4), found.start())
        if before is not None:
            yield Edit(before.start(), before.end(), " ")
        yield from _closed(letters, found.start(), gap)
        wide = _WIDE.match(text, found.end())
        if wide is not None:  # what parted two words that were set apart
            yield Edit(wide.start(), wide.end(), " ")
        done = wide.end() if wide is not None else found.end()


def _is_list(letters: str) -> bool:
    """Whether single letters stand for themselves: the alphabet, three short words, mostly digits."""
    low = letters.lower()
    steps = {ord(after) - ord(before) for before, after in pairwise(low)}
    if steps in ({1}, {0}, {-1}):
        return True
    digits = sum(sign.isdigit() for sign in letters)
    if digits:
        return len(letters) < 4 or digits * 2 > len(letters)
    return len(letters) == 3 and letters.islower() and set(low) <= _LETTER_WORDS


def _closed(letters: str, start: int, gap: int) -> Iterator[Edit]:
    """The gaps that close: all but those beside an "à", and before a capital that begins a name."""
    last = len(letters) - 1
    for place in range(last):
        if (place == 0 and letters[0] == "à") or (place == last - 1 and letters[last] == "à"):
            continue  # "M a y a à l'école"
        begin = start + place * (gap + 1) + 1
        yield Edit(begin, begin + gap, " " if _parts(letters, place) else "")


def _parts(letters: str, place: int) -> bool:
    """Whether a name ends at `place` and another begins: "M a y a O k a f o r"."""
    rises = letters[place].islower() and letters[place + 1].isupper()
    return rises and 0 < place < len(letters) - 2 and not _waves(letters)


def _waves(letters: str) -> bool:
    """Whether capitals come at random, so that one of them begins nothing."""
    rises = sum(a.islower() and b.isupper() for a, b in pairwise(letters))
    return rises * 3 > len(letters)


DIGITS_APART = re.compile(
    rf"(?<![\w$.,])(?:\+?[ ]?)\d"
    rf"(?:(?:{_GAP}{{1,3}}|{_GAP}?[.\-‐‑–_*·•|/~,()]{{1,3}}{_GAP}{{0,2}})\d(?!\d)){{5,}}(?![\w%$])"
)
_GAP_OF_DIGITS = re.compile(r"(?<=\d)\D+(?=\d)")


def digits(text: str) -> Iterator[Edit]:
    """Six and more single digits in a row: a number; a gap unlike the first stays one sign wide."""
    for found in DIGITS_APART.finditer(text):
        run = found.group()
        figures = [int(sign) for sign in run if sign.isdigit()]
        if {b - a for a, b in pairwise(figures)} in ({1}, {-1}):
            continue
        gaps = list(_GAP_OF_DIGITS.finditer(run))
        usual, times = Counter(gap.group() for gap in gaps).most_common(1)[0]
        if times * 2 <= len(gaps) or (times * 3 < len(gaps) * 2 and "," in run):
            continue  # the results of a match: 6-2, 1-6, 6-3
        for gap in gaps:
            kept = _kept(gap.group(), usual)
            if kept != gap.group():
                yield Edit(found.start() + gap.start(), found.start() + gap.end(), kept)


def _kept(gap: str, usual: str) -> str:
    """What stays of a gap between two digits: nothing of the usual one, one sign of another."""
    if gap == usual:
        return ""
    rest = gap.replace(usual, "")
    return rest.strip()[:1] or (" " if rest else usual.strip() or " ")


_ONE_GAP = rf"(?:{_GAP}{{1,2}}|[.\-_*·•|/~,])"
POSTAL_APART = re.compile(
    rf"(?<![\w])[a-z]({_ONE_GAP})\d\1[a-z](?:\1|{_GAP}){{0,3}}\d\1[a-z]\1\d(?![\w])", re.IGNORECASE
)


def postal(text: str) -> Iterator[Edit]:
    """A postal code whose six signs stand apart."""
    for found in POSTAL_APART.finditer(text):
        places = [found.start() + at for at, sign in enumerate(found.group()) if sign.isalnum()]
        for number, (one, other) in enumerate(pairwise(places)):
            kept = " " if number == 2 else ""
            if text[one + 1 : other] != kept:
                yield Edit(one + 1, other, kept)


_DRAWN = re.compile(r"([^\W\d_])\1{3,}", re.IGNORECASE)


def drawn(text: str) -> Iterator[Edit]:
    """A letter four times and more: twice."""
    for found in _DRAWN.finditer(text):
        yield Edit(found.start(), found.start() + 1, text[found.start()])
        yield Edit(found.start() + 1, found.end(), text[found.start() + 1])


def drawn_once(text: str) -> Iterator[Edit]:
    """A letter four times and more: once."""
    for found in _DRAWN.finditer(text):
        yield Edit(found.start(), found.end(), text[found.start()])


RISE = re.compile(r"[a-zà-öø-ÿ][A-ZÀ-ÖØ-Þ]")
_CASED = re.compile(r"(?<![\w#@'’.])[^\W\d_]{4,40}(?![\w@])")
# Words that are joined with capitals on purpose: humps of three letters and more, or a prefix of names.
_HUMPS = re.compile(
    r"(?:(?:Mc|Mac|De|Du|La|Le|Li|Lo|Di|Da|Fitz|O|Ó|St|Mt|Ma|Sha|Ja|Jo|Ke|Ta|Ra|i|e|u)(?=[A-Z]))?"
    r"(?:[^\W\d_A-ZÀ-ÖØ-Þ]{3,})?(?:[A-ZÀ-ÖØ-Þ](?:[^\W\d_A-ZÀ-ÖØ-Þ]{2,}|$))*[A-Z]*s?"
)


def cases(text: str) -> Iterator[Edit]:
    """Words whose capitals come at random: one capital, at the start."""
    for found in _CASED.finditer(text):
        word = found.group()
        if RISE.search(word) and not _HUMPS.fullmatch(word) and sum(map(str.islower, word)) > 1:
            shown = word.capitalize()
            if len(shown) == len(word):
                yield Edit(found.start(), found.end(), shown)
