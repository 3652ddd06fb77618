"""What is measured, as protocols: whoever reads language, feeling, risk or themes answers in these words.

A model that is not sure still gives its best guess; scores are probabilities from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from youthvoice.model import ThemeScore

HIGH = "high"
"""The name under which `RiskGuess.chances` holds how likely level 4 or 5 is."""
HIGH_LEVEL = 4


class Guess(NamedTuple):
    """The label that a model gives a message.

    `score`: how likely it is right, None where the model does not say. `second`: the best guess of a model
    that answers “undecided”, for sets in which nothing is undecided.
    """

    label: str
    sure: bool = True
    score: float | None = None
    second: str = ""


class RiskGuess(NamedTuple):
    """The level of a message (1 to 5) and the signals that are proposed for it.

    `chances`: how likely each signal is, and `HIGH` for level 4 or 5, where a model says so.
    """

    level: int
    signals: frozenset[str] = frozenset()
    chances: Mapping[str, float] = {}


class LabelReader(Protocol):
    """Reads languages or feelings."""

    def read(self, texts: Sequence[str]) -> Sequence[Guess]:
        """One answer for each text, in order."""
        ...


class RiskReader(Protocol):
    """Reads risk."""

    def assess(self, texts: Sequence[str]) -> Sequence[RiskGuess]:
        """One answer for each text, in order."""
        ...


class ThemeReader(Protocol):
    """Reads themes of one codebook. Where each message has one topic, the best one is always given."""

    def map(self, texts: Sequence[str], languages: Sequence[str]) -> Sequence[Sequence[ThemeScore]]:
        """The themes of each text, in order; `languages` are en, fr, mixed, other or undecided."""
        ...
