"""Rows that could not be taken: kept sealed, with file, line and reason, counted and shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select

from youthvoice.model import SealedItem
from youthvoice.store import sealed
from youthvoice.store.engine import Tx
from youthvoice.store.tables import kept_aside, topic
from youthvoice.store.upsert import insert_new


@dataclass(frozen=True)
class KeptRow:
    """A row kept aside on `day`; its content is sealed under `id`."""

    id: str
    topic_id: int
    row_key: str
    source: str
    line: int
    reason: str
    day: date
    sealed: SealedItem = field(repr=False)


class KeptCount(NamedTuple):
    """How many rows of a file are kept aside for one reason, with the first line."""

    topic: str
    source: str
    reason: str
    rows: int
    first_line: int


def add_many(tx: Tx, rows: Sequence[KeptRow]) -> int:
    """Keep each row once; how many are new."""
    new = insert_new(
        tx,
        kept_aside,
        [
            {
                "id": row.id,
                "topic_id": row.topic_id,
                "row_key": row.row_key,
                "source": row.source,
                "line": row.line,
                "reason": row.reason,
            }
            for row in rows
        ],
        ["row_key"],
        kept_aside.c.id,
    )
    sealed.add_many(
        tx, [sealed.Sealed(row.id, row.sealed, row.day) for row in rows if row.id in new]
    )
    return len(new)


def counts(tx: Tx) -> list[KeptCount]:
    """What is kept aside, by topic, file and reason."""
    rows = tx.execute(
        select(
            topic.c.slug,
            kept_aside.c.source,
            kept_aside.c.reason,
            func.count(),
            func.min(kept_aside.c.line),
        )
        .join(topic, topic.c.id == kept_aside.c.topic_id)
        .group_by(topic.c.slug, kept_aside.c.source, kept_aside.c.reason)
        .order_by(topic.c.slug, kept_aside.c.source, kept_aside.c.reason)
    )
    return [KeptCount(*row) for row in rows]
