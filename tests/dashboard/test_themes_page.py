"""The themes page: the codebook and who signs it, coding without a hint, agreement and accuracy."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboard.test_staff import LOCAL, at_home, page, words  # noqa: F401  (a fixture)
from tests.factories import open_topic, released, topic
from youthvoice.demo.life import ALEX, SACHA
from youthvoice.flow import aggregate, codebooks, coding, collapse, review
from youthvoice.flow.context import Context
from youthvoice.model import (
    Codebook,
    CodebookStatus,
    CodebookTheme,
    ReviewStatus,
    Sample,
    ThemeScore,
)
from youthvoice.store import audit, codings, proposals
from youthvoice.store import codebooks as stored
from youthvoice.strings import Translator

OWN = CodebookTheme(
    "no-bus",
    2,
    "communities",
    {"en": "No bus", "fr": "Pas d’autobus"},
    {"en": "Nothing runs when it is needed.", "fr": "Rien ne roule quand il le faut."},
    {"en": ("no bus after six",), "fr": ("pas d’autobus après 18 h",)},
    {"en": "The price of the ride.", "fr": "Le prix du trajet."},
)
MENTOR = "my mentor number {} helps me with everything at school"


def drafted(context: Context, who=ALEX) -> Codebook:
    codebooks.edit(context, "mentoring", [*codebooks.level_one(context), OWN], who)
    with context.store.read() as tx:
        return stored.get(tx, topic(context).id)


def coding_page(language: str = "en", mode: str = "check", who: str = "sacha") -> AppTest:
    test = page("themes", who, language)
    test.radio(key="themes_view").set_value("code").run()
    test.radio(key="coding_mode").set_value(Sample(mode)).run()
    assert not test.exception
    return test


def press(test: AppTest, label: str) -> None:
    next(one for one in test.button if one.label == label).click().run()
    assert not test.exception, [one.message for one in test.exception]


@pytest.fixture
def signed(at_home: Context) -> Context:  # noqa: F811
    """An open topic with a signed codebook and messages that people may read."""
    open_topic(at_home)
    drafted(at_home)
    codebooks.sign_off(at_home, "mentoring", SACHA)
    released(at_home, *[MENTOR.format(n) for n in range(40)])
    aggregate.aggregate(at_home)
    return at_home


@pytest.mark.parametrize("persona", ["young", "ministry", "operator"])
def test_only_the_committee_sees_it(at_home: Context, persona: str) -> None:  # noqa: F811
    open_topic(at_home)
    assert "another role" in words(page("themes", persona))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_topic_without_its_own_themes_says_how_they_are_made(
    at_home: Context,  # noqa: F811
    language: str,
) -> None:
    assert page("themes", "sacha", language).title
    open_topic(at_home)
    assert "youthvoice themes propose mentoring" in words(page("themes", "sacha", language))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_draft_is_signed_by_somebody_else(at_home: Context, language: str) -> None:  # noqa: F811
    open_topic(at_home)
    drafted(at_home)
    own = page("themes", "alex", language)
    assert own.button(key="sign_mentoring").disabled
    other = page("themes", "sacha", language)
    shown = words(other)
    assert OWN.name["en"] in shown and OWN.name["fr"] in shown
    assert OWN.not_meant[language] in shown and OWN.examples[language][0] in shown
    other.button(key="sign_mentoring").click().run()
    assert not other.exception
    with at_home.store.read() as tx:
        found = stored.get(tx, topic(at_home).id)
        entry = audit.newest(tx)[0]
    assert found.status is CodebookStatus.FROZEN and found.signed_by == "Sacha"
    assert entry.action == "sign off themes"
    assert not [one for one in other.button if one.key == "sign_mentoring"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_checking_shows_nothing_of_the_machine(signed: Context, language: str) -> None:
    test = coding_page(language)
    shown = words(test)
    assert "my mentor number" in shown
    assert "0.5" not in shown and "0,5" not in shown and "proposed for" not in shown
    task = coding.next_task(signed, topic(signed), Sample.CHECK, SACHA)
    key = f"{Sample.CHECK}_{task.item.id}"
    test.checkbox(key=f"theme_no-bus_{key}").check()
    test.radio(key=f"feeling_{key}").set_value("positive")
    press(test, "Save" if language == "en" else "Enregistrer")
    with signed.store.read() as tx:
        (kept,) = codings.of(tx, task.codebook.id)
    assert kept.coding.themes == ("communities", "no-bus")
    assert kept.coding.labels == {"feeling": "positive"} and kept.coding.actor == "Sacha"
    assert task.item.text not in words(test)
    assert "proposed for" not in words(test)


def test_teaching_shows_the_proposal_after_saving_only(signed: Context) -> None:
    task = coding.next_task(signed, topic(signed), Sample.TEACH, SACHA)
    with signed.store.write() as tx:
        proposals.propose(tx, task.item.id, [ThemeScore("no-bus", 0.41, False)], "test")
    test = coding_page(mode="teach")
    assert task.item.text in words(test) and "0.41" not in words(test)
    press(test, "Save")
    assert "No bus 0.41 · not sure" in words(test)
    press(test, "Skip")
    assert "0.41" not in words(test)


def test_skipping_goes_on_and_says_when_nothing_is_left(at_home: Context) -> None:  # noqa: F811
    open_topic(at_home)
    drafted(at_home)
    codebooks.sign_off(at_home, "mentoring", SACHA)
    released(at_home, *[MENTOR.format(n) for n in range(6)])
    test = coding_page()
    while any(one.label == "Skip" for one in test.button):
        press(test, "Skip")
    assert "skipped the rest" in words(test)


def test_a_position_is_asked_only_where_the_question_asks(signed: Context) -> None:
    test = coding_page()
    assert not [one for one in test.radio if str(one.key).startswith("position")]
    with signed.store.write() as tx:
        tx.exec_driver_sql("UPDATE topic SET positions = '[0]' WHERE slug = 'mentoring'")
    test = coding_page()
    assert [one for one in test.radio if str(one.key).startswith("position")]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_agreement_and_accuracy(signed: Context, language: str) -> None:
    test = page("themes", "sacha", language)
    test.radio(key="themes_view").set_value("agreement").run()
    assert not test.exception
    shown = words(test)
    assert "Krippendorff" in shown
    assert Translator(language)("not yet checked (%(n)s of %(least)s)", n=0, least=30) in shown


def test_accuracy_stands_beside_the_chart_once_enough_was_decided(signed: Context) -> None:
    assert "not yet checked (0 of 30)" in words(page("explore", "sacha"))
    for item in review.queue(signed, most=60):
        review.decide(
            signed, item.id, ReviewStatus.RELEASED, ["education"], SACHA,
            labels={"feeling": "neutral"},
        )  # fmt: skip
    aggregate.aggregate(signed)
    shown = words(page("explore", "sacha"))
    assert "have not yet checked enough" not in shown
    assert "95% intervals" in shown and "has not been measured" not in shown


def test_the_explorer_quotes_and_groups(signed: Context) -> None:
    letter = (
        "Please keep the mentors of our school, they help all of us every single week with homework"
    )
    released(signed, *[letter] * signed.settings.min_cell)
    collapse.collapse(signed)
    aggregate.aggregate(signed)
    shown = words(page("explore"))
    assert "Nearly the same texts" in shown and "none released" in shown and letter not in shown
    (item,) = [one for one in review.queue(signed, most=60) if one.text == letter]
    review.decide(signed, item.id, ReviewStatus.RELEASED, ["education"], SACHA)
    aggregate.aggregate(signed)
    test = page("explore")
    test.selectbox(key="explore_quotes_mentoring").set_value("education").run()
    assert letter in words(test) and "released, read by a person" in words(test)
