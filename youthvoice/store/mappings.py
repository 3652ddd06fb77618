"""Which codebook and which learned weights map a topic's messages now: changed only by a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import delete, insert, select

from youthvoice.store.engine import Tx
from youthvoice.store.tables import mapping


class Applied(NamedTuple):
    """What maps a topic's messages.

    `model`: the version of the machine that proposals must have. `learned`: what the mapper knows of
    the topic, as JSON values, None where it is nothing but its descriptions; `learned_from`: from how many
    messages people's weights come, 0 where there are none.
    """

    topic_id: int
    codebook_id: int
    model: str
    learned: Mapping[str, Any] | None
    learned_from: int
    applied_by: str
    applied_on: date


def of(tx: Tx, topic_id: int) -> Applied | None:
    """What maps a topic's messages now; None before anybody applied a codebook."""
    row = tx.execute(select(mapping).where(mapping.c.topic_id == topic_id)).one_or_none()
    return Applied(**row._mapping) if row is not None else None


def apply(tx: Tx, new: Applied) -> None:
    """Put this mapping in place of the topic's earlier one; the caller has checked who may."""
    tx.execute(delete(mapping).where(mapping.c.topic_id == new.topic_id))
    tx.execute(insert(mapping).values(**new._asdict()))
