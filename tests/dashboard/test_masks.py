"""Correcting what is hidden on the review page, and the figures under it, in both languages."""

from __future__ import annotations

import pytest

from tests.dashboard.test_staff import at_home, page, words  # noqa: F401  (a fixture)
from tests.factories import open_topic, released, said, voice
from tests.flow.test_corrections import CANARY, TEXT, WORDS, fill, finding, labels
from youthvoice.flow import corrections, review
from youthvoice.flow.context import Context
from youthvoice.model import Language, ReviewItem
from youthvoice.store.corrections import Verdict


def read(context: Context) -> ReviewItem:
    (item,) = review.queue(context)
    return item


def given(context: Context, text: str = WORDS) -> ReviewItem:
    open_topic(context)
    released(finding(context, "bus", "905-555-0177"), text)
    return read(context)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_correction_from_the_page(at_home: Context, language: str) -> None:  # noqa: F811
    item = given(at_home)
    test = page("review", "sacha", language)
    title = "Correct what is hidden" if language == "en" else "Corriger ce qui est masqué"
    assert any(title in one.label for one in test.expander)
    shown = words(test)
    assert "1. [name 1] · " in shown and "scripted 1" in shown and "told" in shown
    assert ("0.75" if language == "en" else "0,75") in shown
    key = f"{item.id}_0"
    test.text_area(key=f"hide_{key}").input(f"{CANARY}\nKim-Lee")
    test.checkbox(key=f"wrong_{item.spans[0].start}_{key}").check()
    kind = test.selectbox(key=f"kind_{key}")
    assert ("student number" if language == "en" else "numéro d’élève") in kind.options
    kind.set_value("handle")
    test.button(key=f"correct_{key}").click().run()
    assert not test.exception and not test.error
    after = read(at_home)
    assert (
        after.text
        == "[handle] and Coach [handle] took the bus.\nAsk [handle]’s mom or call [name 1]"
    )
    assert [one.verdict for one in labels(at_home, item)].count(Verdict.MISSED) == 3
    again = words(test)
    assert "took the bus" in again and CANARY not in again.lower() and "Kim-Lee" not in again
    assert ("a moderator" if language == "en" else "une personne du comité") in again
    assert test.text_area(key=f"hide_{item.id}_1").value == ""


def test_a_refusal_is_a_sentence_and_keeps_what_was_typed(at_home: Context) -> None:  # noqa: F811
    item = given(at_home)
    key = f"{item.id}_0"
    test = page("review", "sacha")
    test.button(key=f"correct_{key}").click().run()
    assert "Say what must be hidden too" in words(test)
    test.text_area(key=f"hide_{key}").input("not there at all")
    test.button(key=f"correct_{key}").click().run()
    assert "line 1" in words(test) and "Nothing was changed" in words(test)
    assert test.text_area(key=f"hide_{key}").value == "not there at all"
    (at_home.settings.keys_dir / "moderator.key").unlink()
    test.text_area(key=f"hide_{key}").input(CANARY)
    test.button(key=f"correct_{key}").click().run()
    assert "YOUTHVOICE_PRIVATE_KEYS" in words(test)
    assert read(at_home) == item and labels(at_home, item) == []


def test_what_waits_for_its_batch_and_what_nobody_can_read(at_home: Context) -> None:  # noqa: F811
    open_topic(at_home)
    item = voice(at_home, said(at_home, "i dont want to be here anymore"))
    assert item.pooled
    test = page("review", "sacha")
    assert "waits for its batch" in words(test)
    assert not [one for one in test.text_area if str(one.key).startswith("hide_")]
    released(finding(at_home, hold="detector failed"), TEXT)
    test.button(key=f"skip_{item.id}").click().run()
    assert "a detector failed on it" in words(test)
    assert not [one for one in test.expander if "Correct" in one.label]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_figures_stand_under_the_messages(at_home: Context, language: str) -> None:  # noqa: F811
    given(at_home)
    shown = words(page("review", "sacha", language))
    assert ("not yet checked" if language == "en" else "pas encore vérifié") in shown
    fill(at_home, corrections.LEAST, Language.FR)
    shown = words(page("review", "sacha", language))
    wanted = "100% (94 to 100)" if language == "en" else "100\u00a0% (de 94 à 100)"
    assert wanted in shown
    assert shown.count("not yet checked" if language == "en" else "pas encore vérifié") == 2


def test_figures_stand_there_too_when_nothing_waits(at_home: Context) -> None:  # noqa: F811
    open_topic(at_home)
    shown = words(page("review", "sacha"))
    assert "Nothing waits" in shown and "How good the masks are" in shown
