"""The tables of `youthvoice evaluate language|sentiment|themes|risk`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table

from youthvoice.cli.cells import below, beside, decimal, wide
from youthvoice.cli.common import console
from youthvoice.errors import mark
from youthvoice.strings import Translator

if TYPE_CHECKING:
    from youthvoice.nlp.evaluation.figures import Figure
    from youthvoice.nlp.evaluation.labels.figures import ClassFigures, Figures
    from youthvoice.nlp.evaluation.labels.report import Report

LANGUAGES = {
    "en": mark("English"),
    "fr": mark("French"),
    "mixed": mark("both languages mixed"),
    "other": mark("another language"),
    "undecided": mark("language undecided"),
}
FEELINGS = {"negative": mark("negative"), "neutral": mark("neutral"), "positive": mark("positive")}
LEVELS = {
    str(level): name
    for level, name in enumerate(
        (mark("level 1"), mark("level 2"), mark("level 3"), mark("level 4"), mark("level 5")),
        start=1,
    )
}
SIDES = {"positive": mark("counts as positive"), "other": mark("all others")}
"""What the classes are called."""

OVERALL = {
    "accuracy": mark("Messages labelled exactly right"),
    "macro_f1": mark("F1, mean of the classes (macro)"),
    "micro_f1": mark("F1 of all labels together (micro)"),
    "recall": mark("Found of what is truly so (recall)"),
    "precision": mark("Truly so of what was found (precision)"),
    "false_alarms": mark("False alarms among the others"),
    "level_1_from_3": mark("Level 1 raised to 3 or more"),
    "level_1_from_4": mark("Level 1 raised to 4 or more"),
    "not_sure": mark("Not sure"),
    "accuracy_sure": mark("Exactly right where sure"),
    "error": mark("Calibration error"),
    "brier": mark("Brier score, from 0 to 100"),
}
GROUPED = {
    "accuracy": mark("exactly right"),
    "macro_f1": mark("macro F1"),
    "micro_f1": mark("micro F1"),
    "recall": mark("recall"),
    "precision": mark("precision"),
    "false_alarms": mark("false alarms"),
}


def show(made: Report, names: Mapping[str, str], t: Translator) -> None:
    """Print a report; `names` are what its classes are called."""
    wide().print(_overall(made, t), _classes(made, names, t), _groups(made, t))
    console.print(t("In brackets and below each figure: its 95 %% interval."))


def _overall(made: Report, t: Translator) -> Table:
    """The figures of all messages together, one a row."""
    table = Table(t("In per cent"), "", t("out of"), box=None, padding=(0, 2, 0, 0))
    shares: dict[str, Figure] = {**made.overall.shares, **made.more}
    if made.calibration:
        shares |= {"error": made.calibration.error, "brier": made.calibration.brier}
    if not shares["not_sure"].value:
        del shares["accuracy_sure"]  # the same as the accuracy
    for name, label in OVERALL.items():
        one = shares.get(name)
        if one and one.value is not None:
            table.add_row(t(label), beside(one, t), t.number(one.n))
    table.add_row(t("Messages a second"), decimal(made.speed, t), t.number(made.overall.n))
    return table


def _classes(made: Report, names: Mapping[str, str], t: Translator) -> Table:
    """How each label is found, with intervals below."""
    table = _table((t("messages"), t("recall"), t("precision"), "F1"))
    for key, one in made.by_class.items():
        table.add_row(*_class(names.get(key, key), one, t))
    return table


def _groups(made: Report, t: Translator) -> Table:
    """The figures of each file and language, those that the task has."""
    shown = {name: t(label) for name, label in GROUPED.items() if made.overall.shares[name].n}
    table = _table((t("messages"), *shown.values()))
    groups = {escape(name): one for name, one in made.by_file.items()}
    if not made.by_language.keys() <= made.by_class.keys():  # else their rows stand above already
        groups |= {t(LANGUAGES[name]): one for name, one in made.by_language.items()}
    for name, one in groups.items():
        table.add_row(*_group(name, one, shown, t))
    return table


def _table(headings: tuple[str, ...]) -> Table:
    table = Table(box=None, padding=(0, 1, 0, 0), title=" ")
    table.add_column(max_width=30, overflow="fold")
    for heading in headings:
        table.add_column(heading, no_wrap=True)
    return table


def _class(name: str, one: ClassFigures, t: Translator) -> list[str]:
    figures = (one.recall, one.precision, one.f1)
    return [escape(name), t.number(one.n), *(below(each, t) for each in figures)]


def _group(name: str, one: Figures, shown: Mapping[str, str], t: Translator) -> list[str]:
    return [name, t.number(one.n), *(below(one.shares[each], t) for each in shown)]
