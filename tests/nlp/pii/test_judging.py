"""What the detectors found becomes spans: places and organisations, and the fast setting's own lists."""

from __future__ import annotations

import numpy as np
import pytest

from youthvoice.model import Language, Span
from youthvoice.nlp.analyser import Analyser
from youthvoice.nlp.pii import judging, lists, tagger
from youthvoice.nlp.pii.evidence import RAMPART_NAMES, units_of
from youthvoice.nlp.pii.judging import Findings, fast, thorough
from youthvoice.nlp.pii.reader import Pieces
from youthvoice.nlp.pii.shape import Shapes

LARGE = 50_000
LABELS = ("O", *RAMPART_NAMES, *judging._RAMPART_PLACES)


def findings(
    text: str,
    spacy: tuple[Span, ...] = (),
    forms: tuple[Span, ...] = (),
    tagged: dict[str, tuple[str, float]] | None = None,
) -> Findings:
    """What detectors would say: `tagged` gives a word its label of the tagger with a probability."""
    places = list(units_of(text))
    table = np.zeros((len(places), len(tagger.LABELS)), np.float32)
    rampart = np.zeros((len(places), len(LABELS)), np.float32)
    table[:, 0] = rampart[:, 0] = 1
    for row, (start, end) in enumerate(places):
        if found := (tagged or {}).get(text[start:end]):
            label, chance = found
            table[row] = 0
            table[row, tagger.LABELS.index(label)], table[row, 0] = chance, 1 - chance
    pieces = Pieces(places, table, rampart, Shapes(text, lists.names()))
    return Findings(text, Language.EN, spacy, forms, pieces)


def found(given: Findings, kind: str, setting: str = "thorough") -> list[str]:
    """The texts of the spans of a kind."""
    spans = (
        thorough(given, lists.names(), LARGE, LABELS)
        if setting == "thorough"
        else fast(given, lists.names(), LARGE)
    )
    return [given.text[one.start : one.end] for one in spans if one.kind == kind]


def test_forms_are_always_in() -> None:
    form = Span(5, 17, "phone", 0.9, "patterns", "form of a telephone number")
    given = findings("call 416-555-0142", forms=(form,))
    for setting in ("thorough", "fast"):
        assert found(given, "phone", setting) == ["416-555-0142"]


def test_a_place_that_the_tagger_is_sure_of() -> None:
    text = "we met at Zzbrook Zzfalls today"
    sure = {"Zzbrook": ("place", 0.9), "Zzfalls": ("place", 0.8)}
    assert found(findings(text, tagged=sure), "place") == ["Zzbrook Zzfalls"]
    unsure = {"Zzbrook": ("place", 0.3)}
    assert found(findings(text, tagged=unsure), "place") == []


def test_an_organisation_needs_more() -> None:
    text = "we met at Zzbrook today"
    assert found(findings(text, tagged={"Zzbrook": ("organisation", 0.9)}), "organisation")
    assert not found(findings(text, tagged={"Zzbrook": ("organisation", 0.6)}), "organisation")


@pytest.mark.parametrize("setting", ["thorough", "fast"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("i live in Moosonee now", ["Moosonee"]),
        ("they moved to Sioux Lookout last year", ["Sioux Lookout"]),
        ("on vient de Hearst", ["Hearst"]),
        ("j’habite à Kapuskasing", ["Kapuskasing"]),
        ("i live in Toronto now", []),
        ("i believe in Moonshine now", []),
        ("moosonee without a word of where", []),
    ],
)
def test_listed_small_places(text: str, expected: list[str], setting: str) -> None:
    assert found(findings(text), "place", setting) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ask my friend Jayden about it", ["Jayden"]),
        ("ask my friend jayden about it", []),
        ("Michael said so", []),  # the first word has a capital anyway
        ("then said Olivia’s mom", ["Olivia’s"]),
    ],
)
def test_the_fast_setting_knows_listed_given_names(text: str, expected: list[str]) -> None:
    assert found(findings(text), "name", "fast") == expected


def test_the_fast_setting_believes_spacy_of_names_and_places_only() -> None:
    text = "Zzmaya of Zzcorp in Zzbrook"
    spacy = (
        Span(0, 6, "name", 0.7, "spaCy"),
        Span(10, 16, "organisation", 0.7, "spaCy"),
        Span(20, 27, "place", 0.7, "spaCy"),
    )
    given = findings(text, spacy=spacy)
    assert found(given, "name", "fast") == ["Zzmaya"]
    assert found(given, "place", "fast") == ["Zzbrook"]
    assert found(given, "organisation", "fast") == []


def test_thorough_without_the_reader_is_an_error_and_no_silence() -> None:
    with pytest.raises(ValueError):
        thorough(findings("Maya")._replace(pieces=None), lists.names(), LARGE, LABELS)


def test_no_words_no_spans() -> None:
    for text in ("", "😀", "..."):
        for setting in ("thorough", "fast"):
            assert found(findings(text), "name", setting) == []


def test_the_labels_of_places_are_those_of_the_encoder(analyser: Analyser) -> None:
    reader = analyser.anonymiser._reader
    assert reader is not None
    assert {*judging._RAMPART_PLACES, *RAMPART_NAMES} <= set(reader.labels)
