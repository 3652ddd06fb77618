"""What is usual for a topic's themes: scores count by how far they stand out from it."""

from __future__ import annotations

import json

import numpy as np

from youthvoice.nlp.themes import usual
from youthvoice.nlp.themes.usual import LARGER, LEAST

THEMES = ("bus", "jobs")


def scores(count: int) -> np.ndarray:
    return np.random.default_rng(1).normal((3.0, -2.0), (1.0, 0.1), (count, 2)).astype(np.float32)


def test_too_few_messages_say_nothing() -> None:
    assert usual.of(scores(LEAST - 1), THEMES) == {}
    assert set(usual.of(scores(LEAST), THEMES)) == set(THEMES)


def test_it_is_kept_as_plain_numbers() -> None:
    known = usual.of(scores(LEAST), THEMES)
    assert json.loads(json.dumps(known)) == known


def test_what_is_near_everything_stands_out_no_more_than_the_rest() -> None:
    given = scores(500)
    known = usual.of(given, THEMES)
    found = usual.against(given, THEMES, known)
    assert np.allclose(found.mean(0), 0, atol=0.01)
    # A theme that nobody speaks of has a small spread; it is not blown up to the size of the others.
    assert found[:, 1].std() < 0.2 < found[:, 0].std()
    assert np.allclose(
        found[:, 0], (given[:, 0] - given[:, 0].mean()) / (given[:, 0].std() + LARGER), atol=0.01
    )


def test_themes_may_stand_in_another_order() -> None:
    given = scores(LEAST)
    known = usual.of(given, THEMES)
    turned = usual.against(given[:, ::-1], THEMES[::-1], known)
    assert np.allclose(turned[:, ::-1], usual.against(given, THEMES, known))
