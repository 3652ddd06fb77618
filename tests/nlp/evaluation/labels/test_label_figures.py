"""Every figure against numbers counted by hand, and its interval."""

import numpy as np
import pytest

from youthvoice.model import ThemeScore
from youthvoice.nlp.evaluation.labels import judging
from youthvoice.nlp.evaluation.labels.calibration import bins, calibration
from youthvoice.nlp.evaluation.labels.examples import Example, LabelledSet
from youthvoice.nlp.evaluation.labels.figures import NAMES, NONE, by_class, figures
from youthvoice.nlp.evaluation.labels.judging import Kind, Row
from youthvoice.nlp.evaluation.labels.predictors import Guess, RiskGuess
from youthvoice.nlp.evaluation.labels.report import as_json, report, routine
from youthvoice.nlp.evaluation.resampling import independent


def example(*labels: str, language: str = "en", signals: tuple[str, ...] = ()) -> Example:
    return Example("words", labels, "x", 1, language, len(labels) == 1, signals)


def one(truth: str, guess: str, sure: bool = True, score: float | None = None) -> Row:
    return judging.labels(example(truth), Guess(guess, sure, score))


def several(truth: str, guess: str) -> Row:
    return Row(frozenset(truth), frozenset(guess))


def values(rows: list[Row], kind: Kind) -> dict[str, float | None]:
    shares = figures(rows, kind).shares
    return {name: shares[name].value and round(shares[name].value, 2) for name in NAMES}


ROWS = [
    *[one("a", "a")] * 5, one("a", "b"),
    *[one("b", "b")] * 2, one("b", "a"), one("b", "c", sure=False),
]  # fmt: skip


def test_one_label_by_hand() -> None:
    # a: 5 right of 6 true and 6 guessed, F1 10/12; b: 2 of 4 and 3, F1 4/7. c is no true label.
    assert values(ROWS, Kind.ONE) == {
        "accuracy": 70, "macro_f1": round(50 * (10 / 12 + 4 / 7), 2), "micro_f1": 70,
        "recall": None, "precision": None, "false_alarms": None,
    }  # fmt: skip
    made = figures(ROWS, Kind.ONE)
    assert made.n == 10 and made.shares["recall"] == NONE
    assert made.shares["not_sure"].value == 10
    assert made.shares["accuracy_sure"][::3] == (pytest.approx(700 / 9), 9)


def test_classes_by_hand() -> None:
    made = by_class(ROWS, order=("b", "z"))
    assert list(made) == ["b", "a", "c"]
    assert (made["b"].n, made["b"].recall.value, made["b"].precision.n) == (4, 50, 3)
    assert made["b"].f1.value == pytest.approx(400 / 7)
    assert made["a"].precision.value == pytest.approx(500 / 6)
    assert made["c"].n == 0 and made["c"].recall == NONE and made["c"].precision.value == 0


def test_several_labels_by_hand() -> None:
    rows = [several("AB", "A"), several("", ""), several("B", "BC"), several("A", "")]
    # A: 1 of 2, F1 2/3; B: 1 of 2, F1 2/3; C: never true, F1 0. Right 2, true 4, guessed 3.
    assert values(rows, Kind.SEVERAL) == {
        "accuracy": 25, "macro_f1": 44.44, "micro_f1": 57.14,
        "recall": 50, "precision": 66.67, "false_alarms": None,
    }  # fmt: skip
    assert figures(rows, Kind.SEVERAL).shares["recall"].n == 4
    assert figures(rows, Kind.SEVERAL).shares["precision"].n == 3


def test_no_label_at_all() -> None:
    assert values([several("", "")] * 3, Kind.SEVERAL) == {
        "accuracy": 100, "macro_f1": None, "micro_f1": None,
        "recall": None, "precision": None, "false_alarms": None,
    }  # fmt: skip


