"""A first screening is no release: such messages wait until every detector has looked; a topic's own names."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.factories import AUTHOR, MINISTRY, SECOND, collected, open_topic
from youthvoice import app
from youthvoice.demo import pilot
from youthvoice.errors import Refused
from youthvoice.flow import remask, review
from youthvoice.flow.context import Context
from youthvoice.flow.receive import receive
from youthvoice.model import RawContribution, ReviewItem, ReviewStatus, Topic
from youthvoice.nlp.analyser import HOLD_SCREENED, Analyser
from youthvoice.nlp.pii.staying import Staying
from youthvoice.settings import Settings
from youthvoice.store import audit, topics

TEXT = "my friend Gurpreet likes this program a lot"


def screen(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every message has a first screening only, from now on."""
    analyser = context.analyser()
    assert isinstance(analyser, Analyser)
    monkeypatch.setattr(analyser.anonymiser, "setting", "fast")
    monkeypatch.setattr(analyser.anonymiser, "_reader", None)
    monkeypatch.setattr(analyser.anonymiser, "_read", None)


def only(context: Context) -> ReviewItem:
    (item,) = review.queue(context)
    return item


def test_a_first_screening_is_held_and_cannot_be_released(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_topic(context)
    screen(context, monkeypatch)
    collected(context, TEXT)
    item = only(context)
    assert (item.status, item.hold) == (ReviewStatus.HELD, HOLD_SCREENED)
    for reason in (None, "safe now", "nobody named"):
        with pytest.raises(Refused, match="first screening"):
            review.decide(context, item.id, ReviewStatus.RELEASED, [], SECOND, reason)
    assert only(context).status == ReviewStatus.HELD


def test_it_can_be_rejected(lite: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    open_topic(lite)
    screen(lite, monkeypatch)
    collected(lite, TEXT)
    review.decide(lite, only(lite).id, ReviewStatus.REJECTED, [], SECOND, review.REASONS[0])
    assert review.queue(lite) == []


def test_every_detector_looks_again(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    open_topic(context)
    screen(context, monkeypatch)
    collected(context, TEXT)
    before = only(context)
    monkeypatch.undo()
    assert remask.remask(context, SECOND) == (1, 0)
    after = only(context)
    assert (after.id, after.status, after.hold) == (before.id, ReviewStatus.WAITING, None)
    assert "Gurpreet" not in str(after.text) and "program" in str(after.text)
    with context.store.read() as tx:
        assert any("open original" in entry.action for entry in audit.newest(tx))
    review.decide(context, after.id, ReviewStatus.RELEASED, [], SECOND)


def test_a_second_screening_changes_nothing(lite: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    open_topic(lite)
    screen(lite, monkeypatch)
    collected(lite, TEXT)
    assert remask.remask(lite, SECOND) == (0, 1)
    assert only(lite).hold == HOLD_SCREENED


def test_only_the_committee_has_them_looked_at(lite: Context) -> None:
    with pytest.raises(Refused):
        remask.remask(lite, MINISTRY)
    assert remask.remask(lite, SECOND) == (0, 0)


def test_what_could_be_recognised_is_held_and_may_be_released_by_a_person(lite: Context) -> None:
    open_topic(lite)
    collected(lite, "I’m the only girl on the football team")
    item = only(lite)
    assert item.status == ReviewStatus.HELD and item.hold == "could be recognised"
    review.decide(lite, item.id, ReviewStatus.RELEASED, [], SECOND)


# --- a topic's own list

KEPT = """as_of = 2026-11-22
places = []
bodies = []
people = []
[topic.mentoring]
names = ["Gurpreet Sandhu"]
"""


@pytest.fixture
def own_list(
    settings: Settings, analyser: Analyser, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Context]:
    """A home whose list lets a name stay in one topic; the models are those of the session."""
    from youthvoice import defaults

    folder = Path(settings.home) / "config"
    folder.mkdir(parents=True)
    (folder / "kept.toml").write_text(KEPT, encoding="utf-8")
    app.prepare(settings)
    kept = defaults.kept(settings.home)
    monkeypatch.setattr(analyser.anonymiser, "_staying", Staying(kept, 50_000))
    built = app.build(settings, lambda: analyser)
    yield built
    built.store.close()


def second_topic(context: Context) -> Topic:
    opened = context.settings.today().date()
    made = dataclasses.replace(pilot.mentoring(opened, AUTHOR.name), slug="skating")
    review.propose_topic(context, made, AUTHOR)
    with context.store.read() as tx:
        return topics.get(tx, "skating")


def test_a_name_of_a_topics_list_stays_in_that_topic_only(own_list: Context) -> None:
    here, there = open_topic(own_list), second_topic(own_list)
    said = "my friend Gurpreet Sandhu and my friend Siobhan Murphy want a rink"
    for number, topic in enumerate((here, there)):
        message = RawContribution("sandbox", f"m{number}", said, date(2026, 11, 20))
        assert receive(own_list, topic.id, [message]).accepted == 1
    shown = {item.topic: str(item.text) for item in review.queue(own_list)}
    assert "Gurpreet Sandhu" in shown["mentoring"] and "Gurpreet" not in shown["skating"]
    assert not any("Siobhan" in text for text in shown.values())
