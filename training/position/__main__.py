"""Train the network of positions and write it: `python -m training.position`.

It reads two texts together: an answer with the question that it answers. Learns from those of this project's own
invented consultations (training/texts/themes*.jsonl) that ask for a position. Takes some ten minutes on two
cores; needs requirements/training.in. When the machine is sure is chosen afterwards, by
`python -m training.position.calibration`.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from torch import Tensor, nn

from training.files import TEXTS, objects
from training.sentences.fit import fit, write
from training.sentences.varied import varied
from training.themes.consultations import read
from youthvoice.nlp.position import NAME
from youthvoice.nlp.sentences.encoder import MODELS

PLAIN = TEXTS / "plain_positions.jsonl"
POSITIONS = ("agrees", "disagrees", "mixed", "not_stated")
EPOCHS = 4
OTHER_LANGUAGE = 0.3
"""So often is an answer read with the question in the other language."""
SMOOTHING = 0.05
Pair = tuple[str, str]


def main() -> None:
    """Read, train, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--out", type=Path, default=MODELS)
    given = parser.parse_args()
    consultations = [one for one in read() if one["asks_position"]]
    print(f"{len(consultations)} consultations")

    plain = objects([PLAIN])

    def shown(chance: random.Random) -> tuple[Sequence[Pair], np.ndarray]:
        examples = [
            example
            for one in consultations
            for example in pairs({**one, "answers": one["answers"] + _some(plain, chance)}, chance)
        ]
        return [pair for pair, _ in examples], np.array([place for _, place in examples])

    network = fit(shown, len(POSITIONS), lost, given.epochs)
    write(network, NAME, {"version": "position-3", "labels": POSITIONS}, given.out)


def pairs(consultation: dict[str, Any], chance: random.Random) -> Iterator[tuple[Pair, int]]:
    """Every answer with the question, and which position it takes."""
    for answer in consultation["answers"]:
        asked = consultation["question"][_language(answer, chance)]
        yield (varied(answer["text"], chance), asked), POSITIONS.index(answer["position"])


def _some(plain: Sequence[dict[str, Any]], chance: random.Random) -> list[dict[str, Any]]:
    """Of each position a few answers that fit any question."""
    found = []
    for position, most in (("agrees", 2), ("disagrees", 2), ("mixed", 1), ("not_stated", 1)):
        found += chance.sample([one for one in plain if one["position"] == position], most)
    return found


def _language(answer: dict[str, Any], chance: random.Random) -> str:
    spoken = str(answer["language"])
    if chance.random() >= OTHER_LANGUAGE:
        return spoken
    return "fr" if spoken == "en" else "en"


def lost(scores: Tensor, wanted: Tensor) -> Tensor:
    """Softmax over the positions."""
    return nn.functional.cross_entropy(scores, wanted, label_smoothing=SMOOTHING)


if __name__ == "__main__":
    main()
