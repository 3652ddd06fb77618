"""Signs that a reader takes for Latin letters and digits, or does not see at all.

Sources: Python's own Unicode database (compatibility forms and the names of signs) and the table beside
this file: Unicode's confusables, letters only, and a few pairs reviewed by hand. No package at run time:
`confusable-homoglyphs` 3.3.1 and `confusables` 1.2.0 bring a megabyte or more to compare words, and Unicode's
prototypes themselves (I is l, m is rn) are no spelling to read names by.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

INVISIBLE = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f\U000e0100-\U000e01ef"
)
"""A character class (no brackets): control and format characters, fillers, variation selectors."""

MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f"
"""A character class: the marks that stand over, under and through letters of any script."""

OVERLAYS = re.compile("[\u0305\u0332-\u0338\u033f\u035c-\u0362\u20d0-\u20e2\u20e4-\u20f0]")
"""Marks that strike out, underline or frame; no spelling needs them."""

# Where styled letters and digits stand: phonetic extensions, super- and subscripts, letterlike signs,
# enclosed ones, dingbats, Latin extended-D, halfwidth and fullwidth, mathematical, segmented.
_STYLED_RANGES = (
    (0x00AA, 0x00BA), (0x0299, 0x029F), (0x0262, 0x0262), (0x026A, 0x026A), (0x0274, 0x0274),
    (0x0280, 0x0280), (0x028F, 0x028F), (0x02B0, 0x02E3), (0x1D00, 0x1DBF), (0x2071, 0x209C),
    (0x2100, 0x2149), (0x2460, 0x24FF), (0x2776, 0x2793), (0x2C7C, 0x2C7D), (0xA730, 0xA731),
    (0xA7AF, 0xA7AF), (0xA7F2, 0xA7F9), (0xFF10, 0xFF5A), (0x10780, 0x107BA), (0x1D400, 0x1D7FF),
    (0x1F110, 0x1F12B), (0x1FBF0, 0x1FBF9),
)  # fmt: skip
_SHAPED = re.compile(
    r"(?:LATIN LETTER SMALL CAPITAL|PARENTHESIZED LATIN (?:SMALL|CAPITAL) LETTER) ([A-Z])$"
)
_BULLETS = re.compile(r"(?:DINGBAT )?(?:NEGATIVE |DOUBLE )?CIRCLED (?:SANS-SERIF )?DIGIT")
# Letters that are spelling elsewhere, or signs of their own (ª º, ℓ for litre).
_NOT_STYLED = "ªºℓ⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉"


def _plain(sign: str) -> str:
    """The Latin letter or digit that a styled `sign` shows; empty if it shows none."""
    form = unicodedata.normalize("NFKC", sign)
    name = unicodedata.name(sign, "")
    if len(form) == 1 and form != sign and form.isalnum():
        return form if form.isascii() or name.startswith("MATHEMATICAL") else ""
    if _BULLETS.match(name):
        return str(unicodedata.digit(sign, ""))
    shaped = _SHAPED.match(name)
    if shaped is None:
        return ""
    return shaped[1] if "CAPITAL LETTER" in name else shaped[1].lower()


def _styled() -> Iterator[tuple[str, str]]:
    yield from (("ɑ", "a"), ("ɡ", "g"))  # the printed forms of a and g, in no alphabet of Canada
    for first, last in _STYLED_RANGES:
        for sign in map(chr, range(first, last + 1)):
            if sign not in _NOT_STYLED and (plain := _plain(sign)):
                yield sign, plain


STYLED: Mapping[str, str] = dict(_styled())
"""Fullwidth, mathematical, circled, small-capital, raised and lowered letters, and digits but raised ones."""

PICTURES: Mapping[str, str] = {
    chr(block + place): chr(ord("a") + place)
    for block in (0x1F130, 0x1F150, 0x1F170, 0x1F1E6)
    for place in range(26)
}
"""Pictures of letters that know no case: squared ones and the halves of flags."""

RAISED_DIGITS: Mapping[str, str] = {
    **{sign: str(value) for value, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")},
    **{sign: str(value) for value, sign in enumerate("₀₁₂₃₄₅₆₇₈₉")},
}
"""Raised and lowered digits; single ones are spelling (m², CO₂)."""


def _table(name: str) -> dict[str, str]:
    """The Latin letter of each letter in the table `name`."""
    path = Path(__file__).with_suffix(".toml")
    table = tomllib.loads(path.read_text(encoding="utf-8"))[name]
    return {sign: latin for latin, signs in table.items() for sign in signs}


ALIKE: Mapping[str, str] = _table("alike")
LOOSE: Mapping[str, str] = _table("loose")


def latin(sign: str) -> bool:
    """Whether a letter is one of the Latin script, phonetic ones among them."""
    return sign < "\u02b0" or "\u1d00" <= sign < "\u1f00" or "\u2c60" <= sign < "\u2c80"


def look_alike(sign: str, *, loosely: bool) -> str | None:
    """The Latin letter, with its accent, for which a reader takes a letter of another script.

    `loosely`: also one that is less alike. None where there is none.
    """
    form = unicodedata.normalize("NFKC", sign)
    found = ALIKE.get(form) or (LOOSE.get(form) if loosely else None)
    if found is not None:
        return found
    base, accents = (parts := unicodedata.normalize("NFD", form))[:1], parts[1:]
    found = ALIKE.get(base) if accents else None
    whole = unicodedata.normalize("NFC", found + accents) if found else ""
    return whole if len(whole) == 1 else None
