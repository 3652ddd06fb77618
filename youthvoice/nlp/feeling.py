"""How a message sounds: negative, neutral or positive, or not sure.

A network over the sentence encoder (`python -m training.feeling`; docs/models/feeling.md is its card).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from youthvoice.model import Feeling, Label, LabelKind
from youthvoice.nlp.sentences.encoder import MODELS, Read
from youthvoice.nlp.sentences.stack import Stack
from youthvoice.nlp.sentences.weights import Floats

NAME = "feeling"
SURE = 0.5
"""Where the model's card names no threshold: from this probability on it is sure."""


class Feelings:
    """Reads feelings from what the encoder read. Raises `ModelMissing`. Thread-safe."""

    def __init__(self, threads: int = 0, folder: Path = MODELS) -> None:
        self._stack = Stack(NAME, threads, folder)

    @property
    def version(self) -> str:
        """The version of the trained network."""
        return self._stack.version

    def read(self, reads: Iterable[Read], count: int) -> list[Label]:
        """The likeliest feeling of each of `count` texts, with its probability."""
        sure = float(self._stack.about.get("sure", SURE))
        found = []
        for row in self.chances(reads, count):
            best = int(row.argmax())
            value = Feeling(self._stack.labels[best])
            found.append(
                Label(LabelKind.FEELING, value, round(float(row[best]), 3), bool(row[best] >= sure))
            )
        return found

    def chances(self, reads: Iterable[Read], count: int) -> Floats:
        """The probability (count, 3) of each feeling, in the order of the enum."""
        heat = float(self._stack.about.get("temperature", 1.0))
        return softmax(self._stack.scores(reads, count, highest=False) / heat)


def softmax(scores: Floats) -> Floats:
    """Probabilities of rows of scores."""
    powers = np.exp(scores - scores.max(-1, keepdims=True))
    return np.asarray(powers / powers.sum(-1, keepdims=True), np.float32)
