"""Messages mapped to a codebook with the real networks: by descriptions, and by what people said."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.themed import OWN
from tests.voices import SAID
from youthvoice.model import CodebookTheme, Language, ThemeScore
from youthvoice.nlp.sentences.encoder import Sentences
from youthvoice.nlp.sentences.stack import Stack
from youthvoice.nlp.sentences.weights import Floats
from youthvoice.nlp.themes.mapper import Mapper
from youthvoice.nlp.themes.zero_shot import ZeroShot, described


def theme(key: str, en: tuple[str, str], fr: tuple[str, str], parent: str = "") -> CodebookTheme:
    names, said = zip(en, fr, strict=True)
    return CodebookTheme(
        key,
        2 if parent else 1,
        parent or None,
        dict(zip(("en", "fr"), names, strict=True)),
        dict(zip(("en", "fr"), said, strict=True)),
    )


PARENTS = (
    theme("communities", ("Places", "Places near by."), ("Lieux", "Les lieux à proximité.")),
    theme("employment", ("Work", "Work and income."), ("Travail", "Travail et revenu.")),
)
THEMES = (
    theme(
        "bus",
        ("Buses and transit", "There is no bus, it is late, or it costs too much to get there."),
        ("Autobus et transport", "Pas d’autobus, des retards, ou un trajet qui coûte trop cher."),
        "communities",
    ),
    theme(
        "jobs",
        ("A first job", "Finding a first job: résumés, interviews, experience."),
        ("Un premier emploi", "Trouver un premier emploi : CV, entrevues, expérience."),
        "employment",
    ),
    theme(
        "food",
        ("Food in the cafeteria", "What there is to eat at school, and what meals cost."),
        ("Nourriture à la cafétéria", "Ce qu’on mange à l’école et ce que coûtent les repas."),
        "communities",
    ),
)
CLEAR = [
    ("The bus never comes and the tickets cost too much", "en", "bus"),
    ("L’autobus ne passe jamais et les billets coûtent trop cher", "fr", "bus"),
    ("I need help with my résumé to find my first job", "en", "jobs"),
    ("J’ai besoin d’aide avec mon CV pour trouver mon premier emploi", "fr", "jobs"),
    ("The cafeteria lunch is cold, tiny and overpriced", "en", "food"),
    ("Le repas de la cafétéria est froid, petit et trop cher", "fr", "food"),
]
TEXTS = [text for text, _, _ in CLEAR]
SPOKEN = [Language(language) for _, language, _ in CLEAR]
TAUGHT = [
    (text, Language(language), thing)
    for thing, sides in SAID.items()
    for language, texts in sides.items()
    for text in texts
]


@pytest.fixture(scope="module")
def mapper(sentences: Sentences, themes_network: Stack) -> Mapper:
    return Mapper([*PARENTS, *THEMES], sentences, None, themes_network)


def own(found: tuple[ThemeScore, ...], mapper: Mapper) -> list[ThemeScore]:
    return [one for one in found if one.theme in mapper.themes]


def said(sentences: Sentences, network: Stack, themes: Sequence[CodebookTheme]) -> Floats:
    """What the descriptions alone say of the clear messages."""
    zero_shot = ZeroShot(sentences, network)
    return zero_shot.scores(zero_shot.vectors(TEXTS), SPOKEN, themes)


# --- from descriptions


def test_the_right_one_of_three(sentences: Sentences, themes_network: Stack) -> None:
    scores = said(sentences, themes_network, THEMES)
    assert scores.shape == (len(TEXTS), len(THEMES))
    assert [THEMES[place].id for place in scores.argmax(1)] == [thing for _, _, thing in CLEAR]


def test_descriptions_in_one_language_only(sentences: Sentences, themes_network: Stack) -> None:
    """Somebody else's codebook stands in one language for both."""
    english = [replace(one, name={"en": one.name["en"]}, description=dict.fromkeys(
        ("en", "fr"), one.description["en"])) for one in THEMES]  # fmt: skip
    both = [replace(one, name=dict.fromkeys(("en", "fr"), one.name["en"])) for one in english]
    scores = said(sentences, themes_network, both)
    right = [
        THEMES[n].id == wanted for n, (_, _, wanted) in zip(scores.argmax(1), CLEAR, strict=True)
    ]
    assert sum(right) >= len(right) - 1


