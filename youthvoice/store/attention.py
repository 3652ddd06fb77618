"""What calls for a person's attention again after a message was read: its writer objected, or answered.

It waits for the next batch, so that nobody sees when it came.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Column, update

from youthvoice.model import Attention, ReviewItem
from youthvoice.store.engine import Tx
from youthvoice.store.tables import contribution

PENDING, SHOWN = "pending", "shown"
"""How a writer's objection or reply stands: it waits for the next batch, or people see it."""


def calls(row: Any) -> Attention | None:
    """Why a message calls for attention now."""
    if row.replied == SHOWN:
        return Attention.REPLY
    return Attention.OBJECTION if row.objected == SHOWN else None


def objects(tx: Tx, item: ReviewItem, objections: Iterable[str]) -> None:
    """A writer calls themes wrong; people look with the next batch."""
    tx.execute(
        update(contribution)
        .where(contribution.c.id == item.id)
        .values(objected=PENDING, objections=sorted(objections))
    )


def replies(tx: Tx, item: ReviewItem, at_once: bool) -> None:
    """A writer answered in the thread; people see it with the next batch, or at once."""
    tx.execute(
        update(contribution)
        .where(contribution.c.id == item.id)
        .values(replied=SHOWN if at_once else PENDING)
    )


def show_pending(tx: Tx) -> int:
    """Show what called for attention since the last batch; how many."""
    shown = 0
    for column in (contribution.c.objected, contribution.c.replied):
        done = tx.execute(
            update(contribution).where(column == PENDING).values({column.name: SHOWN})
        )
        shown += int(done.rowcount)
    return shown


def settle(tx: Tx, contribution_id: str) -> None:
    """A person read the message: what its writer objected to, or answered, was before them."""
    _settle(tx, contribution_id, contribution.c.objected, {"objections": []})
    _settle(tx, contribution_id, contribution.c.replied, {})


def settle_reply(tx: Tx, contribution_id: str) -> None:
    """An answer that was shown was looked after."""
    _settle(tx, contribution_id, contribution.c.replied, {})


def _settle(
    tx: Tx, contribution_id: str, column: Column[Any], values: Mapping[str, object]
) -> None:
    tx.execute(
        update(contribution)
        .where(contribution.c.id == contribution_id, column == SHOWN)
        .values({column.name: None, **values})
    )
