"""One evaluation: the figures of all messages, of each file, language and class, as an object for programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from youthvoice.model import Language
from youthvoice.nlp.evaluation.figures import Figure
from youthvoice.nlp.evaluation.labels.calibration import Calibration, calibration
from youthvoice.nlp.evaluation.labels.examples import LabelledSet
from youthvoice.nlp.evaluation.labels.figures import (
    NAMES,
    ClassFigures,
    Figures,
    by_class,
    figures,
    share,
)
from youthvoice.nlp.evaluation.labels.judging import Kind, Row
from youthvoice.nlp.evaluation.labels.vocabulary import spoken

DECIMALS = 3
ROUTINE = {"level_1_from_3": 3, "level_1_from_4": 4}
"""How many messages of level 1 are raised to which level."""


@dataclass(frozen=True)
class Report:
    """What was measured. `speed`: messages a second, training left out. `more`: figures of one task only.

    `told`: what else belongs to the run, as it is shown to programs (what counted as positive …).
    """

    overall: Figures
    by_class: Mapping[str, ClassFigures]
    by_language: Mapping[str, Figures]
    by_file: Mapping[str, Figures]
    calibration: Calibration | None
    speed: float | None
    files: Sequence[str]
    more: Mapping[str, Figure] = field(default_factory=dict)
    told: Mapping[str, object] = field(default_factory=dict)


def report(
    sets: Sequence[LabelledSet],
    rows: Sequence[Sequence[Row]],
    kind: Kind,
    seconds: float,
    order: Iterable[str] = (),
    languages: Sequence[str] | None = None,
) -> Report:
    """The report of `rows` (for each set its messages') that a model took `seconds` for.

    `order`: of the classes. `languages`: of the messages, where their sets are not to be asked.
    """
    every = list(chain(*rows))
    names = [one.name for one in sets]
    files = chain(*([name] * len(each) for name, each in zip(names, rows, strict=True)))
    if languages is None:
        languages = [spoken(each) for one in sets for each in one.examples]
    groups = _groups(languages, every, kind)
    return Report(
        figures(every, kind),
        by_class(every, order),
        {str(name): groups[name] for name in Language if name in groups},
        _groups(files, every, kind),
        calibration(every),
        len(every) / seconds if seconds > 0 else None,
        [path for one in sets for path in one.paths],
        routine(every) if kind is Kind.LEVELS else {},
    )


def routine(rows: Iterable[Row]) -> dict[str, Figure]:
    """Where labels and guesses are levels: how many messages of level 1 are raised to level 3, and to 4."""
    guessed = [int(guess) for row in rows if row.truth == {"1"} for guess in row.guess]
    return {name: share([guess >= level for guess in guessed]) for name, level in ROUTINE.items()}


def as_json(made: Report) -> dict[str, object]:
    """The report as one object, in the shape of `evaluate pii`: figures as plain numbers in per cent, with
    their intervals and sample sizes beside them.

    A figure is None where there is nothing to count, or where the task has no such figure.
    """
    named = (*NAMES, "not_sure", "accuracy_sure")
    figures = {name: made.overall.shares[name] for name in named}
    return {
        **_plain({**figures, **made.more}),
        "n": made.overall.n,
        "docs_per_second": _rounded(made.speed),
        "files": list(made.files),
        **made.told,
        "by_class": {name: _class(one) for name, one in made.by_class.items()},
        "by_language": {name: _values(one) for name, one in made.by_language.items()},
        "by_file": {name: _values(one) for name, one in made.by_file.items()},
        "calibration": _calibration(made.calibration),
    }


def _values(of: Figures) -> dict[str, object]:
    return {**_plain({name: of.shares[name] for name in NAMES}), "n": of.n}


def _class(of: ClassFigures) -> dict[str, object]:
    shares = {"precision": of.precision, "recall": of.recall, "f1": of.f1}
    return {**_plain(shares), "n": of.n}


def _calibration(of: Calibration | None) -> dict[str, object] | None:
    if of is None:
        return None
    return {
        **_plain({"error": of.error, "brier": of.brier}),
        "bins": [
            {"n": one.n, "score": _rounded(one.score), "right": _rounded(one.right)}
            for one in of.bins
        ],
    }


def _plain(figures: Mapping[str, Figure]) -> dict[str, object]:
    """Figures as they are shown to programs: the one place that says so."""
    return {
        **{name: _rounded(one.value) for name, one in figures.items()},
        "intervals": {
            name: [_rounded(one.low), _rounded(one.high)] if one.n else None
            for name, one in figures.items()
        },
        "out_of": {name: one.n for name, one in figures.items()},
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DECIMALS)


def _groups(names: Iterable[str], rows: Sequence[Row], kind: Kind) -> dict[str, Figures]:
    """The figures of each group of messages; `names` says which group each message belongs to."""
    groups: dict[str, list[Row]] = {}
    for name, row in zip(names, rows, strict=True):
        groups.setdefault(name, []).append(row)
    return {name: figures(members, kind) for name, members in groups.items()}
