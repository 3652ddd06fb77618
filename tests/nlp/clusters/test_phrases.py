"""Key phrases: shared by three texts, never a placeholder, in each language by itself."""

from __future__ import annotations

import pytest

from tests.voices import SAID
from youthvoice.nlp.clusters.phrases import SAID_BY, grams, key_phrases


def _words(language: str) -> dict[str, list[str]]:
    things = list(SAID)
    found = key_phrases([SAID[thing][language] for thing in things], language)
    return {
        thing: [one.words for one in phrases] for thing, phrases in zip(things, found, strict=True)
    }


def test_english_phrases_say_what_a_group_is_about() -> None:
    found = _words("en")
    assert "bus" in found["bus"]
    assert found["waiting"][0] == "waiting list"
    assert "video calls" in found["online"]


def test_french_phrases_keep_what_joins_their_words() -> None:
    found = _words("fr")
    assert "autobus" in found["bus"]
    assert found["waiting"][0] == "liste d'attente"
    assert "appels vidéo" in found["online"]


def test_nothing_is_said_by_fewer_than_three_texts() -> None:
    for language in ("en", "fr"):
        for phrases in key_phrases([SAID[thing][language] for thing in SAID], language):
            assert all(one.texts >= SAID_BY for one in phrases)
    texts = ["the purple giraffe sleeps", "a purple giraffe again", "no such animal here"]
    assert key_phrases([texts], "en") == [()]


def test_a_text_that_repeats_itself_counts_once() -> None:
    assert key_phrases([["gym gym gym gym", "the gym", "no"]], "en") == [()]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("my friend [name 1] and [name 2] at [school]", "en"),
        ("mon amie [nom 1] de l'[école]", "fr"),
        ("[name 1][name 2]", "en"),
    ],
)
def test_what_was_masked_is_in_no_phrase(text: str, language: str) -> None:
    for phrase in grams(text, language):
        assert not {"name", "nom", "school", "école"} & set(phrase.split())
        assert "[" not in phrase


def test_a_phrase_does_not_reach_over_what_was_masked_or_over_punctuation() -> None:
    assert "bus late" not in set(grams("bus [name 1] late", "en"))
    assert "bus late" not in set(grams("bus. late", "en"))
    assert "bus late" in set(grams("bus late", "en"))


def test_what_the_topic_asks_names_nothing() -> None:
    texts = ["good mentor hours", "late mentor hours", "more mentor hours"]
    assert [one.words for one in key_phrases([texts], "en", "What makes a mentor?")[0]] == [
        "mentor hours"
    ]
    assert key_phrases([["mentor", "mentor!", "a mentor"]], "en", "a mentor?") == [()]


def test_no_texts_no_phrases() -> None:
    assert key_phrases([], "en") == []
    assert key_phrases([[], []], "fr") == [(), ()]
