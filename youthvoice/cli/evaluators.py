"""The models of this installation that `youthvoice evaluate` measures, in the words of `predictors`.

They load when they are asked for: some take seconds. A measurement in a test puts its own in their place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from youthvoice.cli.common import settings
from youthvoice.model import CodebookTheme, Language, ThemeScore
from youthvoice.nlp.evaluation.labels.examples import Example
from youthvoice.nlp.evaluation.labels.predictors import (
    HIGH,
    HIGH_LEVEL,
    Guess,
    LabelReader,
    RiskGuess,
    RiskReader,
    ThemeReader,
)
from youthvoice.nlp.evaluation.labels.signals import signals_of

if TYPE_CHECKING:
    from youthvoice.nlp.themes.mapper import Mapper

AT_ONCE = 128


def language() -> LabelReader:
    """Reads languages; undecided is not sure."""
    return _Languages()


def risk() -> RiskReader:
    """Reads risk with the rules and the learned model of this installation."""
    return _Risks()


def feeling() -> LabelReader:
    """Reads feelings."""
    return _Feelings()


def themes(codebook: Sequence[CodebookTheme], question: str, single: bool) -> ThemeReader:  # noqa: ARG001
    """Reads themes from their descriptions alone; `single`: each message has one, which is always given."""
    return _Themes(codebook, None, single)


def learned_themes(
    codebook: Sequence[CodebookTheme],
    question: str,  # noqa: ARG001
    taught: Sequence[Example],
    single: bool,
) -> ThemeReader:
    """Reads themes after learning from the labels of `taught`; `single` as above."""
    reader = _Themes(codebook, None, single)
    return _Themes(codebook, reader.learn(taught), single)


class _Languages:
    """`language.read`, without scores; the language of most words is the second guess."""

    def read(self, texts: Sequence[str]) -> list[Guess]:
        from youthvoice.nlp.language import read

        found = [read(text) for text in texts]
        return [
            Guess(
                str(one.language), one.language is not Language.UNDECIDED, second=_most(one.shares)
            )
            for one in found
        ]


def _most(shares: Mapping[str, float]) -> str:
    return max(shares, key=lambda language: shares[language], default="")


class _Feelings:
    """The model of feelings, with its probabilities."""

    def __init__(self) -> None:
        from youthvoice.nlp.feeling import Feelings
        from youthvoice.nlp.sentences.encoder import Sentences

        self._sentences, self._feelings = Sentences(), Feelings()

    def read(self, texts: Sequence[str]) -> list[Guess]:
        return [
            Guess(label.value, label.sure, label.score)
            for start in range(0, len(texts), AT_ONCE)
            for label in self._some(texts[start : start + AT_ONCE])
        ]

    def _some(self, texts: Sequence[str]) -> Sequence[Any]:
        return self._feelings.read(self._sentences.read(texts), len(texts))


class _Risks:
    """Rules and learned model together."""

    def __init__(self) -> None:
        from youthvoice import defaults
        from youthvoice.nlp.risk import RiskRules
        from youthvoice.nlp.risk.learned import LearnedRisk
        from youthvoice.nlp.sentences.encoder import Sentences

        self._rules = RiskRules(defaults.risk_rules(settings().home))
        self._learned, self._sentences = LearnedRisk(), Sentences()

    def assess(self, texts: Sequence[str]) -> list[RiskGuess]:
        return [
            guess
            for start in range(0, len(texts), AT_ONCE)
            for guess in self._some(texts[start : start + AT_ONCE])
        ]

    def _some(self, texts: Sequence[str]) -> list[RiskGuess]:
        from youthvoice.nlp.risk import parts
        from youthvoice.nlp.risk.both import joined

        reads = parts.whole_and_parts(self._sentences, texts)
        learned = self._learned.assess(reads, len(texts))
        found = []
        for text, one in zip(texts, learned, strict=True):
            risk = joined(self._rules.assess(text), one)
            signals = frozenset[str]().union(*map(signals_of, risk.reasons), one.signals)
            chances = {**one.chances, HIGH: one.chances[f"level {HIGH_LEVEL}"]}
            found.append(RiskGuess(risk.level, signals, chances))
        return found


class _Themes:
    """The mapper of a codebook, or for sets with one topic a message the likeliest of its themes."""

    def __init__(
        self, codebook: Sequence[CodebookTheme], learned: Mapping[str, Any] | None, single: bool
    ) -> None:
        from youthvoice.flow import encoding

        self._single = single
        self._codebook, self._learned = codebook, learned
        self._mapper = encoding.mapper(codebook, learned)

    def learn(self, taught: Sequence[Example]) -> dict[str, Any]:
        """Weights from labelled messages; every theme that a message does not have is not of it."""
        from youthvoice.nlp.language import dominant

        texts = [one.text for one in taught]
        labels = [{theme: theme in one.labels for theme in self._mapper.themes} for one in taught]
        return self._mapper.learn(texts, [dominant(text) for text in texts], labels)

    def map(self, texts: Sequence[str], languages: Sequence[str]) -> Sequence[Sequence[ThemeScore]]:
        spoken = [Language(one) for one in languages]
        if not self._single:
            return self._knowing(texts, spoken).map(texts, spoken)
        found = []
        for start in range(0, len(texts), AT_ONCE):
            end = start + AT_ONCE
            rows = self._mapper.chances(texts[start:end], spoken[start:end])
            found += [self._likeliest(row) for row in rows]
        return found

    def _knowing(self, texts: Sequence[str], spoken: Sequence[Language]) -> Mapper:
        """The mapper, knowing what is usual among these messages: as it is when a codebook is applied."""
        from youthvoice.flow import encoding

        if self._learned is not None:
            return self._mapper
        return encoding.mapper(self._codebook, self._mapper.usual(texts, spoken))

    def _likeliest(self, row: np.ndarray[Any, Any]) -> tuple[ThemeScore, ...]:
        best = int(row.argmax())
        return (ThemeScore(self._mapper.themes[best], round(float(row[best]), 3)),)
