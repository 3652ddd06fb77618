"""What share of all messages people would give a theme, from what they decided of some of them.

Prediction-powered inference (Angelopoulos, Bates, Fannjiang, Jordan and Zrnic 2023): the machine's labels of
all messages make the estimate narrow, people's labels of a random sample keep it true, however wrong the
machine is. With Y what people say, f what the machine says (1 or 0) and power tuning (PPI++,
Angelopoulos, Duchi and Zrnic 2023),

    share = mean of Y in the sample + λ · (mean of f in all − mean of f in the sample).

The λ of least variance is Cov(Y, f) / Var(f), whether the sample is counted among all (as here) or apart
from it (as there, where the factor 1 + n/N makes up for it). Of yes or no it is p₁ − p₀: how often
people say yes where the machine does, less how often where it does not. With it the formula becomes the
sum over the two piles of what people decided, and of what nobody checked times the p of its pile: with the
finite population corrected for, and with a weight for each unit, without another formula. λ is
clipped to 0 to 1: below 0 (people say yes more often where the machine says no) both piles are one.

The interval is put together from that of each pile (MOVER, Zou and Donner 2008), which is Wilson's with the
ends for 1 to 3 of Brown, Cai and DasGupta (2001). The usual one, from the normal distribution, holds
the truth of a rare theme in a third of all cases instead of 95 %, and is of no width without a hit.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, sqrt
from typing import NamedTuple

from youthvoice.intervals import wilson

LEAST = 30
"""Checked units under which nothing is estimated."""

RARE = {1: 0.051293, 2: 0.355361, 3: 0.817691}
"""The mean of a Poisson variable that is at least so large in 5 of 100 cases."""

SLACK = 1e-9
"""Of a sum that is a whole number but for its last bits."""


class Pile(NamedTuple):
    """Units of one language about which the machine says the same.

    `checked`: those in the random sample, and `hits`: to how many of them people said yes. `known`: the
    weight of all to which people said yes, in the sample or not, of `decided`, the weight of all that people
    decided. `rest` and `squares`: the weights, and their squares, of what nobody decided, added up.
    A unit is a distinct text; it weighs as many messages as say it, or 1 where texts are counted.
    """

    checked: int
    hits: int
    known: float
    decided: float
    rest: float
    squares: float


class Estimate(NamedTuple):
    """A share of `of` messages (or texts) from 0 to 1, with the ends of its 95 % interval.

    `checked`: distinct texts in the sample.
    """

    value: float
    low: float
    high: float
    checked: int
    of: int

    @property
    def total(self) -> tuple[int, int, int]:
        """The same as numbers of messages (or texts): value, low, high."""
        return round(self.value * self.of), round(self.low * self.of), round(self.high * self.of)


def share(sample: Sequence[tuple[bool, bool]], proposed: int, of: int) -> Estimate | None:
    """The share of `of` messages, `proposed` of which the machine says yes to; None under `LEAST` checked.

    `sample`: (what the machine says, what people say) of each message of a random sample, each drawn once.
    """
    yes, no = ([said for machine, said in sample if machine == says] for says in (True, False))
    return corrected([(_plain(yes, proposed), _plain(no, of - proposed))])


def _plain(people: Sequence[bool], of: int) -> Pile:
    checked, hits = len(people), sum(people)
    return Pile(checked, hits, hits, checked, of - checked, of - checked)


def corrected(strata: Sequence[tuple[Pile, Pile]]) -> Estimate | None:
    """The share over all strata, each the pile to which the machine says yes and the other; None under `LEAST`.

    Strata (languages) with fewer than `LEAST` checked go together, smallest first.
    """
    checked = sum(pile.checked for pair in strata for pile in pair)
    of = round(sum(pile.decided + pile.rest for pair in strata for pile in pair))
    if checked < LEAST or of < 1:
        return None
    piles = [pile for pair in _pooled(strata) for pile in _heeded(*pair)]
    known = sum(pile.known for pile in piles)
    rest = sum(pile.rest for pile in piles)
    value = known + sum(pile.rest * pile.hits / pile.checked for pile in piles)
    below, above = (sqrt(sum(part)) for part in zip(*map(_reach, piles), strict=True))
    low, high = max(known, value - below), min(known + rest, value + above)
    if rest:  # as many messages as there are is a whole number
        low, high = floor(low + SLACK), ceil(high - SLACK)
    return Estimate(value / of, low / of, high / of, checked, of)


def tuning(yes: Pile, no: Pile) -> float:
    """λ: how far the machine is heeded, from 0 (not at all) to 1 (every difference that it makes is real).

    0 also where the sample has nothing that the machine says yes (or no) to.
    """
    if not yes.checked or not no.checked:
        return 0.0
    return max(0.0, yes.hits / yes.checked - no.hits / no.checked)


def _heeded(yes: Pile, no: Pile) -> list[Pile]:
    return [yes, no] if tuning(yes, no) > 0 else [_joined(yes, no)]


def _pooled(strata: Sequence[tuple[Pile, Pile]]) -> list[tuple[Pile, Pile]]:
    pools: list[tuple[Pile, Pile]] = []
    for yes, no in sorted(strata, key=lambda pair: pair[0].checked + pair[1].checked):
        last = pools[-1] if pools else None
        if last and last[0].checked + last[1].checked < LEAST:
            pools[-1] = _joined(last[0], yes), _joined(last[1], no)
        else:
            pools.append((yes, no))
    if len(pools) > 1 and sum(pile.checked for pile in pools[-1]) < LEAST:
        yes, no = pools.pop()
        pools[-1] = _joined(pools[-1][0], yes), _joined(pools[-1][1], no)
    return pools


def _joined(one: Pile, other: Pile) -> Pile:
    return Pile(
        one.checked + other.checked,
        one.hits + other.hits,
        one.known + other.known,
        one.decided + other.decided,
        one.rest + other.rest,
        one.squares + other.squares,
    )


def _reach(pile: Pile) -> tuple[float, float]:
    """How far a pile's sum may lie below and above, squared.

    Its error is that of p, over the rest, and that of each unit of the rest around p.
    """
    low, high = _ends(pile.hits, pile.checked)
    p = pile.hits / pile.checked
    spread = pile.rest**2 + pile.checked * pile.squares
    return (p - low) ** 2 * spread, (high - p) ** 2 * spread


def _ends(hits: int, of: int) -> tuple[float, float]:
    found = wilson(hits, of)
    if found is None:
        return 0.0, 1.0
    low, high = found.low, found.high
    if hits in RARE:
        low = min(low, RARE[hits] / of)
    if of - hits in RARE:
        high = max(high, 1 - RARE[of - hits] / of)
    return low, high
