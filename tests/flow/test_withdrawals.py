"""Taking a voice back: everything it said is destroyed, that it was counted stays."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import func, select, text

from tests.factories import LETTER, SECOND, network, open_topic, released, reply, said, topic, voice
from youthvoice.errors import Refused
from youthvoice.flow import aggregate, collapse, collect, receipts, release, review, witness
from youthvoice.flow.context import Context
from youthvoice.model import ReviewStatus, SelfDescription, Stage
from youthvoice.store import audit, contributions, destruction, rollups, tables

BUS = "CANARYBUS the bus is always late in my town, every single morning"
OTHER = "there is no library where I live and no place to do homework"
GONE = (
    tables.masked_key,
    tables.self_description,
    tables.thread_message,
    tables.sealed_original,
    tables.data_key,
    tables.likeness,
    tables.likeness_band,
)


def rows(context: Context, *names: object) -> dict[str, int]:
    with context.store.read() as tx:
        return {
            table.name: int(tx.execute(select(func.count()).select_from(table)).scalar() or 0)
            for table in (names or GONE)
        }


def totals(context: Context) -> tuple[int, int]:
    aggregate.aggregate(context, force=True)
    with context.store.read() as tx:
        found = rollups.totals(tx, topic(context).id)
    assert found is not None
    return found.messages, found.withdrawn


def sliced(context: Context) -> list[tuple[object, ...]]:
    """Every exact figure, before small ones are withheld."""
    with context.store.read() as tx:
        return [
            (*sorted(cell.values.items()), cell.messages, cell.texts)
            for dimensions in rollups.slices()
            for cell in rollups.count(tx, topic(context).id, dimensions)
        ]


def talked(context: Context) -> str:
    """A message with all that can hang on one; its receipt."""
    mine = said(context, BUS, about=SelfDescription("16-18", "P0", "fr", ("rural",)))
    release.release(context)
    collapse.collapse(context)
    review.ask(context, voice(context, mine).id, "How late is it?", SECOND)
    receipts.reply(context, mine, "CANARYREPLY an hour")
    return mine


def test_everything_that_was_said_is_gone(context: Context) -> None:
    open_topic(context)
    mine = talked(context)
    assert all(rows(context).values()), rows(context)
    ident = voice(context, mine).id
    assert receipts.withdraw(context, mine)
    assert not any(rows(context).values()), rows(context)
    with context.store.read() as tx:
        row = tx.execute(select(tables.contribution).where(tables.contribution.c.id == ident)).one()
    assert row.spans == row.objections == row.risk_reasons == []
    for gone in ("masked", "author_key", "ref", "version", "objected", "replied", "hold"):
        assert row._mapping[gone] is None, gone
    assert row.status == str(ReviewStatus.WITHDRAWN)


def test_others_keep_what_they_said(context: Context) -> None:
    open_topic(context)
    mine = talked(context)
    (other,) = released(context, OTHER)
    receipts.withdraw(context, mine)
    found = receipts.look(context, other)
    assert found is not None and "library" in str(found.text)
    assert voice(context, other).status == ReviewStatus.WAITING


def test_a_letter_that_others_sent_too_is_still_one_text(context: Context) -> None:
    open_topic(context)
    context.keys.pepper = b"p" * 32  # what is nearly the same depends on it, by a hair
    first, second = released(context, LETTER, LETTER.replace("Dear", "Hello"))
    collapse.collapse(context)
    receipts.withdraw(context, first)
    released(context, LETTER.replace("half", "two"))
    collapse.collapse(context)
    with context.store.read() as tx:
        assert rollups.count_total(tx, topic(context).id) == (3, 1)
    assert all(rows(context, tables.likeness, tables.likeness_band).values())
    receipts.withdraw(context, second)


def test_totals_stay(context: Context) -> None:
    open_topic(context)
    mine, _other = released(context, BUS, OTHER)
    review.decide(context, voice(context, mine).id, ReviewStatus.RELEASED, ["civic"], SECOND)
    assert totals(context) == (2, 0)
    receipts.withdraw(context, mine)
    assert totals(context) == (2, 1)


@pytest.mark.parametrize("leftover", [False, True])
def test_what_was_withdrawn_before_its_batch_never_counts(context: Context, leftover: bool) -> None:
    open_topic(context)
    mine, _other = said(context, BUS), said(context, OTHER)
    assert receipts.withdraw(context, mine)
    assert release.release(context).released == 1
    release.release(context, leftover)
    assert totals(context) == (1, 0)
    assert len(review.queue(context)) == 1


def test_what_its_receipt_shows_afterwards(context: Context) -> None:
    open_topic(context)
    mine = talked(context)
    receipts.withdraw(context, mine)
    found = receipts.look(context, mine)
    assert found is not None and found.stage == Stage.WITHDRAWN
    assert (found.text, list(found.thread), found.may_reply) == (None, [], False)


def test_nothing_more_can_be_done_with_it(context: Context) -> None:
    open_topic(context)
    mine = talked(context)
    ident = voice(context, mine).id
    receipts.withdraw(context, mine)
    assert not receipts.withdraw(context, mine)
    assert not receipts.reply(context, mine, "one more thing")
    assert not receipts.object_to(context, mine, "communities")
    for act in (
        lambda: review.ask(context, ident, "Why?", SECOND),
        lambda: review.decide(context, ident, ReviewStatus.RELEASED, [], SECOND),
    ):
        with pytest.raises(Refused):
            act()
    assert review.queue(context) == [] and review.thread(context, ident) == []


def test_the_trail_does_not_tell_when(context: Context) -> None:
    """An entry beside others would tell when somebody sat at their phone; the day's count does not."""
    open_topic(context)
    mine, other = released(context, BUS, OTHER)
    with context.store.read() as tx:
        before = audit.count(tx)
    for receipt in (mine, other):
        receipts.withdraw(context, receipt)
    with context.store.read() as tx:
        assert audit.count(tx) == before
    witness.witness(context)
    with context.store.read() as tx:
        newest = audit.newest(tx)[0]
    assert "withdrawn" in newest.action and newest.subject.startswith("2 ")


