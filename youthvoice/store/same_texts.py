"""Groups of nearly the same texts: how many messages each has, and from when to when."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select

from youthvoice.model import ReviewStatus
from youthvoice.store.engine import Tx
from youthvoice.store.tables import contribution


class Group(NamedTuple):
    """Messages that say nearly the same. `wordings`: different texts among them, letter by letter.

    `first_week` and `last_week` are Mondays.
    """

    text_key: str
    messages: int
    wordings: int
    first_week: date
    last_week: date


def largest(tx: Tx, topic_id: int, least: int, most: int) -> list[Group]:
    """The largest groups of a topic that have at least `least` messages, largest first."""
    messages = func.count().label("messages")
    rows = tx.execute(
        select(
            contribution.c.text_key,
            messages,
            func.count(contribution.c.own_text_key.distinct()).label("wordings"),
            func.min(contribution.c.week).label("first_week"),
            func.max(contribution.c.week).label("last_week"),
        )
        .where(
            contribution.c.topic_id == topic_id,
            # As the totals count: what was rejected is not in them, what was withdrawn is.
            contribution.c.status != str(ReviewStatus.REJECTED),
            contribution.c.uncounted.is_(False),
            contribution.c.pooled.is_(False),
        )
        .group_by(contribution.c.text_key)
        .having(messages >= max(2, least))
        .order_by(messages.desc(), contribution.c.text_key)
        .limit(most)
    )
    return [
        Group(row.text_key, row.messages, row.wordings, row.first_week, row.last_week)
        for row in rows
    ]
