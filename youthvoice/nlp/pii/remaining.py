"""What stays after masking: weak identifiers that together may single somebody out.

A name is gone, and "the only Black goalie in grade 11 at [school]" is still one person. The traits and
their weights are data (`defaults/weak.toml`, an operator's to change); nothing here decides: a message at
or above `HOLD_AT` waits for a person.

The weights are put together as chances that do not depend on each other: 1 − ∏(1 − weight). Each trait
counts once however often it is named, so a long message is not held for being long.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from youthvoice import defaults
from youthvoice.defaults import WeakIdentifier
from youthvoice.model import LANGUAGES, Language

HOLD_AT = 0.45
"""From this score on a person must see the message before anybody else does.

Chosen so that a uniqueness by itself is held ("the only girl on the team"), and so are school, age and a
role on a team, or school, age, grade and place; school, grade and place are not. The tests measure on
ordinary answers that few of them are held.
"""


class Remaining(NamedTuple):
    """What is left: the score from 0 to 1, and the traits that make it up (with those said before)."""

    score: float
    traits: frozenset[str]

    @property
    def hold(self) -> bool:
        """Whether a person must look."""
        return self.score >= HOLD_AT


class WeakRules:
    """The table of traits, compiled. Raises `re.error` where a phrase of an operator is none."""

    def __init__(self, identifiers: Sequence[WeakIdentifier]) -> None:
        self._weights = {rule.id: rule.weight for rule in identifiers}
        self._patterns = {
            language: [
                (rule.id, re.compile("|".join(f"(?:{phrase})" for phrase in phrases), re.I))
                for rule in identifiers
                if (phrases := rule.phrases(language))
            ]
            for language in LANGUAGES
        }

    def traits(self, masked_text: str, language: Language) -> frozenset[str]:
        """The traits that a masked text names; in another or an undecided language, read in both."""
        plain = masked_text.replace("’", "'").replace("\n", " ")
        spoken = (language.value,) if language.value in LANGUAGES else LANGUAGES
        return frozenset(
            trait
            for tongue in spoken
            for trait, pattern in self._patterns[tongue]
            if pattern.search(plain)
        )

    def score(self, traits: Collection[str]) -> float:
        """How far `traits` together narrow down who wrote: 0 nothing, 1 one person; unknown ones nothing."""
        return 1 - math.prod(1 - weight for id, weight in self._weights.items() if id in traits)


@lru_cache(maxsize=4)
def rules(home: Path | None = None) -> WeakRules:
    """The rules of `home`, or the default ones; a changed table counts from the next start."""
    return WeakRules(defaults.weak_identifiers(home))


def traits(masked_text: str, language: Language, home: Path | None = None) -> frozenset[str]:
    """The ids of the traits that a masked text names. Takes time linear in its length."""
    return rules(home).traits(masked_text, language)


def score(traits: Collection[str], home: Path | None = None) -> float:
    """How far `traits` together narrow down who wrote, from 0 to 1."""
    return rules(home).score(traits)


def assess(
    masked_text: str, language: Language, before: Collection[str] = (), home: Path | None = None
) -> Remaining:
    """What a masked text adds to what the same writer said `before` within the topic (their traits).

    A text that names no trait adds nothing, whatever was said before; else all count together.
    """
    named = traits(masked_text, language, home)
    together = named | frozenset(before) if named else named
    return Remaining(score(together, home), together)
