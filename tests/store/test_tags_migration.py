"""From the tables before codebooks, positions and feelings to those of now, and back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import MetaData, insert, text

from youthvoice.database import alembic_config
from youthvoice.model import ThemeScore
from youthvoice.settings import Settings
from youthvoice.store import contributions, rollups, topics
from youthvoice.store.engine import MIGRATIONS, Store

DAY = date(2026, 9, 1)
IDENT = "1" * 32


@pytest.fixture
def old(tmp_path: Path, database_url: str) -> Iterator[Store]:
    """A database as the earlier version left it: a topic, a message, its theme and a total."""
    (tmp_path / "home").mkdir()
    store = Store(Settings(home=tmp_path / "home", database_url=database_url).store_url)
    command.upgrade(alembic_config(store._engine, MIGRATIONS), "0005")
    found = MetaData()
    found.reflect(store._engine)
    rows: dict[str, dict[str, Any]] = {
        "topic": {
            "slug": "mentoring", "status": "open", "ministry": "education", "opens_on": DAY,
            "closes_on": DAY, "answer_due_on": DAY, "proposed_by": "a",
        },
        "contribution": {
            "id": IDENT, "topic_id": 1, "question": 1, "channel": "file", "source_key": "s",
            "text_key": "t", "day": DAY, "week": DAY, "language": "en", "spans": [],
            "risk_level": 1, "risk_reasons": [], "status": "waiting", "model": "m1",
            "has_decision": False, "objections": [],
        },
        "proposed_theme": {
            "contribution_id": IDENT, "theme": "bus", "score": 0.5, "model": "m1",
        },
        "rollup": {
            "topic_id": 1, "slice": "theme", "question": "*", "theme": "bus", "language": "*",
            "channel": "*", "day": "*", "week": "*", "messages": 12, "texts": None,
        },
    }  # fmt: skip
    with store.write() as tx:
        for name, values in rows.items():
            tx.execute(insert(found.tables[name]), values)
        for language in ("en", "fr"):
            words = {"title": "t", "context": "c", "influence": "i", "hashtag": "h"}
            values = {"topic_id": 1, "language": language, **words}
            tx.execute(insert(found.tables["topic_text"]), values)
    yield store
    store.close()


def test_what_was_there_gets_sensible_values(old: Store) -> None:
    old.migrate()
    with old.read() as tx:
        item = contributions.get(tx, IDENT)
        assert item.proposed == (ThemeScore("bus", 0.5, sure=True),)
        assert (item.labels, item.decided_labels, item.shares) == ((), {}, {})
        assert topics.get(tx, "mentoring").positions == ()
        assert {
            cell.values["theme"]: cell.messages for cell in rollups.read(tx, 1, ("theme",))
        } == {"bus": 12}
        assert rollups.read(tx, 1, ("feeling",)) == []
        assert [cell.values for cell in rollups.count(tx, 1, ("theme", "feeling"))] == [
            {"theme": "bus", "feeling": "not_sure"}
        ]


def test_back_and_forth_loses_no_message(old: Store) -> None:
    old.migrate()
    with old.write() as tx:
        tx.execute(text("UPDATE contribution SET language = 'mixed'"))
        tx.execute(
            text(
                "INSERT INTO rollup SELECT topic_id, 'feeling', question, '*', language, channel, day, "
                "week, '*', 'negative', 20, 20 FROM rollup"
            )
        )
    command.downgrade(alembic_config(old._engine, MIGRATIONS), "0005")
    with old.read() as tx:
        assert tx.execute(text("SELECT language FROM contribution")).scalar() == "undecided"
        rows = tx.execute(text("SELECT slice, theme, messages FROM rollup")).all()
    assert [tuple(row) for row in rows] == [("theme", "bus", 12)]
    old.migrate()
    with old.read() as tx:
        assert contributions.get(tx, IDENT).proposed == (ThemeScore("bus", 0.5),)
