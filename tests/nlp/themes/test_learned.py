"""Themes learned from decisions, over the real encoder's vectors: weights that are plain numbers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from tests.voices import SAID
from youthvoice.nlp.sentences.encoder import Sentences
from youthvoice.nlp.sentences.weights import Floats
from youthvoice.nlp.themes import learned as learning
from youthvoice.nlp.themes.learned import LEAST_YES

THEMES = tuple(SAID)


def sides(theme: str, language: str) -> list[tuple[str, str]]:
    return [(text, theme) for text in SAID[theme][language]]


TAUGHT = [one for theme in THEMES for one in sides(theme, "en")]
OTHERS = [one for theme in THEMES for one in sides(theme, "fr")]


def labels(given: list[tuple[str, str]]) -> list[dict[str, bool]]:
    return [{theme: theme == one for theme in THEMES} for _, one in given]


@pytest.fixture(scope="module")
def vectors(sentences: Sentences) -> tuple[Floats, Floats]:
    taught, others = ([text for text, _ in given] for given in (TAUGHT, OTHERS))
    return sentences.vectors(taught), sentences.vectors(others)


def prior(count: int) -> Floats:
    return np.full((count, len(THEMES)), 0.25, np.float32)


def silent(count: int) -> Floats:
    """Scores of descriptions that say nothing."""
    return np.zeros((count, len(THEMES)), np.float32)


def learn(vectors: Floats, given: list[dict[str, bool]]) -> dict[str, Any]:
    return learning.learn(vectors, silent(len(vectors)), given, THEMES)


def chances_of(learned: Mapping[str, Any], vectors: Floats) -> Floats:
    count = len(vectors)
    return learning.chances(learned, THEMES, vectors, silent(count), prior(count))


def test_learned_from_english_found_in_french(vectors: tuple[Floats, Floats]) -> None:
    learned = learn(vectors[0], labels(TAUGHT))
    chances = chances_of(learned, vectors[1])
    wanted = [THEMES.index(theme) for _, theme in OTHERS]
    assert (chances.argmax(1) == wanted).mean() >= 0.7
    assert chances.min() >= 0 and chances.max() <= 1


def test_weights_go_through_json(vectors: tuple[Floats, Floats]) -> None:
    learned = learn(vectors[0], labels(TAUGHT))
    again = json.loads(json.dumps(learned))
    one, two = (chances_of(given, vectors[1]) for given in (learned, again))
    assert np.array_equal(one, two)


def test_no_word_of_a_message_is_kept(vectors: tuple[Floats, Floats]) -> None:
    written = json.dumps(learn(vectors[0], labels(TAUGHT)))
    assert not any(text in written for text, _ in TAUGHT)


def test_a_theme_with_too_few_messages_is_left_to_its_description(
    vectors: tuple[Floats, Floats],
) -> None:
    rare = THEMES[0]
    given = [
        {**one, rare: one[rare] and place < LEAST_YES - 1}
        for place, one in enumerate(labels(TAUGHT))
    ]
    assert 0 < sum(one[rare] for one in given) < LEAST_YES
    learned = learn(vectors[0], given)
    chances = chances_of(learned, vectors[1])
    assert (chances[:, 0] == 0.25).all() and (chances[:, 1] != 0.25).any()


def test_a_theme_that_every_message_has_teaches_nothing(vectors: tuple[Floats, Floats]) -> None:
    given = [{THEMES[0]: True} for _ in TAUGHT]
    learned = learn(vectors[0], given)
    chances = chances_of(learned, vectors[1])
    assert np.array_equal(chances, prior(len(OTHERS)))


def test_what_a_message_was_not_asked_about_is_no_no(vectors: tuple[Floats, Floats]) -> None:
    asked = THEMES[1]
    given = [
        one if place % 2 else {key: value for key, value in one.items() if key != asked}
        for place, one in enumerate(labels([*TAUGHT, *OTHERS]))
    ]
    learned = learn(np.vstack(vectors), given)
    chances = chances_of(learned, vectors[1])
    mine = [place for place, (_, theme) in enumerate(OTHERS) if theme == asked]
    rest = [place for place in range(len(OTHERS)) if place not in mine]
    assert chances[mine, 1].mean() > chances[rest, 1].mean()


def test_with_scores_of_the_descriptions_too(vectors: tuple[Floats, Floats]) -> None:
    scores = np.where(np.array([[t == o for t in THEMES] for _, o in TAUGHT]), 3, -3)
    learned = learning.learn(vectors[0], scores.astype(np.float32), labels(TAUGHT), THEMES)
    said = np.where(np.array([[t == o for t in THEMES] for _, o in OTHERS]), 3, -3)
    chances = learning.chances(
        learned, THEMES, vectors[1], said.astype(np.float32), prior(len(OTHERS))
    )
    wanted = [THEMES.index(theme) for _, theme in OTHERS]
    assert (chances.argmax(1) == wanted).mean() >= 0.9


def test_nobody_decided_anything() -> None:
    learned = learn(np.zeros((0, 384), np.float32), [])
    assert np.array_equal(chances_of(learned, np.ones((2, 384), np.float32)), prior(2))


def test_the_cuts_are_kept_with_the_weights(vectors: tuple[Floats, Floats]) -> None:
    learned = learn(vectors[0], labels(TAUGHT))
    assert 0 < learned["low"] <= learned["sure"] < 1 and learned["messages"] == len(TAUGHT)
