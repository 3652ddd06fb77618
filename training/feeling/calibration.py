"""Make the probabilities of feelings honest: `python -m training.feeling.calibration --shared ../shared/data`.

One temperature (Guo et al. 2017) with the least log loss on the validation parts of UMSAB and the development
halves of tests/sets/feeling, and the lowest probability from which on `RIGHT` of the labels there are right:
under it the machine says "not sure". Writes both into feeling.json.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np

from training.files import SETS, objects
from youthvoice.nlp.feeling import NAME, softmax
from youthvoice.nlp.sentences.encoder import MODELS, Sentences
from youthvoice.nlp.sentences.stack import Stack

RIGHT = 0.8
LABELS = ("negative", "neutral", "positive")


def main() -> None:
    """Measure, choose, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared/data"))
    parser.add_argument("--folder", type=Path, default=MODELS)
    given = parser.parse_args()
    examples = [one for name in ("en", "fr") for one in own(SETS / "feeling" / f"{name}.dev.jsonl")]
    for language in ("english", "french"):
        folder = given.shared / "sentiment-dev" / language
        if folder.exists():
            texts = (folder / "val_text.txt").read_text("utf-8").splitlines()
            labels = (folder / "val_labels.txt").read_text("utf-8").split()
            examples += [(text, int(label)) for text, label in zip(texts, labels, strict=True)]
    stack = Stack(NAME, folder=given.folder)
    scores = stack.scores(Sentences().read([t for t, _ in examples]), len(examples), highest=False)
    wanted = np.array([label for _, label in examples])
    heat, sure = chosen(scores, wanted, lowest=0.34)
    chances = softmax(scores / heat)
    print(
        f"{len(examples)} texts, temperature {heat:.2f}, sure from {sure:.2f}: "
        f"{(chances.max(1) >= sure).mean():.2f} of them, right {right(chances, wanted, sure):.3f}"
    )
    path = given.folder / f"{NAME}.json"
    about = {
        **json.loads(path.read_text("utf-8")),
        "temperature": round(float(heat), 2),
        "sure": round(float(sure), 2),
    }
    path.write_text(json.dumps(about, indent=1) + "\n", "utf-8")


def own(path: Path) -> list[tuple[str, int]]:
    """Texts of a measuring set with the number of their label."""
    return [(one["text"], LABELS.index(one["label"])) for one in objects([path])]


def chosen(scores: Any, wanted: Any, lowest: float) -> tuple[float, float]:
    """The temperature, and from which probability on (`lowest` or above) the machine is sure."""
    heat = min(np.arange(0.6, 4, 0.05), key=lambda one: loss(scores / one, wanted))
    chances = softmax(scores / heat)
    cuts = np.arange(lowest, 0.95, 0.01)
    return heat, next((cut for cut in cuts if right(chances, wanted, cut) >= RIGHT), 0.95)


def loss(scores: Any, wanted: Any) -> float:
    """The mean log loss."""
    chances = softmax(scores)[np.arange(len(wanted)), wanted]
    return float(-np.log(np.maximum(chances, 1e-9)).mean())


def right(chances: Any, wanted: Any, cut: float) -> float:
    """Of the texts at `cut` or above, the share whose likeliest label is right."""
    sure = chances.max(1) >= cut
    return float((chances.argmax(1) == wanted)[sure].mean()) if sure.any() else 0.0


if __name__ == "__main__":
    main()
