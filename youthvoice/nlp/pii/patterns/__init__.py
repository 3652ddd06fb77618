"""Identifiers that have a form, in English and French: one module a family, one function for all.

Numbers with a check digit are checked; what is ambiguous needs its context. Spans of different families may
overlap: the surest says the kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from youthvoice.model import Span
from youthvoice.nlp.pii.patterns import (
    addresses,
    ages,
    contacts,
    documents,
    institutions,
    people,
    rural,
)
from youthvoice.nlp.pii.patterns.ages import only_beside_others
from youthvoice.nlp.pii.patterns.checks import luhn
from youthvoice.nlp.pii.patterns.pattern import DETECTOR

FAMILIES = (contacts, addresses, documents, ages, institutions, people, rural)


def find(text: str) -> Iterator[Span]:
    """Every span of a normalised `text` that has the form of an identifier, family by family.

    Ages come whatever else is there: `only_beside_others` keeps them where they tell who somebody is.
    """
    for family in FAMILIES:
        yield from family.find(text)


class PatternDetector:
    """The patterns as a `Detector`."""

    @property
    def version(self) -> str:
        """What is stored with every span."""
        return DETECTOR

    def find(self, texts: Sequence[str]) -> list[list[Span]]:
        """For each normalised text, in order, its spans; see `find`."""
        return [list(find(text)) for text in texts]


__all__ = ["DETECTOR", "FAMILIES", "PatternDetector", "find", "luhn", "only_beside_others"]
