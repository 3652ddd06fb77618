"""What people said of each message beside what a model says: the rows that figures are made from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import chain
from typing import NamedTuple

from youthvoice.model import ThemeScore
from youthvoice.nlp.evaluation.labels.examples import Example, LabelledSet
from youthvoice.nlp.evaluation.labels.positive import Positive
from youthvoice.nlp.evaluation.labels.predictors import HIGH, HIGH_LEVEL, Guess, RiskGuess

POSITIVE = "positive"
OTHER = "other"


class Kind(StrEnum):
    """How many labels a message has, and whether one side of them is what is looked for (also of levels)."""

    ONE = "one"
    SEVERAL = "several"
    RAISED = "raised"
    LEVELS = "levels"


class Row(NamedTuple):
    """One message: what is true, what was guessed, whether the model was sure.

    `raised`: truly positive, predicted positive, where that is measured. `score` and `top_right`: how likely
    the model found its top label, and whether that label is right; None where it does not say.
    """

    truth: frozenset[str]
    guess: frozenset[str]
    sure: bool = True
    raised: tuple[bool, bool] = (False, False)
    score: float | None = None
    top_right: bool = False

    @property
    def right(self) -> bool:
        """Whether the guess is exactly what is true."""
        return self.truth == self.guess


def labels(example: Example, guess: Guess, known: frozenset[str] | None = None) -> Row:
    """A message with one label. `known`: the labels of the set; a guess that is none of them (mixed, in a set
    that knows English and French only) is replaced by the second guess.
    """
    word = guess.label
    if known is not None and word not in known and guess.second:
        word = guess.second
    (truth,) = example.labels
    return _one(truth, word, guess.sure, score=guess.score)


def level(example: Example, guess: RiskGuess, start: int = HIGH_LEVEL) -> Row:
    """A message whose label is a level; it is positive from level `start` on."""
    (truth,) = example.labels
    raised = int(truth) >= start, guess.level >= start
    score, right = _side(guess.chances.get(HIGH) if start == HIGH_LEVEL else None, raised[0])
    return _one(truth, str(guess.level), raised=raised, score=score)._replace(top_right=right)


def positive(example: Example, guess: RiskGuess, meant: Positive) -> Row:
    """A message that is positive or not, as `meant` says."""
    raised = meant.true(example), meant.predicted(guess)
    truth, word = (POSITIVE if side else OTHER for side in raised)
    score, right = _side(meant.chance(guess), raised[0])
    return _one(truth, word, raised=raised, score=score)._replace(top_right=right)


def topic(example: Example, scores: Sequence[ThemeScore]) -> Row:
    """A message with one topic; the best guess is the theme with the highest score."""
    (truth,) = example.labels
    best = _best(scores)
    guess = frozenset({best.theme}) if best else frozenset[str]()
    sure = bool(best and best.sure)
    score = best.score if best else None
    return Row(frozenset({truth}), guess, sure, score=score, top_right=guess == {truth})


def themes(example: Example, scores: Sequence[ThemeScore]) -> Row:
    """A message with any number of themes; those that the model is not sure of count as well."""
    best = _best(scores)
    truth = frozenset(example.labels)
    return Row(
        truth,
        frozenset(one.theme for one in scores),
        all(one.sure for one in scores),
        score=best.score if best else None,
        top_right=bool(best and best.theme in truth),
    )


def labels_of(sets: Iterable[LabelledSet]) -> frozenset[str]:
    """Every label that a message of these sets has."""
    return frozenset(
        chain.from_iterable(example.labels for one in sets for example in one.examples)
    )


def _one(
    truth: str,
    word: str,
    sure: bool = True,
    raised: tuple[bool, bool] = (False, False),
    score: float | None = None,
) -> Row:
    return Row(frozenset({truth}), frozenset({word}), sure, raised, score, truth == word)


def _best(scores: Sequence[ThemeScore]) -> ThemeScore | None:
    return max(scores, key=lambda one: one.score, default=None)


def _side(chance: float | None, truth: bool) -> tuple[float | None, bool]:
    """How likely the more likely side is, and whether it is the right one."""
    if chance is None:
        return None, False
    return max(chance, 1 - chance), (chance >= 0.5) == truth
