"""Examples of what people said of the masks: places and verdicts, by message."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Date, DateTime, LargeBinary, Text, select, text

from tests.factories import open_topic
from tests.store.test_store import item
from youthvoice.database import alembic_config
from youthvoice.flow.context import Context
from youthvoice.model import Language, Masked, Span
from youthvoice.store import contributions, corrections, destruction
from youthvoice.store.corrections import Label, Verdict
from youthvoice.store.engine import MIGRATIONS, SHREDDED
from youthvoice.store.tables import Instant, span_correction

DAY = date(2026, 11, 20)
MISSED = Label(9, 12, "school", Verdict.MISSED)
WRONG = Label(3, 7, "name", Verdict.NO_IDENTIFIER, "spacy 1", 0.5)


@pytest.fixture
def ident(context: Context) -> str:
    """A message that has examples."""
    stored = item(1, open_topic(context).id, language=Language.FR)
    with context.store.write() as tx:
        contributions.add_many(tx, [stored])
        corrections.add(tx, stored.id, [MISSED, WRONG], "Ana", DAY)
    return stored.id


def test_they_come_back_in_the_order_of_the_text(context: Context, ident: str) -> None:
    with context.store.read() as tx:
        assert corrections.of(tx, ident) == [WRONG, MISSED]
        assert corrections.of(tx, "f" * 32) == []
        assert corrections.corrected(tx) == [ident]
        rows = tx.execute(select(span_correction)).all()
    assert {(row.language, row.model, row.actor, row.day) for row in rows} == {
        ("fr", "m1", "Ana", DAY)
    }
    assert all(len(row.id) == 32 for row in rows) and len({row.id for row in rows}) == 2
    assert WRONG.as_span() == Span(3, 7, "name", 0.5, "spacy 1")


def test_only_the_same_place_and_verdict_is_taken_back(context: Context, ident: str) -> None:
    others = [WRONG._replace(start=2), WRONG._replace(verdict=Verdict.MISSED)]
    with context.store.write() as tx:
        corrections.take_back(tx, "f" * 32, [WRONG])
        corrections.take_back(tx, ident, others)
        assert len(corrections.of(tx, ident)) == 2
        corrections.take_back(tx, ident, [WRONG])
        assert corrections.of(tx, ident) == [MISSED]


def test_another_masked_text_needs_the_key(context: Context, ident: str) -> None:
    masked = Masked("hi there [school]", (Span(9, 12, "school", 1.0, "person"),))
    with context.store.write() as tx:
        assert corrections.rewrite(tx, ident, masked)
        found = contributions.get(tx, ident)
        assert (found.text, found.spans) == (masked.text, masked.spans)
        destruction.drop_text(tx, [ident])
        assert not corrections.rewrite(tx, ident, masked)
        assert corrections.of(tx, ident) == []
        assert contributions.get(tx, ident).text is None


def test_forgetting_a_message_forgets_them(context: Context, ident: str) -> None:
    with context.store.write() as tx:
        destruction.forget(tx, [ident])
    with context.store.read() as tx:
        assert corrections.corrected(tx) == [] and corrections.counts(tx) == []


def test_there_is_no_room_for_a_word_or_a_moment() -> None:
    kinds = {column.name: column.type for column in span_correction.columns}
    assert not [name for name, kind in kinds.items() if isinstance(kind, (Text, LargeBinary))]
    assert not [name for name, kind in kinds.items() if isinstance(kind, (Instant, DateTime))]
    assert isinstance(kinds["day"], Date) and "span_correction" in SHREDDED


def test_the_migration_goes_back_and_forth(context: Context, ident: str) -> None:
    from alembic import command

    config = alembic_config(context.store._engine, MIGRATIONS)
    command.downgrade(config, "0004")
    with context.store.read() as tx:
        assert tx.execute(text("SELECT count(*) FROM contribution")).scalar() == 1
    command.upgrade(config, "head")
    with context.store.read() as tx:
        assert corrections.of(tx, ident) == []
    assert context.store.is_current()


def test_a_long_name_of_a_detector_is_cut(context: Context, ident: str) -> None:
    long = Label(0, 2, "name", Verdict.NO_IDENTIFIER, "x" * 500, 1.0)
    with context.store.write() as tx:
        corrections.add(tx, ident, [long], "Ana", DAY)
        assert corrections.of(tx, ident)[0].detector == "x" * corrections.LONGEST
