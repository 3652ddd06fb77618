"""The dashboard's logic with Streamlit's own test runner: roles, decisions, both languages."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import session
from tests.factories import AUTHOR, SECOND, collected, open_topic, proposed_topic, topic
from youthvoice.demo.life import ALEX
from youthvoice.flow import review
from youthvoice.flow.context import Context
from youthvoice.model import ReviewStatus, TopicStatus
from youthvoice.settings import Settings
from youthvoice.store import audit, contributions, responses

FOLDER = Path(__file__).resolve().parents[2] / "dashboard"
LOCAL = {"Host": "127.0.0.1:8501"}


@pytest.fixture
def at_home(lite: Context, monkeypatch: pytest.MonkeyPatch) -> Context:
    # Streamlit's runner puts the page in place of __main__, which new worker processes would import.
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    monkeypatch.setattr(session, "context", lambda: lite)
    monkeypatch.setattr(session, "request_headers", lambda: LOCAL)
    return lite


def on_a_public_address(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    """Show a context whose links cost something; the roles can be played though it is not loopback."""
    monkeypatch.setattr(session, "context", lambda: context)
    monkeypatch.setattr(session, "may_play", lambda *_args: True)


def page(name: str, persona: str = "young", language: str = "en") -> AppTest:
    """A page by itself, as the one who is chosen sees it."""
    test = AppTest.from_file(str(FOLDER / "app_pages" / f"{name}.py"), default_timeout=60)
    test.session_state["persona"] = persona
    test.session_state["language"] = language
    test.run()
    assert not test.exception, [one.message for one in test.exception]
    return test


def words(test: AppTest) -> str:
    kinds = (test.title, test.header, test.subheader, test.markdown, test.info, test.error,
             test.success, test.warning)  # fmt: skip
    found = [str(element.value) for kind in kinds for element in kind]
    found += [str(element.proto.body) for element in test.get("html")]
    return "\n".join(found)


def test_the_role_switch_works_on_loopback_only() -> None:
    demo = Settings()
    assert session.may_play(demo, LOCAL)
    assert session.may_play(demo, {"host": "localhost:8501"})
    assert session.may_play(demo, {"host": "[::1]:8501"})
    for name in ("Via", "X-Forwarded-Proto", "CF-Ray", "Forwarded", "X-Real-IP"):
        assert not session.may_play(demo, {**LOCAL, name: "x"})
    for name in ("dashboard_url", "public_url"):
        changed = demo.model_copy(update={name: "https://voices.example.org"})
        assert not session.may_play(changed, LOCAL)  # behind a proxy that adds no header
    assert not session.may_play(demo, {})
    assert not session.may_play(demo, {"host": "dashboard.example.org"})
    assert not session.may_play(demo, {"host": "127.0.0.1.example.org"})
    assert not session.may_play(demo, {**LOCAL, "X-Forwarded-For": "203.0.113.9"})
    assert not session.may_play(demo.model_copy(update={"demo": False}), LOCAL)
    assert not session.may_play(demo.model_copy(update={"dashboard_host": "0.0.0.0"}), LOCAL)


@pytest.mark.parametrize("name", ["review", "topics", "answers", "ministry", "operations", "costs"])
def test_staff_pages_stay_closed_to_others(at_home: Context, name: str, monkeypatch) -> None:
    open_topic(at_home)
    collected(at_home, "zebracanary and the bus")
    for persona, headers in (("young", LOCAL), ("sacha", {"Host": "elsewhere.example.org"})):
        monkeypatch.setattr(session, "request_headers", lambda found=headers: found)
        test = page(name, persona)
        assert "another role" in words(test) and "zebracanary" not in words(test)
        assert not test.button


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_explorer(at_home: Context, language: str) -> None:
    open_topic(at_home)
    collected(at_home, *[f"homework number {n}" for n in range(12)], "no bus")
    test = page("explore", language=language)
    assert [metric.value for metric in test.metric] == ["13", "13", "0"]
    shown = words(test)
    assert ("withheld" if language == "en" else "non montré") in shown
    assert ("not a vote" if language == "en" else "ni un vote") in shown
    for by in ("question", "language", "channel", "week", "day"):
        test.selectbox(key="explore_by").set_value(by).run()
        assert not test.exception
    test.selectbox(key="explore_split_day").set_value("language").run()
    assert not test.exception


def test_nothing_to_explore_says_what_will_be_here(at_home: Context) -> None:
    assert "appears here" in words(page("explore"))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_reading_a_message_and_deciding(at_home: Context, language: str) -> None:
    open_topic(at_home)
    collected(at_home, "my mentor helped me with homework")
    test = page("review", "sacha", language)
    assert "my mentor helped me" in words(test)
    (item,) = review.queue(at_home)
    test.pills[0].set_value(["education"])
    test.button(key=f"released_{item.id}").click().run()
    assert not test.exception
    with at_home.store.read() as tx:
        after = contributions.get(tx, item.id)
        newest = audit.newest(tx)[0]
    assert after.status == ReviewStatus.RELEASED and after.decided == ("education",)
    assert newest.actor.startswith("Sacha")
    assert ("Nothing waits" if language == "en" else "Rien ne vous attend") in words(test)


def test_a_held_message_says_why_and_needs_a_reason(at_home: Context) -> None:
    open_topic(at_home)
    collected(at_home, "i dont want to be here anymore", "homework")
    test = page("review", "sacha")
    assert "Risk level 3 of 5" in words(test)
    item = review.queue(at_home)[0]
    test.button(key=f"released_{item.id}").click().run()
    assert "Say why" in words(test)
    test.selectbox(key=f"reason_{item.id}").set_value("safe now")
    test.button(key=f"released_{item.id}").click().run()
    with at_home.store.read() as tx:
        assert contributions.get(tx, item.id).status == ReviewStatus.RELEASED


def test_the_queue_shows_what_people_wrote_as_text(at_home: Context) -> None:
    open_topic(at_home)
    collected(at_home, "<img src=x onerror=alert(1)> the bus is late")
    assert "<img" not in words(page("review", "sacha"))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_second_person_approves_in_the_dashboard(at_home: Context, language: str) -> None:
    from dataclasses import replace
    from datetime import date

    from youthvoice.demo import pilot

    review.propose_topic(
        at_home, replace(pilot.mentoring(date.today(), ALEX.name), slug="mentoring"), ALEX
    )
    own = page("topics", "alex", language)
    assert own.button(key="approve_mentoring").disabled
    other = page("topics", "sacha", language)
    other.button(key="approve_mentoring").click().run()
    assert not other.exception and topic(at_home).status == TopicStatus.APPROVED


def test_sending_a_topic_back(at_home: Context) -> None:
    proposed_topic(at_home)
    page("topics", "sacha").button(key="back_mentoring").click().run()
    assert topic(at_home).status == TopicStatus.DRAFT


def test_an_answer_from_the_ministry_to_its_approval(at_home: Context) -> None:
    open_topic(at_home)
    collected(at_home, *["no bus in my town"] * 12)
    test = page("ministry", "ministry")
    assert "12 messages" in words(test) and "57 days left" in words(test)
    submit = next(b for b in test.button if "Submit" in b.label)
    submit.click().run()
    assert "Both languages" in words(test)
    for field in ("said", "did", "reason"):
        for language in ("en", "fr"):
            test.text_area(key=f"{field}_{language}_mentoring").set_value(f"{field} {language}")
    next(b for b in test.button if "Submit" in b.label).click().run()
    with at_home.store.read() as tx:
        (written,) = responses.every(tx)
    assert written.said == {"en": "said en", "fr": "said fr"}
    other = page("answers", "sacha")
    assert "did fr" in words(other)
    other.button(key=f"approve_{written.id}").click().run()
    with at_home.store.read() as tx:
        assert responses.get(tx, written.id).status == "approved"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_operations(at_home: Context, language: str) -> None:
    from datetime import UTC, datetime

    from jobs import guard

    open_topic(at_home)

    def fails(_context: Context) -> dict[str, int]:
        raise RuntimeError("CANARY")

    slot = datetime(2026, 11, 10, 15, tzinfo=UTC)
    guard.run_once(at_home, "aggregate", slot, lambda _c: {"topics": 1})
    guard.run_once(at_home, "collect", slot, fails)
    shown = words(page("operations", "operator", language))
    assert "RuntimeError" in shown and "CANARY" not in shown
    assert ("Aggregate" if language == "en" else "Calcul des totaux") in shown


@pytest.mark.parametrize("language", ["en", "fr"])
def test_costs(at_home: Context, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    from tests.platform import opened, with_x
    from youthvoice.flow import collect

    shown = words(page("costs", "operator", language))
    assert ("No platform that costs" if language == "en" else "Aucune plateforme payante") in shown
    context, x = with_x(at_home, cap=1.0)
    own = opened(context)
    x.say("kid", "hello", own["en", 1])
    collect.collect(context)
    on_a_public_address(context, monkeypatch)
    test = page("costs", "operator", language)
    shown = words(test)
    tables = "\n".join(str(element.proto.body) for element in test.get("html"))
    assert "X" in shown and "docs.x.com" in shown
    assert ("A voice" if language == "en" else "Une voix") in tables + shown


@pytest.mark.parametrize("language", ["en", "fr"])
def test_operations_ask_a_person_and_say_where_to_look(
    at_home: Context, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    import time_machine

    from tests.platform import with_x
    from youthvoice.flow import post

    context, x = with_x(at_home)
    proposed_topic(context)
    review.approve_topic(context, "mentoring", SECOND)
    with time_machine.travel(context.now(), tick=False) as clock:
        x.fault = lambda kind: "lost" if kind == "write" else "503"
        for _ in range(14):
            post.post(context)
            clock.shift(3700)
        on_a_public_address(context, monkeypatch)
        shown = words(page("operations", "operator", language))
    assert "https://x.com/YouthVoiceON/with_replies" in shown and "--not-there" in shown


def test_operations_say_that_a_channel_is_dry(
    at_home: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.platform import with_x

    context, _x = with_x(at_home, live="")
    on_a_public_address(context, monkeypatch)
    assert "YOUTHVOICE_LIVE" in words(page("operations", "operator"))


def test_a_topic_is_approved_with_or_without_its_address(
    at_home: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.platform import with_x
    from youthvoice.store import postings

    context, _x = with_x(at_home)
    proposed_topic(context)
    on_a_public_address(context, monkeypatch)
    test = page("topics", "sacha")
    (choice,) = test.checkbox
    assert "US$" in choice.label
    choice.uncheck().run()
    next(one for one in test.button if one.label == "Approve").click().run()
    with context.store.read() as tx:
        texts = [row.text for row in postings.of_topic(tx, topic(context).id)]
    assert texts and not any("youthvoice.example.ca" in text for text in texts)


def test_factories_names_are_not_the_demos() -> None:
    assert ALEX.name not in (AUTHOR.name, SECOND.name)
