"""The labelled texts that the tagger learns from, and how each is varied before it is shown.

A text is shown differently every time: in lower case, with its punctuation back at the words, with other
names from open lists in the places of its own.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from training.files import TEXTS
from youthvoice.nlp.evaluation.datasets import read_file
from youthvoice.nlp.pii.lists import COMMON, names
from youthvoice.nlp.pii.tagger import LABELS

ORGANISATIONS = ("organisation", "school", "team", "workplace", "shelter")
"""What is an organisation to the tagger."""
OWN = ("en.jsonl", "fr.jsonl")
CONLL = (
    "btc_a.conll", "btc_b.conll", "btc_e.conll", "btc_g.conll", "btc_h.conll",
    "wnut17train.conll", "emerging.dev.conll",
)  # fmt: skip

LOWER, UPPER, JOINED = 0.35, 0.03, 0.5
"""How often a text is shown in lower case, in capitals, with its punctuation joined."""
EXCHANGED_FAR, EXCHANGED_OWN = 0.35, 0.15
"""How often a name is exchanged: in other people's texts, in ours (whose names are varied already)."""

_PLAIN_NAME = re.compile(r"[\w .'’-]+")
_CLITIC = re.compile(r"['’](?:s|re|m|ll|ve|d|t)\b")


class Example(NamedTuple):
    """A text with its labelled spans (start, end exclusive, label); `own`: written for this project."""

    text: str
    spans: Sequence[tuple[int, int, str]]
    own: bool


def label_of(kind: str) -> str:
    """The tagger's label for one of our kinds."""
    if kind in ORGANISATIONS:
        return "organisation"
    return kind if kind in LABELS else "other"


def examples(path: Path, own: bool) -> list[Example]:
    """What a labelled file (CoNLL or JSON Lines) holds."""
    return [
        Example(one.text, [(s.start, s.end, label_of(s.kind)) for s in one.spans], own)
        for one in read_file(path)
    ]


def own_texts() -> list[Example]:
    """The texts of this repository."""
    return [one for name in OWN for one in examples(TEXTS / name, own=True)]


class Names:
    """Other names to put in: half of those that are borne often, half from all over the world."""

    def __init__(self, chance: random.Random, own: Sequence[Example]) -> None:
        self._chance = chance
        known = names()
        self._common = sorted(name for name, rank in known.given.items() if rank == COMMON)
        self._given = sorted(known.given)
        self._family = sorted(known.family)
        self._ours = sorted({e.text[s:t] for e in own for s, t, k in e.spans if k == "name"})

    def given(self) -> str:
        """One given name."""
        which = self._chance.random()
        pool = (
            self._ours
            if which < 0.3 and self._ours
            else self._common
            if which < 0.5
            else self._given
        )
        return self._chance.choice(pool)

    def like(self, old: str) -> str:
        """A name of as many parts, written in the case of `old`."""
        parts = old.split()
        single = self._chance.random() < 0.75
        new = self.given() if len(parts) > 1 or single else self._chance.choice(self._family)
        if len(parts) > 1:
            new = f"{new} {self._chance.choice(self._family)}"
        if old.islower():
            return lower(new)
        return new.upper() if old.isupper() and len(old) > 2 else new.title()


def varied(example: Example, other: Names, chance: random.Random) -> Example:
    """The text as it is shown this time."""
    shown = _exchanged(example, other, chance)
    if not example.own and chance.random() < JOINED:
        shown = _joined(shown)
    which = chance.random()
    if which < LOWER:
        return shown._replace(text=lower(shown.text))
    if which < LOWER + UPPER and len(shown.text.upper()) == len(shown.text):
        return shown._replace(text=shown.text.upper())
    return shown


def lower(text: str) -> str:
    """Lower case, sign by sign, so that every place stays."""
    return "".join(s.lower() if len(s.lower()) == 1 else s for s in text)


def _exchanged(example: Example, other: Names, chance: random.Random) -> Example:
    how_often = EXCHANGED_OWN if example.own else EXCHANGED_FAR
    text, at = "", 0
    spans: list[tuple[int, int, str]] = []
    for start, end, label in sorted(example.spans):
        if start < at:
            continue
        words = example.text[start:end]
        text += example.text[at:start]
        if label == "name" and _PLAIN_NAME.fullmatch(words) and chance.random() < how_often:
            words = other.like(words)
        spans.append((len(text), len(text) + len(words), label))
        text, at = text + words, end
    return Example(text + example.text[at:], spans, example.own)


def _joined(example: Example) -> Example:
    """Without the spaces that the corpora put before punctuation and endings ("ca n't", "Maya 's")."""
    kept: list[str] = []
    places: list[int] = []
    text = example.text
    for place, sign in enumerate(text):
        places.append(len(kept))
        after = text[place + 1 : place + 5]
        if sign == " " and after and (after[0] in ",.!?;:)" or _CLITIC.match(after)):
            continue
        kept.append(sign)
    places.append(len(kept))
    spans = [(places[start], places[end], label) for start, end, label in example.spans]
    return Example("".join(kept), spans, example.own)
