"""Signatures of texts, by topic: the first of each group of nearly the same texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import delete, func, insert, select, update

from youthvoice.store.engine import Tx
from youthvoice.store.shredding import unlock
from youthvoice.store.tables import contribution, likeness, likeness_band, masked_key


class Uncompared(NamedTuple):
    """A message that has not been compared with the others of its topic."""

    id: str
    topic_id: int
    text_key: str
    text: str | None


def uncompared(tx: Tx, most: int) -> list[Uncompared]:
    """Messages that count but were not compared yet."""
    rows = tx.execute(
        select(
            contribution.c.id,
            contribution.c.topic_id,
            contribution.c.text_key,
            contribution.c.masked,
            masked_key.c.key,
        )
        .outerjoin(masked_key, masked_key.c.contribution_id == contribution.c.id)
        .where(contribution.c.compared.is_(False), contribution.c.pooled.is_(False))
        .order_by(contribution.c.id)
        .limit(most)
        .with_for_update(of=contribution, skip_locked=True)  # or a withdrawal meanwhile is undone
    )
    return [
        Uncompared(row.id, row.topic_id, row.text_key, unlock(row.masked, row.id, row.key))
        for row in rows
    ]


class First(NamedTuple):
    """The first text of a group: its key, signature, and length in letters and digits."""

    text_key: str
    signature: bytes
    length: int


def candidates(tx: Tx, topic_id: int, bands: Sequence[str]) -> list[First]:
    """The first texts of groups that share a band."""
    rows = tx.execute(
        select(likeness.c.text_key, likeness.c.signature, likeness.c.length)
        .join(
            likeness_band,
            (likeness_band.c.topic_id == likeness.c.topic_id)
            & (likeness_band.c.text_key == likeness.c.text_key),
        )
        .where(likeness_band.c.topic_id == topic_id, likeness_band.c.band.in_(bands))
        .distinct()
    )
    return [First(row.text_key, row.signature, row.length) for row in rows]


def add(tx: Tx, topic_id: int, first: First, bands: Sequence[str]) -> None:
    """Keep the signature of the first text of a group."""
    text_key = first.text_key
    tx.execute(insert(likeness).values(topic_id=topic_id, **first._asdict()))
    tx.execute(
        insert(likeness_band),
        [{"topic_id": topic_id, "band": band, "text_key": text_key} for band in bands],
    )


def is_first(tx: Tx, topic_id: int, text_key: str) -> bool:
    """Whether this very text is known as the first of its group."""
    return bool(
        tx.execute(
            select(func.count())
            .select_from(likeness)
            .where(likeness.c.topic_id == topic_id, likeness.c.text_key == text_key)
        ).scalar()
    )


def mark(tx: Tx, contribution_id: str, text_key: str) -> None:
    """A message was compared; `text_key` is that of its group."""
    tx.execute(
        update(contribution)
        .where(contribution.c.id == contribution_id)
        .values(compared=True, text_key=text_key)
    )


def forget_lonely(tx: Tx, topic_id: int, text_key: str) -> None:
    """Forget a signature when no message of its group can be read any more."""
    left = tx.execute(
        select(contribution.c.id)
        .where(
            contribution.c.topic_id == topic_id,
            contribution.c.text_key == text_key,
            contribution.c.masked.is_not(None),
        )
        .limit(1)
    ).first()
    if left is not None:
        return
    for table in (likeness_band, likeness):
        tx.execute(delete(table).where(table.c.topic_id == topic_id, table.c.text_key == text_key))
