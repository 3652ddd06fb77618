"""One pass of the encoder over many texts, and what Rampart and our tagger each say of every piece."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from youthvoice.nlp.pii.encoder import Encoder, Floats
from youthvoice.nlp.pii.lists import Names
from youthvoice.nlp.pii.shape import Shapes
from youthvoice.nlp.pii.tagger import MODEL, Tagger


@dataclass(frozen=True)
class Pieces:
    """A text's word pieces: offsets, the tagger's probabilities (its labels), Rampart's (its labels).

    `shapes`: those of the whole text's words.
    """

    offsets: Sequence[tuple[int, int]]
    tagger: Floats
    rampart: Floats
    shapes: Shapes


class Reader:
    """The encoder and the two heads over it. Raises `ModelMissing`. Thread-safe."""

    def __init__(self, names: Names, threads: int = 0, tagger: Path = MODEL) -> None:
        self._encoder = Encoder(threads)
        self._tagger = Tagger(tagger, threads)
        self._names = names
        self.labels = self._encoder.labels

    def read(self, texts: Sequence[str]) -> list[Pieces]:
        """The pieces of each text, in order."""
        parts: list[list[tuple[int, Pieces]]] = [[] for _ in texts]
        shapes = [Shapes(text, self._names) for text in texts]
        for read in self._encoder.read(texts):
            tagger = self._tagger.probabilities(read, shapes)
            for row, window in enumerate(read.windows):
                first, last = window.own
                pieces = Pieces(
                    window.offsets[first:last],
                    tagger[row, 1 + first : 1 + last],
                    read.probabilities[row, 1 + first : 1 + last],
                    shapes[window.text],
                )
                begins = pieces.offsets[0][0] if pieces.offsets else 0
                parts[window.text].append((begins, pieces))
        return [_joined([p for _, p in sorted(found, key=lambda one: one[0])]) for found in parts]


def _joined(parts: Sequence[Pieces]) -> Pieces:
    if len(parts) == 1:
        return parts[0]
    return Pieces(
        [offset for part in parts for offset in part.offsets],
        np.concatenate([part.tagger for part in parts]),
        np.concatenate([part.rampart for part in parts]),
        parts[0].shapes,
    )
