"""One predictor's evaluation: the figures of all messages, of each file, kind and language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

from youthvoice.nlp.evaluation.counting import Counts, Scene
from youthvoice.nlp.evaluation.datasets import Dataset
from youthvoice.nlp.evaluation.figures import Figures, figures
from youthvoice.nlp.evaluation.misses import Missed, misses
from youthvoice.nlp.evaluation.running import Run
from youthvoice.nlp.pii.kinds import KINDS

Kinds = frozenset[str] | None
DECIMALS = 3
T = TypeVar("T")


@dataclass(frozen=True)
class Report:
    """What was measured. `speeds` are messages a second of each file; `speed` that of all together."""

    setting: str
    kinds: Kinds
    overall: Figures
    by_file: Mapping[str, Figures]
    by_kind: Mapping[str, Figures]
    by_language: Mapping[str, Figures]
    misses: Mapping[str, Mapping[str, Missed]]
    speed: float | None
    speeds: Mapping[str, float | None]


def report(datasets: Sequence[Dataset], run: Run, kinds: Kinds, setting: str) -> Report:
    """The report of a `run` over `datasets`; both sides limited to `kinds` (None: every kind)."""
    files = [
        [Scene(*pair, kinds) for pair in zip(one.messages, found, strict=True)]
        for one, found in zip(datasets, run.found, strict=True)
    ]
    names = [one.name for one in datasets]
    scenes = list(chain(*files))
    languages = [one.language for dataset in datasets for one in dataset.messages]
    counts = [scene.count() for scene in scenes]
    lengths = [len(one) for one in files]
    return Report(
        setting,
        kinds,
        _figures(counts, scenes),
        _groups(
            chain(*([name] * n for name, n in zip(names, lengths, strict=True))), counts, scenes
        ),
        _by_kind(scenes, counts, kinds),
        dict(sorted(_groups(languages, counts, scenes).items())),
        _in_order(misses(scenes)),
        _speed(sum(lengths), sum(run.seconds)),
        dict(zip(names, map(_speed, lengths, run.seconds), strict=True)),
    )


def as_json(made: Report, with_misses: bool = False) -> dict[str, object]:
    """The report as one object: shares as plain numbers in per cent, None where there is no unit."""
    result: dict[str, object] = {
        **_values(made.overall),
        "docs_per_second": _rounded(made.speed),
        "setting": made.setting,
        "kinds": None if made.kinds is None else sorted(made.kinds),
        "by_kind": {name: _values(one) for name, one in made.by_kind.items()},
        "by_language": {name: _values(one) for name, one in made.by_language.items()},
        "by_file": {
            name: {**_values(one), "docs_per_second": _rounded(made.speeds[name])}
            for name, one in made.by_file.items()
        },
    }
    if with_misses:
        result["misses"] = {
            kind: {name: one._asdict() for name, one in found.items()}
            for kind, found in made.misses.items()
        }
    return result


def speed_ratio(ours: Report, theirs: Report) -> float | None:
    """How many times as many messages a second the first one reads."""
    return _rounded(ours.speed / theirs.speed) if ours.speed and theirs.speed else None


def _values(of: Figures) -> dict[str, object]:
    shares = of.shares.items()
    return {
        **{name: _rounded(one.value) for name, one in shares},
        "intervals": {
            name: [_rounded(one.low), _rounded(one.high)] if one.n else None for name, one in shares
        },
        "messages": of.messages,
        "identifiers": of.identifiers,
        "held": of.held,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DECIMALS)


def _speed(messages: int, seconds: float) -> float | None:
    return messages / seconds if messages and seconds > 0 else None


def _figures(counts: Sequence[Counts], scenes: Iterable[Scene]) -> Figures:
    return figures(counts, sum(scene.held for scene in scenes))


def _groups(
    names: Iterable[str], counts: Sequence[Counts], scenes: Sequence[Scene]
) -> dict[str, Figures]:
    """The figures of each group of messages; `names` says which group each message belongs to."""
    groups: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        groups.setdefault(name, []).append(place)
    return {
        name: _figures([counts[i] for i in places], [scenes[i] for i in places])
        for name, places in groups.items()
    }


def _by_kind(scenes: Sequence[Scene], counts: Sequence[Counts], asked: Kinds) -> dict[str, Figures]:
    present = [scene.kinds for scene in scenes]
    kinds = dict.fromkeys(sorted((asked or frozenset()).union(*present)))
    return _in_order(
        {
            kind: _figures(
                [
                    scene.count(kind) if kind in seen or scene.held else _without(count)
                    for scene, count, seen in zip(scenes, counts, present, strict=True)
                ],
                scenes,
            )
            for kind in kinds
        }
    )


def _without(count: Counts) -> Counts:
    """The counts of a message that has nothing to do with a kind."""
    return Counts(words=count.words, clean=count.clean)


def _in_order(by_kind: Mapping[str, T]) -> dict[str, T]:
    """The same in the order of the vocabulary of kinds, unknown ones last."""
    order = {kind: place for place, kind in enumerate(KINDS)}
    kinds = sorted(by_kind, key=lambda kind: (order.get(kind, len(order)), kind))
    return {kind: by_kind[kind] for kind in kinds}