def test_raised_by_hand() -> None:
    pairs = [(True, True)] * 3 + [(True, False)] + [(False, True)] * 2 + [(False, False)] * 4
    rows = [
        Row(frozenset({str(true)}), frozenset({str(guess)}), raised=(true, guess))
        for true, guess in pairs
    ]
    assert values(rows, Kind.RAISED) == {
        "accuracy": 70, "macro_f1": round(50 * (6 / 9 + 8 / 11), 2), "micro_f1": 70,
        "recall": 75, "precision": 60, "false_alarms": 33.33,
    }  # fmt: skip
    low, high = independent(3, 4)
    assert figures(rows, Kind.RAISED).shares["recall"] == (75, 100 * low, 100 * high, 4)


def test_levels_by_hand() -> None:
    pairs = [("1", 1), ("1", 3), ("1", 4), ("3", 4), ("4", 5), ("5", 3), ("5", 5), ("1", 2)]
    rows = [judging.level(example(true), RiskGuess(guess)) for true, guess in pairs]
    found = values(rows, Kind.LEVELS)
    assert (found["accuracy"], found["recall"], found["precision"]) == (25, 66.67, 50)
    assert found["false_alarms"] == 40
    assert {name: each.value for name, each in routine(rows).items()} == {
        "level_1_from_3": 50,
        "level_1_from_4": 25,
    }
    lower = [judging.level(example(true), RiskGuess(guess), 3) for true, guess in pairs]
    assert figures(lower, Kind.LEVELS).shares["recall"].value == 100


def test_intervals_hold_the_value_and_shrink() -> None:
    rng = np.random.default_rng(3)

    def drawn(n: int) -> list[Row]:
        truth = rng.choice(list("abc"), n)
        guess = np.where(rng.random(n) < 0.7, truth, rng.choice(list("abc"), n))
        return [one(str(x), str(y)) for x, y in zip(truth, guess, strict=True)]

    few, many = (figures(drawn(n), Kind.ONE).shares for n in (100, 2_500))
    for name in ("accuracy", "macro_f1", "micro_f1"):
        for shares in (few, many):
            assert shares[name].low < shares[name].value < shares[name].high
        narrower = (few[name].high - few[name].low) / (many[name].high - many[name].low)
        assert 3.5 < narrower < 7  # the square root of 25
    # With one label a message both are the same share, by Wilson and by resampling.
    assert many["micro_f1"].low == pytest.approx(many["accuracy"].low, abs=0.4)
    assert many["micro_f1"].value == pytest.approx(many["accuracy"].value)


def test_agreement_and_one_message_are_no_certainty() -> None:
    low, high = independent(8, 8)
    assert figures([one("a", "a")] * 8, Kind.ONE).shares["macro_f1"] == (
        100, 100 * low, 100 * high, 8,
    )  # fmt: skip
    assert figures([one("a", "b")], Kind.ONE).shares["macro_f1"] == (0, 0, 100, 1)


def test_a_guess_that_the_set_does_not_know_counts_by_the_second_one() -> None:
    unsure, both = Guess("undecided", False, None, "fr"), frozenset(("en", "fr"))
    assert judging.labels(example("fr"), unsure).right is False
    assert judging.labels(example("fr"), unsure, both).right is True
    assert judging.labels(example("fr"), Guess("mixed", True, None, "fr"), both).right is True
    assert judging.labels(example("fr"), Guess("undecided"), both).right is False
    assert judging.labels(example("fr"), unsure, both | {"undecided"}).right is False
    assert judging.labels_of([LabelledSet("x", [example("en"), example("fr")])]) == both


def test_themes_and_topics() -> None:
    scores = (ThemeScore("A", 0.9), ThemeScore("B", 0.4, sure=False))
    row = judging.themes(example("B"), scores)
    assert (row.guess, row.sure, row.score, row.top_right) == ({"A", "B"}, False, 0.9, False)
    assert judging.themes(example(), ()) == Row(frozenset(), frozenset())
    row = judging.topic(example("A"), scores)
    assert row.right and row.sure and row.top_right and row.score == 0.9
    nothing = judging.topic(example("A"), ())
    assert not nothing.right and not nothing.sure and nothing.score is None