def test_what_is_read_of_a_theme() -> None:
    name, told = THEMES[0].name, THEMES[0].description
    assert described(name, told, "fr").startswith("Autobus et transport: Pas d’autobus")
    assert described(name, told, "en").startswith("Buses and transit: ")
    assert described(name, {}, "en") == "Buses and transit" and described({}, {}, "fr") == ""


def test_no_texts_and_no_themes(
    sentences: Sentences, themes_network: Stack, mapper: Mapper
) -> None:
    zero_shot = ZeroShot(sentences, themes_network)
    none, two = zero_shot.vectors([]), zero_shot.vectors(TEXTS[:2])
    assert zero_shot.scores(none, [], THEMES).shape == (0, 3)
    assert zero_shot.scores(two, SPOKEN[:2], []).shape == (2, 0)
    assert np.allclose(np.linalg.norm(two, axis=1), 1, atol=1e-5)
    assert mapper.map([], []) == []


@pytest.mark.parametrize("language", [Language.MIXED, Language.OTHER, Language.UNDECIDED])
def test_a_message_in_no_single_language_is_read_as_well(
    mapper: Mapper, language: Language
) -> None:
    found = mapper.chances(TEXTS[:2], [language, Language.FR])
    assert found.shape == (2, 3) and np.isfinite(found).all()


def test_a_codebook_of_one_theme(sentences: Sentences, themes_network: Stack) -> None:
    """It is compared with the common themes."""
    alone = Mapper(THEMES[:1], sentences, None, themes_network)
    chances = alone.chances(TEXTS, SPOKEN)[:, 0]
    assert chances[:2].min() > chances[2:].max()


def test_the_mapper_gives_the_theme_and_its_parent(mapper: Mapper) -> None:
    """Where a theme is found at all: how many are depends on the network of the day."""
    parents = {one.id: one.parent for one in THEMES}
    some = 0
    for found in mapper.map(TEXTS, SPOKEN):
        scores = {one.theme: one for one in found}
        for one in own(found, mapper):
            some += 1
            parent = parents[one.theme]
            assert parent is not None and scores[parent].score >= one.score
        for key in scores.keys() - set(mapper.themes):
            children = [one for one in own(found, mapper) if parents[one.theme] == key]
            best = max(children, key=lambda one: one.score)
            assert (scores[key].score, scores[key].sure) == (best.score, best.sure)
        assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert some >= len(TEXTS) / 2


def test_only_the_topics_own_are_read_where_there_are_some(
    sentences: Sentences, themes_network: Stack, mapper: Mapper
) -> None:
    assert mapper.themes == tuple(one.id for one in THEMES)
    assert Mapper(PARENTS, sentences, None, themes_network).themes == tuple(
        one.id for one in PARENTS
    )


