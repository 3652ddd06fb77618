"""What people decided of a message, beside what the machine proposed, and what may be quoted for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, insert, select, update

from youthvoice.model import ReviewItem, ReviewStatus
from youthvoice.store import attention
from youthvoice.store import labels as store_labels
from youthvoice.store.contributions import as_item, review_query
from youthvoice.store.engine import Tx
from youthvoice.store.tables import contribution, decided_theme, decision


def decide(
    tx: Tx,
    item: ReviewItem,
    status: ReviewStatus,
    themes: Sequence[str],
    actor: str,
    reason: str | None,
    at: datetime,
    read: bool = True,
    labels: Mapping[str, str] | None = None,
) -> None:
    """Write a person's decision beside the machine's proposal, which stays as it was.

    `read`: a person read this very message, and not one that says nearly the same. `labels`: its position
    and feeling by kind; of kinds that are not named, what people said before stays.
    """
    model = tx.execute(
        select(contribution.c.model).where(contribution.c.id == item.id)
    ).scalar_one()
    tx.execute(
        insert(decision).values(
            contribution_id=item.id,
            actor=actor,
            status=str(status),
            themes=sorted(themes),
            proposed=[[p.theme, p.score] for p in item.proposed],
            model=model,
            reason=reason,
            decided_at=at,
            read=read,
        )
    )
    tx.execute(delete(decided_theme).where(decided_theme.c.contribution_id == item.id))
    if themes:
        tx.execute(
            insert(decided_theme),
            [{"contribution_id": item.id, "theme": theme} for theme in sorted(set(themes))],
        )
    store_labels.decide(tx, item.id, labels or {})
    tx.execute(
        update(contribution)
        .where(contribution.c.id == item.id)
        .values(status=str(status), has_decision=True)
    )
    if read:
        attention.settle(tx, item.id)


class LastDecision(NamedTuple):
    """Why people decided as they did, the last time, and whether they read this very message."""

    reason: str | None
    read: bool


def last_decision(tx: Tx, contribution_id: str) -> LastDecision | None:
    """The last decision on a message."""
    row = tx.execute(
        select(decision.c.reason, decision.c.read)
        .where(decision.c.contribution_id == contribution_id)
        .order_by(decision.c.id.desc())
        .limit(1)
    ).one_or_none()
    return LastDecision(row.reason, row.read) if row is not None else None


def quotations(
    tx: Tx, topic_id: int, channels: Sequence[str], theme: str | None = None, most: int = 6
) -> list[ReviewItem]:
    """Released masked texts of these channels, decided by a person, for the public to read."""
    query = review_query().where(
        contribution.c.topic_id == topic_id,
        contribution.c.status == str(ReviewStatus.RELEASED),
        contribution.c.channel.in_(channels),
        contribution.c.masked.is_not(None),
        contribution.c.pooled.is_(False),
        _last_decision(decision.c.read).is_(True),
    )
    if theme is not None:
        query = query.join(
            decided_theme, decided_theme.c.contribution_id == contribution.c.id
        ).where(decided_theme.c.theme == theme)
    rows = tx.execute(query.order_by(contribution.c.id).limit(most)).all()
    return [as_item(tx, row) for row in rows]


def _last_decision(column: Any) -> Any:
    return (
        select(column)
        .where(decision.c.contribution_id == contribution.c.id)
        .order_by(decision.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
