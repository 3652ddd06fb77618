"""The lists of names and places: what they hold, and how often a name is borne."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthvoice.nlp import packages
from youthvoice.nlp.pii import lists
from youthvoice.nlp.pii.lists import COMMON, KNOWN, RARE, fold


@pytest.mark.parametrize("name", ["maya", "jayden", "olivia", "liam", "noah", "mia", "fatima"])
def test_given_names_many_bear(name: str) -> None:
    assert lists.names().given[name] >= KNOWN


@pytest.mark.parametrize("name", ["noemie", "mathis", "gurpreet", "xiomara"])
def test_rarer_and_french_ones_are_there(name: str) -> None:
    assert lists.names().given[name] >= RARE


def test_how_common_a_name_is() -> None:
    given = lists.names().given
    assert set(given.values()) == {RARE, KNOWN, COMMON}
    assert given["michael"] == COMMON


@pytest.mark.parametrize("name", ["tremblay", "smith", "nguyen", "singh"])
def test_family_names(name: str) -> None:
    assert name in lists.names().family


@pytest.mark.parametrize("word", ["the", "school", "ecole", "because", "autobus", ""])
def test_ordinary_words_are_no_family_names(word: str) -> None:
    assert word not in lists.names().family


def test_the_lists_are_folded_and_loaded_once() -> None:
    found = lists.names()
    assert found is lists.names()
    assert all(name == fold(name) for name in list(found.given)[:2_000])
    assert len(found.given) > 10_000 and len(found.family) > 5_000


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Noémie", "noemie"),
        ("O’Brien", "o'brien"),
        ("ÎLE", "ile"),
        ("Łukasz", "łukasz"),
        ("", ""),
        ("SŒUR", "sœur"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold(text)
    assert fold(once.lower()) == fold(once)


def test_small_and_large_places_are_apart() -> None:
    canada = lists.small_places(10**9)
    for people in (5_000, 50_000, 100_000):
        small, large = lists.small_places(people), lists.large_places(people)
        assert small <= canada and canada <= small | large
    assert {"toronto", "ottawa", "montreal", "hamilton"} <= lists.large_places(50_000)
    assert {"moosonee", "kapuskasing", "hearst"} <= lists.small_places(50_000)


def test_the_number_of_people_moves_a_place() -> None:
    assert "timmins" in lists.small_places(50_000) and "timmins" in lists.large_places(30_000)


def test_the_worlds_large_cities_stay_and_its_small_ones_are_not_known() -> None:
    large = lists.large_places(50_000)
    assert {"london", "paris", "mumbai", "lagos"} <= large
    assert large >= lists.large_places(500_000)


def test_two_places_of_one_name_count_as_the_larger() -> None:
    """A village called as a city is called stays, as the city does: nobody can tell them apart."""
    assert "hamilton" not in lists.small_places(50_000)


def test_a_missing_package_is_an_import_error() -> None:
    with pytest.raises(ImportError):
        packages.package_folder("no_such_package_here")
