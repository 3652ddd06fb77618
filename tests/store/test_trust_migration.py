"""From the tables before the safekeeping part to those of now, and back: no text and no original is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, insert, select, text

from tests.factories import SECOND
from youthvoice import app
from youthvoice.database import alembic_config
from youthvoice.errors import StoreUnavailable
from youthvoice.flow import key_care, trail
from youthvoice.flow.context import Context
from youthvoice.flow.originals import open_original
from youthvoice.model import Actor, ReviewStatus, Role, Span
from youthvoice.settings import Settings
from youthvoice.store import contributions, engine, rollups, topics
from youthvoice.store.engine import MIGRATIONS, Store
from youthvoice.store.tables import metadata
from youthvoice.trust import keys
from youthvoice.trust.vault import seal

DAY = date(2026, 9, 1)
MASKED = "CANARYMASKED [name 1] has no bus"
MESSAGES = {f"{number:032x}": f"{MASKED}, number {number}" for number in range(1, 4)}
KEPT = "f" * 32


TOPIC = {"slug": "mentoring", "status": "open", "ministry": "education", "opens_on": DAY,
         "closes_on": DAY, "answer_due_on": DAY, "proposed_by": "a"}  # fmt: skip


def original(ident: str) -> str:
    return f"original of {ident}"


def config(store: Store) -> Any:
    return alembic_config(store._engine, MIGRATIONS)


def tables_now(store: Store) -> MetaData:
    found = MetaData()
    found.reflect(store._engine)
    return found


def contribution(ident: str, text: str | None) -> dict[str, object]:
    return {
        "id": ident, "topic_id": 1, "question": 1, "channel": "file", "source_key": ident * 2,
        "ref": None, "author_key": None, "text_key": "t" * 64, "day": DAY, "week": DAY,
        "language": "en", "masked_text": text, "risk_level": 1, "risk_reasons": [],
        "spans": [{"start": 13, "end": 17, "kind": "name", "score": 0.9, "detector": "d", "reason": ""}],
        "status": "waiting" if text else "withdrawn", "hold": None, "model": "m1",
        "has_decision": False,
    }  # fmt: skip


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    """Settings with the keys that sealed what is in the old tables."""
    chosen = Settings(home=tmp_path / "home", database_url=database_url)
    keys.make(chosen.keys_dir)
    return chosen


@pytest.fixture
def old(settings: Settings) -> Iterator[Store]:
    """A database as the earlier version left it."""
    store = Store(settings.store_url)
    command.upgrade(config(store), "0002")
    public = keys.public_keys(settings.keys_dir)
    sealed = {ident: seal(original(ident), ident, public) for ident in (*MESSAGES, KEPT)}
    rows: dict[str, list[dict[str, Any]]] = {
        "topic": [TOPIC],
        "topic_text": [{"topic_id": 1, "language": language, "title": "t", "context": "c",
                        "influence": "i", "hashtag": "h"} for language in ("en", "fr")],
        "question_text": [{"topic_id": 1, "position": 0, "language": language, "text": "?"}
                          for language in ("en", "fr")],
        "contribution": [contribution(ident, words) for ident, words in MESSAGES.items()]
        + [contribution("9" * 32, None)],
        "sealed_original": [{"contribution_id": ident, "nonce": sealed[ident].nonce,
                             "ciphertext": sealed[ident].ciphertext} for ident in MESSAGES],
        "data_key": [{"contribution_id": ident, "role": role, "wrapped": wrapped}
                     for ident in MESSAGES for role, wrapped in sealed[ident].wrapped.items()],
        "kept_aside": [{"id": KEPT, "topic_id": 1, "row_key": "k" * 64, "source": "c.csv",
                        "line": 4, "reason": "empty", "nonce": sealed[KEPT].nonce,
                        "ciphertext": sealed[KEPT].ciphertext,
                        "wrapped": {r: w.hex() for r, w in sealed[KEPT].wrapped.items()}}],
        "audit": [{"id": number, "at": datetime(2026, 9, number, tzinfo=UTC), "actor": "ana",
                   "role": "editor", "action": "approve", "subject": "topic mentoring"}
                  for number in (1, 2)],
    }  # fmt: skip
    found = tables_now(store)
    with store.write() as tx:
        for name, values in rows.items():
            tx.execute(insert(found.tables[name]), values)
    yield store
    store.close()


@pytest.fixture
def upgraded(settings: Settings, old: Store, analyser) -> Iterator[Context]:
    """The same, after `youthvoice init` of this version."""
    app.prepare(settings)
    built = app.build(settings, lambda: analyser)
    yield built
    built.store.close()


def test_texts_are_readable(upgraded: Context) -> None:
    with upgraded.store.read() as tx:
        for ident, words in MESSAGES.items():
            item = contributions.get(tx, ident)
            assert item.text == words
            assert item.spans == (Span(13, 17, "name", 0.9, "d"),)
            assert (item.status, item.day, item.pooled) == (ReviewStatus.WAITING, DAY, False)
        gone = contributions.get(tx, "9" * 32)
        assert (gone.text, gone.status) == (None, ReviewStatus.WITHDRAWN)
        assert [topic.slug for topic in topics.every(tx)] == ["mentoring"]
        assert topics.standing(tx) is not None


def test_originals_open_also_of_rows_kept_aside(upgraded: Context) -> None:
    for ident in (*MESSAGES, KEPT):
        for actor in (SECOND, Actor("duty", Role.SAFETY)):
            assert open_original(upgraded, ident, actor, "writer asked") == original(ident)


def test_their_keys_are_those_of_an_earlier_pair_and_can_be_rotated(upgraded: Context) -> None:
    operator = Actor("op", Role.OPERATOR)
    for found in key_care.check(upgraded):
        assert (found.current, found.earlier, found.lost) == (0, 4, 0)
        assert key_care.rotate(upgraded, found.role, operator) == (4, 0)
    for found in key_care.check(upgraded):
        assert (found.current, found.earlier, found.lost) == (4, 0, 0)
    for ident in (*MESSAGES, KEPT):
        assert open_original(upgraded, ident, SECOND, "writer asked") == original(ident)


def test_the_audit_log_goes_on_from_what_was_there(upgraded: Context) -> None:
    with upgraded.store.write() as tx:
        trail.record(upgraded, tx, SECOND, "approve", "topic mentoring")
    found = trail.verify(upgraded)
    assert (found.entries, found.problems) == (3, [])


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_text_stays_in_the_clear(settings: Settings, old: Store) -> None:
    old.close()
    files = settings.home.glob("youthvoice.sqlite3*")
    assert any(b"CANARYMASKED" in path.read_bytes() for path in files)
    app.prepare(settings)
    for path in settings.home.glob("youthvoice.sqlite3*"):
        assert b"CANARYMASKED" not in path.read_bytes()


def in_files(settings: Settings, *parts: bytes) -> list[bytes]:
    """Which of these PostgreSQL's files of the tables that were emptied still hold."""
    store = Store(settings.store_url)
    with store.write() as tx:
        tx.execute(text("CHECKPOINT"))
    read = "SELECT pg_read_binary_file(pg_relation_filepath('{}'))"
    with store.read() as tx:
        held = b"".join(
            bytes(tx.execute(text(read.format(name))).scalar_one())
            for name in ("contribution", "kept_aside")
        )
    store.close()
    return [part for part in parts if part in held]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("before", ["0002", "0003"])
