"""The words and tables of docs/accuracy-labels.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from benchmarks.accuracy_page import table
from benchmarks.label_accuracy_misses import Class
from youthvoice.nlp.evaluation.resampling import independent

HEAD = """# How well labels are told

Measured by `make accuracy`, which writes this page; nobody writes its numbers by hand. Run of {day} on a machine
with {cores} cores. All figures are per cent, with the 95 % interval in brackets. What each figure means:
`youthvoice/nlp/evaluation/labels/figures.py`.

**Own sets were written by us, by the same rules as the training texts: expect less on real messages.** “Seen” means
that thresholds or rules were chosen with it; “kept for testing” that programs alone read it. Sets kept for judging
(SIB-200 test, UMSAB test, HateCheck, CyberAgressionAdo, ThemeFinder's evaluation set) were never obtained, looked at
or tuned to. What counts for a topic is measured in it: precision, recall and corrected totals by people's decisions
stand beside each chart.
"""
SECTIONS: Mapping[str, tuple[str, str, Sequence[tuple[str, str]]]] = {
    "language": (
        "Language",
        "English, French, mixed, other, undecided; 90 messages of switching inside one message.",
        (("accuracy", "accuracy"), ("macro_f1", "macro-F1")),
    ),
    "sentiment": (
        "Feelings",
        "Negative, neutral, positive. Learned from UMSAB's training part too (the card says how to do without).",
        (("macro_f1", "macro-F1"), ("accuracy", "accuracy"), ("not_sure", "not sure")),
    ),
    "risk": (
        "Risk",
        "Rules and network. Level 4 and 5: raised to 4 or more; hate and threats: proposed at any level. Rules "
        "were written with the dev halves in view: their figures there are too good. The second set was written "
        "after the network was trained; only the thresholds were chosen with it.",
        (
            ("recall", "recall"), ("false_alarms", "others raised"), ("precision", "precision"),
            ("macro_f1", "macro-F1"), ("level_1_from_3", "level 1 raised to 3"),
            ("level_1_from_4", "to 4"),
        ),
    ),
    "themes": (
        "Themes",
        "People agree among themselves at F1 0.74 on the themes of a consultation (i-dot-ai's Consult).",
        (("micro_f1", "micro-F1"), ("macro_f1", "macro-F1"), ("recall", "recall"), ("precision", "precision")),
    ),
}  # fmt: skip
CLASSES = "Class by class"


def page(
    day: date,
    cores: int,
    measured: Mapping[str, Sequence[tuple[Any, Mapping[str, Any]]]],
    risks: Mapping[str, Sequence[Class]],
    said: Mapping[str, Sequence[tuple[str, int, int, int, int]]],
) -> str:
    """The whole page."""
    parts = [HEAD.format(day=day, cores=cores)]
    for task, (title, told, columns) in SECTIONS.items():
        if task in measured:
            parts += [f"## {title}", told, _table(measured[task], columns)]
            parts += [f"### {CLASSES}", _by_class(measured[task])]
        if task == "risk":
            parts += ["### What is missed, and what is raised for nothing", _misses(risks)]
    parts += ["## Positions", _positions(said)]
    parts += ["## Throughput", "`make bench` prints it: messages a second, minutes, memory."]
    return "\n\n".join(one.strip() for one in parts) + "\n"


def _table(
    rows: Sequence[tuple[Any, Mapping[str, Any]]], columns: Sequence[tuple[str, str]]
) -> str:
    heading = ["set", "source", "messages", *(name for _, name in columns)]
    lines = [
        [row.what, row.source, f"{made['n']:,}", *(_figure(made, key) for key, _ in columns)]
        for row, made in rows
    ]
    commands = "\n".join(f"    {row.command}" for row, _ in rows)
    return f"{table(heading, lines)}\n{commands}"


def _by_class(rows: Sequence[tuple[Any, Mapping[str, Any]]]) -> str:
    lines = [
        [row.what, name, f"{one['n']:,}", *(_figure(one, key) for key in ("precision", "recall"))]
        for row, made in rows
        for name, one in made["by_class"].items()
        if one["n"]
    ]
    return table(["set", "class", "messages", "precision", "recall"], lines)


def _misses(risks: Mapping[str, Sequence[Class]]) -> str:
    lines = [
        [half, one.what, one.group, f"{one.wrong} of {one.n}", _share(one.wrong, one.n)]
        for half, classes in risks.items()
        for one in classes
    ]
    return table(["half", "what", "class", "messages", "per cent"], lines)


def _positions(said: Mapping[str, Sequence[tuple[str, int, int, int, int]]]) -> str:
    lines = [
        [half, language, f"{n:,}", _share(right, n), _share(sure, n), _share(sure_right, sure)]
        for half, found in said.items()
        for language, n, right, sure, sure_right in found
    ]
    heading = ["half", "language", "messages", "right", "sure", "right where sure"]
    return table(heading, lines)


def _figure(made: Mapping[str, Any], name: str) -> str:
    value = made.get(name)
    if value is None:
        return "–"
    low, high = made["intervals"][name]
    return f"{value:.1f} ({low:.0f}–{high:.0f})"


def _share(part: int, whole: int) -> str:
    if not whole:
        return "–"
    low, high = independent(part, whole)
    return f"{100 * part / whole:.1f} ({100 * low:.0f}–{100 * high:.0f})"
