"""How messages sound, read by the real network: clear ones in both languages, and what it is not sure of."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from youthvoice.errors import ModelMissing
from youthvoice.model import Feeling, Label, LabelKind
from youthvoice.nlp.feeling import NAME, Feelings, softmax
from youthvoice.nlp.language import identify
from youthvoice.nlp.sentences.encoder import Sentences

CLEAR = [
    ("I love my new school, this is the best year ever!", Feeling.POSITIVE),
    ("my mentor is amazing and I am so happy I signed up", Feeling.POSITIVE),
    ("thank you so much, the summer program was wonderful", Feeling.POSITIVE),
    ("j’adore ma nouvelle école, c’est la meilleure année de ma vie !", Feeling.POSITIVE),
    ("mon mentor est génial, je suis tellement content", Feeling.POSITIVE),
    ("merci beaucoup, le camp d’été était merveilleux", Feeling.POSITIVE),
    ("this is awful, I hate how they treat us", Feeling.NEGATIVE),
    ("the worst bus in the city, always late and always dirty", Feeling.NEGATIVE),
    ("I am so disappointed and angry, nobody ever answered me", Feeling.NEGATIVE),
    ("c’est vraiment nul, je déteste comment on nous traite", Feeling.NEGATIVE),
    ("le pire autobus de la ville, toujours en retard et toujours sale", Feeling.NEGATIVE),
    ("je suis tellement déçue et fâchée, personne ne m’a répondu", Feeling.NEGATIVE),
    ("The meeting is on Tuesday at four o’clock.", Feeling.NEUTRAL),
    ("i usually take bus 12 to school", Feeling.NEUTRAL),
    ("La réunion est mardi à 16 h.", Feeling.NEUTRAL),
    ("je prends d’habitude l’autobus 12 pour aller à l’école", Feeling.NEUTRAL),
]
TEXTS = [text for text, _ in CLEAR]


@pytest.fixture(scope="module")
def feelings() -> Feelings:
    return Feelings()


def read(feelings: Feelings, sentences: Sentences, *texts: str) -> list[Label]:
    return feelings.read(sentences.read(texts), len(texts))


def changed(folder: Path, **about: object) -> Feelings:
    """The same network, with other words about it."""
    path = folder / f"{NAME}.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **about}), "utf-8")
    return Feelings(folder=folder)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_clear_ones(feelings: Feelings, sentences: Sentences, language: str) -> None:
    chosen = [one for one in CLEAR if identify(one[0]) == language]
    assert len(chosen) == len(CLEAR) / 2
    found = read(feelings, sentences, *(text for text, _ in chosen))
    right = [label.value == wanted for label, (_, wanted) in zip(found, chosen, strict=True)]
    assert sum(right) >= len(right) - 1, [
        wanted for (_, wanted), one in zip(chosen, right, strict=True) if not one
    ]


def test_the_extremes_are_never_confused(feelings: Feelings, sentences: Sentences) -> None:
    opposite = {Feeling.POSITIVE: Feeling.NEGATIVE, Feeling.NEGATIVE: Feeling.POSITIVE}
    for label, (_, wanted) in zip(read(feelings, sentences, *TEXTS), CLEAR, strict=True):
        assert label.value != opposite.get(wanted)


def test_probabilities(feelings: Feelings, sentences: Sentences) -> None:
    texts = [*TEXTS, "", "😀", "the bus " * 400, "ᐃᓄᒃᑎᑐᑦ"]
    chances = feelings.chances(sentences.read(texts), len(texts))
    assert chances.shape == (len(texts), 3) and np.allclose(chances.sum(1), 1, atol=1e-5)
    assert (chances >= 0).all() and (chances <= 1).all()
    for label, row in zip(read(feelings, sentences, *texts), chances, strict=True):
        assert label.kind is LabelKind.FEELING and label.value in set(Feeling)
        assert label.score == pytest.approx(row.max(), abs=0.002)


def test_what_it_is_not_sure_of_is_marked(sentences: Sentences, own_models: Path) -> None:
    doubtful = read(changed(own_models, sure=0.9999999), sentences, *TEXTS)
    assert not any(label.sure for label in doubtful)
    certain = read(changed(own_models, sure=0.0), sentences, *TEXTS)
    assert all(label.sure for label in certain)
    assert [label.value for label in doubtful] == [label.value for label in certain]


def test_a_temperature_makes_it_less_certain(sentences: Sentences, own_models: Path) -> None:
    one, other = (
        changed(own_models, temperature=heat).chances(sentences.read(TEXTS), len(TEXTS))
        for heat in (1.0, 3.0)
    )
    assert (other.max(1) < one.max(1)).all() and (other.argmax(1) == one.argmax(1)).all()


def test_no_texts(feelings: Feelings, sentences: Sentences) -> None:
    assert read(feelings, sentences) == []


def test_its_version_is_the_networks(feelings: Feelings, own_models: Path) -> None:
    assert feelings.version and changed(own_models, version="feeling-x").version == "feeling-x"


def test_it_may_be_missing(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=NAME):
        Feelings(folder=tmp_path)


def test_large_scores_are_no_trouble() -> None:
    found = softmax(np.array([[1e4, 0, -1e4], [0, 0, 0]], np.float32))
    assert np.allclose(found, [[1, 0, 0], [1 / 3, 1 / 3, 1 / 3]])


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_floor_on_our_own_development_set(
    feelings: Feelings, sentences: Sentences, language: str
) -> None:
    path = Path(__file__).parents[1] / "sets" / "feeling" / f"{language}.dev.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    found = read(feelings, sentences, *(row["text"] for row in rows))
    right = sum(label.value == row["label"] for label, row in zip(found, rows, strict=True))
    print(f"{language}: {right} of {len(rows)}")
    assert right / len(rows) >= 0.6
