"""Choose from where on a score of the learned risk counts: `python -m training.risk.thresholds`.

On the development halves and the second sets of tests/sets/risk (never the test halves) and on ordinary messages
that nothing was trained on: each level's threshold is the highest that finds `RECALL` of the messages at that level
or above, but at least the one at which `ALARMS` of the ordinary messages are raised. Ordinary messages are of four
kinds that count alike: invented answers that were kept back, the demo's audience, comments of real consultations
and posts (`--shared`; only measured with). Each signal's is where its F2 is best (recall counts twice as much as
precision; Van Rijsbergen 1979), of insults and spam its F1, of threats the highest that finds `FOUND` of them.
Writes them into risk.json.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from training.files import SETS, objects
from training.risk.examples import LEVELS, SIGNALS, ordinary
from youthvoice.demo import audience
from youthvoice.demo.life import BACKLOG
from youthvoice.nlp.evaluation.labels.datasets import read_one
from youthvoice.nlp.risk.learned import NAME
from youthvoice.nlp.sentences.encoder import MODELS, Sentences
from youthvoice.nlp.sentences.stack import Stack

SEEN = ("en.dev", "fr.dev", "en.second", "fr.second")
RECALL = {2: 0.85, 3: 0.9, 4: 0.97, 5: 0.75}
ALARMS = {2: 0.1, 3: 0.08, 4: 0.05, 5: 0.01}
FOUND = {"threat": 0.95}
BETA = {"insult": 1.0, "spam": 1.0}
GRID = np.concatenate([np.arange(0.01, 0.1, 0.005), np.arange(0.1, 0.96, 0.02)])


def main() -> None:
    """Measure, choose, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=MODELS)
    parser.add_argument("--shared", type=Path, default=Path("../shared/data"))
    given = parser.parse_args()
    sentences, stack = Sentences(), Stack(NAME, folder=given.folder)
    labelled = objects([SETS / "risk" / f"{name}.jsonl" for name in SEEN])
    found = _chances(sentences, stack, [one["text"] for one in labelled])
    calm = [_chances(sentences, stack, texts) for texts in _calm(given.shared)]
    thresholds = {}
    for level in LEVELS:
        column = stack.labels.index(f"level {level}")
        wanted = np.array([one["level"] >= level for one in labelled])
        quiet = [one[:, column] for one in calm]
        low = _quiet(quiet, ALARMS[level])
        high = float(np.quantile(found[wanted, column], 1 - RECALL[level]))
        thresholds[f"level {level}"] = round(max(low, high), 4)
        _show(f"level {level}", thresholds[f"level {level}"], found[:, column], wanted, quiet)
    for signal in SIGNALS:
        column = stack.labels.index(signal)
        wanted = np.array([signal in one["signals"] for one in labelled])
        scores = [_f(found[:, column] >= cut, wanted, BETA.get(signal, 2.0)) for cut in GRID]
        best = GRID[int(np.argmax(scores))]
        if signal in FOUND:
            best = float(np.quantile(found[wanted, column], 1 - FOUND[signal], method="lower"))
        thresholds[signal] = round(float(min(best, 0.6)), 4)
        quiet = [one[:, column] for one in calm]
        _show(signal, thresholds[signal], found[:, column], wanted, quiet)
    path = given.folder / f"{NAME}.json"
    about = {**json.loads(path.read_text("utf-8")), "thresholds": thresholds}
    path.write_text(json.dumps(about, indent=1) + "\n", "utf-8")


def _calm(shared: Path) -> list[list[str]]:
    """Ordinary messages that nothing was trained on, by kind."""
    said = [audience.message(number) for number in range(BACKLOG)]
    comments = [
        row["comment-body"]
        for path in sorted((shared / "consultations").glob("*.csv"))
        for row in csv.DictReader(io.StringIO(path.read_text("utf-8")))
    ]
    posts = [
        one.text
        for language in ("english", "french")
        for one in read_one(shared / "sentiment-dev" / language / "val_text.txt").examples
    ]
    return [
        [one["text"] for one in ordinary(kept_back=True)],
        [one.text for one in said if one.line.verdict != "h"],
        [text for text in comments if text.strip()],
        [text for text in posts if text.strip()],
    ]


def _quiet(calm: Sequence[Any], alarms: float) -> float:
    """The lowest score from which on at most this share of ordinary messages is raised, each kind counting alike."""
    candidates = np.unique(np.concatenate([*calm, [1.0]]))
    raised = np.mean([1 - np.searchsorted(np.sort(one), candidates) / len(one) for one in calm], 0)
    return float(candidates[np.argmax(raised <= alarms)])


def _chances(sentences: Sentences, stack: Stack, texts: Sequence[str]) -> Any:
    scores = stack.scores(sentences.read(texts), len(texts), highest=True)
    return 1 / (1 + np.exp(-scores))


def _f(guess: Any, wanted: Any, beta: float) -> float:
    right = float((guess & wanted).sum())
    return (1 + beta**2) * right / max(1.0, float(guess.sum() + beta**2 * wanted.sum()))


def _show(name: str, cut: float, chances: Any, wanted: Any, calm: Sequence[Any]) -> None:
    guess = chances >= cut
    print(
        f"{name:14} from {cut:.3f}: found {guess[wanted].mean():.3f} of {wanted.sum()}, "
        f"others {guess[~wanted].mean():.3f}, ordinary {np.mean([(one >= cut).mean() for one in calm]):.3f}"
        f" ({', '.join(f'{(one >= cut).mean():.3f}' for one in calm)})"
    )


if __name__ == "__main__":
    main()
