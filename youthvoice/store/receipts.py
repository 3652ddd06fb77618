"""Receipts: which message a keyed hash of a code belongs to. The code itself is nowhere."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import func, insert, select

from youthvoice.model import ReviewStatus
from youthvoice.store.engine import Tx
from youthvoice.store.tables import contribution, receipt


def add_many(tx: Tx, owners: Mapping[str, str]) -> None:
    """Keep receipts: the id of the message that each keyed hash belongs to."""
    if owners:
        tx.execute(
            insert(receipt),
            [{"receipt_key": key, "contribution_id": owner} for key, owner in owners.items()],
        )


def find(tx: Tx, receipt_key: str) -> str | None:
    """The id of the message that this receipt belongs to."""
    found: str | None = tx.execute(
        select(receipt.c.contribution_id).where(receipt.c.receipt_key == receipt_key)
    ).scalar()
    return found


def has(tx: Tx, contribution_id: str) -> bool:
    """Whether a message has a receipt."""
    found = tx.execute(
        select(receipt.c.contribution_id).where(receipt.c.contribution_id == contribution_id)
    )
    return found.scalar() is not None


def count_withdrawn(tx: Tx) -> int:
    """How many messages with a receipt were withdrawn."""
    found = tx.execute(
        select(func.count())
        .select_from(receipt)
        .join(contribution, contribution.c.id == receipt.c.contribution_id)
        .where(contribution.c.status == str(ReviewStatus.WITHDRAWN))
    )
    return int(found.scalar() or 0)
