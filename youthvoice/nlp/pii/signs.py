"""Signs that hide a word and that a reader sees through: each a reading, as edits of a text.

Invisible signs, pictures and other forms of letters (`signs`), letters of other scripts within Latin words
(`scripts`), accents and marks that are noise (`marks`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from youthvoice.nlp.pii import confusables
from youthvoice.nlp.pii.confusables import INVISIBLE, MARKS, PICTURES, RAISED_DIGITS, STYLED
from youthvoice.nlp.pii.views import Edit

_HALVES = "\U0001f1e6-\U0001f1ff"
_OTHER_PICTURES = "".join(sign for sign in PICTURES if not "\U0001f1e6" <= sign <= "\U0001f1ff")
_RAISED = "".join(RAISED_DIGITS)
_STYLED = re.escape("".join(STYLED))
_HIDDEN = "[\u200b-\u200d\u2060\ufe0f]"

_ODD = re.compile(
    rf"(?P<key>[0-9]\ufe0f?\u20e3)"
    rf"|(?P<flags>[{_HALVES}](?:{_HIDDEN}*[{_HALVES}])*)"
    rf"|(?P<picture>[{_OTHER_PICTURES}]\ufe0f?)"
    rf"|(?P<raised>[{_RAISED}]{{3,}})"
    rf"|(?P<styled>[{_STYLED}]+)"
    rf"|(?P<hidden>[{INVISIBLE}]+)"
)
# A class of few ranges is searched fast: anything but what ordinary texts in Latin letters are made of.
UNUSUAL = re.compile(
    "[^\t\n\r -~\u00a0-\u00ac\u00ae-\u024f\u1e00-\u1eff\u2002-\u200a\u2010-\u2027\u2030-\u205e\u20ac]"
)


def signs(text: str) -> Iterator[Edit]:
    """Each odd sign by itself: what it shows, or nothing."""
    for found in _ODD.finditer(text):
        start, end = found.span()
        out = _SHOWN[str(found.lastgroup)](text, found.group(), start, end)
        if out is not None and out != found.group():
            yield Edit(start, end, out)


_LETTERS_AFTER = re.compile(rf"[\s.'’-]{{1,2}}[{_HALVES}]{{3}}")
_LETTERS_BEFORE = re.compile(rf"[{_HALVES}]{{3}}[\s.'’-]{{1,2}}$")


def _flags(text: str, run: str, start: int, end: int) -> str | None:
    """Halves of flags are letters, unless they make one flag or the same flag again and again."""
    halves = [sign for sign in run if sign in PICTURES]
    flags = {"".join(halves[at : at + 2]) for at in range(0, len(halves), 2)}
    whole = len(run) == len(halves) and len(halves) % 2 == 0 and len(flags) == 1
    if whole and not (
        _LETTERS_AFTER.match(text, end) or _LETTERS_BEFORE.search(text[max(0, start - 9) : start])
    ):
        return None
    return _sized(text, start, "".join(PICTURES[sign] for sign in halves))


def _sized(text: str, start: int, letters: str) -> str:
    """Pictures know no case: a capital where the word begins."""
    before = text[max(0, start - 2) : start].rstrip("'’")[-1:]
    inside = before.isalpha() or before in PICTURES or before == "\ufe0f"
    return letters if inside else letters.capitalize()


def _picture(text: str, run: str, start: int, _end: int) -> str:
    return _sized(text, start, PICTURES[run[0]])


def _styled(text: str, run: str, start: int, _end: int) -> str | None:
    # Raised h and w alone are spelling in languages of the Pacific coast (xʷməθkʷəy̓əm).
    if run in ("ʰ", "ʷ") and text[start - 1 : start].isalpha():
        return None
    return "".join(STYLED[sign] for sign in run)


def _hidden(text: str, run: str, start: int, _end: int) -> str | None:
    """Nothing, unless the sign is spelling: within an emoji, or beside a letter of another script."""
    before = text[start - 1 : start] or " "
    if set(run) <= set("\u200c\u200d\u200e\u200f") and before.isalpha() and before >= "\u0530":
        return None
    picture = (
        before >= "\u00a9"
        and not before.isalnum()
        and not before.isspace()
        and before not in PICTURES
    )
    spelling = all(
        sign == "\u200d" or "\ufe00" <= sign <= "\ufe0f" or sign >= "\U000e0020" for sign in run
    )
    return None if picture and spelling else ""


_SHOWN: dict[str, Callable[[str, str, int, int], str | None]] = {
    "key": lambda text, run, start, end: run[0],
    "flags": _flags,
    "picture": _picture,
    "raised": lambda text, run, start, end: "".join(RAISED_DIGITS[sign] for sign in run),
    "styled": _styled,
    "hidden": _hidden,
}


FOREIGN = re.compile(r"[\u02b0-\U0010ffff]")
_LETTERS = re.compile(r"[^\W\d_]+")
_MARKED_LETTERS = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{MARKS}])*")


def scripts(text: str) -> Iterator[Edit]:
    """The words that are Latin to a reader and hold letters of another script."""
    found = list(_MARKED_LETTERS.finditer(text))
    kinds = [_kind(word.group()) for word in found]
    among_latin = "latin" in kinds or "mixed" in kinds
    for word, kind in zip(found, kinds, strict=True):
        if kind == "mixed" or (kind == "alike" and among_latin and "foreign" not in kinds):
            yield from _latinised(word.group(), word.start())


def _kind(word: str) -> str:
    """`latin`, `mixed` (Latin letters and look-alikes), `alike` (look-alikes only) or `foreign`."""
    if word.isascii():
        return "latin"
    letters = [sign for sign in word if sign.isalpha()]
    other = [sign for sign in letters if not confusables.latin(sign)]
    if not other:
        return "latin"
    if len(other) < len(letters):
        return "mixed" if all(_like(sign) for sign in other) else "foreign"
    # Words of syllabics may consist of look-alikes by chance; whole words are read so from two scripts.
    whole = all(
        "\u0370" <= sign < "\u0530" and confusables.look_alike(sign, loosely=False)
        for sign in other
    )
    return "alike" if whole else "foreign"


def _like(sign: str) -> str | None:
    return confusables.look_alike(sign, loosely=True)


def _latinised(word: str, start: int) -> Iterator[Edit]:
    for place, sign in enumerate(word):
        if sign.isalpha() and not confusables.latin(sign) and (letter := _like(sign)):
            yield Edit(start + place, start + place + 1, letter)


MARK = re.compile(rf"[{MARKS}]")
_MARKED = re.compile(rf"[\w{MARKS}]+|[^\w\s{MARKS}][{MARKS}]+")
_CLUSTER = re.compile(rf"(.)([{MARKS}]*)", re.DOTALL)
_MOST_MARKS = 3


def marks(text: str) -> Iterator[Edit]:
    """Accents joined to their letters; marks that are noise left out."""
    for found in _MARKED.finditer(text):
        if MARK.search(found.group()):
            yield from _composed(found.group(), found.start())


def _composed(word: str, start: int) -> Iterator[Edit]:
    clusters = [(start + part.start(), part[1], part[2]) for part in _CLUSTER.finditer(word)]
    noise = _is_noise(clusters)
    for place, base, marks in clusters:
        if not marks:
            if MARK.match(base):
                yield Edit(place, place + 1, "")
            continue
        end = place + 1 + len(marks)
        whole = base if noise else unicodedata.normalize("NFC", base + marks)
        if len(whole) < 1 + len(marks):
            yield Edit(place, end, whole if not MARK.match(base) else "")


def _is_noise(clusters: Sequence[tuple[int, str, str]]) -> bool:
    """Whether marks do not spell: struck out, heaped, or on more than a third of the letters by themselves.

    One mark that has no letter of its own is spelling in Yoruba or Halkomelem (ẹ́, q̓).
    """
    heaped = any(len(marks) >= _MOST_MARKS for _, _, marks in clusters)
    if heaped or any(confusables.OVERLAYS.search(marks) for _, _, marks in clusters):
        return True
    apart = sum(
        len(unicodedata.normalize("NFC", base + marks)) > 1 for _, base, marks in clusters if marks
    )
    return apart >= 2 and apart * 3 > len(clusters)