def test_no_text_stays_in_the_files_of_postgresql(
    settings: Settings, old: Store, before: str
) -> None:
    with old.read() as tx:
        wrapped = tx.execute(text("SELECT wrapped FROM kept_aside")).scalar_one()
    command.upgrade(config(old), before)
    texts = [MASKED.encode(), *(key.encode() for key in wrapped.values())]
    assert in_files(settings, *texts) == texts
    app.prepare(settings)
    assert in_files(settings, *texts) == []


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_tables_in_use_are_written_anew_by_the_next_turn(
    settings: Settings, old: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "REWRITE_SECONDS", 1)
    command.upgrade(config(old), "head")
    with old.read() as tx:
        tx.execute(text("SELECT 1 FROM kept_aside"))
        with pytest.raises(StoreUnavailable, match="in use"):
            app.prepare(settings)
    assert in_files(settings, MASKED.encode()) == []  # the first of the two was free
    app.prepare(settings)
    with old.read() as tx:
        assert compare_metadata(MigrationContext.configure(tx), metadata) == []


def test_the_tables_are_those_of_a_new_database(old: Store) -> None:
    old.migrate()
    with old.read() as tx:
        assert compare_metadata(MigrationContext.configure(tx), metadata) == []


def test_back_again(old: Store) -> None:
    def content() -> dict[str, list[dict[str, Any]]]:
        found = tables_now(old)
        with old.read() as tx:
            return {
                name: sorted(
                    (dict(row._mapping) for row in tx.execute(select(found.tables[name]))), key=str
                )
                for name in ("contribution", "sealed_original", "data_key", "kept_aside", "audit")
            }

    def names() -> set[str]:
        return set(tables_now(old).tables)

    before, known = content(), names()
    old.migrate()
    assert names() > known
    command.downgrade(config(old), "0002")
    assert names() == known
    after = content()
    for name, rows in before.items():
        assert len(after[name]) == len(rows)
        for row, found in zip(rows, after[name], strict=True):
            assert {key: found[key] for key in row} == row, name
    old.migrate()
    with old.read() as tx:
        assert {ident: contributions.get(tx, ident).text for ident in MESSAGES} == MESSAGES


def test_what_was_rejected_and_withdrawn_before_is_not_counted(settings: Settings) -> None:
    store = Store(settings.store_url)
    command.upgrade(config(store), "0003")
    found = tables_now(store)
    row = {**contribution("", None), "own_text_key": "", "objections": []}
    del row["masked_text"]
    decided = {"contribution_id": "a", "actor": "a", "themes": [], "proposed": [], "model": "m",
               "decided_at": datetime(2026, 9, 2, tzinfo=UTC)}  # fmt: skip
    with store.write() as tx:
        tx.execute(insert(found.tables["topic"]), TOPIC)
        for ident, status in (("a", "withdrawn"), ("b", "withdrawn"), ("c", "rejected")):
            values = {**row, "id": ident, "source_key": ident, "status": status}
            tx.execute(insert(found.tables["contribution"]), values)
            for decision in ("released", "rejected"):
                if ident != "b" or decision == "released":
                    values = {**decided, "contribution_id": ident, "status": decision}
                    tx.execute(insert(found.tables["decision"]), values)
    store.migrate()
    with store.read() as tx:
        assert rollups.count_total(tx, 1) == (1, 1)
        query = select(metadata.tables["contribution"].c.id).where(
            metadata.tables["contribution"].c.uncounted.is_(True)
        )
        assert list(tx.execute(query).scalars()) == ["a"]
    store.close()
