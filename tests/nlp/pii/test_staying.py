"""What stays readable: large places, public bodies and office-holders, and a topic's own list."""

from __future__ import annotations

from pathlib import Path

import pytest

from youthvoice import defaults
from youthvoice.defaults import Kept
from youthvoice.model import Span
from youthvoice.nlp.pii.staying import Staying, bare

KEPT = Kept(
    places=("Ontario", "the GTA"),
    bodies=("the Ministry", "Queen's Park", "Ministère de l'Éducation"),
    people=("Doug Ford", "Marit Stiles"),
    topics={"arena": ("Jarome Iginla",), "empty": ()},
)


@pytest.fixture(scope="module")
def staying() -> Staying:
    return Staying(KEPT, 50_000)


def left(staying: Staying, text: str, words: str, kind: str, topic: str | None = None) -> list[str]:
    """What of `words`, found as a `kind`, must go."""
    start = text.index(words)
    spans = staying.leave(text, [Span(start, start + len(words), kind, 0.9, "test")], topic)
    assert all(span.kind == kind and span.score == 0.9 for span in spans)
    return [text[span.start : span.end] for span in spans]


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("kids in Ontario", "Ontario", "place"),
        ("kids in ontario", "ontario", "place"),
        ("in the GTA too", "the GTA", "place"),
        ("buses in Toronto", "Toronto", "place"),
        ("buses in Toronto, Ontario", "Toronto, Ontario", "place"),
        ("à Ottawa", "à Ottawa", "place"),
        ("from France", "France", "place"),
        ("du Sénégal", "du Sénégal", "place"),
        ("Trois-Rivières est loin", "Trois-Rivières", "place"),
        ("Doug Ford cut it", "Doug Ford", "name"),
        ("doug ford cut it", "doug ford", "name"),
        ("MARIT STILES asked", "MARIT STILES", "name"),
        ("the Ministry said", "the Ministry", "workplace"),
    ],
)
def test_it_stays(staying: Staying, text: str, words: str, kind: str) -> None:
    assert left(staying, text, words, kind) == []


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("kids in Moosonee", "Moosonee", "place"),
        ("in Moosonee, Ontario", "Moosonee, Ontario", "place"),
        ("my friend Toronto", "Toronto", "name"),  # what is taken for a person's goes
        ("my friend Dougie", "Dougie", "name"),
        ("my friend Doug", "Doug", "name"),
        ("call 416-555-0142", "416-555-0142", "phone"),
        ("the Ministry Street Warriors", "the Ministry Street Warriors", "team"),
        ("Queen's Park Collegiate", "Queen's Park Collegiate", "school"),
        ("my age is 15", "15", "age"),
    ],
)
def test_it_goes(staying: Staying, text: str, words: str, kind: str) -> None:
    assert left(staying, text, words, kind) == [words]


def test_only_what_stays_is_cut_out_of_a_longer_span(staying: Staying) -> None:
    assert [
        one.strip() for one in left(staying, "by Doug Ford Junior", "Doug Ford Junior", "name")
    ] == ["Junior"]
    assert left(staying, "Maya met Doug Ford", "Maya met Doug Ford", "name") == ["Maya met "]


def test_what_has_a_form_never_stays() -> None:
    kept = Kept(people=("416-555-0142", "@zack"))
    own = Staying(kept, 50_000)
    assert left(own, "call 416-555-0142", "416-555-0142", "phone") == ["416-555-0142"]
    assert left(own, "see @zack", "@zack", "handle") == ["@zack"]


def test_a_part_of_a_word_does_not_stay(staying: Staying) -> None:
    assert left(staying, "my friend Doug Fordham", "Doug Fordham", "name") == ["Doug Fordham"]


def test_a_name_of_one_topic_stays_there_only(staying: Staying) -> None:
    said = "Jarome Iginla opened it", "Jarome Iginla", "name"
    assert left(staying, *said, topic="arena") == []
    for topic in (None, "empty", "mentoring", "ARENA"):
        assert left(staying, *said, topic=topic) == ["Jarome Iginla"]


def test_the_size_is_a_setting() -> None:
    assert left(Staying(Kept(), 30_000), "in Timmins", "Timmins", "place") == []
    assert left(Staying(Kept(), 50_000), "in Timmins", "Timmins", "place") == ["Timmins"]


def test_no_list_at_all() -> None:
    assert left(Staying(Kept(), 50_000), "Doug Ford", "Doug Ford", "name") == ["Doug Ford"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L’Ontario", "ontario"), ("d'Ottawa", "ottawa"), ("Trois-Rivières", "trois rivieres"),
        ("Toronto's", "toronto"), ("#Toronto!", "toronto"), ("le Canada", "canada"), ("", ""),
        ("Terre-Neuve-et-Labrador", "terre neuve et labrador"),
    ],
)  # fmt: skip
def test_bare_words(text: str, expected: str) -> None:
    assert bare(text) == expected


def test_the_list_of_a_home_folder(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    own = tmp_path / "config" / "kept.toml"
    own.write_text(
        'as_of = 2026-11-22\nplaces = ["Elsewhere"]\nbodies = []\npeople = ["Ada Minister"]\n'
        '[topic.arena]\nnames = ["Jarome Iginla"]\n[topic.none]\n'
    )
    kept = defaults.kept(tmp_path)
    assert kept.people == ("Ada Minister",) and kept.places == ("Elsewhere",)
    assert kept.topics == {"arena": ("Jarome Iginla",), "none": ()}


def test_the_default_list_is_dated_and_has_no_topic() -> None:
    kept = defaults.kept()
    assert "Ontario" in kept.places and kept.bodies and kept.people and not kept.topics
    assert defaults.load("kept")["as_of"]
