"""What is kept only for a time goes when its time is over, and the dry run says what it will be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import func, select

from tests.factories import SECOND, open_topic, released, said, topic, voice
from youthvoice.errors import NotFound
from youthvoice.flow import aggregate, forget, receipts, release, review
from youthvoice.flow.context import Context
from youthvoice.flow.import_file import import_file
from youthvoice.flow.originals import open_original
from youthvoice.model import ReviewStatus
from youthvoice.store import audit, rollups, runs, tables

BUS = "the bus is always late in my town"


@pytest.fixture
def clock(context: Context) -> Iterator[time_machine.Traveller]:
    """A noon that stands still."""
    noon = context.settings.today().replace(hour=12, minute=0, second=0, microsecond=0)
    with time_machine.travel(noon, tick=False) as travel:
        open_topic(context)
        yield travel


def with_masked_days(context: Context, days: int) -> Context:
    return replace(context, settings=context.settings.model_copy(update={"keep_masked_days": days}))


def rows(context: Context, table) -> int:
    with context.store.read() as tx:
        return int(tx.execute(select(func.count()).select_from(table)).scalar() or 0)


def forgotten(context: Context) -> forget.Forgotten:
    """What was destroyed; the dry run said the same before, and destroyed nothing."""
    planned = forget.plan(context)
    assert forget.plan(context) == planned
    done = forget.forget(context)
    assert done == planned
    assert forget.plan(context) == (0, 0, 0, 0)
    return done


def test_what_is_young_stays(context: Context, clock: time_machine.Traveller) -> None:
    released(context, BUS)
    clock.shift(timedelta(days=90))
    done = forgotten(with_masked_days(context, 365))
    assert (done.originals, done.masked_texts) == (0, 0)
    assert rows(context, tables.sealed_original) == 1


def test_originals_go_by_their_day(context: Context, clock: time_machine.Traveller) -> None:
    (old,) = released(context, BUS)
    clock.shift(timedelta(days=1))
    (young,) = released(context, "no library in our village")
    clock.shift(timedelta(days=90))
    assert forgotten(context).originals == 1
    with pytest.raises(NotFound, match="no original"):
        open_original(context, voice(context, old).id, SECOND, "writer asked")
    assert open_original(context, voice(context, young).id, SECOND, "writer asked")
    assert rows(context, tables.data_key) == 2
    found = receipts.look(context, old)
    assert found is not None and "bus" in str(found.text)  # the masked text stays


def test_rows_kept_aside_go_too(
    context: Context, clock: time_machine.Traveller, tmp_path: Path
) -> None:
    file = tmp_path / "c.csv"
    file.write_text("id,comment\n1,the bus\n2,\n3,a,b\n", encoding="utf-8")
    import_file(context, file, "mentoring", {"text": "comment", "id": "id"})
    assert rows(context, tables.sealed_original) == 3
    clock.shift(timedelta(days=91))
    assert forgotten(context).originals == 3
    assert rows(context, tables.sealed_original) == rows(context, tables.data_key) == 0
    assert rows(context, tables.kept_aside) == 2  # that there were such rows is still known


def test_answers_in_a_thread_go_by_their_own_day(
    context: Context, clock: time_machine.Traveller
) -> None:
    (mine,) = released(context, BUS)
    clock.shift(timedelta(days=60))
    review.ask(context, voice(context, mine).id, "How late?", SECOND)
    receipts.reply(context, mine, "an hour or more")
    clock.shift(timedelta(days=31))
    assert forgotten(context).originals == 1
    reply = review.thread(context, voice(context, mine).id)[-1]
    assert open_original(context, reply.id, SECOND, "writer asked") == "an hour or more"
    clock.shift(timedelta(days=60))
    assert forgotten(context).originals == 1
    assert review.thread(context, voice(context, mine).id)[-1].text


def test_masked_texts_go_after_their_topic_ended(
    context: Context, clock: time_machine.Traveller
) -> None:
    brief = with_masked_days(context, 10)
    mine, _other = released(context, BUS, "no library in our village")
    review.ask(context, voice(context, mine).id, "How late?", SECOND)
    receipts.reply(context, mine, "an hour or more")
    review.decide(context, voice(context, mine).id, ReviewStatus.RELEASED, ["civic"], SECOND)
    aggregate.aggregate(context)
    closes = topic(context).closes_on
    clock.shift(timedelta(days=(closes - context.settings.today().date()).days + 10))
    assert forgotten(brief).masked_texts == 0
    clock.shift(timedelta(days=1))
    assert forgotten(brief).masked_texts == 2
    item = voice(context, mine)
    assert (item.text, item.status, item.decided) == (None, ReviewStatus.RELEASED, ("civic",))
    assert rows(context, tables.thread_message) == 0
    assert rows(context, tables.masked_key) == rows(context, tables.likeness) == 0
    aggregate.aggregate(context)
    with context.store.read() as tx:
        found = rollups.totals(tx, topic(context).id)
    assert found is not None and (found.messages, found.released) == (2, 1)


def test_on_the_topic_that_never_ends_each_text_has_its_own_time(
    context: Context, clock: time_machine.Traveller
) -> None:
    brief = with_masked_days(context, 10)
    old = said(context, "nobody asks us about homework", slug="own-issue")
    clock.shift(timedelta(days=5))
    young = said(context, "and nobody asks us about sports", slug="own-issue")
    release.release(context)
    clock.shift(timedelta(days=6))
    assert forgotten(brief).masked_texts == 1
    assert voice(context, old).text is None and voice(context, young).text


def test_masked_texts_are_kept_unless_a_setting_says_otherwise(
    context: Context, clock: time_machine.Traveller
) -> None:
    released(context, BUS)
    assert context.settings.keep_masked_days == 0
    clock.shift(timedelta(days=4_000))
    assert forgotten(context).masked_texts == 0


def test_many_go_in_pieces_and_each_piece_is_written_down(
    context: Context, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forget, "AT_ONCE", 2)
    released(context, *[f"{BUS}, says number {number}" for number in range(5)])
    clock.shift(timedelta(days=120))
    done = forgotten(with_masked_days(context, 10))
    assert (done.originals, done.masked_texts) == (5, 5)
    with context.store.read() as tx:
        entries = [(one.action, one.subject) for one in audit.newest(tx)]
    for action, noun in (("forget originals", "originals"), ("forget masked texts", "messages")):
        counts = [subject for found, subject in entries if found == action]
        assert sorted(counts) == [f"1 {noun}", f"2 {noun}", f"2 {noun}"]


def test_records_of_jobs_and_moments_of_posts(
    context: Context, clock: time_machine.Traveller
) -> None:
    for state in (runs.DONE, runs.FAILED):
        with context.store.write() as tx:
            run = runs.take(tx, f"collect {state}", context.now(), "h:1", context.now())
            assert run is not None
            runs.finish(tx, run, state, {}, None, context.now())
    clock.shift(timedelta(days=3))
    assert forgotten(context).runs == 1
    clock.shift(timedelta(days=28))
    done = forgotten(context)
    assert done.runs == 1 and done.times > 0


def test_an_empty_turn_leaves_no_entry(context: Context, clock: time_machine.Traveller) -> None:
    before = rows(context, tables.audit)
    forget.forget(context)
    assert rows(context, tables.audit) == before
