"""What is missed or raised for nothing, by class: counted here, since no command says it. No text is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from training.files import objects
from youthvoice.cli import evaluators
from youthvoice.nlp.evaluation.labels.predictors import RiskGuess

LEAST = 4
"""Classes of fewer messages are not shown."""
Examples = Sequence[Mapping[str, Any]]


class Class(NamedTuple):
    """A group of messages that belong together: `wrong` of `n` are missed or raised for nothing."""

    what: str
    group: str
    wrong: int
    n: int


def read(folder: Path, half: str) -> Examples:
    """One half of our own sets, both languages."""
    return objects(folder / f"{language}.{half}.jsonl" for language in ("en", "fr"))


def missed(examples: Examples) -> list[Class]:
    """Level 4 and 5 that stay under 4 and under 3; level 1 raised to 3 and 4; hate not proposed as hate."""
    guesses = evaluators.risk().assess([one["text"] for one in examples])
    pairs = list(zip(examples, guesses, strict=True))
    high = [pair for pair in pairs if pair[0]["level"] >= 4]
    low = [pair for pair in pairs if pair[0]["level"] == 1]
    hate = [pair for pair in pairs if "hate" in pair[0]["signals"]]
    return [
        *_classes("level 4 and 5 left under 4", ((one, guess.level < 4) for one, guess in high)),
        *_classes("level 4 and 5 left under 3", ((one, guess.level < 3) for one, guess in high)),
        *_classes("level 1 raised to 3 or more", ((one, guess.level >= 3) for one, guess in low)),
        *_classes("hate not called hate", ((one, _no_hate(guess)) for one, guess in hate)),
    ]


def _no_hate(guess: RiskGuess) -> bool:
    return "hate" not in guess.signals


def _classes(what: str, marked: Iterable[tuple[Mapping[str, Any], bool]]) -> list[Class]:
    counted: dict[str, list[bool]] = {}
    for one, wrong in marked:
        groups = [one["language"], *one["signals"], *(f"trait: {each}" for each in one["traits"])]
        for group in groups:
            counted.setdefault(group, []).append(wrong)
    found = [Class(what, group, sum(each), len(each)) for group, each in counted.items()]
    return sorted((one for one in found if one.n >= LEAST), key=lambda one: -one.wrong / one.n)


def positions(examples: Examples) -> list[tuple[str, int, int, int, int]]:
    """Of each language: messages, right ones, those that the model is sure of, and the right ones of these."""
    from youthvoice.nlp.models import Models
    from youthvoice.nlp.reader import Reader

    reader = Reader(Models("", "", feelings=False)).positions
    found = []
    for language in ("en", "fr"):
        rows = [
            (label.value == one["label"], label.sure)
            for one in examples
            if one["language"] == language
            for label in reader.read(one["question"], [one["text"]])
        ]
        right, sure = sum(one for one, _ in rows), sum(sure for _, sure in rows)
        found.append((language, len(rows), right, sure, sum(one and sure for one, sure in rows)))
    return found
