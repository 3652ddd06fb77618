"""Run detectors over labelled sets and take the time: side by side, so that a busy machine slows all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Protocol

from youthvoice.model import Span
from youthvoice.nlp.evaluation.counting import Predicted
from youthvoice.nlp.evaluation.datasets import Dataset

CHUNK = 256
"""Messages that a predictor is given at once."""
WARM_UP = ("the bus was late again today", "le bus était encore en retard aujourd’hui")


class Predictor(Protocol):
    """What is measured: finds spans in texts, offsets into the text given (None: it failed there)."""

    def find(self, texts: Sequence[str]) -> Sequence[Sequence[Span] | None]:
        """For each text, in order, what was found."""
        ...


@dataclass
class Run:
    """What one predictor found in each set's messages, and the seconds that each set took."""

    found: list[list[Predicted]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


def run(
    datasets: Sequence[Dataset],
    predictors: Sequence[Predictor],
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> list[Run]:
    """What each of `predictors` finds in `datasets`. `progress` is told messages done and in all."""
    for predictor in predictors:
        predictor.find(WARM_UP)  # what is loaded late is not part of the time
    runs = [Run() for _ in predictors]
    total, done = sum(len(one.messages) for one in datasets), 0
    for dataset in datasets:
        for each in runs:
            each.found.append([])
            each.seconds.append(0.0)
        for start in range(0, len(dataset.messages), CHUNK):
            texts = [one.text for one in dataset.messages[start : start + CHUNK]]
            for each, predictor in zip(runs, predictors, strict=True):
                _measure(each, predictor, texts)
            done += len(texts)
            progress(done, total)
    return runs


def _measure(into: Run, predictor: Predictor, texts: Sequence[str]) -> None:
    begin = perf_counter()
    found = predictor.find(texts)
    into.seconds[-1] += perf_counter() - begin
    if len(found) != len(texts):
        raise ValueError("not one answer for each text")
    into.found[-1].extend(found)
