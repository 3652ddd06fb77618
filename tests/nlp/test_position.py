"""Whether answers agree with what a question asks, read by the real network in both languages."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from youthvoice.model import LabelKind, Position
from youthvoice.nlp.position import NAME, Positions
from youthvoice.nlp.sentences.encoder import Sentences
from youthvoice.nlp.sentences.stack import Stack

QUESTION = {
    "en": "Should public transit be free for everyone under 25?",
    "fr": "Le transport en commun devrait-il être gratuit pour les moins de 25 ans ?",
}
CLEAR = {
    "en": [
        ("Yes, I completely agree, make it free for all of us.", Position.AGREES),
        ("Absolutely, this is a great idea and I support it.", Position.AGREES),
        ("No, I am against it, taxpayers should not pay for that.", Position.DISAGREES),
        ("I disagree, it is a bad idea.", Position.DISAGREES),
    ],
    "fr": [
        ("Oui, je suis tout à fait d’accord, que ce soit gratuit pour nous.", Position.AGREES),
        ("Absolument, c’est une excellente idée et je l’appuie.", Position.AGREES),
        ("Non, je suis contre, ce n’est pas aux contribuables de payer.", Position.DISAGREES),
        ("Je ne suis pas d’accord, c’est une mauvaise idée.", Position.DISAGREES),
    ],
}


@pytest.fixture(scope="module")
def positions(sentences: Sentences, position_network: Stack) -> Positions:
    return Positions(sentences, position_network)


@pytest.mark.parametrize("asked", ["en", "fr"])
@pytest.mark.parametrize("said", ["en", "fr"])
def test_clear_answers_to_a_question_in_either_language(
    positions: Positions, asked: str, said: str
) -> None:
    found = positions.read(QUESTION[asked], [text for text, _ in CLEAR[said]])
    right = [label.value == wanted for label, (_, wanted) in zip(found, CLEAR[said], strict=True)]
    assert sum(right) >= len(right) - (asked != said)
    assert all(label.kind is LabelKind.POSITION for label in found)


def test_probabilities(positions: Positions, position_network: Stack) -> None:
    texts = [text for some in CLEAR.values() for text, _ in some] + ["", "😀", "the bus " * 300]
    chances = positions.chances(QUESTION["en"], texts)
    assert chances.shape == (len(texts), len(Position)) and np.allclose(
        chances.sum(1), 1, atol=1e-5
    )
    found = positions.read(QUESTION["en"], texts)
    for label, row in zip(found, chances, strict=True):
        assert label.value in set(Position) and label.score == pytest.approx(row.max(), abs=0.002)
    assert set(position_network.labels) == set(Position)


def test_what_it_is_not_sure_of_is_marked(
    sentences: Sentences, position_network: Stack, own_models: Path
) -> None:
    texts = [text for text, _ in CLEAR["en"]]

    def sure(cut: float) -> list[bool]:
        path = own_models / f"{NAME}.json"
        path.write_text(json.dumps({**position_network.about, "sure": cut}), "utf-8")
        given = Positions(sentences, Stack(NAME, folder=own_models))
        return [label.sure for label in given.read(QUESTION["en"], texts)]

    assert not any(sure(0.9999999)) and all(sure(0.0))


def test_no_texts(positions: Positions) -> None:
    assert positions.read(QUESTION["fr"], []) == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_floor_on_our_own_development_set(positions: Positions, language: str) -> None:
    path = Path(__file__).parents[1] / "sets" / "position" / f"{language}.dev.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    right = 0
    for question in dict.fromkeys(row["question"] for row in rows):
        some = [row for row in rows if row["question"] == question]
        found = positions.read(question, [row["text"] for row in some])
        right += sum(label.value == row["label"] for label, row in zip(found, some, strict=True))
    print(f"{language}: {right} of {len(rows)}")
    assert right / len(rows) >= 0.35  # it is not good at it; chance is a quarter
