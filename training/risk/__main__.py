"""Train the learned model of risk and write it: `python -m training.risk`.

Learns from this project's own texts (training/texts: risk, hate, chat and answers in both languages) and, as
ordinary messages, from English posts of the Broad Twitter Corpus (CC BY 4.0; `--shared`). Its scores:
one for each signal, and one for each level from 2 to 5, that the message is at it or above. Takes twenty
minutes to an hour on two cores; needs requirements/training.in. Thresholds are chosen afterwards, by
`python -m training.risk.thresholds`, on the development halves and the second sets of
tests/sets/risk.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from training.files import TEXTS, objects
from training.names import data as names
from training.risk.examples import FILES, LEVELS, SIGNALS, ordinary, small_talk
from training.sentences.fit import fit, write
from training.sentences.varied import varied
from youthvoice.nlp.sentences.encoder import MODELS

EPOCHS = 4
POSTS = ("btc_a.conll", "btc_b.conll", "btc_e.conll", "btc_g.conll", "btc_h.conll")
MOST_POSTS = 1_500
NOT_SAID = -1.0
SERIOUS = ("self_harm", "abuse", "exploitation", "weapon", "running_away", "eating")
EMPHASIS = 1.5
"""A missed danger weighs so much more than a false alarm."""
SMOOTHING = 0.02


def main() -> None:
    """Read, train, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--out", type=Path, default=MODELS)
    parser.add_argument("--more", type=Path, nargs="*", default=[], help="more labelled texts")
    parser.add_argument("--shared", type=Path, default=Path("../shared/data"))
    given = parser.parse_args()
    examples = objects([TEXTS / f"{name}.jsonl" for name in FILES] + given.more)
    examples += ordinary(kept_back=False) + small_talk()
    examples += posts(given.shared / "names-dev")
    print(f"{len(examples):,} texts")
    targets = np.array([target(one) for one in examples], np.float32)

    def shown(chance: random.Random) -> tuple[Sequence[str], np.ndarray]:
        return [varied(one["text"], chance) for one in examples], targets

    network = fit(shown, len(SIGNALS) + len(LEVELS), lost, given.epochs, prior=-2.0)
    labels = [*SIGNALS, *(f"level {level}" for level in LEVELS)]
    about = {"version": "risk-4", "labels": labels}
    write(network, "risk", about, given.out, steady=True)


def posts(folder: Path) -> list[dict[str, Any]]:
    """Posts of others: nobody labelled them, so they only teach what is no serious danger."""
    texts = [one.text for name in POSTS for one in names.examples(folder / name, own=False)]
    chosen = random.Random(0).sample(texts, MOST_POSTS)
    return [{"text": text, "level": 1, "signals": [], "unlabelled": True} for text in chosen]


def target(one: dict[str, Any]) -> list[float]:
    """1 for each signal that it has and each level that it reaches, NOT_SAID where nobody has looked."""
    looked = not one.get("unlabelled")
    signals = [
        float(signal in one["signals"]) if looked or signal in SERIOUS else NOT_SAID
        for signal in SIGNALS
    ]
    levels = [
        float(one["level"] >= level) if looked or level >= 4 else NOT_SAID for level in LEVELS
    ]
    return signals + levels


def lost(scores: Tensor, wanted: Tensor) -> Tensor:
    """Each score by itself (logistic), dangers weighed up."""
    said = wanted >= 0
    softened = wanted * (1 - 2 * SMOOTHING) + SMOOTHING
    each = nn.functional.binary_cross_entropy_with_logits(
        scores, softened, pos_weight=torch.tensor(EMPHASIS), reduction="none"
    )
    return each[said].mean()


if __name__ == "__main__":
    main()
