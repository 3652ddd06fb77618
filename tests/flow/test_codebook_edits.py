"""Rules and edits of a codebook's themes, without a database."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.themed import OWN
from youthvoice import defaults
from youthvoice.errors import BadInput, NotFound
from youthvoice.flow import codebook_edits as edits
from youthvoice.model import LANGUAGES, CodebookTheme

COMMON = tuple(
    CodebookTheme(one.id, 1, None, dict(one.name), dict(one.name)) for one in defaults.themes()
)
WHOLE = edits.with_level_one(OWN, COMMON)


def ids(themes) -> list[str]:
    return [one.id for one in themes]


def test_level_one_is_whole_and_each_theme_stands_under_its_parent() -> None:
    assert [one.id for one in WHOLE if one.level == 1] == ids(COMMON)
    assert ids(WHOLE)[ids(WHOLE).index("communities") + 1 :] == ["no-bus", "waiting"]
    edits.check(WHOLE, COMMON)


def test_a_common_theme_takes_another_description_but_no_other_name() -> None:
    given = CodebookTheme("health", 1, None, {}, {"en": "Sleep, mostly."})
    health = edits.with_level_one([given], COMMON)[0]
    assert health.description["en"] == "Sleep, mostly." and health.description["fr"]
    renamed = replace(given, name={"en": "Wellness", "fr": "Bien-être"})
    with pytest.raises(BadInput, match="same in every topic"):
        edits.check(edits.with_level_one([renamed], COMMON), COMMON)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"id": "No Bus"}, "cannot be a theme’s id"),
        ({"id": "x" * 61}, "cannot be a theme’s id"),
        ({"id": ""}, "cannot be a theme’s id"),
        ({"id": "waiting"}, "two themes"),
        ({"id": "health"}, "two themes|level 1"),
        ({"parent": "transit"}, "none of level 1"),
        ({"parent": "waiting"}, "none of level 1"),
        ({"parent": None}, "none of level 1"),
        ({"parent": None, "level": 1}, "none of level 1"),
        ({"name": {"en": "No bus"}}, "missing in: fr"),
        ({"name": {"en": " ", "fr": "x"}}, "missing in: en"),
        ({"description": {}}, "missing in: en"),
        ({"not_meant": {"fr": "x"}}, "missing in: en"),
        ({"name": {"en": "x" * 81, "fr": "x"}}, "more than 80"),
        ({"examples": {"en": ("x",) * 21}}, "at most 20 examples"),
        ({"examples": {"en": ("write to me at kid@example.com",)}}, "names an address"),
    ],
)
def test_what_is_not_complete_is_refused(changes: dict, said: str) -> None:
    broken = [replace(one, **changes) if one.id == "no-bus" else one for one in WHOLE]
    with pytest.raises(BadInput, match=said):
        edits.check(broken, COMMON)


def test_a_missing_common_theme_is_refused() -> None:
    with pytest.raises(BadInput, match="health"):
        edits.check([one for one in WHOLE if one.id != "health"], COMMON)


def test_rename_keeps_the_id() -> None:
    named = edits.rename(WHOLE, "no-bus", {"en": "Buses", "fr": "Autobus"})
    assert ids(named) == ids(WHOLE) and edits.find(named, "no-bus").name["en"] == "Buses"
    with pytest.raises(BadInput, match="level 1"):
        edits.rename(WHOLE, "health", {"en": "x", "fr": "x"})


def test_merge_keeps_the_second_and_takes_over_examples() -> None:
    merged = edits.merge(WHOLE, "no-bus", "waiting")
    assert "no-bus" not in ids(merged)
    assert edits.find(merged, "waiting").examples["fr"] == ("pas d’autobus",)
    edits.check(merged, COMMON)
    assert "no-bus" not in ids(edits.merge(WHOLE, "no-bus", "communities"))
    for first, second in (("no-bus", "no-bus"), ("health", "no-bus")):
        with pytest.raises(BadInput):
            edits.merge(WHOLE, first, second)
    with pytest.raises(NotFound, match="transit"):
        edits.merge(WHOLE, "no-bus", "transit")


def test_split_remove_and_add() -> None:
    late = replace(OWN[0], id="late-bus", parent=None)
    halves = edits.split(WHOLE, "no-bus", OWN[0], late)
    place = ids(halves).index("no-bus")
    assert ids(halves)[place : place + 2] == ["no-bus", "late-bus"]
    assert edits.find(halves, "late-bus").parent == "communities"
    edits.check(halves, COMMON)
    with pytest.raises(BadInput, match="two themes"):
        edits.split(WHOLE, "no-bus", late, late)
    assert "no-bus" not in ids(edits.remove(WHOLE, "no-bus"))
    with pytest.raises(BadInput, match="two themes"):
        edits.add(WHOLE, OWN[0])
    assert ids(edits.add(WHOLE, late))[-1] == "late-bus"


def test_nothing_is_changed_in_place() -> None:
    before = ids(WHOLE)
    edits.merge(WHOLE, "no-bus", "waiting")
    edits.remove(WHOLE, "waiting")
    assert ids(WHOLE) == before and edits.find(WHOLE, "waiting").examples == {}


def test_the_common_themes_say_what_they_mean_in_both_languages() -> None:
    told = defaults.load("theme_descriptions")
    assert set(told) == set(ids(COMMON))
    for one in told.values():
        for field in ("description", "not_meant"):
            assert all(0 < len(one[field][lang]) <= edits.LONGEST[field] for lang in LANGUAGES)
