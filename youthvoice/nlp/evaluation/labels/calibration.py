"""Whether a model knows how often it is right: its score for its top label beside the share that is right.

The expected calibration error (Naeini et al., 2015) is the mean distance of the two over ten bins of equally
many messages, where equal scores stay together; the Brier score (1950) is the mean of (score - right)²,
where right is 1 or 0. Both from 0 to 100, less is better. Messages without a score are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from youthvoice.nlp.evaluation.figures import Figure
from youthvoice.nlp.evaluation.labels.judging import Row
from youthvoice.nlp.evaluation.labels.resamples import Numbers, Resamples

BINS = 10


@dataclass(frozen=True)
class Bin:
    """`n` messages of about the same score: its mean, and the share that is right, in per cent."""

    n: int
    score: float
    right: float


@dataclass(frozen=True)
class Calibration:
    """Both figures, and the bins in the order of their scores."""

    error: Figure
    brier: Figure
    bins: Sequence[Bin]


def calibration(rows: Sequence[Row]) -> Calibration | None:
    """The calibration of a model's top labels; None where it gives no scores."""
    scored = [(row.score, row.top_right) for row in rows if row.score is not None]
    if not scored:
        return None
    scores, right = np.array(scored, dtype=np.float64).T
    places = bins(scores)
    members = (places[:, None] == np.unique(places)).astype(np.float64)
    error = Resamples(members * (scores - right)[:, None]).figure(
        lambda sums: np.abs(sums).sum(axis=-1) / len(scores)
    )
    brier = Resamples(((scores - right) ** 2)[:, None]).figure(
        lambda sums: sums[..., 0] / len(scores)
    )
    return Calibration(
        _figure(error, len(scores)), _figure(brier, len(scores)), _bins(scores, right, members)
    )


def bins(scores: Numbers) -> NDArray[np.int64]:
    """The bin of each score, from 0."""
    rank = np.searchsorted(np.sort(scores), scores)  # how many are lower: the same for equal ones
    return rank * BINS // len(scores)


def _bins(scores: Numbers, right: Numbers, members: Numbers) -> list[Bin]:
    size = members.sum(axis=0)
    means = ((100 * of @ members) / size for of in (scores, right))
    return [
        Bin(int(n), float(mean), float(part)) for n, mean, part in zip(size, *means, strict=True)
    ]


def _figure(found: tuple[float, tuple[float, float]] | None, n: int) -> Figure:
    if found is None:
        return Figure(None, None, None, 0)
    value, (low, high) = found
    return Figure(100 * value, 100 * low, 100 * high, n)
