"""Train the vectors of answers and themes: `python -m training.themes`.

One network turns an answer, and the name and description of a theme, into vectors that are near each other
where the answer belongs to the theme (a bi-encoder; Reimers and Gurevych 2019). Every answer is compared with
all themes of its consultation, in both languages. Learns from this project's own invented consultations, but for
some that are kept back: `python -m training.themes.calibration` chooses from which chance on a theme is proposed.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from training.pace import Pace
from training.sentences.fit import write
from training.sentences.network import Question
from training.sentences.varied import varied
from training.themes.consultations import kept_back, read
from youthvoice.nlp.sentences.encoder import MODELS, Sentences
from youthvoice.nlp.sentences.weights import Weights
from youthvoice.nlp.themes.zero_shot import NAME

WIDTH = 384
EPOCHS, RATE, WARM = 5, 1e-4, 0.1
TOGETHER = 3
"""So many consultations a step."""
OTHER_LANGUAGE = 0.3
BEGIN_SLOPE, BEGIN_CUT = 12.0, 0.3
"""How the product of two vectors first becomes a chance; both are learned."""


class Compared(nn.Module):
    """Vectors, and what makes their products chances."""

    def __init__(self, weights: Weights) -> None:
        super().__init__()
        self.question = Question(weights, WIDTH)
        self.question.out.weight.data = torch.eye(WIDTH) + 0.01 * torch.randn(WIDTH, WIDTH)
        self.question.out.bias.data[:] = 0
        self.slope = nn.Parameter(torch.tensor(BEGIN_SLOPE))
        self.cut = nn.Parameter(torch.tensor(BEGIN_CUT))

    def vectors(self, sentences: Sentences, texts: list[str]) -> Tensor:
        """Of texts, each at length 1, in their order."""
        found: list[Tensor] = []
        places: list[int] = []
        for one in sentences.read(texts):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                found.append(
                    self.question(torch.tensor(one.hidden), torch.tensor(one.mask)).float()
                )
            places += one.texts.tolist()
        every = torch.cat(found)
        total = torch.zeros(len(texts), WIDTH).index_add(0, torch.tensor(places), every)
        return nn.functional.normalize(total, dim=1)

    def forward(self, answers: Tensor, themes: Tensor) -> Tensor:
        """(answers, themes): the score that an answer belongs to a theme."""
        products = answers @ themes.T
        centred = products - products.mean(1, keepdim=True)
        return self.slope * (centred - self.cut)


def main() -> None:
    """Read, train, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--out", type=Path, default=MODELS)
    given = parser.parse_args()
    consultations = [one for n, one in enumerate(read()) if not kept_back(n)]
    print(f"{len(consultations)} consultations", flush=True)
    network = train(consultations, given.epochs)
    slope, cut = float(network.slope), float(network.cut)
    about = {
        "version": "themes-3",
        "labels": [str(n) for n in range(WIDTH)],
        "slope": round(slope, 3),
    }
    write(network.question, NAME, {**about, "cut": round(cut, 4)}, given.out)


def train(consultations: list[dict[str, Any]], epochs: int) -> Compared:
    """Train; prints the loss of each pass."""
    chance = random.Random(1)
    torch.manual_seed(1)
    sentences, network = Sentences(), Compared(Weights())
    steps = (len(consultations) // TOGETHER + 1) * epochs
    head = [*network.question.out.parameters(), network.slope, network.cut]
    groups = [
        {"params": list(network.question.body.parameters()), "lr": RATE},
        {"params": head, "lr": RATE * 5},
    ]
    pace = Pace(groups, steps, WARM, least=0.01)
    for epoch in range(epochs):
        started, losses = time.monotonic(), []
        network.train()
        order = list(consultations)
        chance.shuffle(order)
        for start in range(0, len(order), TOGETHER):
            lost = torch.stack(
                [_lost(network, sentences, one, chance) for one in order[start : start + TOGETHER]]
            ).mean()
            losses.append(pace.step(lost))
        print(
            f"pass {epoch + 1}: loss {np.mean(losses):.4f}, slope {network.slope.item():.1f}, "
            f"cut {network.cut.item():.3f}, {time.monotonic() - started:.0f} s",
            flush=True,
        )
    return network


def _lost(
    network: Compared, sentences: Sentences, consultation: dict[str, Any], chance: random.Random
) -> Tensor:
    language = chance.choice(("en", "fr"))
    themes = consultation["themes"]
    said = [f"{one['name'][language]}: {one['description'][language]}" for one in themes]
    answers = [varied(one["text"], chance) for one in consultation["answers"]]
    every = network.vectors(sentences, [*answers, *said])
    scores = network(every[: len(answers)], every[len(answers) :])
    wanted = torch.tensor(
        [
            [float(theme["id"] in one["labels"]) for theme in themes]
            for one in consultation["answers"]
        ]
    )
    return nn.functional.binary_cross_entropy_with_logits(scores, wanted)


if __name__ == "__main__":
    main()
