"""What waits for a person, gravest first, and which messages one of them stands for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

from sqlalchemy import select

from youthvoice.model import ReviewItem, ReviewStatus
from youthvoice.store import attention
from youthvoice.store.attention import SHOWN
from youthvoice.store.contributions import as_item, review_query
from youthvoice.store.engine import Tx
from youthvoice.store.tables import contribution, masked_key

PAGE = 200


def queue(
    tx: Tx,
    statuses: Iterable[ReviewStatus],
    channels: Sequence[str],
    topic_id: int | None = None,
    most: int = 20,
    without: Sequence[str] = (),
    urgent_from: int = 3,
) -> list[ReviewItem]:
    """What waits for a person, gravest first; inside a level in no order of arrival (ids are random).

    What its writer objected to, or answered in the thread, waits too. Of messages that say nearly the
    same only one is here at a time. What is pooled waits for its batch, unless its risk says otherwise.
    `without`: ids to leave out.
    """
    left_out = list(without)
    query = review_query().where(
        masked_key.c.key.is_not(None),
        contribution.c.status.in_([str(status) for status in statuses])
        | (contribution.c.objected == SHOWN)
        | (contribution.c.replied == SHOWN),
        contribution.c.channel.in_(channels),
        contribution.c.pooled.is_(False) | (contribution.c.risk_level >= urgent_from),
    )
    if topic_id is not None:
        query = query.where(contribution.c.topic_id == topic_id)
    shown = {
        _sameness(row)
        for row in tx.execute(review_query().where(contribution.c.id.in_(left_out)))
        if _hides(row, urgent_from)
    }
    if left_out:
        query = query.where(contribution.c.id.not_in(left_out))
    query = query.order_by(contribution.c.risk_level.desc(), contribution.c.id)
    found: list[ReviewItem] = []
    for start in count(0, PAGE):
        rows = tx.execute(query.limit(PAGE).offset(start)).all()
        for row in rows:
            if _hides(row, urgent_from):
                if _sameness(row) in shown:
                    continue
                shown.add(_sameness(row))
            found.append(replace(as_item(tx, row), alike=len(alike(tx, row.id)) - 1))
            if len(found) == most:
                return found
        if len(rows) < PAGE:
            break
    return found


def _hides(row: Any, urgent_from: int) -> bool:
    """Whether a message stands for those that say nearly the same. Never one about somebody's safety, one
    that was decided already, or one that calls for attention: each of those is read by itself.
    """
    return row.risk_level < urgent_from and not row.has_decision and attention.calls(row) is None


def _sameness(row: Any) -> tuple[object, ...]:
    return (row.topic_id, row.text_key, row.channel, row.status, row.risk_level, row.pooled)


def alike(tx: Tx, contribution_id: str, exactly: bool = False) -> list[str]:
    """This message and those of its topic, channel, status and risk that say nearly (or exactly) the same.

    Those whose writers objected or replied are not among them: they are read by themselves.
    """
    row = tx.execute(select(contribution).where(contribution.c.id == contribution_id)).one_or_none()
    if row is None:
        return []
    query = select(contribution.c.id).where(
        contribution.c.topic_id == row.topic_id,
        contribution.c.text_key == row.text_key,
        contribution.c.channel == row.channel,
        contribution.c.status == row.status,
        contribution.c.risk_level == row.risk_level,
        contribution.c.pooled == row.pooled,
        (contribution.c.id == row.id)
        | (contribution.c.objected.is_(None) & contribution.c.replied.is_(None)),
    )
    if exactly:
        query = query.where(contribution.c.own_text_key == row.own_text_key)
    return list(tx.execute(query.order_by(contribution.c.id)).scalars())
