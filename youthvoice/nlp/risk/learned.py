"""The learned part of risk: a network over the sentence encoder, trained on this project's own texts.

`python -m training.risk` trains it, `python -m training.risk.thresholds` chooses from where on a score
counts; docs/models/risk.md is its card. Like the rules it may raise a level, never lower one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from youthvoice.errors import mark
from youthvoice.nlp.sentences.encoder import MODELS, Read
from youthvoice.nlp.sentences.stack import Stack

NAME = "risk"
LEVELS = (2, 3, 4, 5)
NEAR = 0.5
"""How likely a signal must be, as a part of the likeliest one's chance, to be a reason."""
WHY = mark("learned from examples")
"""What a reason of the learned model says, in place of the rule's."""


class Learned(NamedTuple):
    """The level of one message (1: none), the signals over their thresholds, and how likely each score is."""

    level: int
    signals: tuple[str, ...]
    chances: Mapping[str, float]

    @property
    def reasons(self) -> tuple[str, ...]:
        """As they are stored and shown, in the words of the rules' reasons; none at level 1.

        Signals that are much less likely than the likeliest are left out: they are noticed, not a reason.
        """
        if self.level == 1 or not self.signals:
            return ()
        least = NEAR * max(self.chances.get(one, 0.0) for one in self.signals)
        return tuple(
            f"{one} {self.level}: {WHY}"
            for one in self.signals
            if self.chances.get(one, 0.0) >= least
        )


class LearnedRisk:
    """Reads risk from what the encoder read. Raises `ModelMissing`. Thread-safe."""

    def __init__(self, threads: int = 0, folder: Path = MODELS) -> None:
        self._stack = Stack(NAME, threads, folder)
        self._thresholds: Mapping[str, float] = self._stack.about.get("thresholds", {})

    @property
    def version(self) -> str:
        """The version of the trained network."""
        return self._stack.version

    def assess(self, reads: Iterable[Read], count: int) -> list[Learned]:
        """One answer for each of `count` texts; of a long text's windows the gravest."""
        scores = self._stack.scores(reads, count, highest=True)
        chances = 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
        return [
            self._one(dict(zip(self._stack.labels, row, strict=True))) for row in chances.tolist()
        ]

    def _one(self, chances: Mapping[str, float]) -> Learned:
        level = max([1, *(n for n in LEVELS if self._passes(chances, f"level {n}"))])
        signals = [name for name in chances if not name.startswith("level ")]
        found = [name for name in signals if self._passes(chances, name)]
        if level > 1 and not found:
            found = [max(signals, key=lambda name: chances[name])]
        return Learned(level, tuple(_likeliest(found, chances)), chances)

    def _passes(self, chances: Mapping[str, float], name: str) -> bool:
        return chances[name] >= self._thresholds.get(name, 0.5)


def _likeliest(names: Sequence[str], chances: Mapping[str, float]) -> list[str]:
    return sorted(names, key=lambda name: -chances[name])
