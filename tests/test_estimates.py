"""Estimates that people's sample corrects: they hold the truth, whatever the machine does."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from youthvoice.estimates import LEAST, Estimate, Pile, _pooled, corrected, share, tuning

Labels = NDArray[np.bool_]
RUNS = 1000


def population(
    random: np.random.Generator, size: int, part: float, found: float, false: float
) -> tuple[Labels, Labels]:
    """What people would say of `size` messages, `part` of them yes; the machine finds `found` of these."""
    people = np.arange(size) < round(part * size)
    machine = np.where(people, random.random(size) < found, random.random(size) < false)
    return people, machine


def drawn(random: np.random.Generator, people: Labels, machine: Labels, checked: int) -> Estimate:
    picked = random.choice(len(people), checked, replace=False)
    pairs = list(zip(machine[picked].tolist(), people[picked].tolist(), strict=True))
    found = share(pairs, int(machine.sum()), len(people))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("size", "checked", "part", "found", "false"),
    [
        (20_000, 100, 0.30, 0.7, 0.05),
        (20_000, 30, 0.20, 0.9, 0.02),
        (20_000, 200, 0.02, 0.5, 0.01),  # rare
        (20_000, 30, 0.005, 0.1, 0.01),  # so rare that most samples have none
        (300, 60, 0.10, 0.6, 0.30),  # a fifth of all, of a machine that cries wolf
        (300, 200, 0.05, 0.8, 0.03),  # most of all
        (5_000, 50, 0.40, 0.2, 0.60),  # a machine that is wrong more often than right
        (5_000, 100, 0.95, 0.99, 0.10),
    ],
)
def test_the_interval_holds_the_truth(
    size: int, checked: int, part: float, found: float, false: float
) -> None:
    random = np.random.default_rng(20261122)
    people, machine = population(random, size, part, found, false)
    runs = [drawn(random, people, machine, checked) for _ in range(RUNS)]
    held = sum(one.low <= people.mean() <= one.high for one in runs)
    assert held >= 0.93 * RUNS
    assert all(0 <= one.low <= one.value <= one.high <= 1 for one in runs)


@pytest.mark.parametrize(("found", "false"), [(0.9, 0.4), (0.3, 0.01)])
def test_a_biased_machine_does_not_bias(found: float, false: float) -> None:
    random = np.random.default_rng(5)
    people, machine = population(random, 5_000, 0.25, found, false)
    values = [drawn(random, people, machine, 150).value for _ in range(RUNS)]
    assert abs(machine.mean() - people.mean()) > 0.15
    assert np.mean(values) == pytest.approx(people.mean(), abs=0.003)


def test_a_good_machine_makes_it_narrower_than_people_alone() -> None:
    random = np.random.default_rng(5)
    people, good = population(random, 5_000, 0.3, 0.9, 0.03)
    widths = [one.high - one.low for one in (drawn(random, people, good, 200) for _ in range(50))]
    alone = [
        one.high - one.low
        for one in (drawn(random, people, np.zeros_like(people), 200) for _ in range(50))
    ]
    assert np.mean(widths) < 0.7 * np.mean(alone)


def test_it_is_the_published_estimate() -> None:
    random = np.random.default_rng(3)
    people, machine = population(random, 2_000, 0.3, 0.7, 0.1)
    seen, unseen = slice(0, 2_000, 10), np.ones(2_000, dtype=bool)
    unseen[seen] = False
    y, f, more = people[seen] * 1.0, machine[seen] * 1.0, machine[unseen] * 1.0
    covariance = np.cov(y, f, bias=True)
    # PPI++, example 1 (the mean), with the sample apart from the rest.
    tuned = covariance[0, 1] / ((1 + len(y) / len(more)) * covariance[1, 1])
    published = y.mean() + tuned * (more.mean() - f.mean())
    found = share(list(zip(f > 0, y > 0, strict=True)), int(machine.sum()), 2_000)
    assert found is not None and found.value == pytest.approx(published, abs=1e-12)
    yes, no = y[f > 0], y[f == 0]
    piles = [Pile(len(part), int(part.sum()), 0, 0, 0, 0) for part in (yes, no)]
    assert tuning(*piles) == pytest.approx(covariance[0, 1] / covariance[1, 1])


def test_all_checked_is_the_plain_share() -> None:
    pairs = [(n % 3 == 0, n % 7 == 0) for n in range(140)]
    assert share(pairs, 47, 140) == Estimate(20 / 140, 20 / 140, 20 / 140, 140, 140)
    every = share([(False, False)] * 40, 0, 40)
    assert every is not None and every[:3] == (0.0, 0.0, 0.0)


def test_too_few_are_refused() -> None:
    assert share([(True, True)] * (LEAST - 1), 40, 100) is None
    assert share([(True, True)] * LEAST, 40, 100) is not None
    assert corrected([]) is None


def test_no_hit_is_not_nothing() -> None:
    found = share([(False, False)] * 100, 10, 1_000)
    assert found is not None and found.value == found.low == 0.0
    assert 0.02 < found.high < 0.05
    assert found.total == (0, 0, round(found.high * 1_000))


def test_a_machine_that_is_wrong_is_not_heeded() -> None:
    # People say yes to 1 of 10 where the machine does, and to 9 of 30 where it does not.
    pairs = [(True, n == 0) for n in range(10)] + [(False, n < 9) for n in range(30)]
    found = share(pairs, 200, 400)
    assert found is not None and found.value == pytest.approx(10 / 40)
    assert tuning(Pile(10, 1, 1, 10, 0, 0), Pile(30, 9, 9, 30, 0, 0)) == 0.0


def pair(checked: int, hits: int, of: int) -> tuple[Pile, Pile]:
    """A stratum whose every unit the machine says no to."""
    return Pile(0, 0, 0, 0, 0, 0), Pile(checked, hits, hits, checked, of - checked, of - checked)


def test_strata_weigh_as_much_as_they_have_messages() -> None:
    # English is checked ten times as often as French, which has as many messages.
    found = corrected([pair(500, 50, 1_000), pair(50, 25, 1_000)])
    assert found is not None and found.value == pytest.approx((0.1 + 0.5) / 2)
    assert (found.checked, found.of) == (550, 2_000)


def test_small_strata_go_together() -> None:
    # 5 and 20 are too few, so they go with 40: 65 checked, 13 hits, 135 unchecked.
    found = corrected([pair(40, 8, 100), pair(20, 2, 50), pair(5, 3, 50), pair(100, 0, 200)])
    assert found is not None
    assert found.value == pytest.approx((13 + 135 * 13 / 65) / 400)
    assert corrected([pair(10, 1, 20), pair(15, 2, 20)]) is None


def test_strata_hold_the_truth() -> None:
    random = np.random.default_rng(11)
    halves = [population(random, 3_000, 0.1, 0.8, 0.02), population(random, 600, 0.4, 0.4, 0.1)]
    truth = np.concatenate([people for people, _machine in halves]).mean()
    held = 0
    for _ in range(RUNS):
        strata = []
        for (people, machine), checked in zip(halves, (150, 40), strict=True):
            picked = np.zeros(len(people), dtype=bool)
            picked[random.choice(len(people), checked, replace=False)] = True
            piles = [cut(people, picked, machine == says) for says in (True, False)]
            strata.append((piles[0], piles[1]))
        found = corrected(strata)
        assert found is not None
        held += found.low <= truth <= found.high
    assert held >= 0.93 * RUNS


def cut(people: Labels, picked: Labels, mine: Labels) -> Pile:
    seen, unseen = people[picked & mine], int((~picked & mine).sum())
    return Pile(len(seen), int(seen.sum()), int(seen.sum()), len(seen), unseen, unseen)


def test_a_large_campaign_that_nobody_checked_widens() -> None:
    none = Pile(0, 0, 0, 0, 0, 0)
    apart = corrected([(none, Pile(100, 20, 20, 100, 500, 500))])
    campaign = corrected([(none, Pile(100, 20, 20, 100, 500, 300 * 300 + 200))])
    assert apart is not None and campaign is not None and apart.value == campaign.value
    assert campaign.high - campaign.low > 3 * (apart.high - apart.low)


def test_what_is_known_beside_the_sample_counts_as_it_is() -> None:
    none = Pile(0, 0, 0, 0, 0, 0)
    # 100 checked, of which 20; another 300 decided before, of which 90; 100 of which nobody knows.
    found = corrected([(none, Pile(100, 20, 110, 400, 100, 100))])
    assert found is not None and found.value == pytest.approx((110 + 20) / 500)
    assert found.low >= 110 / 500 and found.high <= 210 / 500


def test_a_small_last_stratum_does_not_stand_alone() -> None:
    sizes = (14, 16, 20)
    strata = [
        (Pile(n // 2, n // 4, 0, 0, 100, 100), Pile(n // 2, 1, 0, 0, 100, 100)) for n in sizes
    ]
    assert [sum(pile.checked for pile in pair) for pair in _pooled(strata)] == [50]
