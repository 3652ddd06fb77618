"""`youthvoice evaluate …`: how well detectors and models do on labelled sets, compared if wished."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from youthvoice.cli import evaluate_labels
from youthvoice.cli.cells import below, beside, decimal, wide
from youthvoice.cli.common import (
    JsonFlag,
    console,
    error_console,
    progress,
    settings,
    translator,
)
from youthvoice.cli.common import report as print_result
from youthvoice.errors import BadInput, mark, note
from youthvoice.nlp.models import Models
from youthvoice.nlp.pii.kinds import KINDS, kind_of, placeholder
from youthvoice.settings import Settings
from youthvoice.strings import Translator

if TYPE_CHECKING:
    from youthvoice.nlp.evaluation.figures import Figures
    from youthvoice.nlp.evaluation.report import Report
    from youthvoice.nlp.evaluation.running import Predictor

app = typer.Typer(help="Measure detectors and models on labelled sets.", no_args_is_help=True)


class Setting(StrEnum):
    """How many detectors look."""

    THOROUGH = "thorough"
    FAST = "fast"


class Other(StrEnum):
    """What to compare with."""

    PRESIDIO = "presidio"


LABELS = {
    "recall_any": mark("Identifiers found, at least in part"),
    "recall_full": mark("Identifiers covered whole"),
    "precision": mark("Predictions that touch an identifier"),
    "messages_leaking": mark("Messages that still leak"),
    "words_removed": mark("Ordinary words removed"),
    "clean_touched": mark("Clean messages touched"),
}
SPOKEN = {"en": mark("in English"), "fr": mark("in French"), "other": mark("in neither")}
HEADINGS = {
    "recall_any": mark("found"),
    "recall_full": mark("whole"),
    "precision": mark("right"),
    "messages_leaking": mark("leaking"),
    "words_removed": mark("words"),
    "clean_touched": mark("clean"),
}


@app.callback()
def group() -> None:
    """Measure detectors and models on labelled sets."""


@app.command()
def pii(
    data: Annotated[
        list[Path],
        typer.Argument(help="Labelled sets (CoNLL or JSON Lines with spans), or folders of them."),
    ],
    kinds: Annotated[
        str, typer.Option("--kinds", help="Only these kinds, with commas: person,email,phone …")
    ] = "",
    setting: Annotated[Setting, typer.Option(help="The detectors to run.")] = Setting.THOROUGH,
    against: Annotated[
        Other | None, typer.Option(help="Also run this on the same messages in the same run.")
    ] = None,
    show_misses: Annotated[
        bool,
        typer.Option("--show-misses", help="Count what was missed by class; no text is shown."),
    ] = False,
    json: JsonFlag = False,
) -> None:
    """Measure how well identifiers are found: shares in per cent with 95 % intervals.

    Nothing of any message is printed, and nothing is stored.
    """
    from youthvoice.nlp.evaluation import datasets, report, running  # numpy takes a moment to load

    t, chosen = translator(), settings()
    sets = datasets.read(data)
    wanted = _kinds(kinds, {span.kind for one in sets for m in one.messages for span in m.spans})
    predictors = [ours(chosen, setting)]
    if against:
        predictors.append(theirs(chosen))
    with progress(t("Measuring")) as update:
        runs = running.run(sets, predictors, update)
    names = (str(setting), "default")
    made = [report.report(sets, run, wanted, name) for run, name in zip(runs, names, strict=False)]
    if json:
        print_result(_as_json(made, show_misses, chosen), True, "")
    else:
        _show(made, show_misses, chosen, t)


def ours(chosen: Settings, setting: str) -> Predictor:
    """The detectors of this installation."""
    from youthvoice.nlp.pii.anonymiser import Anonymiser  # the models take seconds to load

    return Anonymiser(Models.of(chosen)._replace(masking=setting))


def theirs(chosen: Settings) -> Predictor:
    """Presidio, with the English model of this installation."""
    from youthvoice.nlp.evaluation.presidio import Presidio

    return Presidio(chosen.spacy_en)


def _kinds(given: str, labelled: set[str]) -> frozenset[str] | None:
    """Our words for the kinds of `--kinds`; None where it was left out. Raises `BadInput`."""
    words = [word for word in given.split(",") if word.strip()]
    if not words:
        return None
    known = labelled | set(KINDS)
    kinds = [kind_of(word) for word in words]
    for word, kind in zip(words, kinds, strict=True):
        if kind not in known:
            raise BadInput(
                note("“%(word)s” is no kind of identifier.", word=word.strip()),
                note("The kinds are: %(kinds)s", kinds=", ".join(KINDS)),
            )
    return frozenset(kind for kind in kinds if kind)


def _as_json(made: list[Report], show_misses: bool, chosen: Settings) -> dict[str, object]:
    from youthvoice.nlp.evaluation.report import as_json, speed_ratio

    result = as_json(made[0], show_misses)
    if len(made) > 1:
        result["presidio"] = {**as_json(made[1], show_misses), "model": chosen.spacy_en}
        result["speed_ratio"] = speed_ratio(*made)
    return result


def _show(made: list[Report], show_misses: bool, chosen: Settings, t: Translator) -> None:
    wide().print(_overall(made, t), _parts(made[0], t))
    if show_misses:
        wide().print(_missed(made[0], t))
    console.print(t("In brackets and below each figure: its 95 %% interval."))
    _show_notes(made, chosen, t)


def _show_notes(made: list[Report], chosen: Settings, t: Translator) -> None:
    """What must be known to read the figures: messages that would be held, and the model of Presidio."""
    if made[0].overall.held:
        error_console.print(
            t.many(
                "A detector failed on %(n)s message: it would be held, and counts as wholly removed.",
                "A detector failed on %(n)s messages: they would be held, and count as wholly removed.",
                made[0].overall.held,
            ),
            soft_wrap=True,
        )
    if len(made) > 1:
        console.print(
            t(
                "Presidio ran in its default configuration, English only, but with the model %(model)s: "
                "its usual one is not in the package registry.",
                model=chosen.spacy_en,
            ),
            markup=False,
            soft_wrap=True,
        )


def _overall(made: list[Report], t: Translator) -> Table:
    """The figures of all messages together, one a row, beside those of what it is compared with."""
    from youthvoice.nlp.evaluation.report import speed_ratio

    names = [t("youthvoice (%(setting)s)", setting=made[0].setting), "Presidio"][: len(made)]
    table = Table(t("In per cent"), *names, t("out of"), box=None, padding=(0, 2, 0, 0))
    for figure, label in LABELS.items():
        shares = [one.overall.shares[figure] for one in made]
        table.add_row(t(label), *(beside(one, t) for one in shares), t.number(shares[0].n))
    speeds = [decimal(one.speed, t) for one in made]
    table.add_row(t("Messages a second"), *speeds, t.number(made[0].overall.messages))
    ratio = speed_ratio(*made) if len(made) > 1 else None
    if ratio:
        table.add_row(t("Times Presidio’s speed"), decimal(ratio, t))
    return table


def _parts(made: Report, t: Translator) -> Table:
    """The figures of each file, language and kind, with intervals below."""
    table = Table(box=None, padding=(0, 1, 0, 0), title=" ")
    table.add_column(max_width=20, overflow="fold")
    for heading in ("identifiers", *HEADINGS.values()):
        table.add_column(t(heading), no_wrap=True)
    for name, one in made.by_file.items():
        table.add_row(*_row(name, one, t))
    for name, one in made.by_language.items():
        table.add_row(*_row(t(SPOKEN[name]), one, t))
    for name, one in made.by_kind.items():
        table.add_row(*_row(_kind(name, t), one, t))
    return table


def _row(name: str, of: Figures, t: Translator) -> list[str]:
    return [
        escape(name),
        t.number(of.identifiers),
        *(below(of.shares[one], t) for one in HEADINGS),
    ]


def _missed(made: Report, t: Translator) -> Table:
    from youthvoice.nlp.evaluation.misses import CLASSES

    table = Table(
        t("Kind"), t("Form"), t("identifiers"), t("not found"), t("found in part"),
        box=None, padding=(0, 2, 0, 0),
    )  # fmt: skip
    for kind, found in made.misses.items():
        for name, one in found.items():
            numbers = (t.number(n) for n in one)
            table.add_row(escape(_kind(kind, t)), t(CLASSES[name]), *numbers)
    return table


def _kind(kind: str, t: Translator) -> str:
    return placeholder(kind, t.language) if kind in KINDS else kind


evaluate_labels.register(app)
