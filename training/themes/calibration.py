"""Make the chances of themes honest: `python -m training.themes.calibration`.

On the consultations that nothing was trained on, for scores from descriptions alone and against what is usual
among a topic's messages: slope and offset of a logistic (Platt 1999), the chance from which on F1 of all themes
together is best (a theme is proposed), and the lowest from which on `RIGHT` of the themes are right (the machine
is sure). Writes them into themes.json.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from training.themes.consultations import kept_back, read
from youthvoice.model import CodebookTheme, Language
from youthvoice.nlp.sentences.encoder import MODELS, Sentences
from youthvoice.nlp.sentences.stack import Stack
from youthvoice.nlp.themes import usual
from youthvoice.nlp.themes.zero_shot import NAME, ZeroShot

RIGHT = 0.75
CUTS = np.arange(0.05, 0.95, 0.01)


def main() -> None:
    """Measure, choose, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=MODELS)
    folder = parser.parse_args().folder
    found = list(scored(ZeroShot(Sentences(), Stack(NAME, folder=folder))))
    wanted = np.concatenate([each.ravel() for _, _, each in found])
    path = folder / f"{NAME}.json"
    about = json.loads(path.read_text("utf-8"))
    for place, way in enumerate(("described", "usual")):
        scores = np.concatenate([one[place].ravel() for one in found])
        about[way] = chosen(scores, wanted, way)
    path.write_text(json.dumps(about) + "\n", "utf-8")


def scored(zero_shot: ZeroShot) -> Iterator[tuple[Any, Any, Any]]:
    """Of each consultation that was kept back: scores, scores against what is usual, and what is true."""
    for number, one in enumerate(read()):
        if kept_back(number):
            themes = [
                CodebookTheme(each["id"], 2, None, each["name"], each["description"])
                for each in one["themes"]
            ]
            ids = [each.id for each in themes]
            vectors = zero_shot.vectors([each["text"] for each in one["answers"]])
            spoken = [Language(each["language"]) for each in one["answers"]]
            scores = zero_shot.scores(vectors, spoken, themes)
            known = usual.of(scores, ids, least=1)
            wanted = np.array([[name in each["labels"] for name in ids] for each in one["answers"]])
            yield scores, usual.against(scores, ids, known), wanted


def chosen(scores: Any, wanted: Any, way: str) -> list[float]:
    """Slope, offset, low, sure."""
    model = LogisticRegression(C=1e6).fit(scores[:, None], wanted)
    slope, offset = float(model.coef_[0, 0]), float(model.intercept_[0])
    chances = 1 / (1 + np.exp(-slope * scores - offset))
    low = max(CUTS, key=lambda cut: _f1(chances >= cut, wanted))
    sure = next((cut for cut in CUTS if wanted[chances >= cut].mean() >= RIGHT), CUTS[-1])
    given, certain = chances >= low, chances >= sure
    print(
        f"{way}: micro-F1 {_f1(given, wanted):.3f} from {low:.2f} on, found {given[wanted].mean():.2f}; sure "
        f"from {sure:.2f} on: {wanted[certain].mean():.2f} right, {certain[wanted].mean():.2f} found"
    )
    return [round(float(one), 3) for one in (slope, offset, low, max(sure, low))]


def _f1(guess: Any, wanted: Any) -> float:
    return float(2 * (guess & wanted).sum() / max(1, guess.sum() + wanted.sum()))


if __name__ == "__main__":
    main()
