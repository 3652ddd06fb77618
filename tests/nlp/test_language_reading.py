"""Languages word by word: shares, switching inside a sentence, borrowed words, other scripts, nothing to tell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from youthvoice.model import Language
from youthvoice.nlp.language import dominant, identify, read
from youthvoice.nlp.normalise import normalise

SET = Path(__file__).parents[1] / "sets" / "language" / "dev.jsonl"


@pytest.mark.parametrize(
    "text",
    [
        "mon prof est nice but his tests are way too long",
        "I love the cafeteria but la bouffe est vraiment trop chère",
        "j'ai failed mon test de maths and now my mom is mad",
        "on a raté le bus, so we walked home in the rain and it was awful",
        "The teachers are great. Par contre les devoirs, il y en a beaucoup trop.",
        "Je pense qu’on devrait avoir plus de mentors because nobody listens to us at school",
    ],
)
def test_mixed_inside_a_sentence(text: str) -> None:
    found = read(text)
    assert found.language is Language.MIXED
    assert set(found.shares) == {"en", "fr"} and min(found.shares.values()) > 0.1
    assert sum(found.shares.values()) == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("on a eu un meeting avec le coach", Language.FR),
        ("C’est cool mais un peu cheap", Language.FR),
        ("le week-end on fait du shopping", Language.FR),
        ("faut que je drop mon cours", Language.FR),
        ("we had a rendezvous at the chalet", Language.EN),
        ("she is a real connoisseur of croissants and cafés", Language.EN),
    ],
)
def test_borrowed_words_do_not_make_it_mixed(text: str, language: Language) -> None:
    assert identify(text) is language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The bus is late again", Language.EN),
        ("there should be more places where we can just be together", Language.EN),
        ("les mentors devraient être plus proches de notre âge", Language.FR),
        ("y’a jamais d’autobus après six heures", Language.FR),
    ],
)
def test_the_share_of_one_language(text: str, language: Language) -> None:
    found = read(text)
    assert found.language is language and found.shares[str(language)] >= 0.85
    assert sum(found.shares.values()) == pytest.approx(1, abs=0.02)


def test_shares_follow_the_words() -> None:
    english = "nobody at school listens to what we say and it makes me so angry"
    french = "personne à l’école n’écoute ce qu’on dit et ça me fâche beaucoup"
    more, less = read(f"{english}, {english}, {french}"), read(f"{english}, {french}, {french}")
    assert more.language is less.language is Language.MIXED
    assert more.shares["en"] > 0.5 > less.shares["en"]
    assert dominant(f"{english}, {english}, {french}") is Language.EN
    assert dominant(f"{english}, {french}, {french}") is Language.FR


@pytest.mark.parametrize(
    "text",
    [
        "Мы хотим больше автобусов",
        "我们需要更多的公交车",
        "हमें और मदद चाहिए",
        "لدينا الحق في المشاركة",
        "학교 급식이 너무 맛없어요",
        "ᐃᓄᒃᑎᑐᑦ ᐅᖃᐅᓯᖅ",
        "Necesitamos más mentores para los jóvenes de aquí",
        "Wir brauchen mehr Busse und bessere Schulen für alle",
    ],
)
def test_other_languages_are_said_to_be_so(text: str) -> None:
    found = read(text)
    assert found.language is Language.OTHER and found.shares == {"other": 1.0}
    assert dominant(text) is Language.OTHER


@pytest.mark.parametrize(
    "text", ["", " ", "👍👍", "...", "12345", "a", "ok", "!?", "\n", "😀 10/10"]
)
def test_nothing_can_be_told(text: str) -> None:
    assert read(text).language is Language.UNDECIDED and read(text).shares == {}


@pytest.mark.parametrize("length", [400, 10_000])
def test_long_ones(length: int) -> None:
    text = ("the bus is late and nobody cares about us " * 300)[:length]
    assert identify(text) is Language.EN
    assert identify("a" * length) in set(Language)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_it_never_fails_and_shares_are_shares(text: str) -> None:
    for one in (text, normalise(text)):
        found = read(one)
        assert found.language in set(Language)
        assert all(0 <= share <= 1 for share in found.shares.values())
        assert not found.shares or sum(found.shares.values()) == pytest.approx(1, abs=0.02)


def test_a_floor_on_our_own_development_set() -> None:
    rows = [json.loads(line) for line in SET.read_text("utf-8").splitlines()]
    right: dict[str, list[bool]] = {}
    for row in rows:
        right.setdefault(row["label"], []).append(identify(normalise(row["text"])) == row["label"])
    print({label: f"{sum(some)} of {len(some)}" for label, some in right.items()})
    assert sum(map(sum, right.values())) / len(rows) >= 0.9
    for label in ("en", "fr", "mixed"):
        assert sum(right[label]) / len(right[label]) >= 0.85, label
