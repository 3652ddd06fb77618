"""What a pattern is: a form, its kind, and what has to be true around it; and how a text is searched."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from youthvoice.model import Span

DETECTOR = "patterns-3"
BEFORE = 60
"""How many characters before a form its context is looked for in."""
AFTER = 30
"""How many characters after it."""


class Pattern(NamedTuple):
    """One form: the `group` of `regex` is the span.

    `check` has to hold of its text; `near` has to occur on one side of it, `led_by` before it; `unless` must
    not occur before it. Where `needs` has words, one of them, in lower case, occurs in every text that the form
    can be found in: a look for them is far cheaper than the form.
    """

    kind: str
    regex: re.Pattern[str]
    score: float
    reason: str
    group: int = 0
    check: Callable[[str], bool] | None = None
    near: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    led_by: re.Pattern[str] | None = None
    needs: tuple[str, ...] = ()


def plain(pattern: str) -> re.Pattern[str]:
    """The compiled `pattern`, where capitals do not matter."""
    return re.compile(pattern, re.IGNORECASE)


def search(patterns: Iterable[Pattern], text: str) -> Iterator[Span]:
    """Every span of `text` that one of `patterns` describes, but none within a surer one of its kind."""
    lowered = text.lower()
    found = [
        span
        for pattern in patterns
        if _may_hold(pattern, lowered)
        for span in _search(pattern, text)
    ]
    last: Span | None = None
    for span in sorted(found, key=lambda one: (one.kind, one.start, -one.end, -one.score)):
        if last is None or not _covers(last, span):
            last = span
            yield span


def _covers(one: Span, other: Span) -> bool:
    same = one.kind == other.kind and one.score >= other.score
    return same and one.start <= other.start and one.end >= other.end


def _may_hold(pattern: Pattern, lowered: str) -> bool:
    return not pattern.needs or any(word in lowered for word in pattern.needs)


def _search(pattern: Pattern, text: str) -> Iterator[Span]:
    match = pattern.regex.search(text)
    while match is not None:
        start, end = match.span(pattern.group)
        # What does not hold is looked at again one character on: a part of it may hold.
        onward = match.start() + 1
        if 0 <= start < end and _holds(pattern, text, start, end):
            yield Span(start, end, pattern.kind, pattern.score, DETECTOR, pattern.reason)
            onward = max(onward, end)
        match = pattern.regex.search(text, onward)


def _holds(pattern: Pattern, text: str, start: int, end: int) -> bool:
    if pattern.check is not None and not pattern.check(text[start:end]):
        return False
    before = text[max(0, start - BEFORE) : start]
    if pattern.unless is not None and pattern.unless.search(before):
        return False
    if pattern.led_by is not None and not pattern.led_by.search(before):
        return False
    return (
        pattern.near is None
        or pattern.near.search(before) is not None
        or pattern.near.search(text[end : end + AFTER]) is not None
    )
