"""Messages of the form that have arrived and are not yet before reviewers."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Column, Table, delete, insert, select, update

from youthvoice.model import ReviewStatus
from youthvoice.store.engine import Tx
from youthvoice.store.tables import (
    contribution,
    data_key,
    masked_key,
    proposed_label,
    proposed_theme,
    receipt,
    sealed_original,
    self_description,
    thread_message,
)

CHUNK = 500
OWNED: tuple[tuple[Table, Column[str]], ...] = (
    (contribution, contribution.c.id),
    (masked_key, masked_key.c.contribution_id),
    (receipt, receipt.c.contribution_id),
    (self_description, self_description.c.contribution_id),
    (proposed_theme, proposed_theme.c.contribution_id),
    (proposed_label, proposed_label.c.contribution_id),
    (thread_message, thread_message.c.contribution_id),
    (sealed_original, sealed_original.c.item_id),
    (data_key, data_key.c.item_id),
)
"""What a voice leaves in the database, and the column that says whose it is."""

_WAITING = contribution.c.pooled.is_(True) & (contribution.c.status != str(ReviewStatus.WITHDRAWN))


def waiting(tx: Tx, before: date | None = None) -> list[str]:
    """Ids of what waits in the pool; only what came before that day, if given. Locked until this write ends:
    what is withdrawn meanwhile was in the batch, or it is not in the pool any more.
    """
    query = select(contribution.c.id).where(_WAITING)
    if before is not None:
        query = query.where(contribution.c.day < before)
    # What somebody is just taking back or deciding goes with the next batch; nobody waits for a batch.
    return list(tx.execute(query.with_for_update(skip_locked=True)).scalars())


def release(tx: Tx, ids: Sequence[str]) -> None:
    """Let these messages, which are locked, reach reviewers and totals, together and in no order.

    Both databases keep rows in their files in the order of writing, SQLite inside a page, PostgreSQL in
    the whole table. So every row of the batch is written anew, each table in a shuffled order of its own.
    """
    for start in range(0, len(ids), CHUNK):
        part = list(ids[start : start + CHUNK])
        tx.execute(update(contribution).where(contribution.c.id.in_(part)).values(pooled=False))
    if tx.dialect.name == "sqlite":
        tx.exec_driver_sql("PRAGMA defer_foreign_keys=ON")  # until this transaction ends
    for table, owner in OWNED:
        if tx.dialect.name == "sqlite":
            _write_anew(tx, table, owner, ids)
        else:
            _touch(tx, table, owner, ids)


def _write_anew(tx: Tx, table: Table, owner: Column[str], ids: Sequence[str]) -> None:
    rows = []
    for start in range(0, len(ids), CHUNK):
        mine = owner.in_(ids[start : start + CHUNK])
        rows += [dict(row._mapping) for row in tx.execute(select(table).where(mine))]
        tx.execute(delete(table).where(mine))
    random.SystemRandom().shuffle(rows)
    if rows:
        tx.execute(insert(table), rows)


def _touch(tx: Tx, table: Table, owner: Column[str], ids: Sequence[str]) -> None:
    """PostgreSQL writes a row that is updated to another place."""
    shuffled = list(ids)
    random.SystemRandom().shuffle(shuffled)
    same = next(column for column in table.columns if not column.primary_key)
    for one in shuffled:
        tx.execute(update(table).where(owner == one).values({same.name: same}))
