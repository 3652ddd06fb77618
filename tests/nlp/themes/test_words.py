"""The first proposal of themes: words that suggest them, counted, in the message's language."""

from __future__ import annotations

import pytest

from youthvoice import defaults
from youthvoice.model import Language, Theme
from youthvoice.nlp.themes import ThemeTagger
from youthvoice.nlp.themes.words import MOST

TAGGER = ThemeTagger(defaults.themes())


def themes(text: str, language: Language) -> list[str]:
    return [one.theme for one in TAGGER.propose(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "theme"),
    [
        ("my mentor listens to me", Language.EN, "support"),
        ("mes amis et ma famille", Language.FR, "support"),
        ("the homework at my school", Language.EN, "education"),
        ("les devoirs à l’école", Language.FR, "education"),
    ],
)
def test_words_suggest_themes(text: str, language: Language, theme: str) -> None:
    assert theme in themes(text, language)


@pytest.mark.parametrize("language", [Language.MIXED, Language.OTHER, Language.UNDECIDED])
def test_where_the_language_is_not_one_of_ours_both_lists_are_read(language: Language) -> None:
    assert themes("my school", language) and themes("mon école", language)


def test_nothing_where_no_word_fits() -> None:
    assert themes("", Language.EN) == themes("xyzzy", Language.FR) == []


def test_more_words_score_higher_and_only_the_best_are_given() -> None:
    one, two = (TAGGER.propose(text, Language.EN)[0].score for text in ("school", "school teacher"))
    assert 0 < one < two < 1
    everything = " ".join(word for t in defaults.themes() for word in t.words["en"])
    assert len(TAGGER.propose(everything, Language.EN)) == MOST


def test_other_words_are_another_version() -> None:
    name = {"en": "Buses", "fr": "Autobus"}
    first = ThemeTagger([Theme("bus", name, {"en": ["bus"], "fr": ["autobus"]})])
    second = ThemeTagger([Theme("bus", name, {"en": ["bus", "ride"], "fr": ["autobus"]})])
    assert first.version != second.version
