"""`youthvoice evaluate language|sentiment|themes|risk`: how well labels are proposed, on labelled sets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from youthvoice.cli import evaluators
from youthvoice.cli.common import JsonFlag, progress, translator
from youthvoice.cli.common import report as print_result
from youthvoice.cli.label_tables import FEELINGS, LANGUAGES, LEVELS, SIDES, show
from youthvoice.errors import BadInput, note
from youthvoice.model import CodebookTheme, Feeling, Language

if TYPE_CHECKING:
    from youthvoice.nlp.evaluation.labels.examples import Example, LabelledSet
    from youthvoice.nlp.evaluation.labels.judging import Kind, Row
    from youthvoice.nlp.evaluation.labels.positive import Positive
    from youthvoice.nlp.evaluation.labels.predictors import LabelReader, ThemeReader
    from youthvoice.nlp.evaluation.labels.report import Report
    from youthvoice.nlp.evaluation.labels.running import Answer

    Sets = Sequence[LabelledSet]

Data = Annotated[
    list[Path],
    typer.Argument(
        help="Labelled sets (JSON Lines, tables, x_text.txt with x_labels.txt), or folders of them."
    ),
]
ALL = 1_000_000
"""More messages than a set holds: the answers of a consultation are mapped together."""


def register(app: typer.Typer) -> None:
    """Add the commands of this module to `evaluate`."""
    for command in (language, sentiment, themes, risk):
        app.command()(command)


def language(data: Data, json: JsonFlag = False) -> None:
    """Measure how well languages are told: en, fr, mixed, other, undecided.

    Where the set has no message that is mixed, other or undecided, the language of most words counts. No text
    is printed.
    """
    from youthvoice.nlp.evaluation.labels.vocabulary import LANGUAGE_WORDS

    sets = _labelled(data, LANGUAGE_WORDS, Language)
    made = _labels(sets, evaluators.language(), Language, [each.labels[0] for each in _every(sets)])
    _print(replace(made, told={"task": "language"}), json, LANGUAGES)


def sentiment(data: Data, json: JsonFlag = False) -> None:
    """Measure how well feelings are read: negative, neutral, positive (or 0, 1, 2). No text is printed."""
    from youthvoice.nlp.evaluation.labels.vocabulary import FEELING_WORDS

    sets = _labelled(data, FEELING_WORDS, Feeling)
    made = _labels(sets, evaluators.feeling(), Feeling)
    _print(replace(made, told={"task": "sentiment"}), json, FEELINGS)


def themes(
    data: Data,
    codebook: Annotated[
        Path | None,
        typer.Option("--codebook", help="The themes, in the shape of themes.json."),
    ] = None,
    question: Annotated[str, typer.Option("--question", help="What the answers answer.")] = "",
    learn: Annotated[
        str,
        typer.Option(
            "--learn",
            help="Learn first: from the first N messages, which are then left out, or from a FILE.",
        ),
    ] = "",
    json: JsonFlag = False,
) -> None:
    """Measure how well messages get their themes, from descriptions alone or with --learn.

    A consultation's folder brings its codebook and question along. No text is printed.
    """
    from youthvoice.nlp.evaluation.labels import datasets, teaching
    from youthvoice.nlp.evaluation.labels.vocabulary import in_codebook

    taught, sets = teaching.learned(datasets.read(data), learn)
    known = teaching.codebook(sets, taught, codebook)
    asked = question or teaching.question(sets)
    in_codebook([*_every(sets), *taught], [one.id for one in known])
    single = teaching.have_one_topic(sets)
    if taught:
        reader = evaluators.learned_themes(known, asked, _normal(taught), single)
    else:
        reader = evaluators.themes(known, asked, single)
    made = _themes(sets, reader, single, [one.id for one in known])
    told = {"task": "themes", "themes": len(known), "learned_from": len(taught)}
    names = {one.id: _called(one) for one in known}
    _print(replace(made, told=told), json, names, translated=False)


def risk(
    data: Data,
    positive: Annotated[
        list[str] | None,
        typer.Option(
            "--positive",
            help="A label that counts as positive (repeatable); a number: that level and above.",
        ),
    ] = None,
    start: Annotated[
        int | None,
        typer.Option(
            "--from", min=1, max=5, help="The level from which a message is predicted positive."
        ),
    ] = None,
    signal: Annotated[
        str, typer.Option("--signal", help="The signal that predicts a positive one, by its name.")
    ] = "",
    json: JsonFlag = False,
) -> None:
    """Measure how well danger is noticed. No text is printed.

    With --positive: a label that names a signal of ours is predicted where that signal is proposed at any
    level, any other one from level 4 on (--from). Without: labels are the levels 1 to 5, and positive is
    level 4 and above.
    """
    from youthvoice.nlp.evaluation.labels import datasets
    from youthvoice.nlp.evaluation.labels.positive import positive as meaning

    if positive:
        sets = datasets.read(data)
        made = _positives(sets, positive, meaning(positive, sets, start, signal))
        _print(made, json, SIDES)
    elif signal:
        raise BadInput(
            note("--signal says how --positive is predicted: give both."),
            note("Give --positive LABEL as well, or leave --signal out."),
        )
    else:
        _print(_levels(data, start), json, LEVELS)


def _labels(
    sets: Sets, reader: LabelReader, order: Iterable[str], languages: Sequence[str] | None = None
) -> Report:
    """The report of labels that exclude each other."""
    from youthvoice.nlp.evaluation.labels import judging

    known = judging.labels_of(sets)
    return _report(
        sets,
        lambda asked: reader.read(_texts(asked)),
        lambda example, guess: judging.labels(example, guess, known),
        judging.Kind.ONE,
        order,
        languages,
    )


def _themes(sets: Sets, reader: ThemeReader, single: bool, order: Iterable[str]) -> Report:
    from youthvoice.nlp.evaluation.labels import judging
    from youthvoice.nlp.evaluation.labels.vocabulary import spoken

    return _report(
        sets,
        lambda asked: reader.map(_texts(asked), [spoken(each) for each in asked]),
        judging.topic if single else judging.themes,
        judging.Kind.ONE if single else judging.Kind.SEVERAL,
        order,
        chunk=ALL,
    )


def _positives(sets: Sets, words: Sequence[str], meant: Positive) -> Report:
    from youthvoice.nlp.evaluation.labels import judging

    reader = evaluators.risk()
    made = _report(
        sets,
        lambda asked: reader.assess(_texts(asked)),
        lambda example, guess: judging.positive(example, guess, meant),
        judging.Kind.RAISED,
        SIDES,
    )
    rules = [{"signals": sorted(rule.signals), "level": rule.level} for rule in meant.rules]
    return replace(made, told={"task": "risk", "positive": list(words), "predicted": rules})


def _levels(data: Iterable[Path], start: int | None) -> Report:
    from youthvoice.nlp.evaluation.labels import datasets, judging
    from youthvoice.nlp.evaluation.labels.predictors import HIGH_LEVEL
    from youthvoice.nlp.evaluation.labels.vocabulary import LEVEL_WORDS, in_our_words

    sets = datasets.read(data)
    if not set(sets[0].examples[0].labels[:1]).intersection(LEVEL_WORDS):
        raise BadInput(
            note("The labels of these messages are no levels from 1 to 5."),
            note("Say with --positive which label counts as positive. Nothing was changed."),
        )
    sets = in_our_words(sets, LEVEL_WORDS, LEVEL_WORDS)
    level = start or HIGH_LEVEL
    reader = evaluators.risk()
    made = _report(
        sets,
        lambda asked: reader.assess(_texts(asked)),
        lambda example, guess: judging.level(example, guess, level),
        judging.Kind.LEVELS,
        LEVEL_WORDS,
    )
    return replace(made, told={"task": "risk", "from_level": level})


def _report(
    sets: Sets,
    ask: Callable[[Sequence[Example]], Sequence[Answer]],
    judge: Callable[[Example, Answer], Row],
    kind: Kind,
    order: Iterable[str],
    languages: Sequence[str] | None = None,
    chunk: int = 0,
) -> Report:
    """Ask a model about all the sets and judge its answers."""
    from youthvoice.nlp.evaluation.labels import report, running
    from youthvoice.nlp.evaluation.running import CHUNK

    with progress(translator()("Measuring")) as update:
        run = running.run(sets, ask, update, chunk or CHUNK)
    rows = [
        [judge(*pair) for pair in zip(one.examples, answers, strict=True)]
        for one, answers in zip(sets, run.answers, strict=True)
    ]
    return report.report(sets, rows, kind, sum(run.seconds), order, languages)


def _labelled(data: Iterable[Path], known: Mapping[str, str], shown: Iterable[str]) -> Sets:
    from youthvoice.nlp.evaluation.labels import datasets
    from youthvoice.nlp.evaluation.labels.vocabulary import in_our_words

    return in_our_words(datasets.read(data), known, shown)


def _every(sets: Sets) -> list[Example]:
    return [each for one in sets for each in one.examples]


def _called(theme: CodebookTheme) -> str:
    """A theme by its id and name."""
    name = theme.name["en"]
    return name if name == theme.id else f"{theme.id} {name}"


def _texts(examples: Iterable[Example]) -> list[str]:
    from youthvoice.nlp.normalise import normalise

    return [normalise(one.text) for one in examples]


def _normal(examples: Sequence[Example]) -> list[Example]:
    return [replace(one, text=text) for one, text in zip(examples, _texts(examples), strict=True)]


def _print(made: Report, json: bool, names: Mapping[str, str], translated: bool = True) -> None:
    from youthvoice.nlp.evaluation.labels.report import as_json

    if json:
        print_result(as_json(made), True, "")
    else:
        t = translator()
        show(made, {key: t(name) if translated else name for key, name in names.items()}, t)
