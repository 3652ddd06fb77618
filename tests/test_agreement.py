"""Krippendorff's alpha, against the worked examples of Krippendorff (2011) and sums done by hand."""

from __future__ import annotations

import numpy as np
import pytest

from youthvoice.agreement import Alpha, alpha, masi, nominal

MEG, OWEN = "0100000010", "1110010000"
BEN, GERRY = "aabbdcccedda", "babbbccceddd"
FOUR = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")


def units(*people: str) -> list[list[str]]:
    """What the people said of each message; a point is no answer."""
    return [[said for said in column if said != "."] for column in zip(*people, strict=True)]


def sets(*messages: tuple[str, str]) -> list[list[frozenset[str]]]:
    return [[frozenset(said.split()) for said in message] for message in messages]


def value(messages: list[list[str]]) -> float:
    found = alpha(messages).value
    assert found is not None
    return found


def test_two_people_yes_or_no() -> None:
    # Section A: 4 disputed of 10; 14 noughts and 6 ones among 20 answers.
    assert value(units(MEG, OWEN)) == pytest.approx(1 - 19 * 4 / (14 * 6), abs=1e-12)
    assert round(value(units(MEG, OWEN)), 3) == 0.095


def test_two_people_of_several_kinds() -> None:
    # Section B: 3 disputed of 12; a 4, b, c and d 6 each, e 2, among 24 answers.
    by_hand = 1 - 23 * 6 / (24 * 24 - (16 + 36 + 36 + 36 + 4))
    assert value(units(BEN, GERRY)) == pytest.approx(by_hand, abs=1e-12)
    assert round(value(units(BEN, GERRY)), 3) == 0.692


def test_many_people_with_missing_answers() -> None:
    # Section C: 12 messages, one answered by one person only; 40 answers in pairs: 9, 13, 10, 5 and 3 of
    # each kind. The second message has one dissenter (6 pairs over 3), the sixth four, the eighth one.
    found = alpha(units(*FOUR))
    by_hand = 1 - 39 * (2 + 4 + 2) / (40 * 40 - (81 + 169 + 100 + 25 + 9))
    assert found.value == pytest.approx(by_hand, abs=1e-12)
    assert found.value is not None and round(found.value, 3) == 0.743
    assert found.messages == 11


def test_perfect_and_reversed() -> None:
    assert value(units("aabb", "aabb")) == 1.0
    # 4 of 4 disputed, 4 a and 4 b: 1 − 7·4/(4·4).
    assert value(units("aabb", "bbaa")) == pytest.approx(-0.75)


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [
        ("a b", "a b", 0.0),
        ("a b", "a b c d", 1 - (2 / 3) * (2 / 4)),
        ("a b", "b c", 1 - (1 / 3) * (1 / 3)),
        ("a", "b", 1.0),
        ("", "a", 1.0),
        ("", "", 0.0),
    ],
)
def test_how_far_sets_are_apart(one: str, other: str, far: float) -> None:
    first, second = frozenset(one.split()), frozenset(other.split())
    assert masi(first, second) == masi(second, first) == pytest.approx(far)


def test_sets_of_themes() -> None:
    # Answers: {a} three times, {a b} once, {b} twice. {a} to {a b}: 1 − 2/3·1/2 = 2/3, {b} the same,
    # {a} to {b}: 1. Observed: one pair of 2/3, from both sides: 4/3 over 6 answers. By chance:
    # 2·(3·1·2/3 + 1·2·2/3 + 3·2·1) = 56/3 over 6·5.
    found = alpha(sets(("a", "a"), ("a", "a b"), ("b", "b")), masi)
    assert found.value == pytest.approx(1 - (4 / 3 / 6) / (56 / 3 / 30))


def test_without_an_answer_in_pairs_or_anything_else_there_is_no_figure() -> None:
    assert alpha(units("a.b", ".a.")) == Alpha(None, None, None, 0)
    assert alpha(units("aaaa", "aaaa")) == Alpha(None, None, None, 4)
    assert alpha([]) == Alpha(None, None, None, 0)


def test_the_interval_holds_the_figure_and_narrows() -> None:
    few, many = alpha(units(MEG * 4, OWEN * 4)), alpha(units(MEG * 40, OWEN * 40))
    for found in (few, many):
        assert found.value is not None and found.low is not None and found.high is not None
        assert -1 <= found.low < found.value < found.high <= 1
    assert width(many) < width(few) / 2
    assert alpha(units(MEG * 4, OWEN * 4)) == few


def width(found: Alpha) -> float:
    assert found.low is not None and found.high is not None
    return found.high - found.low


def test_no_dispute_in_few_messages_is_no_proof() -> None:
    # A theme that both saw once in 40 messages: 2 of 80 answers.
    rare = alpha(units("x" + "o" * 39, "x" + "o" * 39))
    assert rare.value == 1.0 and rare.low == -1.0 and rare.high == 1.0
    common = alpha(units("xo" * 100, "xo" * 100))
    assert common.value == 1.0 and common.low is not None and 0.9 < common.low < 1.0


def test_the_interval_holds_the_truth_about_19_times_in_20() -> None:
    random = np.random.default_rng(7)
    share, slip = 0.4, 0.1
    # Two people who each slip one time in ten on what is truly so in 4 of 10 messages.
    seen = share * (1 - slip) + (1 - share) * slip
    truth = 1 - 2 * slip * (1 - slip) / (2 * seen * (1 - seen))
    held = 0
    for _ in range(200):
        true = random.random(100) < share
        answers = [true ^ (random.random(100) < slip) for _person in range(2)]
        found = alpha([list(pair) for pair in np.column_stack(answers).tolist()], nominal)
        assert found.low is not None and found.high is not None
        held += found.low <= truth <= found.high
    assert held >= 184
