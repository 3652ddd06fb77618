"""Destroying what messages said: because their writer took them back, or because they are too old to keep."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, func, select, update

from youthvoice.model import ReviewStatus
from youthvoice.store import codebooks, codings, corrections, likeness, sealed, threads
from youthvoice.store.engine import Tx
from youthvoice.store.shredding import unlock
from youthvoice.store.tables import contribution, masked_key, self_description, topic


def forget(tx: Tx, ids: Sequence[str]) -> None:
    """Destroy everything that these messages said, with its keys; whether they were counted stays."""
    for one in ids:
        codings.remove(tx, one)
        _shred(
            tx,
            one,
            {
                "status": str(ReviewStatus.WITHDRAWN),
                # Or a withdrawal would count what was rejected, and be seen by a total that moves.
                "uncounted": contribution.c.uncounted
                | (contribution.c.status == str(ReviewStatus.REJECTED)),
                "objected": None,
                "replied": None,
                "risk_level": 1,
                "risk_reasons": [],
                "hold": None,
            },
        )


def drop_text(tx: Tx, ids: Sequence[str]) -> None:
    """Destroy what these messages said and whom they came from; what people decided, and totals, stay."""
    for one in ids:
        _shred(tx, one, {})


def _shred(tx: Tx, one: str, values: Mapping[str, object]) -> None:
    row = tx.execute(
        select(
            contribution.c.topic_id,
            contribution.c.text_key,
            contribution.c.masked,
            masked_key.c.key,
        )
        .outerjoin(masked_key, masked_key.c.contribution_id == contribution.c.id)
        .where(contribution.c.id == one)
    ).one_or_none()
    if row is None:
        return
    codebooks.take_out_words(tx, row.topic_id, unlock(row.masked, one, row.key))
    sealed.destroy(tx, [one, *threads.ids(tx, one)])
    threads.remove(tx, one)
    corrections.remove(tx, one)
    tx.execute(delete(masked_key).where(masked_key.c.contribution_id == one))
    tx.execute(delete(self_description).where(self_description.c.contribution_id == one))
    tx.execute(
        update(contribution)
        .where(contribution.c.id == one)
        .values(
            masked=None,
            spans=[],
            ref=None,
            author_key=None,
            version=None,
            check_by=None,
            objections=[],
            shares={},
            **values,
        )
    )
    likeness.forget_lonely(tx, row.topic_id, row.text_key)
    tx.execute(
        update(contribution)
        .where(contribution.c.id == one)
        .values(own_text_key=secrets.token_hex(32))
    )
    mine = (contribution.c.topic_id == row.topic_id) & (contribution.c.text_key == row.text_key)
    readable = select(contribution.c.id).where(mine, has_key()).limit(1)
    if tx.execute(readable).first() is None:
        # Nobody's words are left: a hash of them is of no use but to count them as one text.
        tx.execute(update(contribution).where(mine).values(text_key=secrets.token_hex(32)))


def ended_before(tx: Tx, day: date, most: int) -> list[str]:
    """Ids of messages that can still be read though their topic ended before that day."""
    return list(
        tx.execute(
            select(contribution.c.id)
            .join(topic, topic.c.id == contribution.c.topic_id)
            .where(_ended(day))
            .limit(most)
        ).scalars()
    )


def count_ended_before(tx: Tx, day: date) -> int:
    """How many those are."""
    found = tx.execute(
        select(func.count())
        .select_from(contribution)
        .join(topic, topic.c.id == contribution.c.topic_id)
        .where(_ended(day))
    )
    return int(found.scalar() or 0)


def _ended(day: date) -> Any:
    """Messages of topics that ended before that day; of the topic that never ends: those from before it."""
    return has_key() & (
        (topic.c.closes_on < day) | (topic.c.standing.is_(True) & (contribution.c.day < day))
    )


def has_key() -> Any:
    """Messages of which something is left: every one has a key from its first moment."""
    return contribution.c.id.in_(select(masked_key.c.contribution_id))


def without_key(tx: Tx) -> list[str]:
    """Ids of messages whose key is gone though something of them may be here: an older backup's."""
    return list(
        tx.execute(
            select(contribution.c.id)
            .outerjoin(masked_key, masked_key.c.contribution_id == contribution.c.id)
            .where(
                masked_key.c.key.is_(None),
                contribution.c.status != str(ReviewStatus.WITHDRAWN),
            )
        ).scalars()
    )
