"""How well identifiers are found, measured anew, as a page: docs/accuracy.md.

    make accuracy                                              the page (some twenty minutes on two cores)
    python -m benchmarks.accuracy                              to the screen
    python -m benchmarks.accuracy --sample 100                 a quick look: 100 messages of each set

Both settings and, where it is installed, Presidio read the same messages in turn, so the speeds compare.
No text of any message is shown. `benchmarks.accuracy_page` holds the page's words.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks import accuracy_page
from youthvoice.nlp.evaluation import datasets as reading
from youthvoice.nlp.evaluation import report as reporting
from youthvoice.nlp.evaluation.counting import Scene
from youthvoice.nlp.evaluation.datasets import Dataset
from youthvoice.nlp.evaluation.labelled import Labelled, Message
from youthvoice.nlp.evaluation.presidio import Presidio, PresidioMissing
from youthvoice.nlp.evaluation.report import Report
from youthvoice.nlp.evaluation.running import Predictor, Run, run
from youthvoice.nlp.models import Models
from youthvoice.nlp.pii.kinds import STRUCTURED
from youthvoice.settings import Settings

OWN = Path(__file__).resolve().parents[1] / "tests" / "sets" / "pii"
NAMES = frozenset({"name"})
SEED = 5
THOROUGH, FAST, PRESIDIO = "thorough", "fast", "Presidio"

Mutations = Mapping[str, Callable[[str, list, random.Random], tuple[str, list]]]


class Drop(NamedTuple):
    """What a mutation costs: recall (any, then full) in per cent of the plain and of the changed form.

    Only identifiers that it changed are counted; `low` and `high` are the drop's 95 % interval, in points.
    """

    identifiers: int
    plain: float
    changed: float
    drop: float
    low: float
    high: float


@dataclass(frozen=True)
class Measured:
    """Everything that the page tells."""

    day: date
    cores: int
    sample: int | None
    shared: Sequence[Dataset]
    own: Sequence[Dataset]
    runs: Mapping[str, Run]
    drops: Mapping[str, Mapping[str, Mapping[str, Drop]]]
    """Of each mutation, language and figure (recall_any, recall_full); empty where there is no mutation."""

    def report(self, who: str, kinds: reporting.Kinds, names: Iterable[str]) -> Report:
        """The figures of `who` over the sets called `names`."""
        wanted, every = set(names), [*self.shared, *self.own]
        places = [i for i, one in enumerate(every) if one.name in wanted]
        found = self.runs[who]
        part = Run([found.found[i] for i in places], [found.seconds[i] for i in places])
        return reporting.report([every[i] for i in places], part, kinds, who)

    def structured(self, who: str, names: Iterable[str]) -> Report:
        """The figures of identifiers that have a form."""
        return self.report(who, STRUCTURED, names)


def measure(
    shared: Sequence[Dataset],
    own: Sequence[Dataset],
    predictors: Mapping[str, Predictor],
    mutations: Mutations,
    sample: int | None = None,
) -> Measured:
    """Run every predictor over all sets, and the first one over each mutation of our own sets."""
    shared, own = _sampled(shared, sample), _sampled(own, sample)
    runs = run([*shared, *own], list(predictors.values()), _tell("sets"))
    drops = {
        name: evasion(own, next(iter(predictors.values())), change, name)
        for name, change in mutations.items()
    }
    return Measured(
        date.today(), os.cpu_count() or 1, sample, shared, own,
        dict(zip(predictors, runs, strict=True)), drops,
    )  # fmt: skip


def evasion(
    own: Sequence[Dataset], predictor: Predictor, change: Callable, name: str
) -> dict[str, dict[str, Drop]]:
    """What a mutation costs in each language: recall of the identifiers that it changed."""
    chance = random.Random(SEED)
    pairs = [
        (message, changed)
        for dataset in own
        for message in dataset.messages
        if (changed := mutated(message, change, chance)) and changed.text != message.text
    ]
    sides = [Dataset(side, [pair[i] for pair in pairs]) for i, side in enumerate(("plain", name))]
    (done,) = run(sides, [predictor], _tell(name))
    rows: dict[str, list[list[tuple[bool, ...]]]] = {}
    for (before, after), *found in zip(pairs, *done.found, strict=True):
        scenes = Scene(before, found[0], None), Scene(after, found[1], None)
        rows.setdefault(before.language, []).append(_compared(*scenes))
    return {
        language: {
            "recall_any": drop([[(one[0], one[1]) for one in row] for row in of]),
            "recall_full": drop([[(one[2], one[3]) for one in row] for row in of]),
        }
        for language, of in sorted(rows.items())
    }


def mutated(message: Message, change: Callable, chance: random.Random) -> Message:
    """A message after a mutation."""
    text, spans = change(message.text, [tuple(one) for one in message.spans], chance)
    return Message(text, message.language, tuple(Labelled(*one) for one in spans))


def _compared(before: Scene, after: Scene) -> list[tuple[bool, ...]]:
    """Of each changed identifier: found plainly, found changed, whole plainly, whole changed."""
    return [
        (
            before.missed(one) != "all", after.missed(other) != "all",
            not before.missed(one), not after.missed(other),
        )
        for one, other in zip(before.gold, after.gold, strict=True)
        if before.text[one.start : one.end] != after.text[other.start : other.end]
    ]  # fmt: skip


def drop(rows: Sequence[Sequence[tuple[bool, bool]]]) -> Drop:
    """The drop from the first to the second of each pair; `rows` are messages, which are resampled."""
    table = np.array([[len(row), *map(sum, zip(*row, strict=True))] for row in rows if row])
    if not len(table):
        return Drop(0, 0.0, 0.0, 0.0, 0.0, 0.0)
    whole, plain, changed = table.sum(axis=0)
    drawn = np.random.default_rng(SEED).integers(len(table), size=(1_000, len(table)))
    parts = table[drawn].sum(axis=1)
    low, high = np.quantile(100 * (parts[:, 1] - parts[:, 2]) / parts[:, 0], (0.025, 0.975))
    shares = 100 * plain / whole, 100 * changed / whole
    return Drop(int(whole), *map(float, (*shares, shares[0] - shares[1], low, high)))


def _sampled(sets: Sequence[Dataset], most: int | None) -> list[Dataset]:
    if most is None:
        return list(sets)
    chance = random.Random(SEED)
    return [
        Dataset(one.name, chance.sample(list(one.messages), min(most, len(one.messages))))
        for one in sets
    ]


def _tell(what: str) -> Callable[[int, int], None]:
    def update(done: int, of: int) -> None:
        end = "\n" if done == of else ""
        print(f"\r{what}: {done} of {of}", end=end, file=sys.stderr, flush=True)

    return update


def predictors() -> dict[str, Predictor]:
    """Both settings of our own, and Presidio where it is installed."""
    from youthvoice.nlp.pii.anonymiser import Anonymiser

    chosen = Settings()
    found: dict[str, Predictor] = {
        setting: Anonymiser(Models(chosen.spacy_en, chosen.spacy_fr, masking=setting))
        for setting in (THOROUGH, FAST)
    }
    try:
        found[PRESIDIO] = Presidio(chosen.spacy_en)
    except PresidioMissing as problem:
        print(problem.what, problem.next_step, file=sys.stderr)
    return found


def mutations() -> Mutations:
    """The mutations of the tests; none where they are not there."""
    try:
        from tests.sets.mutations import mutations as known
    except ImportError:
        return {}
    return known()


def main() -> None:
    parser = argparse.ArgumentParser(description="How well identifiers are found, as a page.")
    parser.add_argument("--shared", type=Path, default=Path("../shared/data"))
    parser.add_argument("--write", type=Path)
    parser.add_argument("--sample", type=int, help="at most so many messages of each set")
    given = parser.parse_args()
    folder = given.shared / "names-dev"
    shared = reading.read([folder]) if folder.is_dir() else []
    measured = measure(shared, reading.read([OWN]), predictors(), mutations(), given.sample)
    page = accuracy_page.page(measured)
    if given.write:
        given.write.write_text(page, encoding="utf-8")
    else:
        print(page)


if __name__ == "__main__":
    main()
