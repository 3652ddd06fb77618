"""Where words stand: between what a person reads, a masked text, and the normalised original under it.

What is not hidden stands in both, in the same order. So places in the original are found without
anybody reading it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from youthvoice.model import Masked, Span
from youthvoice.nlp.normalise import normalise

PLACEHOLDER = re.compile(r"\[[^\[\]\n]+\]")
_QUOTES = re.compile("['’]")


class Place(NamedTuple):
    """Characters `start` to `end` (exclusive) of a text."""

    start: int
    end: int


def shown(text: str, spans: Sequence[Span]) -> list[Place]:
    """The parts of `text` that `spans` (in order, not overlapping) leave to be read; some may be empty."""
    starts = [0, *(span.end for span in spans)]
    ends = [*(span.start for span in spans), len(text)]
    return [Place(start, end) for start, end in zip(starts, ends, strict=True)]


def fits(text: str, masked: Masked) -> bool:
    """Whether `masked` is `text` with its spans replaced by placeholders, whatever these are called."""
    parts = [re.escape(text[part.start : part.end]) for part in shown(text, masked.spans)]
    return re.fullmatch(PLACEHOLDER.pattern.join(parts), masked.text) is not None


def labels(masked: Masked) -> list[str]:
    """The placeholder of each span as the masked text has it; empty where that cannot be told (somebody
    wrote brackets of their own).
    """
    found = PLACEHOLDER.findall(masked.text)
    return found if len(found) == len(masked.spans) else [""] * len(masked.spans)


def readable(masked: Masked) -> list[Place]:
    """The parts of the masked text outside of placeholders; all of it where that cannot be told."""
    found = list(PLACEHOLDER.finditer(masked.text))
    if len(found) != len(masked.spans):
        return [Place(0, len(masked.text))]
    starts = [0, *(one.end() for one in found)]
    ends = [*(one.start() for one in found), len(masked.text)]
    return [Place(start, end) for start, end in zip(starts, ends, strict=True)]


def lines(typed: str) -> list[str]:
    """What somebody typed or pasted, normalised, a line each; without empty ones."""
    return [line for line in normalise(typed).split("\n") if line]


def occurrences(words: str, text: str, parts: Sequence[Place]) -> list[Place]:
    """Every place of `words` inside `parts` of `text`, in whatever case; across line ends, too.

    As whole words; only where there is none, inside of longer words (`westdale` in `#westdalepride`).
    """
    for pattern in (_pattern(words, whole=True), _pattern(words, whole=False)):
        found = [
            Place(part.start + one.start(), part.start + one.end())
            for part in parts
            for one in pattern.finditer(text[part.start : part.end])
        ]
        if found:
            return found
    return []


def _pattern(words: str, whole: bool) -> re.Pattern[str]:
    said = r"\s+".join(_QUOTES.sub("['’]", re.escape(word)) for word in words.split())
    before = r"(?<!\w)" if whole and re.match(r"\w", words) else ""
    after = r"(?!\w)" if whole and re.search(r"\w\Z", words) else ""
    return re.compile(f"{before}{said}{after}", re.IGNORECASE)
