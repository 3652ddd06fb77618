"""Evidence is weighed word by word: which words there are, when they become names, and what is said of them."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthvoice.model import Span
from youthvoice.nlp.pii import evidence, lists, tagger
from youthvoice.nlp.pii.evidence import (
    FEATURES,
    FILE,
    RAMPART_NAMES,
    Weights,
    Word,
    spans,
    units_of,
)
from youthvoice.nlp.pii.reader import Pieces
from youthvoice.nlp.pii.shape import Shapes

LABELS = ("O", *RAMPART_NAMES)
BIAS = -4.0


def units(text: str) -> list[str]:
    return [text[start:end] for start, end in units_of(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Maya waits.", ["Maya", "waits"]),
        ("Maya's bus, Maya’s stop", ["Maya", "bus", "Maya", "stop"]),
        ("Jean-Anne and O'Brien", ["Jean-Anne", "and", "O'Brien"]),
        ("#JusticeForMaya", ["Justice", "For", "Maya"]),
        ("#RIPTyler", ["RIP", "Tyler"]),
        ("call 416 or M4ya", ["call", "or", "M4ya"]),
        ("it's", ["it"]),
        ("😀!!", []),
        ("", []),
    ],
)
def test_the_words_that_are_weighed(text: str, expected: list[str]) -> None:
    assert units(text) == expected


@given(st.text(max_size=80))
def test_words_are_in_order_and_apart(text: str) -> None:
    found = list(units_of(text))
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(one[1] <= two[0] for one, two in itertools.pairwise(found))


def model(**changes: object) -> Weights:
    """A model that believes the tagger alone: a piece at 0.9 is about even."""
    weights = [0.0] * len(FEATURES)
    weights[FEATURES.index("tagger_most")] = 1.0
    values: dict[str, object] = {
        "version": "test-1", "weights": tuple(weights), "bias": 0.0,
        "thresholds": {"en": 0.5, "fr": 0.7, "en_lower": 0.2}, "beside": 0.3, **changes,
    }  # fmt: skip
    return evidence.weights()._replace(**values)  # type: ignore[arg-type]


def pieces_of(text: str, chances: dict[str, float], rampart: float = 0.0) -> Pieces:
    """One piece a word; the tagger believes what `chances` says, Rampart as much of each."""
    places = list(units_of(text))
    tagged = np.zeros((len(places), len(tagger.LABELS)), np.float32)
    theirs = np.zeros((len(places), len(LABELS)), np.float32)
    for row, (start, end) in enumerate(places):
        chance = chances.get(text[start:end], 0.01)
        tagged[row, tagger.LABELS.index("name")] = chance
        tagged[row, 0] = 1 - chance
        theirs[row, 1], theirs[row, 0] = rampart, 1 - rampart
    return Pieces(places, tagged, theirs, Shapes(text, lists.names()))


def names_in(
    text: str, chances: dict[str, float], chosen: Weights | None = None, spoken: str = "en"
) -> list[str]:
    found = evidence.words(text, pieces_of(text, chances), LABELS, (), lists.names())
    return [text[one.start : one.end] for one in spans(text, found, chosen or model(), spoken)]


def test_a_word_is_a_name_from_the_threshold_on() -> None:
    text = "Today Zzmaya waits"
    assert names_in(text, {"Zzmaya": 0.6}) == ["Zzmaya"]
    assert names_in(text, {"Zzmaya": 0.4}) == []


def test_each_language_has_its_threshold() -> None:
    text = "Today Zzmaya waits"
    assert names_in(text, {"Zzmaya": 0.6}, spoken="en") == ["Zzmaya"]
    assert names_in(text, {"Zzmaya": 0.6}, spoken="fr") == []


def test_a_message_without_capitals_has_its_own() -> None:
    assert names_in("today zzmaya waits", {"zzmaya": 0.3}) == ["zzmaya"]
    assert names_in("Today zzmaya waits", {"zzmaya": 0.3}) == []


def test_words_beside_each_other_are_one_name() -> None:
    assert names_in("Zzmaya Zzoka waits", {"Zzmaya": 0.9, "Zzoka": 0.9}) == ["Zzmaya Zzoka"]
    assert names_in("Zzmaya, Zzoka waits", {"Zzmaya": 0.9, "Zzoka": 0.9}) == ["Zzmaya", "Zzoka"]
    assert names_in("Zzmaya and Zzoka", {"Zzmaya": 0.9, "Zzoka": 0.9}) == ["Zzmaya", "Zzoka"]


@pytest.mark.parametrize("spoken", ["en", "fr"])
def test_evidence_of_every_kind_is_counted(spoken: str) -> None:
    text = "Maya Smith waits"
    said = (Span(0, 4, "name", 0.7, "spaCy"), Span(5, 10, "organisation", 0.7, "spaCy"))
    pieces = pieces_of(text, {"Maya": 0.9}, rampart=0.5)
    first, second, third = (
        dict(zip(FEATURES, word.evidence, strict=True))
        for word in evidence.words(text, pieces, LABELS, said, lists.names())
    )
    assert first["tagger_most"] > 2 > 0 > second["tagger_most"]
    assert abs(first["rampart_most"]) < 0.01
    assert first["spacy_name"] == 1 and first["spacy_other"] == 0
    assert second["spacy_name"] == 0 and second["spacy_other"] == 1
    assert first["capital"] == 1 and third["capital"] == 0
    assert second["family"] == 1
    assert second["before"] == first["tagger_most"] and first["before"] == third["after"]


def test_a_word_without_a_piece_has_no_evidence_and_does_not_fail() -> None:
    text = "Zzmaya waits"
    tables = np.zeros((0, len(tagger.LABELS))), np.zeros((0, len(LABELS)))
    nothing = Pieces([], *tables, Shapes(text, lists.names()))
    found = evidence.words(text, nothing, LABELS, (), lists.names())
    assert len(found) == 2 and all(word.evidence[0] < -5 for word in found)


def test_the_score_lies_between_nothing_and_one() -> None:
    extreme = model(weights=(1e6,) * len(FEATURES), bias=0.0)
    for value in (-1e6, -1.0, 0.0, 1.0, 1e6):
        score = evidence.score(Word(0, 1, (value,) * len(FEATURES), 1, ordinary=False), extreme)
        assert 0 <= score <= 1


def test_more_evidence_never_lowers_the_score_of_the_fitted_model() -> None:
    """What the detectors of names say counts for a name, in the weights as they are fitted."""
    fitted = evidence.weights()
    together = ("tagger_most", "tagger_mean", "tagger_first")
    assert sum(fitted.weights[FEATURES.index(one)] for one in together) > 0
    assert sum(fitted.weights[FEATURES.index(one)] for one in ("rampart_most", "rampart_first")) > 0
    assert fitted.weights[FEATURES.index("spacy_name")] > 0


def test_the_fitted_file_says_what_it_was_fitted_on() -> None:
    table = json.loads(FILE.read_text(encoding="utf-8"))
    assert set(table["weights"]) == set(FEATURES)
    assert {"en", "fr"} <= set(table["thresholds"])
    assert all(0 < threshold < 1 for threshold in table["thresholds"].values())


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"version": "1"}'])
def test_a_damaged_file_is_an_error(tmp_path: Path, content: str) -> None:
    path = tmp_path / "evidence.json"
    path.write_text(content)
    with pytest.raises((ValueError, KeyError, TypeError)):
        evidence.weights(path)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        evidence.weights(tmp_path / "none.json")


def test_the_moderator_is_told_who_says_so() -> None:
    text = "Maya waits"
    said = (Span(0, 4, "name", 0.7, "spaCy"),)
    found = evidence.words(text, pieces_of(text, {"Maya": 0.9}, 0.4), LABELS, said, lists.names())
    (one,) = spans(text, found, model(), "en")
    assert one.reason.startswith("tagger 0.90, Rampart 0.40") and "spaCy" in one.reason
    assert "list" in one.reason and "Maya" not in one.reason and one.detector == "test-1"


@pytest.mark.parametrize(
    "word",
    [
        "because",
        "avec",
        "lol",
        "Monday",
        "février",
        "vrai",
        "bénévolat",
        "racism",
        "Jumelez-nous",
        "dis-moi",
        "Aide-moi",
    ],
)
def test_an_ordinary_word_needs_more(word: str) -> None:
    strange = Word(0, 5, (0.0,) * len(FEATURES), 1, ordinary=False)
    assert evidence.score(strange._replace(ordinary=True), model()) < evidence.score(
        strange, model()
    )
    (found,) = evidence.words(word, pieces_of(word, {}), LABELS, (), lists.names())
    assert found.ordinary


@pytest.mark.parametrize("word", ["Marie-Ève", "Ji-On", "Linh-Vy", "Jean-Louis", "Inez-Moira"])
def test_a_name_in_two_parts_is_no_command(word: str) -> None:
    (found,) = evidence.words(word, pieces_of(word, {}), LABELS, (), lists.names())
    assert not found.ordinary
