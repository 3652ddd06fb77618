"""Messages of the form that have arrived and are not yet before reviewers."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select, update

from youthvoice.model import ReviewStatus
from youthvoice.store.engine import Tx
from youthvoice.store.tables import (
    contribution,
    data_key,
    masked_key,
    receipt,
    sealed_original,
    self_description,
)

_WAITING = contribution.c.pooled.is_(True) & (contribution.c.status != str(ReviewStatus.WITHDRAWN))


def waiting(tx: Tx, before: date | None = None) -> list[str]:
    """Ids of what waits in the pool; only what came before that day, if given."""
    query = select(contribution.c.id).where(_WAITING)
    if before is not None:
        query = query.where(contribution.c.day < before)
    return list(tx.execute(query).scalars())


def count(tx: Tx) -> int:
    """How many wait in the pool."""
    return int(
        tx.execute(select(func.count()).select_from(contribution).where(_WAITING)).scalar() or 0
    )


def release(tx: Tx, ids: Sequence[str]) -> None:
    """Let these messages reach reviewers and totals, together and in no order.

    PostgreSQL keeps rows where they were written; writing them again in a shuffled order takes the order
    of arrival out of the file as well (SQLite keeps them by their random ids).
    """
    shuffled = list(ids)
    random.SystemRandom().shuffle(shuffled)
    for one in shuffled:
        tx.execute(update(contribution).where(contribution.c.id == one).values(pooled=False))
    if tx.dialect.name != "postgresql":
        return
    for table, owner, same in (
        (masked_key, masked_key.c.contribution_id, "key"),
        (receipt, receipt.c.contribution_id, "receipt_key"),
        (self_description, self_description.c.contribution_id, "groups"),
        (sealed_original, sealed_original.c.item_id, "nonce"),
        (data_key, data_key.c.item_id, "pair"),
    ):
        random.SystemRandom().shuffle(shuffled)
        for one in shuffled:
            tx.execute(update(table).where(owner == one).values({same: table.c[same]}))
