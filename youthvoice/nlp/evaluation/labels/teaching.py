"""What themes are measured with: the codebook and question of the sets, and what is learned from first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from youthvoice.errors import BadInput, note
from youthvoice.model import CodebookTheme
from youthvoice.nlp.evaluation.labels import consultation, datasets
from youthvoice.nlp.evaluation.labels.examples import Example, LabelledSet

Sets = Sequence[LabelledSet]


def learned(sets: Sets, given: str) -> tuple[list[Example], list[LabelledSet]]:
    """What is learned from, and what is left to measure; `given` is how many of the first messages, or a file.

    Raises `BadInput` where nothing would be left, and where the file is one of those that are measured.
    """
    if not given:
        return [], list(sets)
    if given.strip().isdecimal():
        return _first(sets, int(given))
    taught = datasets.read([Path(given)])
    if any(_texts(one) == _texts(other) for one in taught for other in sets):
        raise BadInput(
            note("The messages of %(file)s are among those to measure.", file=Path(given).name),
            note("Learn from other messages than those that are measured. Nothing was changed."),
        )
    return [each for one in taught for each in one.examples], list(sets)


def codebook(sets: Sets, taught: Iterable[Example], given: Path | None) -> Sequence[CodebookTheme]:
    """The themes: those of the file that was `given`, of the consultation, or the topics that occur.

    Raises `BadInput` where there are none, or several codebooks.
    """
    if given:
        return consultation.codebook(given)
    found = [one.codebook for one in sets if one.codebook]
    if any(one != found[0] for one in found):
        raise BadInput(
            note("These consultations have different codebooks."),
            note("Measure one consultation at a time. Nothing was changed."),
        )
    return found[0] if found else _topics([*_every(sets), *taught])


def question(sets: Sets) -> str:
    """The question that all the sets answer; empty where none says it, or they differ."""
    asked = {one.question for one in sets}
    return asked.pop() if len(asked) == 1 else ""


def have_one_topic(sets: Sets) -> bool:
    """Whether every message has one topic, by the form of its set."""
    return all(one.single for one in _every(sets))


def _first(sets: Sets, n: int) -> tuple[list[Example], list[LabelledSet]]:
    every = _every(sets)
    if not 0 < n < len(every):
        raise BadInput(
            note(
                "Of %(n)s messages, 1 to %(most)s can be learned from.",
                n=len(every),
                most=len(every) - 1,
            ),
            note("Give --learn such a number. Nothing was changed."),
        )
    rest, left = [], n
    for one in sets:
        kept = list(one.examples)[left:]
        left = max(0, left - len(one.examples))
        if kept:
            rest.append(replace(one, examples=kept))
    return every[:n], rest


def _topics(examples: Sequence[Example]) -> Sequence[CodebookTheme]:
    if not all(one.single for one in examples):
        raise BadInput(
            note("There is no codebook: which themes there are is not known."),
            note("Give --codebook FILE, in the shape of themes.json. Nothing was changed."),
        )
    names = sorted({name for one in examples for name in one.labels})
    return [consultation.theme(name, name) for name in names]


def _every(sets: Sets) -> list[Example]:
    return [each for one in sets for each in one.examples]


def _texts(one: LabelledSet) -> list[str]:
    return [each.text for each in one.examples]
