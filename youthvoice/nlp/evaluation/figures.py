"""The figures of an evaluation, in per cent with 95 % intervals, from the counts of messages.

| figure | share of | that |
|---|---|---|
| recall_any | identifiers | have at least one character covered by a prediction |
| recall_full | identifiers | have every character that is no space covered |
| precision | predictions | touch an identifier |
| messages_leaking | messages with an identifier | leave some of one uncovered |
| words_removed | words outside identifiers and handles | a prediction touches |
| clean_touched | messages without an identifier | a prediction touches |
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from youthvoice.nlp.evaluation.counting import Counts
from youthvoice.nlp.evaluation.resampling import clustered, independent


class Share(NamedTuple):
    """Which count is divided by which, and whether its units are independent of each other."""

    part: str
    whole: str
    alone: bool = False


SHARES: Mapping[str, Share] = {
    "recall_any": Share("any", "identifiers"),
    "recall_full": Share("full", "identifiers"),
    "precision": Share("right", "predicted"),
    "messages_leaking": Share("leaking", "identified", alone=True),
    "words_removed": Share("removed", "words"),
    "clean_touched": Share("touched", "clean", alone=True),
}


class Figure(NamedTuple):
    """A share in per cent of `n` units with its interval; all None where there is no unit."""

    value: float | None
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True)
class Figures:
    """The figures of some messages: `held` of them no detector could read."""

    messages: int
    held: int
    identifiers: int
    shares: Mapping[str, Figure]


def figures(counts: Sequence[Counts], held: int = 0) -> Figures:
    """The figures of messages with these `counts`, `held` of which a detector failed on."""
    table = np.array(counts, dtype=np.int64).reshape(len(counts), len(Counts._fields))
    columns = dict(zip(Counts._fields, table.T, strict=True))
    shares = {
        name: _figure(columns[share.part], columns[share.whole], share.alone)
        for name, share in SHARES.items()
    }
    return Figures(len(counts), held, int(columns["identifiers"].sum()), shares)


def _figure(parts: np.ndarray, wholes: np.ndarray, alone: bool) -> Figure:
    part, whole = int(parts.sum()), int(wholes.sum())
    if whole == 0:
        return Figure(None, None, None, 0)
    low, high = independent(part, whole) if alone else clustered(parts, wholes)
    return Figure(100 * part / whole, 100 * low, 100 * high, whole)
