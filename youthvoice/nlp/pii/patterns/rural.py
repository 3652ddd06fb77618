"""The first three characters of a rural postal code: few people live there, so they go as the whole code does.

A zero in the second place marks a rural district (Canada Post, addressing guidelines); in towns the three
characters stand for thousands of people and stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from youthvoice.model import Span
from youthvoice.nlp.pii.patterns.pattern import Pattern, search

PATTERNS = (
    Pattern(
        "postal",
        re.compile(r"(?<![\w-])[ABCEGHJ-NPRSTVXY]0[ABCEGHJ-NPRSTV-Z](?![\w-])"),
        0.8,
        "first part of a rural postal code",
        needs=("0",),
    ),
)


def find(text: str) -> Iterator[Span]:
    """The rural districts of a normalised `text`."""
    yield from search(PATTERNS, text)
