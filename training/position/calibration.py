"""Make the probabilities of positions honest: `python -m training.position.calibration`.

One temperature (Guo et al. 2017) with the least log loss on the development halves of tests/sets/position, and
the lowest probability from which on eight in ten of the labels there are right: under it the machine says "not
sure". Writes both into position.json.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from training.feeling.calibration import chosen, right
from training.files import SETS, objects
from youthvoice.nlp.feeling import softmax
from youthvoice.nlp.position import NAME
from youthvoice.nlp.sentences.encoder import MODELS, Sentences
from youthvoice.nlp.sentences.stack import Stack


def main() -> None:
    """Measure, choose, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=MODELS)
    folder = parser.parse_args().folder
    examples = objects(SETS / "position" / f"{name}.dev.jsonl" for name in ("en", "fr"))
    pairs = [(one["text"], one["question"]) for one in examples]
    stack = Stack(NAME, folder=folder)
    scores = stack.scores(Sentences().read_pairs(pairs), len(pairs), highest=False)
    wanted = np.array([stack.labels.index(one["label"]) for one in examples])
    heat, sure = chosen(scores, wanted, lowest=0.3)
    chances = softmax(scores / heat)
    print(
        f"{len(examples)} answers, right {right(chances, wanted, 0):.3f}, temperature {heat:.2f}, sure from "
        f"{sure:.2f}: {(chances.max(1) >= sure).mean():.2f} of them, right {right(chances, wanted, sure):.3f}"
    )
    for place, name in enumerate(stack.labels):
        mine, guess = wanted == place, chances.argmax(1) == place
        print(f"{name:12} found {guess[mine].mean():.2f}, right {mine[guess].mean():.2f}")
    path = folder / f"{NAME}.json"
    about = {**json.loads(path.read_text("utf-8")), "temperature": round(float(heat), 2)}
    path.write_text(json.dumps({**about, "sure": round(float(sure), 2)}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
