"""Ask a model for its answers and take the time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Generic, TypeVar

from youthvoice.nlp.evaluation.labels.examples import Example, LabelledSet
from youthvoice.nlp.evaluation.running import CHUNK, WARM_UP

Answer = TypeVar("Answer")


@dataclass
class Run(Generic[Answer]):
    """The answers to each set's messages, and the seconds that each set took."""

    answers: list[list[Answer]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


def run(
    sets: Sequence[LabelledSet],
    ask: Callable[[Sequence[Example]], Sequence[Answer]],
    progress: Callable[[int, int], None] = lambda done, of: None,
    chunk: int = CHUNK,
) -> Run[Answer]:
    """What `ask` answers, given `chunk` messages at once. `progress` is told messages done and in all."""
    ask(
        [Example(text, (), "", 0) for text in WARM_UP]
    )  # what is loaded late is not part of the time
    made: Run[Answer] = Run()
    total, done = sum(len(one.examples) for one in sets), 0
    for one in sets:
        made.answers.append([])
        made.seconds.append(0.0)
        for start in range(0, len(one.examples), chunk):
            asked = one.examples[start : start + chunk]
            _measure(made, ask, asked)
            done += len(asked)
            progress(done, total)
    return made


def _measure(
    into: Run[Answer],
    ask: Callable[[Sequence[Example]], Sequence[Answer]],
    asked: Sequence[Example],
) -> None:
    begin = perf_counter()
    found = ask(asked)
    into.seconds[-1] += perf_counter() - begin
    if len(found) != len(asked):
        raise ValueError("not one answer for each text")
    into.answers[-1].extend(found)
