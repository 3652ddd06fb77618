"""The risk of one message, raised by rules in both languages. It may raise a level, never lower one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from youthvoice.defaults import RiskRule
from youthvoice.model import Risk

HOLD_FROM = 3
"""From this level on a person must see the message before anybody else does."""


class RiskRules:
    """The compiled rules."""

    def __init__(self, rules: Sequence[RiskRule]) -> None:
        self._rules = [
            (
                rule.signal,
                rule.level,
                re.compile(
                    "|".join(f"(?:{p})" for phrases in rule.phrases.values() for p in phrases),
                    re.IGNORECASE,
                ),
            )
            for rule in rules
        ]

    def assess(self, text: str) -> Risk:
        """The highest level any rule gives a normalised text, and every rule that fired."""
        plain = text.replace("’", "'")
        fired = [(level, signal) for signal, level, pattern in self._rules if pattern.search(plain)]
        if not fired:
            return Risk()
        return Risk(max(level for level, _ in fired), tuple(signal for _, signal in fired))
