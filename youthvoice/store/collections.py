"""Where each collection stands: its cursor, and that it was empty when it was."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, insert, select

from youthvoice.store.engine import Tx
from youthvoice.store.tables import collection, topic


class Collection(NamedTuple):
    """A collection's last turn. `empty_runs`: how many turns in a row found nothing new."""

    channel: str
    topic: str
    last_run_at: datetime
    last_new: int
    empty_runs: int


def cursor(tx: Tx, channel: str, topic_id: int) -> Mapping[str, str]:
    """The cursor after the last complete collection; empty at first."""
    found = tx.execute(
        select(collection.c.cursor).where(
            collection.c.channel == channel, collection.c.topic_id == topic_id
        )
    ).scalar()
    return found or {}


def advance(
    tx: Tx, channel: str, topic_id: int, to: Mapping[str, str], new: int, at: datetime
) -> None:
    """Keep a cursor, with how many new messages this turn found; none is recorded too."""
    before = tx.execute(
        select(collection.c.empty_runs).where(
            collection.c.channel == channel, collection.c.topic_id == topic_id
        )
    ).scalar()
    tx.execute(
        delete(collection).where(collection.c.channel == channel, collection.c.topic_id == topic_id)
    )
    tx.execute(
        insert(collection).values(
            channel=channel,
            topic_id=topic_id,
            cursor=dict(to),
            last_run_at=at,
            last_new=new,
            empty_runs=0 if new else (before or 0) + 1,
        )
    )


def every(tx: Tx) -> list[Collection]:
    """All collections."""
    rows = tx.execute(
        select(collection, topic.c.slug)
        .join(topic, topic.c.id == collection.c.topic_id)
        .order_by(topic.c.slug, collection.c.channel)
    )
    return [
        Collection(row.channel, row.slug, row.last_run_at, row.last_new, row.empty_runs)
        for row in rows
    ]
