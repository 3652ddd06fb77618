"""The words and tables of docs/accuracy.md; every number comes from the run that is told here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from youthvoice.nlp.evaluation.figures import Figure
from youthvoice.nlp.evaluation.misses import CLASSES, Missed
from youthvoice.nlp.pii.kinds import KINDS

if TYPE_CHECKING:
    from benchmarks.accuracy import Drop, Measured
    from youthvoice.nlp.evaluation.report import Report

OURS = ("thorough", "fast")
NAMES = frozenset({"name"})
HEAD = """\
# How well identifiers are found

Measured by `make accuracy`, which writes this page; nobody writes its numbers by hand. Run of {day} on a
machine with {cores} cores.{sample} Presidio is Microsoft's [presidio-analyzer](https://github.com/microsoft/presidio)
{presidio}.

**Never take these figures for a promise that all names are gone.** What is missed, and of what form, stands
at the end of the page.

## What the figures mean
All are per cent; in brackets is the 95 % interval. Shares of messages have Wilson's interval; identifiers,
predictions and words come several to a message, so their messages are resampled (1,000 times).

| figure | share of | that | wanted |
|---|---|---|---|
| found (`recall_any`) | identifiers | have at least one character covered | high |
| whole (`recall_full`) | identifiers | have every character covered that is no space | high |
| right (`precision`) | predictions | touch an identifier | high |
| leaking (`messages_leaking`) | messages with an identifier | leave some of one uncovered | low |
| words (`words_removed`) | words outside identifiers and handles | are touched by a prediction | low |
| clean (`clean_touched`) | messages without an identifier | are touched by a prediction | low |

In the tables of names only names count, on both sides: a place that is taken for a name is a wrong
prediction and a word lost, and a name that is found as a place is missed. Handles (what begins with @) are a
pattern's work and neither names nor words there. `thorough` is the default for anything that a person
outside the committee may see, `fast` a first screening.

## To measure it again
    make accuracy                                               this page
    youthvoice evaluate pii DATA --kinds person                 one set: CoNLL, JSON Lines or a folder
    youthvoice evaluate pii DATA --against presidio --json      beside Presidio, for programs
    youthvoice evaluate pii DATA --show-misses                  what is missed, by form

