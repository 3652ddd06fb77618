"""Rules and the learned model together: either raises, none lowers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from youthvoice.model import Risk
from youthvoice.nlp.risk.learned import Learned, LearnedRisk
from youthvoice.nlp.risk.rules import RiskRules
from youthvoice.nlp.sentences.encoder import Read


class Risks:
    """Reads risk. `learned` may be left out: the rules then stand alone. Thread-safe."""

    def __init__(self, rules: RiskRules, learned: LearnedRisk | None) -> None:
        self._rules = rules
        self._learned = learned

    def assess(self, texts: Sequence[str], reads: Iterable[Read]) -> list[Risk]:
        """The risk of each text. `reads`: what the encoder read of the same texts."""
        ruled = [self._rules.assess(text) for text in texts]
        if self._learned is None:
            return ruled
        return [
            joined(rule, learned)
            for rule, learned in zip(ruled, self._learned.assess(reads, len(texts)), strict=True)
        ]


def joined(ruled: Risk, learned: Learned) -> Risk:
    """The higher level, and the reasons of both: the gravest first."""
    if learned.level == 1:
        return ruled
    first, second = ruled.reasons, learned.reasons
    if learned.level > ruled.level:
        first, second = second, first
    return Risk(max(ruled.level, learned.level), tuple(dict.fromkeys((*first, *second))))
