"""A long text in parts: one sentence of danger in it must not drown among the others.

The network learned from short texts, and of a long one it says what most of it says. So a text that is longer than
`LONG` is read whole and in parts, mostly single sentences, and the gravest counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from youthvoice.nlp.sentences.encoder import Read, Sentences

LONG = 320
PART = 160
SHORT = 30
"""Characters: from so many on a text is long, a part is cut, a sentence stands alone."""
_ENDS = re.compile(r"(?<=[.!?…\n])\s+|\n+")


def parts(text: str) -> list[str]:
    """The parts of a long text, in order; none of a short one."""
    if len(text) <= LONG:
        return []
    found = [""]
    for piece in _pieces(text):
        if len(found[-1]) >= SHORT:
            found.append("")
        found[-1] = f"{found[-1]} {piece}".strip()
    return found


def whole_and_parts(sentences: Sentences, texts: Sequence[str]) -> Iterator[Read]:
    """What the encoder reads of the texts, and of the parts of those that are long."""
    yield from sentences.read(texts)
    yield from reads(sentences, texts)


def reads(sentences: Sentences, texts: Sequence[str]) -> Iterator[Read]:
    """What the encoder reads of the parts of those texts that are long; each row is of its whole text."""
    every = [(place, part) for place, text in enumerate(texts) for part in parts(text)]
    places = np.array([place for place, _ in every])
    for read in sentences.read([part for _, part in every]):
        yield Read(places[read.texts], read.mask, read.hidden)


def _pieces(text: str) -> Iterator[str]:
    """Sentences; one without an end, after so many characters, at a word."""
    for sentence in _ENDS.split(text):
        while len(sentence) > PART:
            cut = sentence.rfind(" ", 1, PART)
            cut = cut if cut > 0 else PART
            yield sentence[:cut]
            sentence = sentence[cut:].strip()
        if sentence.strip():
            yield sentence.strip()
