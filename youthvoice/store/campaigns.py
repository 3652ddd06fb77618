"""Campaigns: which code leads to which topic, and how many messages came with it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, insert, select

from youthvoice.model import Campaign
from youthvoice.store.engine import Tx
from youthvoice.store.tables import campaign, contribution


def add(tx: Tx, new: Campaign) -> None:
    """Write a new campaign."""
    tx.execute(
        insert(campaign).values(
            code=new.code,
            topic_id=new.topic_id,
            name=new.name,
            made_on=new.made_on,
            made_by=new.made_by,
        )
    )


def _campaign(row: Any) -> Campaign:
    return Campaign(row.code, row.topic_id, row.name, row.made_on, row.made_by)


def find(tx: Tx, code: str) -> Campaign | None:
    """The campaign with this code, or None."""
    row = tx.execute(select(campaign).where(campaign.c.code == code)).one_or_none()
    return _campaign(row) if row is not None else None


def every(tx: Tx, topic_id: int | None = None) -> list[Campaign]:
    """All campaigns, the newest first; only of one topic if given."""
    query = select(campaign).order_by(campaign.c.made_on.desc(), campaign.c.code)
    if topic_id is not None:
        query = query.where(campaign.c.topic_id == topic_id)
    return [_campaign(row) for row in tx.execute(query)]


def messages(tx: Tx) -> dict[str, int]:
    """How many messages came with each code (withdrawn ones count, as in every total)."""
    rows = tx.execute(
        select(contribution.c.campaign, func.count())
        .where(contribution.c.campaign.is_not(None), contribution.c.pooled.is_(False))
        .group_by(contribution.c.campaign)
    )
    return {str(row[0]): int(row[1]) for row in rows}
