"""Train the model of feelings and write it: `python -m training.feeling --shared ../shared/data`.

Learns from the training parts of UMSAB in English and French (posts whose source has terms of its own: see
docs/models/feeling.md; an operator can leave this model out) and from the answers of training/texts/themes*.
`--own` leaves UMSAB out. Takes some ten minutes on two cores; needs requirements/training.in.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from torch import Tensor, nn

from training.sentences.fit import fit, write
from training.sentences.varied import varied
from training.themes import consultations
from youthvoice.nlp.sentences.encoder import MODELS

LABELS = ("negative", "neutral", "positive")
EPOCHS = 4
SMOOTHING = 0.1
_MENTIONS = re.compile(r"(@user\s*){2,}")


def main() -> None:
    """Read, train, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared/data"))
    parser.add_argument("--own", action="store_true", help="only texts of this project")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--out", type=Path, default=MODELS)
    given = parser.parse_args()
    examples = own()
    if not given.own:
        for language in ("english", "french"):
            examples += umsab(given.shared / "sentiment-dev" / language, "train")
    print(f"{len(examples):,} texts")
    wanted = np.array([label for _, label in examples])

    def shown(chance: random.Random) -> tuple[Sequence[str], np.ndarray]:
        return [
            varied(text, chance) if chance.random() < 0.5 else text for text, _ in examples
        ], wanted

    def lost(scores: Tensor, labels: Tensor) -> Tensor:
        return nn.functional.cross_entropy(scores, labels, label_smoothing=SMOOTHING)

    network = fit(shown, len(LABELS), lost, given.epochs)
    version = "feeling-1-own" if given.own else "feeling-1"
    write(network, "feeling", {"version": version, "labels": LABELS}, given.out)


def umsab(folder: Path, part: str) -> list[tuple[str, int]]:
    """Texts with the number of their label."""
    texts = (folder / f"{part}_text.txt").read_text("utf-8").splitlines()
    labels = (folder / f"{part}_labels.txt").read_text("utf-8").split()
    return [
        (_MENTIONS.sub("@user ", text), int(label))
        for text, label in zip(texts, labels, strict=True)
    ]


def own() -> list[tuple[str, int]]:
    """The answers of this project's own consultations."""
    return [
        (answer["text"], LABELS.index(answer["feeling"]))
        for one in consultations.read()
        for answer in one["answers"]
    ]


if __name__ == "__main__":
    main()
