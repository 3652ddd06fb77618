"""What kind of identifiers are missed: counts by class, never a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from youthvoice.errors import mark
from youthvoice.nlp.evaluation.counting import Scene

CLASSES: Mapping[str, str] = {
    "lower_case": mark("all lower case"),
    "capitalised": mark("with a capital"),
    "hashtag": mark("in a hashtag"),
    "one_word": mark("one word"),
    "several_words": mark("several words"),
    "digits": mark("with digits"),
}
"""The classes, which overlap, and how they are called."""


class Missed(NamedTuple):
    """Of `identifiers` of a class: how many were not found at all, and how many only in part."""

    identifiers: int
    missed: int
    partly: int


def misses(scenes: Iterable[Scene]) -> dict[str, dict[str, Missed]]:
    """The counts of each kind and class that occurs."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for scene in scenes:
        for one in scene.gold:
            left = scene.missed(one)
            for name in classes(scene.text, one.start, one.end):
                counts[one.kind, name, "n"] += 1
                counts[one.kind, name, left] += 1
    kinds = dict.fromkeys(kind for kind, _name, _left in counts)
    return {kind: _of(kind, counts) for kind in kinds}


def classes(text: str, start: int, end: int) -> list[str]:
    """The classes of the identifier at `start` to `end` of a text."""
    said = text[start:end]
    cased = "capitalised" if any(sign.isupper() for sign in said) else "lower_case"
    found = [cased] if any(sign.isalpha() for sign in said) else []
    before = text[:start].split(" ")[-1]
    if "#" in before or said.startswith("#"):
        found.append("hashtag")
    found.append("several_words" if len(said.split()) > 1 else "one_word")
    return [*found, "digits"] if any(sign.isdigit() for sign in said) else found


def _of(kind: str, counts: Counter[tuple[str, str, str]]) -> dict[str, Missed]:
    return {
        name: Missed(*(counts[kind, name, left] for left in ("n", "all", "part")))
        for name in CLASSES
        if counts[kind, name, "n"]
    }