## The sets
"""
UNSEEN = """\
### Sets that nobody here has seen
Kept for judging; they were never obtained, looked at or tuned to, so nothing on this page is measured on
them: the Broad Twitter Corpus, section f (English tweets); WNUT-17, test (English, noisy texts); SLURP
(spoken English in lower case); CyberAgressionAdo (chat of French teenagers). Expect less there than on sets
that were tuned on.
"""


def page(measured: Measured) -> str:
    """The whole page in Markdown."""
    parts = [_head(measured), _sets(measured), UNSEEN, _names(measured), _kinds(measured)]
    parts += [_structured(measured), _evasion(measured), _speed(measured), _misses(measured)]
    return "\n".join(parts)


def _head(measured: Measured) -> str:
    there = "Presidio" in measured.runs
    return HEAD.format(
        day=measured.day.isoformat(),
        cores=measured.cores,
        sample=(
            f" **A quick look: at most {measured.sample} messages of each set.**"
            if measured.sample
            else ""
        ),
        presidio=(
            "in its default configuration (English only, one `analyze` a message), but with the English model of this\n"
            "project, since its usual one is not in the package registry"
            if there
            else "and was not installed in this run, so that it is missing below"
        ),
    )


def _sets(measured: Measured) -> str:
    rows = []
    for one in [*measured.shared, *measured.own]:
        spans = [span for message in one.messages for span in message.spans]
        names = sum(span.kind == "name" for span in spans)
        rows.append([one.name, _role(one.name), len(one.messages), len(spans), names])
    text = table(["set", "what", "messages", "identifiers", "names"], rows)
    if not measured.shared:
        text += "\nThe public development sets (`../shared/data/names-dev`) were not there in this run.\n"
    return text


def _role(name: str) -> str:
    if ".test." in name:
        return "our own, in the voice of Canadian teenagers; kept for testing: not looked at"
    if name.endswith(".jsonl"):
        return "our own, in the voice of Canadian teenagers; development: seen"
    return "development: seen (CC BY 4.0)"


def _names(measured: Measured) -> str:
    sets = {one.name: [one.name] for one in [*measured.shared, *measured.own]}
    if measured.shared:
        sets["names-dev, all of it"] = [one.name for one in measured.shared]
    rows = []
    for name, members in sets.items():
        for who in measured.runs:
            if who == "Presidio" and name.startswith("fr."):
                continue  # it speaks English only
            made = measured.report(who, NAMES, members)
            rows.append([name, who, *_shares(made, clean=False)])
    heading = ["set", "who", "found", "whole", "right", "leaking", "words"]
    return f"## Names of people\n\n{table(heading, rows)}"


def _shares(made: Report, clean: bool = True) -> list[str]:
    shares = [figure(one) for one in made.overall.shares.values()]
    return shares if clean else shares[:-1]


def _kinds(measured: Measured) -> str:
    text = ["## Every kind, our own sets, all detectors on"]
    for one in measured.own:
        made = measured.report("thorough", None, [one.name])
        rows = [
            [KINDS[kind].en if kind in KINDS else kind, of.identifiers,
             *(figure(of.shares[name]) for name in ("recall_any", "recall_full", "precision"))]
            for kind, of in made.by_kind.items()
        ]  # fmt: skip
        rows.append(["**all together**", made.overall.identifiers, *_shares(made)[:3]])
        last = [
            figure(made.overall.shares[name])
            for name in ("messages_leaking", "words_removed", "clean_touched")
        ]
        text += [
            f"### {one.name}\n",
            table(["kind", "identifiers", "found", "whole", "right"], rows),
            f"Messages leaking: {last[0]}. Ordinary words removed: {last[1]}. Clean messages touched: {last[2]}.\n",
        ]
    text.append(
        "Found and whole count however the identifier was found: what is covered as another kind is hidden "
        "too.\nRight counts the predictions of that kind which touch any identifier.\n"
    )
    return "\n".join(text)


def _structured(measured: Measured) -> str:
    rows = []
    for one in measured.own:
        for who in OURS:
            if who in measured.runs:
                made = measured.structured(who, [one.name])
                rows.append([one.name, who, made.overall.identifiers, *_shares(made)])
    heading = [
        "set",
        "setting",
        "identifiers",
        "found",
        "whole",
        "right",
        "leaking",
        "words",
        "clean",
    ]
    return (
        "## Identifiers that have a form, together\n"
        "E-mail, telephone, links, addresses, postal codes, dates of birth, numbers of every sort, handles.\n\n"
        f"{table(heading, rows)}"
    )


def _evasion(measured: Measured) -> str:
    text = "## Evasion\n"
    if not measured.drops:
        return (
            text
            + "**Skipped: the mutations (tests/sets/mutations.py) were not there in this run.**\n"
        )
    rows = []
    for name, languages in measured.drops.items():
        for language, figures in languages.items():
            found, whole = figures["recall_any"], figures["recall_full"]
            rows.append(
                [name.replace("_", " "), language, found.identifiers, *_drop(found), *_drop(whole)]
            )
    heading = ["change", "language", "identifiers", "found, plain → changed", "drop in points",
               "whole, plain → changed", "drop in points"]  # fmt: skip
    return (
        text
        + "Our own sets once more, each identifier hidden in one way, all detectors on. Only identifiers "
        "that the change\naltered are counted, against their plain form; a drop below zero is a gain. At most "
        "2 points are allowed.\n\n" + table(heading, rows)
    )


def _drop(one: Drop) -> list[str]:
    return [
        f"{one.plain:.1f} → {one.changed:.1f}",
        f"{one.drop:.1f} ({one.low:.1f} to {one.high:.1f})",
    ]


def _speed(measured: Measured) -> str:
    names = [one.name for one in [*measured.shared, *measured.own]]
    speeds = {who: measured.report(who, NAMES, names).speed for who in measured.runs}
    theirs = speeds.get("Presidio")
    rows = [
        [
            who,
            f"{speed:.0f}" if speed else "-",
            f"{speed / theirs:.2f} ×" if speed and theirs else "-",
        ]
        for who, speed in speeds.items()
    ]
    return (
        "## Speed\nAll the sets above, read in turn in the same run; ours 256 messages at a time, Presidio "
        "one by one, as it offers.\nMachines differ and are busy: read the ratio.\n\n"
        + table(["who", "messages a second", "times Presidio"], rows)
    )


def _misses(measured: Measured) -> str:
    groups = {
        "English tweets and posts (development: seen)": [one.name for one in measured.shared],
        "Our own, English": [one.name for one in measured.own if one.name.startswith("en.")],
        "Our own, French": [one.name for one in measured.own if one.name.startswith("fr.")],
    }
    text = ["## What is missed: names by form, all detectors on", "The forms overlap.\n"]
    for title, names in groups.items():
        if names:
            found = measured.report("thorough", NAMES, names).misses.get("name", {})
            rows = [
                [CLASSES[form], one.identifiers, *_of(one.missed, one), *_of(one.partly, one)]
                for form, one in found.items()
            ]
            heading = ["form", "names", "not found", "%", "found in part", "%"]
            text += [f"### {title}\n", table(heading, rows)]
    return "\n".join(text)


def _of(part: int, one: Missed) -> list[object]:
    return [part, f"{100 * part / one.identifiers:.1f}"]


def figure(one: Figure) -> str:
    """A share with its interval; a dash where there is nothing to count."""
    if one.value is None:
        return "-"
    return f"{one.value:.1f} ({one.low:.1f}–{one.high:.1f})"


def table(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table, with an empty line after it."""
    lines = [heading, ["---"] * len(heading), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines) + "\n"


def _cell(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)
