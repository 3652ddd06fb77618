"""The figures of an evaluation, in per cent with 95 % intervals.

| figure | what |
|---|---|
| accuracy | share of messages whose labels are exactly right |
| macro_f1 | mean over classes of F1 = 2 right / (true + guessed) |
| micro_f1 | F1 of all classes together |
| recall | of the truly positive messages (of the true themes) those that are found |
| precision | of what is predicted positive (of the proposed themes) what is so |
| false_alarms | of the other messages those that are predicted positive |
| not_sure | share of messages of which the model says that it is not sure; its best guess counts above |
| accuracy_sure | accuracy among the others |

Classes of a macro_f1 are the true labels of the messages measured; with several labels a message also those
that are only guessed, since nothing else counts these errors. Plain shares have Wilson's interval, the others
one by resampling messages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from youthvoice.nlp.evaluation.figures import Figure
from youthvoice.nlp.evaluation.labels.judging import Kind, Row
from youthvoice.nlp.evaluation.labels.resamples import Numbers, Resamples
from youthvoice.nlp.evaluation.resampling import independent

NAMES = ("accuracy", "macro_f1", "micro_f1", "recall", "precision", "false_alarms")
NONE = Figure(None, None, None, 0)


@dataclass(frozen=True)
class Figures:
    """The figures of `n` messages by name; those that their kind of labels has not are empty."""

    n: int
    shares: Mapping[str, Figure]


@dataclass(frozen=True)
class ClassFigures:
    """How one label is found: `n` messages truly have it."""

    n: int
    precision: Figure
    recall: Figure
    f1: Figure


class _Table:
    """Per message and class: right, true and guessed, as 0 or 1 (messages × 3 classes)."""

    def __init__(self, rows: Sequence[Row], classes: Sequence[str]) -> None:
        truth = _marks([row.truth for row in rows], classes)
        guess = _marks([row.guess for row in rows], classes)
        self._size = len(classes)
        self._resamples = Resamples(np.hstack([truth * guess, truth, guess]))
        self.right, self.true, self.guessed = (
            part.sum(axis=0).astype(int) for part in (truth * guess, truth, guess)
        )

    def figure(self, of: Callable[[Numbers, Numbers, Numbers], Numbers], n: int) -> Figure:
        """A figure of the sums of right, true and guessed of each class, from `n` units."""

        def whole(sums: Numbers) -> Numbers:
            return of(*np.split(sums, 3, axis=-1))

        found = self._resamples.figure(whole) if self._size else None
        return _in_per_cent(*found, n) if found else NONE


def figures(rows: Sequence[Row], kind: Kind) -> Figures:
    """The figures of some messages; at least one."""
    classes = _classes(rows, kind)
    table = _Table(rows, classes)
    sure = [row.right for row in rows if row.sure]
    shares = {
        "accuracy": share([row.right for row in rows]),
        "macro_f1": table.figure(_macro, len(rows)),
        "micro_f1": _micro(rows),
        **dict.fromkeys(NAMES[3:], NONE),
        "not_sure": share([not row.sure for row in rows]),
        "accuracy_sure": share(sure),
    }
    if kind in (Kind.RAISED, Kind.LEVELS):
        shares |= _raised(rows)
    elif kind is Kind.SEVERAL:
        shares["recall"] = table.figure(lambda right, true, _: _of(right, true), table.true.sum())
        shares["precision"] = table.figure(
            lambda right, _, guessed: _of(right, guessed), table.guessed.sum()
        )
    return Figures(len(rows), shares)


def by_class(rows: Sequence[Row], order: Iterable[str] = ()) -> dict[str, ClassFigures]:
    """The figures of each label that is true or guessed somewhere; those in `order` first."""
    present = {label for row in rows for label in row.truth | row.guess}
    first = [label for label in dict.fromkeys(order) if label in present]
    classes = [*first, *sorted(present.difference(first))]
    table = _Table(rows, classes)
    return {label: _class(table, place) for place, label in enumerate(classes)}


def share(flags: Sequence[bool]) -> Figure:
    """How many of independent messages are so."""
    if not flags:
        return NONE
    part, whole = sum(flags), len(flags)
    return _in_per_cent(part / whole, independent(part, whole), whole)


def _class(table: _Table, place: int) -> ClassFigures:
    right, true, guessed = (int(one[place]) for one in (table.right, table.true, table.guessed))
    f1 = table.figure(lambda *sums: _f1(*(one[..., place] for one in sums)), true)
    return ClassFigures(true, _part(right, guessed), _part(right, true), f1)


def _part(part: int, whole: int) -> Figure:
    if not whole:
        return NONE
    return _in_per_cent(part / whole, independent(part, whole), whole)


def _raised(rows: Sequence[Row]) -> dict[str, Figure]:
    pairs = [row.raised for row in rows]
    return {
        "recall": share([predicted for true, predicted in pairs if true]),
        "precision": share([true for true, predicted in pairs if predicted]),
        "false_alarms": share([predicted for true, predicted in pairs if not true]),
    }


def _micro(rows: Sequence[Row]) -> Figure:
    """F1 of all labels together, whichever they are; with one label a message that is its accuracy."""
    counts = [(len(row.truth & row.guess), len(row.truth), len(row.guess)) for row in rows]
    found = Resamples(np.array(counts, dtype=np.float64)).figure(
        lambda sums: _f1(*(sums[..., place] for place in range(3)))
    )
    return _in_per_cent(*found, len(rows)) if found else NONE


def _classes(rows: Iterable[Row], kind: Kind) -> list[str]:
    seen = [row.truth | row.guess if kind is Kind.SEVERAL else row.truth for row in rows]
    return sorted(frozenset().union(*seen))


def _marks(labels: Sequence[frozenset[str]], classes: Sequence[str]) -> Numbers:
    return np.array([[name in one for name in classes] for one in labels], dtype=np.float64)


def _f1(right: Numbers, true: Numbers, guessed: Numbers) -> Numbers:
    return _ratio(2 * right, true + guessed)


def _macro(right: Numbers, true: Numbers, guessed: Numbers) -> Numbers:
    """The mean of the classes that occur (in a resample some may not)."""
    each = _f1(right, true, guessed)
    found = ~np.isnan(each)
    return _ratio(np.where(found, each, 0).sum(axis=-1), found.sum(axis=-1))


def _of(part: Numbers, whole: Numbers) -> Numbers:
    return _ratio(part.sum(axis=-1), whole.sum(axis=-1))


def _ratio(part: Numbers, whole: Numbers) -> Numbers:
    """`part` divided by `whole`; nan out of nothing."""
    out = np.full(np.shape(part), np.nan)
    np.divide(part, whole, out=out, where=np.asarray(whole) > 0)
    return out


def _in_per_cent(value: float, interval: tuple[float, float], n: int) -> Figure:
    return Figure(100 * value, 100 * interval[0], 100 * interval[1], int(n))
