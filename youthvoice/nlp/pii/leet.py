"""Digits and signs that stand for letters inside one word: "M4ya", "5arah", "J0hn", "$am".

Each rule says where in a word a sign is read as a letter; the lists (plain.toml) say which ordinary words
mix letters and digits: units, ordinals, chat words, products. In doubt a word stays: the detectors see
"b4" and "Al!" as they are.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

LISTS = {
    name: frozenset(words.split())
    for name, words in tomllib.loads(
        Path(__file__).with_name("plain.toml").read_text(encoding="utf-8")
    ).items()
}
"""Ordinary words by the name of their list (plain.toml)."""

_LETTERS = {
    "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g", "2": "z",
    "@": "a", "$": "s", "€": "e", "!": "i", "|": "l", "¡": "i", "§": "s", "¥": "y",
}  # fmt: skip
_VOWELS = frozenset("aeiouyàâäéèêëîïôöùûüœ")
_SIGNS = r"[0-57-9@$€!|¡§¥]"
_LETTER = r"[^\W\d_]"

MAYBE = re.compile(
    rf"{_LETTER}(?:[0-57-9@€|¡§¥]|[!$]+[^\W_]|\$)|(?<!\w)[0-57$](?:{_LETTER}{{2}}|[0!@$]{_LETTER})"
)
"""What a text with such a word contains; most texts do not, and are not looked at further."""

SIGN = re.compile(r"[0-9@$€!|¡§¥]")
"""What is quick to look for."""

CHUNK = re.compile(r"\S+")
_WORD = re.compile(rf"(?:{_LETTER}|{_SIGNS}){{3,40}}")
# Pages, mail and handles, paths and names with an underscore are read as they stand.
_AS_IT_STANDS = re.compile(
    r"://|^[0-9a-f]{4}\.[0-9a-f]{4}\.|^www\.|\w@\w+(?:-\w+)*\.\w|^\W*@|_|\w\.\w{2,}/|\w\.(?:com|ca|org|net|gg)\b"
)

_NUMBER_AFTER = re.compile(r"\d+[a-z]?$")
_POSTAL = re.compile(r"[abceghj-nprstvxy]\d[abceghj-nprstv-z](?:\d[abceghj-nprstv-z]\d)?", re.I)
_ONTARIO = re.compile(r"(?:[klmnp]\d[a-z]|[KLMNP]\d[A-Z])")
_TIMES = re.compile(r"\d+(?:[hx]\d*|v\d+|[ap]m|:\d+)\w{0,2}", re.I)
_HEX = re.compile(r"(?=(?:\D*\d){3})[0-9a-f]{6,}", re.I)
# Short codes, strains of influenza, and Ontario's course codes (ENG4U, sch3u).
_CODE = re.compile(
    r"[A-Z]{1,3}\d|[A-Z]\d[A-Z]|\d[A-Z]{1,2}|H\dN\d|[A-Z]\dGP|[A-Z]{3}[1-4][A-Z]\d?|[a-z]{3}[1-4][umc]\d?"
)
# Two digits are a number, unless they show a double letter (L00k) or stand inside a name (Pr47t).
_LONG_NUMBER = re.compile(
    r"\d{3}|(?!00|33)(?<![^\W\d_])\d\d|(?!00|33)\d\d(?![^\W\d_])|[2689]\d|\d[2689]"
)
_PAIR = re.compile(r"(?!00)\d\d")
# Which sounds may follow a digit that is read as the first letter of a word.
_ONSET = {
    "0": re.compile(r"[^aeiou]"),
    "1": re.compile(r"[a-zà-ÿ]"),
    "3": re.compile(r"[^aeou]"),
    "4": re.compile(r"[^aeo]"),
    "5": re.compile(r"[aeiouàâäéèêëîïôöhtklpcmnwyvh]"),
    "7": re.compile(r"[aeiouàâäéèêëîïôöhryw]"),
    "$": re.compile(r"[a-zà-ÿ]"),
}


def read(chunk: str) -> list[tuple[int, int, str]]:
    """The signs of a `chunk` (a text between spaces) that are letters: start, end, and the letter of each."""
    if _AS_IT_STANDS.search(chunk):
        return []
    tag = chunk.startswith("#")
    return [
        (found.start() + place, found.start() + place + 1, letter)
        for found in _WORD.finditer(chunk)
        for place, letter in _letters(chunk, found.start(), found.group(), tag)
    ]


def _letters(chunk: str, start: int, word: str, tag: bool) -> list[tuple[int, str]]:
    """The places in `word` (at `start` of its chunk) that are letters, and which."""
    end = start + len(word)
    before, after = chunk[start - 1 : start], chunk[end : end + 1]
    # What ends a sentence is no letter.
    stripped = word if after == "-" and len(word) > 2 else word.rstrip("!|")
    if (
        before.isalnum()
        or (before in ("-", "/", "\\", ":", ".", "#") and word[0] in "0123456789")
        or after.isalnum()
    ):
        return []
    if after in ("'", "’") and word.endswith("!") and stripped[:1].isupper():
        stripped = word
    if _ordinary(stripped, tag) or (tag and stripped[-1:].isdigit()):
        return []
    return _read(stripped)


def _ordinary(word: str, tag: bool) -> bool:
    """Whether a word that mixes letters and signs is spelt as it should be."""
    low = word.lower()
    letters = sum(sign.isalpha() for sign in word)
    signs = len(word) - letters
    return (
        not signs
        or letters < 2
        or signs > letters
        or low in LISTS["words"]
        or (word[0].isdigit() and low.lstrip("0123456789") in LISTS["units"])
        or _NUMBER_AFTER.sub("", low) in LISTS["numbered"]
        or _TIMES.fullmatch(word) is not None
        or _HEX.fullmatch(word) is not None
        or _CODE.fullmatch(word) is not None
        or _LONG_NUMBER.search(word) is not None
        or (_PAIR.search(word) is not None and letters < (4 if word.isupper() else 3))
        or (
            _POSTAL.fullmatch(word) is not None
            and (len(word) > 3 or _ONTARIO.match(word) is not None)
        )
        or _stands_for(low, word, tag)
    )


def _stands_for(low: str, word: str, tag: bool) -> bool:
    """Whether a 4 or a 2 between two words means "for" or "to" ("justice4Maya", "#time4change")."""
    head, digit, tail = (
        re.split(r"([42])", low, maxsplit=1) if re.search("[42]", low) else (low, "", "")
    )
    if not digit:
        return False
    capital = word[len(head) + 1 : len(head) + 2].isupper() and not word.isupper()
    return bool(tail) and (
        head in LISTS["before_for"] or capital or (tag and len(head) >= 4 and len(tail) >= 3)
    )


def _read(word: str) -> list[tuple[int, str]]:
    """The letters of a word that is no ordinary one; none of them where one sign cannot be read."""
    found: list[tuple[int, str]] = []
    inside = False
    last = len(word) - 1
    for place, sign in enumerate(word):
        if sign.isalpha():
            continue
        if sign not in _LETTERS:  # a fraction, a number of another script
            return []
        if place == 0:
            good = _starts(word)
        elif place == last:
            good = inside or _ends(word)
        else:
            good = inside = _within(word, place)
        if not good:
            return []
        found.append((place, _cased(word, place, _letter(word, place))))
    return found


def _starts(word: str) -> bool:
    sound = _ONSET.get(word[0])
    rest = sum(sign.isalpha() for sign in word)
    others = len(word) - 1 - rest
    enough = 2 if word[0] == "$" or others else 3
    return (
        sound is not None
        and rest >= enough
        and (bool(sound.match(word[1].lower())) or not word[1].isalpha())
    )


def _within(word: str, place: int) -> bool:
    sign, letters = word[place], sum(sign.isalpha() for sign in word)
    before, after = word[place - 1], word[place + 1]
    if (
        after.isupper() and not word.isupper()
    ):  # a capital begins another word: "lol@Maya", "it!Looked"
        return False
    if sign == "!" and "!" in (before, after):
        return False
    if sign == "@":
        near = (
            place <= 4 or len(word) - place <= 3 or any(other in _LETTERS for other in word[:place])
        )
        return near and word[:place].lower() not in ("lol", "lmao", "me")
    if sign in "29":
        return (
            letters >= 4 and word[0].isupper() and not word.isupper() and (before + after).isalpha()
        )
    return sign != "8" or letters >= 4


def _ends(word: str) -> bool:
    """Whether the last sign alone is a letter: "Zar@", "Jame$", "Mark0", not "tier4"."""
    sign, head = word[-1], word[:-1]
    if not head.isalpha():
        return word[0] in _ONSET and sign in "0134@$!"
    if sign in "@$€":
        return len(head) >= 3
    return (
        sign in "034"
        and head[0].isupper()
        and not head.isupper()
        and len(head) >= 2
        and head[-1] not in _VOWELS
        and any(letter in _VOWELS for letter in head.lower())
    )


def _letter(word: str, place: int) -> str:
    """The letter that a sign shows; a 1 is an i beside consonants and an l between vowels."""
    sign = word[place]
    if sign not in "1|":
        return _LETTERS[sign]
    before = _sound(word[place - 1]) if place else ""
    after = _sound(word[place + 1]) if place + 1 < len(word) else ""
    if before in _VOWELS and before:
        between = after in _VOWELS or after in "sl" or not after
        return "l" if between or before == "i" else "i"
    if not before:
        return "l" if after in _VOWELS else "i"
    return "i"


def _sound(sign: str) -> str:
    return _LETTERS.get(sign, sign).lower()


def _cased(word: str, place: int, letter: str) -> str:
    """The letter as large as its neighbours: a capital at the start and among capitals."""
    capitals = [sign for sign in word if sign.isalpha()]
    if all(sign.isupper() for sign in capitals) and len(capitals) > 1:
        return letter.upper()
    return letter.upper() if place == 0 else letter
