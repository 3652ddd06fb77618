"""Cases that once went wrong, each with what must be gone or stay."""

from __future__ import annotations

import pytest

from youthvoice.nlp.analyser import HOLD_DETECTOR, HOLD_UNREAD, Analyser
from youthvoice.nlp.pii import plain
from youthvoice.nlp.pii.staying import bare


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Ajax", "ajax"),
        ("Aurora", "aurora"),
        ("Dundas", "dundas"),
        ("the City of Toronto", "toronto"),
        ("l’Ontario", "ontario"),
        ("Lesotho", "lesotho"),
    ],
)
def test_an_article_is_a_word_of_its_own(name: str, wanted: str) -> None:
    assert bare(name) == wanted


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("l’idée d’Anaïs de demander de l’aide était bonne", "Anaïs"),
        ("j’ai vu qu’Étienne attendait l’autobus tout seul", "Étienne"),
        ("le chum d’Olivier travaille trop", "Olivier"),
    ],
)
def test_a_name_that_french_joins_to_a_small_word(analyser: Analyser, text: str, gone: str) -> None:
    (found,) = analyser.analyse([text])
    assert gone not in found.masked.text
    assert text.split(gone)[0].split()[0] in found.masked.text  # what it is joined to stays


def test_a_public_body_with_an_apostrophe_stays(analyser: Analyser) -> None:
    (found,) = analyser.analyse(["we protest at Queen’s Park on Friday"])
    assert "Queen’s Park" in found.masked.text


def test_a_reading_that_fails_holds_its_text_only(
    analyser: Analyser, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = plain.encoded

    def fails(text: str):
        if "BAD" in text:
            raise RuntimeError
        return real(text)

    monkeypatch.setattr(plain, "encoded", fails)
    bad, good = analyser.analyse(["BAD luck with the bus", "the bus is late again"])
    assert bad.hold == HOLD_DETECTOR and good.hold is None


def test_a_name_in_letters_that_no_detector_reads_is_held(analyser: Analyser) -> None:
    (found,) = analyser.analyse(["my teacher मीनाक्षी said no"])
    assert found.hold == HOLD_UNREAD


def test_rural_districts_go_and_urban_ones_stay(analyser: Analyser) -> None:
    rural, urban = analyser.analyse(["no bus comes to P0L at all", "rents in M5V are too high"])
    assert "P0L" not in rural.masked.text and "M5V" in urban.masked.text
