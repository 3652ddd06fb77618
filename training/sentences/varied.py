"""A text as somebody else might have typed it: so that a model learns what is said, not how it is spelled."""

from __future__ import annotations

import random
import re
import unicodedata

KEPT = 0.45
"""So many texts are shown as they were written."""
_END = re.compile(r"[.!?…]+$")
_APOSTROPHE = re.compile(r"['’]")


def varied(text: str, chance: random.Random) -> str:
    """The text, with one or two ways of careless typing, or as it is."""
    if chance.random() < KEPT:
        return text
    for way in chance.sample(_WAYS, chance.choice((1, 1, 2))):
        text = way(text, chance)
    return text


def _lower(text: str, _: random.Random) -> str:
    return text.lower()


def _no_accents(text: str, _: random.Random) -> str:
    parts = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def _no_points(text: str, _: random.Random) -> str:
    return re.sub(r"[,.;:!?]", "", text)


def _no_apostrophes(text: str, _: random.Random) -> str:
    return _APOSTROPHE.sub("", text)


def _slip(text: str, chance: random.Random) -> str:
    """One letter left out, doubled, or changed with the next."""
    if len(text) < 12:
        return text
    place = chance.randrange(1, len(text) - 2)
    return chance.choice(
        (
            text[:place] + text[place + 1 :],
            text[:place] + text[place] + text[place:],
            text[:place] + text[place + 1] + text[place] + text[place + 2 :],
        )
    )


def _ending(text: str, chance: random.Random) -> str:
    return _END.sub("", text) + chance.choice(
        ("", "", "!!", "...", " lol", " 😭", " 💀", " mdr", ".")
    )


def _loud(text: str, chance: random.Random) -> str:
    return text.upper() if chance.random() < 0.3 else text


_WAYS = (_lower, _no_accents, _no_points, _no_apostrophes, _slip, _slip, _ending, _loud)
