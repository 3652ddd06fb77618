"""How well people agree on what messages say: Krippendorff's alpha, with a 95 % interval over messages.

1 is perfect agreement, 0 what chance gives, less is worse than chance. Krippendorff (2004) takes figures
from 0.80 as reliable and from 0.667 for tentative conclusions. The formula is that of Krippendorff
(2011), "Computing Krippendorff's Alpha-Reliability": any number of people, with missing answers.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from youthvoice.intervals import wilson

RESAMPLES = 2000
AT_ONCE = 200
SEED = 2011
"""Fixed, so that the same answers always have the same interval."""

Numbers = NDArray[np.float64]
Answer = TypeVar("Answer", bound=Hashable)


class Alpha(NamedTuple):
    """Alpha with the ends of its 95 % interval, over `messages` that at least two people answered.

    All three are None where nothing varies: that nobody ever says anything else tells nothing.
    """

    value: float | None
    low: float | None
    high: float | None
    messages: int


def nominal(one: Hashable, other: Hashable) -> float:
    """How far two answers are apart that are the same or not."""
    return 0.0 if one == other else 1.0


def masi(one: frozenset[str], other: frozenset[str]) -> float:
    """How far two sets are apart, from 0 to 1: MASI (Passonneau 2006).

    1 less the product of Jaccard's index and: 1 for the same set, 2/3 where one holds the other, 1/3
    where each has something of its own.
    """
    shared, every = one & other, one | other
    if one == other:
        return 0.0
    holding = 2 / 3 if one <= other or other <= one else 1 / 3
    return 1.0 - holding * len(shared) / len(every)


def alpha(
    messages: Sequence[Sequence[Answer]], distance: Callable[[Answer, Answer], float] = nominal
) -> Alpha:
    """Alpha of what people answered to each message; who said nothing of one is not in it.

    `distance` says how far two answers are apart, 0 to 1. Messages with fewer than two answers say
    nothing of agreement. The interval is that of 2,000 bootstrap samples of messages; one in which
    nothing varies lies at either end of it. Where nobody disagreed anywhere, bootstrap samples cannot
    either: its low end then takes as many disagreements as Wilson's interval around none allows.
    """
    answered = [answers for answers in messages if len(answers) > 1]
    counts, apart = _counted(answered, distance)
    # Of each message, all pairs of different people, weighed so that each answer counts once.
    sizes = counts.sum(axis=1)
    differing = ((counts @ apart) * counts).sum(axis=1) / np.maximum(sizes - 1, 1)
    once = np.ones((1, len(answered)))
    value = _alphas(once, sizes, differing, counts, apart)[0]
    if np.isnan(value):
        return Alpha(None, None, None, len(answered))
    low, high = _interval(sizes, differing, counts, apart)
    if not differing.any():
        low = min(low, _least(len(answered), counts, apart))
    return Alpha(float(value), max(-1.0, low), high, len(answered))


def _counted(
    answered: Sequence[Sequence[Answer]], distance: Callable[[Answer, Answer], float]
) -> tuple[Numbers, Numbers]:
    """How often each message got each answer, and how far the answers are apart."""
    every = list(dict.fromkeys(answer for answers in answered for answer in answers))
    place = {answer: number for number, answer in enumerate(every)}
    counts = np.zeros((len(answered), len(every)))
    for row, answers in enumerate(answered):
        for answer in answers:
            counts[row, place[answer]] += 1
    apart = [[distance(one, other) for other in every] for one in every]
    return counts, np.array(apart, dtype=np.float64).reshape(len(every), len(every))


def _alphas(
    weights: Numbers, sizes: Numbers, differing: Numbers, counts: Numbers, apart: Numbers
) -> Numbers:
    """Alpha of each row of `weights` (how often each message is taken); NaN where nothing varies."""
    answers = weights @ sizes
    observed = weights @ differing
    totals = weights @ counts
    by_chance = ((totals @ apart) * totals).sum(axis=1)
    found = np.full(len(weights), np.nan)
    varies = by_chance > 0
    found[varies] = 1 - (answers[varies] - 1) * observed[varies] / by_chance[varies]
    return found


def _interval(
    sizes: Numbers, differing: Numbers, counts: Numbers, apart: Numbers
) -> tuple[float, float]:
    drawn = [
        _alphas(weights, sizes, differing, counts, apart) for weights in _resamples(len(counts))
    ]
    found = np.concatenate(drawn)
    low = np.quantile(np.where(np.isnan(found), -1.0, found), 0.025)
    high = np.quantile(np.where(np.isnan(found), 1.0, found), 0.975)
    return float(low), float(high)


def _resamples(messages: int) -> Iterator[Numbers]:
    """How often each message is in each bootstrap sample, some samples at a time."""
    random = np.random.default_rng(SEED)
    for _ in range(RESAMPLES // AT_ONCE):
        yield random.multinomial(messages, np.full(messages, 1 / messages), AT_ONCE).astype(
            np.float64
        )


def _least(messages: int, counts: Numbers, apart: Numbers) -> float:
    """Alpha if as many messages were disputed as none in the sample allows for."""
    disputed = wilson(0, messages)
    totals = counts.sum(axis=0)
    chance = totals @ apart @ totals / (totals.sum() * (totals.sum() - 1))
    return float(1 - (disputed.high if disputed else 1.0) * apart.max() / chance)