def test_totals_do_not_move_when_somebody_withdraws(context: Context) -> None:
    """Or the moment of it could be read from them."""
    open_topic(context)
    mine, _other = released(context, BUS, OTHER)
    aggregate.aggregate(context)
    receipts.withdraw(context, mine)
    assert aggregate.aggregate(context, "mentoring").topics == 0


def test_the_journal_holds_the_id_and_nothing_else(lite: Context) -> None:
    open_topic(lite)
    (mine,) = released(lite, BUS)
    ident = voice(lite, mine).id
    receipts.withdraw(lite, mine)
    journal = lite.settings.home / "withdrawn.txt"
    assert journal.read_text() == f"{ident}\n"
    assert journal.stat().st_mode & 0o077 == 0


def test_nothing_of_it_stays_in_the_files(lite: Context) -> None:
    """Under its key, not even the locked words: rows are overwritten, also in the journal file."""
    open_topic(lite)
    (mine,) = released(lite, BUS)
    ident = voice(lite, mine).id
    with lite.store.read() as tx:
        row = tx.execute(
            select(tables.contribution.c.masked, tables.masked_key.c.key)
            .join(tables.masked_key)
            .where(tables.contribution.c.id == ident)
        ).one()
    files = list(lite.settings.home.glob("youthvoice.sqlite3*"))
    assert any(row.key in path.read_bytes() for path in files)
    receipts.withdraw(lite, mine)
    for path in lite.settings.home.glob("youthvoice.sqlite3*"):
        kept = path.read_bytes()
        assert not any(part in kept for part in (row.key, row.masked[12:60], b"CANARYBUS"))


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_once_a_day_no_key_stays_in_the_files_of_postgresql(context: Context) -> None:
    """PostgreSQL leaves the bytes of a deleted row as they were until the table is written anew."""
    open_topic(context)
    mine, *_others = released(context, BUS, OTHER, "no bus on Sundays")
    ident = voice(context, mine).id
    with context.store.read() as tx:
        keys = {
            "masked_key": tx.execute(
                select(tables.masked_key.c.key).where(tables.masked_key.c.contribution_id == ident)
            ).scalar_one(),
            "data_key": tx.execute(
                select(tables.data_key.c.wrapped).where(tables.data_key.c.item_id == ident)
            ).scalars().all()[0],
        }  # fmt: skip
    receipts.withdraw(context, mine)
    context.store.tidy(thorough=True)
    with context.store.write() as tx:
        tx.execute(text("CHECKPOINT"))
    with context.store.read() as tx:
        for name, key in keys.items():
            path = f"SELECT pg_read_binary_file(pg_relation_filepath('{name}'))"
            found = bytes(key) in bytes(tx.execute(text(path)).scalar_one())
            assert not found


def test_a_process_without_private_keys_withdraws(lite: Context) -> None:
    open_topic(lite)
    (mine,) = released(lite, BUS)
    for path in lite.settings.keys_dir.glob("*.key"):
        path.unlink()
    elsewhere = lite.settings.model_copy(update={"private_keys": lite.settings.home / "none"})
    assert receipts.withdraw(replace(lite, settings=elsewhere), mine)
    with lite.store.read() as tx:
        assert contributions.status_counts(tx)["withdrawn"] == 1


def test_what_was_rejected_is_not_counted_once_it_is_taken_back(context: Context) -> None:
    """Nor does a total move then, which would tell the moment."""
    open_topic(context)
    mine, _other = released(context, BUS, OTHER)
    review.decide(context, voice(context, mine).id, ReviewStatus.REJECTED, [], SECOND, "insult")
    assert totals(context) == (1, 0)
    before = sliced(context)
    receipts.withdraw(context, mine)
    assert aggregate.aggregate(context).topics == 0
    assert totals(context) == (1, 1) and sliced(context) == before
    with context.store.write() as tx:  # a restore forgets once more what the journal names
        destruction.forget(tx, [voice(context, mine).id])
    assert totals(context) == (1, 1)


def test_what_was_held_again_after_a_rejection_counts(context: Context) -> None:
    open_topic(context)
    (mine,) = released(context, BUS)
    ident = voice(context, mine).id
    for status in (ReviewStatus.REJECTED, ReviewStatus.HELD):
        review.decide(context, ident, status, [], SECOND, "insult")
    receipts.withdraw(context, mine)
    assert totals(context) == (1, 1)


def test_a_reply_without_words_is_not_counted_once_it_is_deleted(context: Context) -> None:
    """No person rejected it: nothing but its row says that it never was a voice."""
    open_topic(context)
    key = reply(context, "\u200b")
    collect.collect(context)
    aggregate.aggregate(context)
    with context.store.read() as tx:
        before = rollups.count_total(tx, topic(context).id)
    network(context).delete(key)
    assert collect.collect(context).tombstones == 1
    with context.store.read() as tx:
        assert contributions.status_counts(tx)["withdrawn"] == 1
        assert rollups.count_total(tx, topic(context).id) == before == (0, 0)
