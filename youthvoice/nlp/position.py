"""Whether an answer agrees with what a question asks: agrees, disagrees, mixed, not stated, or not sure.

A network reads the answer together with the question (`python -m training.position`); docs/models/themes.md
is its card. It is not good at it yet, so it is sure of few.
"""

from __future__ import annotations

from collections.abc import Sequence

from youthvoice.model import Label, LabelKind, Position
from youthvoice.nlp.feeling import softmax
from youthvoice.nlp.sentences.encoder import Sentences
from youthvoice.nlp.sentences.stack import Stack
from youthvoice.nlp.sentences.weights import Floats

NAME = "position"
SURE = 0.5


class Positions:
    """Reads positions. `pairs`: the trained network. Thread-safe."""

    def __init__(self, sentences: Sentences, pairs: Stack) -> None:
        self._sentences = sentences
        self._pairs = pairs

    def read(self, question: str, texts: Sequence[str]) -> list[Label]:
        """The likeliest position of each text on a question (in either language), with its probability."""
        sure = float(self._pairs.about.get("sure", SURE))
        found = []
        for row in self.chances(question, texts):
            best = int(row.argmax())
            found.append(
                Label(
                    LabelKind.POSITION,
                    Position(self._pairs.labels[best]),
                    round(float(row[best]), 3),
                    bool(row[best] >= sure),
                )
            )
        return found

    def chances(self, question: str, texts: Sequence[str]) -> Floats:
        """The probability (texts, 4) of each position, in the order of the network's labels."""
        pairs = [(text, question) for text in texts]
        scores = self._pairs.scores(self._sentences.read_pairs(pairs), len(pairs), highest=False)
        return softmax(scores / float(self._pairs.about.get("temperature", 1.0)))
