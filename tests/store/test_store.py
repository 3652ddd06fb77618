"""The store on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from tests.factories import open_topic, topic
from youthvoice.database import build_engine
from youthvoice.errors import NotFound, StoreUnavailable
from youthvoice.flow import collect, withdrawals
from youthvoice.flow.context import Context
from youthvoice.model import (
    Contribution,
    Language,
    Masked,
    ReviewStatus,
    Risk,
    SealedItem,
    Span,
    ThemeScore,
)
from youthvoice.store import collections, contributions, postings, rollups, runs, sealed, topics
from youthvoice.store.engine import Store
from youthvoice.store.tables import metadata


def item(number: int, topic_id: int, **changes: object) -> Contribution:
    values: dict[str, object] = {
        "id": f"{number:032x}",
        "topic_id": topic_id,
        "question": 1,
        "channel": "file",
        "source_key": f"{number:064x}",
        "ref": f"r{number}",
        "author_key": None,
        "text_key": f"{number % 7:064x}",
        "day": date(2026, 11, 10),
        "language": Language.EN,
        "masked": Masked("hi [name 1]", (Span(3, 7, "name", 0.9, "test", "why"),)),
        "risk": Risk(),
        "status": ReviewStatus.WAITING,
        "hold": None,
        "themes": (ThemeScore("support", 0.5),),
        "model": "m1",
        "sealed": SealedItem(b"n", b"c", {"moderator": b"a", "safety": b"b"}),
        **changes,
    }
    return Contribution(**values)  # type: ignore[arg-type]


def test_the_migrations_make_exactly_the_tables(store: Store) -> None:
    with store.read() as tx:
        found = compare_metadata(MigrationContext.configure(tx), metadata)
    assert found == []
    assert store.is_current()


def test_migrating_again_changes_nothing(store: Store) -> None:
    store.migrate()
    assert store.is_current()


def test_sqlite_is_set_up_to_lose_and_leak_nothing(tmp_path: Path) -> None:
    engine = build_engine(f"sqlite:///{tmp_path / 'x.sqlite3'}")
    with engine.connect() as tx:
        read = {
            name: tx.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    assert read == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


def test_an_item_is_stored_once(context: Context) -> None:
    key = open_topic(context).id
    with context.store.write() as tx:
        assert len(contributions.add_many(tx, [item(n, key) for n in range(1200)])) == 1200
    again = [item(n + 5000, key, source_key=f"{n:064x}") for n in range(3)] + [item(9999, key)]
    with context.store.write() as tx:
        assert contributions.add_many(tx, again) == {f"{9999:032x}"}
    with context.store.read() as tx:
        assert contributions.seen(tx, [f"{n:064x}" for n in (1, 2, 77777)]) == {
            f"{1:064x}",
            f"{2:064x}",
        }
        assert sealed.read(tx, f"{1:032x}") is not None


def test_a_failed_transaction_leaves_nothing(context: Context) -> None:
    key = open_topic(context).id
    with pytest.raises(RuntimeError), context.store.write() as tx:
        contributions.add_many(tx, [item(1, key)])
        raise RuntimeError
    with context.store.read() as tx:
        assert contributions.status_counts(tx, key)["waiting"] == 0


def test_withdrawal_leaves_the_count_and_nothing_else(context: Context) -> None:
    key = open_topic(context).id
    with context.store.write() as tx:
        contributions.add_many(tx, [item(n, key) for n in range(3)])
        assert withdrawals.withdraw_posts(context, tx, "file", ["r1"]) == 1
    with context.store.read() as tx:
        found = contributions.get(tx, f"{1:032x}")
        assert found.text is None and found.spans == ()
        assert found.status == ReviewStatus.WITHDRAWN
        assert sealed.read(tx, found.id) is None
        assert rollups.count_total(tx, key)[0] == 3


def test_totals_are_counted_exactly(context: Context) -> None:
    key = open_topic(context).id
    with context.store.write() as tx:
        contributions.add_many(
            tx,
            [
                item(
                    n,
                    key,
                    question=n % 3,
                    language=Language.FR if n % 2 else Language.EN,
                    themes=(ThemeScore("support", 0.5), ThemeScore("health", 0.5))[: 1 + n % 2],
                )
                for n in range(60)
            ],
        )
    with context.store.read() as tx:
        assert rollups.count_total(tx, key) == (60, 7)
        by_theme = {c.values["theme"]: c.messages for c in rollups.count(tx, key, ("theme",))}
        assert by_theme == {"support": 60, "health": 30}
        pairs = {
            (c.values["question"], c.values["language"]): c.messages
            for c in rollups.count(tx, key, ("question", "language"))
        }
        assert sum(n or 0 for n in pairs.values()) == 60 and pairs["0", "en"] == 10
        week = rollups.count(tx, key, ("week",))
        assert week[0].values["week"] == "2026-11-09"


def test_an_empty_collection_is_recorded(context: Context) -> None:
    at = datetime(2026, 11, 10, 12, tzinfo=UTC)
    with context.store.write() as tx:
        for new in (0, 0, 4, 0):
            collections.advance(tx, "sandbox", "", {"post": "7"}, new, at, complete=True)
        collections.advance(tx, "sandbox", "", {"post": "8"}, 3, at, complete=False)
    with context.store.read() as tx:
        (row,) = collections.every(tx)
        assert row.empty_runs == 1 and row.last_new == 0 and row.last_complete_at == at
        assert row.cursor == {"post": "8"}


def test_a_slot_is_taken_once(store: Store) -> None:
    slot = datetime(2026, 11, 1, 6, tzinfo=UTC)
    with store.write() as tx:
        first = runs.take(tx, "collect", slot, "h:1", slot)
        assert first is not None and runs.take(tx, "collect", slot, "h:2", slot) is None
        assert runs.busy(tx, "collect", slot - timedelta(hours=1))
        runs.finish(tx, first, runs.DONE, {"accepted": 2}, None, slot)
        runs.record_missed(tx, "post", slot)
    with store.read() as tx:
        assert {run.job: run.status for run in runs.latest(tx)} == {
            "collect": "done",
            "post": "missed",
        }
        assert [run.job for run in runs.troubles(tx)] == ["post"]


def test_runs_of_a_dead_process_are_abandoned(store: Store) -> None:
    slot = datetime(2026, 11, 1, 6, tzinfo=UTC)
    with store.write() as tx:
        runs.take(tx, "collect", slot, "h:1", slot)
        assert runs.running(tx) == ["h:1"]
        assert runs.abandon(tx, "h:1", slot) == 1
        assert not runs.busy(tx, "collect", slot - timedelta(hours=1))


def test_old_runs_are_forgotten(store: Store) -> None:
    now = datetime(2026, 11, 20, tzinfo=UTC)
    with store.write() as tx:
        for days in (0, 5):
            run = runs.take(tx, "collect", now - timedelta(days=days), "h:1", now)
            assert run is not None
            runs.finish(tx, run, runs.DONE, {}, None, now)
        runs.record_missed(tx, "post", now - timedelta(days=5))
        assert runs.prune(tx, now - timedelta(days=2)) == 1
    with store.read() as tx:
        assert runs.troubles(tx)


def test_what_is_not_there_is_said(context: Context) -> None:
    open_topic(context)
    with context.store.read() as tx, pytest.raises(NotFound) as found:
        topics.get(tx, "nope")
    assert "mentoring" in str(found.value.next_step)
    with context.store.read() as tx, pytest.raises(NotFound):
        contributions.get(tx, "nope")


def test_a_topic_comes_back_as_it_went_in(context: Context) -> None:
    assert [len(text.questions) for text in topic_texts(context)] == [4, 4]


def topic_texts(context: Context):
    return open_topic(context).texts.values()


def test_driver_errors_hold_no_values(store: Store) -> None:
    with pytest.raises(StoreUnavailable) as found, store.write() as tx:
        tx.exec_driver_sql("INSERT INTO nowhere VALUES ('CANARY')")
    assert "CANARY" not in str(found.value) and found.value.__suppress_context__


def test_a_missing_topic_is_none(context: Context) -> None:
    open_topic(context)
    assert topic(context).slug == "mentoring"


def test_the_second_migration_keeps_what_the_first_held(context: Context) -> None:
    """Back and forth on a database with messages, posts and what refers to them."""
    from alembic import command
    from sqlalchemy import text

    from tests.factories import collected
    from youthvoice.database import alembic_config
    from youthvoice.store.engine import MIGRATIONS

    key = open_topic(context).id
    collected(context, *[f"the bus is late, says number {n}" for n in range(5)])
    engine = context.store._engine
    config = alembic_config(engine, MIGRATIONS)
    command.downgrade(config, "0001")
    with context.store.read() as tx:
        assert tx.execute(text("SELECT count(*) FROM contribution")).scalar() == 5
        assert tx.execute(text("SELECT count(*) FROM sealed_original")).scalar() == 5
    command.upgrade(config, "head")
    with context.store.read() as tx:
        assert sum(contributions.status_counts(tx).values()) == 5
        rows = postings.of_topic(tx, key)
    assert [row.question for row in rows if row.language == "en"] == [0, 1, 2, 3, 4]
    assert collect.collect(context).seen == 5  # every collection starts anew and knows them