def test_calibration_by_hand() -> None:
    # Two bins: (0.6 right, 0.8 wrong) and (0.9 right, 0.9 wrong), one half of the messages each.
    scored = [(0.6, True), (0.8, False), (0.9, True), (0.9, False)]
    made = calibration([one("a", "a" if right else "b", score=score) for score, right in scored])
    assert bins(np.array([0.6, 0.8, 0.9, 0.9])).tolist() == [0, 2, 5, 5]
    # |0.6 - 1| + |0.8 - 0| + |1.8 - 1| of 4
    assert made.error.value == pytest.approx(50) and made.error.n == 4
    assert made.brier.value == pytest.approx(100 * (0.16 + 0.64 + 0.01 + 0.81) / 4)
    assert [(b.n, round(b.score), b.right) for b in made.bins] == [
        (1, 60, 100),
        (1, 80, 0),
        (2, 90, 50),
    ]
    assert made.error.low <= made.error.value <= made.error.high
    assert calibration([one("a", "a")]) is None


def test_ten_bins_of_equal_count() -> None:
    scores = np.random.default_rng(1).permutation(np.linspace(0.5, 1, 250))
    assert np.bincount(bins(scores)).tolist() == [25] * 10


def test_a_calibrated_model_has_a_small_error() -> None:
    rng = np.random.default_rng(2)
    scores = rng.uniform(0.3, 1, 4_000)
    rows = [one("a", "a" if rng.random() < score else "b", score=float(score)) for score in scores]
    made = calibration(rows)
    assert made.error.value < 3
    assert made.brier.value == pytest.approx(100 * np.mean(scores * (1 - scores)), abs=1)


def test_the_more_likely_side_of_a_chance() -> None:
    rows = [
        judging.level(example("5"), RiskGuess(4, chances={"high": 0.2})),
        judging.level(example("1"), RiskGuess(4, chances={"high": 0.2})),
        judging.level(example("1"), RiskGuess(4)),
    ]
    assert [(row.score, row.top_right) for row in rows] == [
        (0.8, False),
        (0.8, True),
        (None, False),
    ]
    assert judging.level(example("5"), RiskGuess(4, chances={"high": 0.2}), 3).score is None


def test_the_shape_of_the_object() -> None:
    sets = [
        LabelledSet("one", [example("a"), example("b", language="fr")], paths=("one",)),
        LabelledSet("two", [example("a")], paths=("two_text", "two_labels")),
    ]
    rows = [[one("a", "a", score=0.8), one("b", "a", score=0.6)], [one("a", "a", score=0.9)]]
    made = as_json(report(sets, rows, Kind.ONE, 0.5, order=("b", "a")))
    assert set(made) == {
        *NAMES, "not_sure", "accuracy_sure", "intervals", "out_of", "n", "docs_per_second", "files",
        "by_class", "by_language", "by_file", "calibration",
    }  # fmt: skip
    assert set(made["intervals"]) == set(made["out_of"]) == {*NAMES, "not_sure", "accuracy_sure"}
    assert made["accuracy"] == 66.667 and made["out_of"]["accuracy"] == 3
    assert made["intervals"]["accuracy"] == [20.766, 93.851]
    assert made["recall"] is made["intervals"]["recall"] is None and made["out_of"]["recall"] == 0
    assert made["n"] == 3 and made["docs_per_second"] == 6
    assert made["files"] == ["one", "two_text", "two_labels"]
    assert list(made["by_class"]) == ["b", "a"]
    assert set(made["by_class"]["a"]) == {
        "precision", "recall", "f1", "intervals", "out_of", "n"
    }  # fmt: skip
    assert set(made["by_language"]) == {"en", "fr"} and made["by_language"]["fr"]["n"] == 1
    assert made["by_language"]["en"]["accuracy"] == 100
    assert made["by_file"]["one"]["accuracy"] == 50
    assert set(made["calibration"]) == {"error", "brier", "bins", "intervals", "out_of"}
    assert "level_1_from_3" not in made
