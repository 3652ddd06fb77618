"""What counts as positive when risk is measured: in the labels of a set, and in what a model answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from youthvoice.errors import BadInput, Note, note
from youthvoice.nlp.evaluation.labels.examples import Example, LabelledSet
from youthvoice.nlp.evaluation.labels.predictors import HIGH, HIGH_LEVEL, RiskGuess
from youthvoice.nlp.evaluation.labels.signals import SIGNALS, signal_of
from youthvoice.nlp.evaluation.labels.vocabulary import LEVEL_WORDS, key

PLAIN = re.compile(r"[\w-]{1,20}")
MOST_NAMED = 12


@dataclass(frozen=True)
class Rule:
    """A message is predicted positive with one of `signals` (empty: whatever the signals) from `level` on."""

    signals: frozenset[str]
    level: int

    def holds(self, guess: RiskGuess) -> bool:
        """Whether a model's answer is positive."""
        return guess.level >= self.level and (
            not self.signals or bool(self.signals & guess.signals)
        )

    def chance(self, guess: RiskGuess) -> float | None:
        """How likely the model finds it positive; None where it does not say."""
        if self.signals:
            known = [guess.chances[one] for one in self.signals if one in guess.chances]
            return max(known) if known and self.level == 1 else None
        return guess.chances.get(HIGH) if self.level == HIGH_LEVEL else None


@dataclass(frozen=True)
class Positive:
    """A message is truly positive with one of `labels` or from a label `level` on; predicted so by `rules`."""

    labels: frozenset[str]
    level: int | None
    rules: tuple[Rule, ...]

    def true(self, example: Example) -> bool:
        """Whether people say so."""
        if self.labels & tags(example):
            return True
        return self.level is not None and int(example.labels[0]) >= self.level

    def predicted(self, guess: RiskGuess) -> bool:
        """Whether the model says so."""
        return any(rule.holds(guess) for rule in self.rules)

    def chance(self, guess: RiskGuess) -> float | None:
        """How likely the model finds it; None where it does not say for one of the rules."""
        chances = [rule.chance(guess) for rule in self.rules]
        known = [one for one in chances if one is not None]
        return max(known) if known and len(known) == len(chances) else None


def tags(example: Example) -> frozenset[str]:
    """All that people said of a message: its labels and signals, as `key` writes them."""
    return frozenset(key(one) for one in (*example.labels, *example.signals))


def positive(
    words: Sequence[str], sets: Iterable[LabelledSet], start: int | None, signal: str | None
) -> Positive:
    """What `--positive` (each of `words`), `--from` (`start`) and `--signal` mean for these sets.

    A number n is level n and above, if the labels are levels. A word that names a signal means that signal
    at any level, any other word level 4 and above; `start` and `signal` say otherwise. Raises `BadInput`.
    """
    examples = [each for one in sets for each in one.examples]
    are_levels = levels(examples)
    numbers = [int(word) for word in words if are_levels and word.strip() in LEVEL_WORDS]
    names = [word for word in words if not (are_levels and word.strip() in LEVEL_WORDS)]
    present = frozenset(tag for example in examples for tag in tags(example))
    labels = frozenset(label for word in names for label in _meant(word, present))
    rules = [_rule(word, start, signal) for word in names]
    rules += [_rule_of_level(number, start, signal) for number in numbers]
    return Positive(labels, min(numbers, default=None), tuple(dict.fromkeys(rules)))


def levels(examples: Iterable[Example]) -> bool:
    """Whether every message has one of the five levels as its only label."""
    return all(len(one.labels) == 1 and one.labels[0] in LEVEL_WORDS for one in examples)


def _rule(word: str, start: int | None, signal: str | None) -> Rule:
    named = _signal(signal) if signal else signal_of(word)
    if named:
        return Rule(frozenset({named}), start or 1)
    return Rule(frozenset(), start or HIGH_LEVEL)


def _rule_of_level(number: int, start: int | None, signal: str | None) -> Rule:
    named = frozenset({_signal(signal)}) if signal else frozenset[str]()
    return Rule(named, start or number)


def _signal(word: str) -> str:
    found = signal_of(word)
    if found is None:
        raise BadInput(
            note("“%(word)s” is no signal.", word=word),
            note("The signals are: %(signals)s", signals=", ".join(SIGNALS)),
        )
    return found


def _meant(word: str, present: frozenset[str]) -> frozenset[str]:
    """The labels of a set that a word means: itself, else those that name the same signal."""
    if key(word) in present:
        return frozenset({key(word)})
    signal = signal_of(word)
    found = frozenset(tag for tag in present if signal and signal_of(tag) == signal)
    if not found:
        raise BadInput(note("No message is labelled “%(word)s”.", word=word), _named(present))
    return found


def _named(present: frozenset[str]) -> Note:
    """Which labels there are, where they are words: a file of the wrong form may hold whole messages there."""
    if len(present) <= MOST_NAMED and all(PLAIN.fullmatch(tag) for tag in present):
        return note("The labels are: %(labels)s", labels=", ".join(sorted(present)))
    return note("Give --positive one of the labels of these messages. Nothing was changed.")