def test_below_a_cut_nothing_and_below_another_not_sure(
    mapper: Mapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mapped(low: float, sure: float) -> list[ThemeScore]:
        monkeypatch.setattr(mapper, "_said_cuts", (low, sure))
        return [one for found in mapper.map(TEXTS, SPOKEN) for one in found]

    assert mapped(1.01, 1.01) == []
    every = mapped(0.0, 1.01)
    assert len(own(tuple(every), mapper)) == len(TEXTS) * len(THEMES)
    assert not any(one.sure for one in every)
    assert all(one.sure for one in mapped(0.0, 0.0))


# --- from what people said


def themes_of_voices() -> list[CodebookTheme]:
    """A codebook whose words say nothing: only what people decided can tell its themes apart."""
    return [
        theme(thing, (f"Thing {n}", ""), (f"Chose {n}", ""), "communities")
        for n, thing in enumerate(SAID)
    ]


def test_what_was_taught_is_found(sentences: Sentences, themes_network: Stack) -> None:
    codebook = [*PARENTS, *themes_of_voices()]
    plain = Mapper(codebook, sentences, None, themes_network)
    taught, left = TAUGHT[::2], TAUGHT[1::2]
    learned = plain.learn(
        [text for text, _, _ in taught],
        [language for _, language, _ in taught],
        [{key: key == thing for key in plain.themes} for _, _, thing in taught],
    )
    texts, spoken = [text for text, _, _ in left], [language for _, language, _ in left]

    def right(chances: np.ndarray) -> float:
        best = [plain.themes[place] for place in chances.argmax(1)]
        return float(
            np.mean([one == wanted for one, (_, _, wanted) in zip(best, left, strict=True)])
        )

    kept = json.loads(json.dumps(learned))
    mapper = Mapper(codebook, sentences, kept, themes_network)
    before, after = (right(one.chances(texts, spoken)) for one in (plain, mapper))
    assert after >= 0.6 and after > before + 0.2
    assert any(
        wanted in {one.theme for one in found} and "communities" in {one.theme for one in found}
        for found, (_, _, wanted) in zip(mapper.map(texts, spoken), left, strict=True)
    )
    again = Mapper(codebook, sentences, json.loads(json.dumps(kept)), themes_network)
    assert np.allclose(again.chances(texts[:4], spoken[:4]), mapper.chances(texts[:4], spoken[:4]))
    assert mapper.version != plain.version and mapper.version == again.version


def test_nothing_was_decided(mapper: Mapper, sentences: Sentences, themes_network: Stack) -> None:
    learned = mapper.learn(TEXTS[:2], SPOKEN[:2], [{}, {}])
    other = Mapper([*PARENTS, *THEMES], sentences, learned, themes_network)
    assert np.allclose(other.chances(TEXTS, SPOKEN), mapper.chances(TEXTS, SPOKEN), atol=1e-4)


# --- versions


def test_other_words_are_another_version(sentences: Sentences, themes_network: Stack) -> None:
    first = Mapper(OWN, sentences, None, themes_network)
    same = Mapper(OWN, sentences, None, themes_network)
    said = {**OWN[0].description, "en": "Something else entirely."}
    other = Mapper([replace(OWN[0], description=said), *OWN[1:]], sentences, None, themes_network)
    learned = Mapper(OWN, sentences, {"messages": 0, "careful": True, "themes": {}}, themes_network)
    moved = Mapper([replace(OWN[0], parent="health"), *OWN[1:]], sentences, None, themes_network)
    versions = {first.version, other.version, learned.version, moved.version}
    assert first.version == same.version and len(versions) == 4


def test_what_was_learned_leaves_the_cuts_of_the_others(
    sentences: Sentences, themes_network: Stack
) -> None:
    plain = Mapper(THEMES, sentences, None, themes_network)
    weights = {"weights": [0.0] * 385, "bias": 0.0}
    learned = {"themes": {"bus": weights}, "low": 0.99, "sure": 0.995}
    other = Mapper(THEMES, sentences, learned, themes_network)
    assert other._cuts("bus") == (0.99, 0.995)
    assert other._cuts("food") == plain._cuts("food") == plain._cuts("bus")


def test_scores_count_against_what_is_usual(sentences: Sentences, themes_network: Stack) -> None:
    texts, spoken = TEXTS * 5, SPOKEN * 5
    plain = Mapper(THEMES, sentences, None, themes_network)
    assert plain.usual(TEXTS, SPOKEN) == {}  # too few
    known = json.loads(json.dumps(plain.usual(texts, spoken)))
    mapper = Mapper(THEMES, sentences, known, themes_network)
    best = [THEMES[place].id for place in mapper.chances(TEXTS, SPOKEN).argmax(1)]
    assert best == [thing for _, _, thing in CLEAR]
    learned = mapper.learn(texts, spoken, [{}] * len(texts))
    assert learned["usual"] == known["usual"] and mapper.version != plain.version


def test_another_network_can_be_given(
    sentences: Sentences, own_models: Path, themes_network: Stack
) -> None:
    path = own_models / "themes.json"
    path.write_text(json.dumps({**themes_network.about, "version": "themes-x"}), "utf-8")
    given = Mapper(THEMES, sentences, None, Stack("themes", folder=own_models))
    assert given.chances(TEXTS[:1], SPOKEN[:1]).shape == (1, 3)
