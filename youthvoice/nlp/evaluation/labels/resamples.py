"""95 % intervals of figures that are no plain shares: messages are drawn again, and the figure with them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from youthvoice.nlp.evaluation.resampling import RESAMPLES, SEED, Interval, independent

Numbers = NDArray[np.float64]
BATCH = 50
"""Resamples made at once: bounds the memory, not the result."""


class Resamples:
    """A table of `columns` (messages × counts), and its sums in 1,000 resamples with a fixed seed."""

    def __init__(self, columns: Numbers) -> None:
        self._n = len(columns)
        self._sums = columns.sum(axis=0)
        self._drawn = _drawn(columns)

    def figure(self, of: Callable[[Numbers], Numbers]) -> tuple[float, Interval] | None:
        """The value of a figure from 0 to 1 with its interval; None where it has none.

        `of` makes it from sums (… × counts), nan where they allow none. Percentiles (Efron and Tibshirani,
        1993), widened to hold the value itself. Where all agree resampling shows no doubt at all: then it is
        Wilson's, with the messages as units. One message alone says nothing of others.
        """
        value = float(of(self._sums))
        if np.isnan(value):
            return None
        if self._n < 2:
            return value, (0.0, 1.0)
        if value <= 0 or value >= 1:
            return value, independent(round(value * self._n), self._n)
        low, high = np.nanquantile(of(self._drawn), (0.025, 0.975))
        return value, (min(float(low), value), max(float(high), value))


def _drawn(columns: Numbers) -> Numbers:
    """The sums of the columns in each resample (resamples × counts)."""
    random = np.random.default_rng(SEED)
    n = len(columns)
    made = []
    for begin in range(0, RESAMPLES, BATCH):
        rows = range(begin, min(begin + BATCH, RESAMPLES))
        times = [np.bincount(random.integers(n, size=n), minlength=n) for _ in rows]
        made.append(np.array(times, dtype=np.float64) @ columns)
    return np.concatenate(made)
