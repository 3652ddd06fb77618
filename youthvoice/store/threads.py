"""The anonymous thread under a message: the committee's questions, and what its writer answers.

Texts are under the message's own key (`store/shredding.py`) and go with it.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import delete, func, insert, select

from youthvoice.model import ThreadAuthor, ThreadMessage
from youthvoice.store.engine import Tx
from youthvoice.store.shredding import lock, unlock
from youthvoice.store.tables import masked_key, thread_message


def add(
    tx: Tx,
    contribution_id: str,
    message_id: str,
    author: ThreadAuthor,
    text: str,
    day: date,
    actor: str | None = None,
) -> bool:
    """Add a message to a thread; False where the key is gone, that is, after a withdrawal."""
    key = tx.execute(
        select(masked_key.c.key).where(masked_key.c.contribution_id == contribution_id)
    ).scalar()
    if key is None:
        return False
    last = tx.execute(
        select(func.max(thread_message.c.position)).where(
            thread_message.c.contribution_id == contribution_id
        )
    ).scalar()
    tx.execute(
        insert(thread_message).values(
            id=message_id,
            contribution_id=contribution_id,
            position=0 if last is None else last + 1,
            author=str(author),
            actor=actor,
            day=day,
            text=lock(text, message_id, key),
        )
    )
    return True


def of(tx: Tx, contribution_id: str) -> list[ThreadMessage]:
    """A thread, oldest first."""
    rows = tx.execute(
        select(thread_message, masked_key.c.key)
        .outerjoin(masked_key, masked_key.c.contribution_id == thread_message.c.contribution_id)
        .where(thread_message.c.contribution_id == contribution_id)
        .order_by(thread_message.c.position)
    )
    return [
        ThreadMessage(
            row.id, ThreadAuthor(row.author), row.day, unlock(row.text, row.id, row.key) or ""
        )
        for row in rows
    ]


def ids(tx: Tx, contribution_id: str) -> list[str]:
    """The ids of a thread's messages; their originals are sealed under these."""
    return list(
        tx.execute(
            select(thread_message.c.id).where(thread_message.c.contribution_id == contribution_id)
        ).scalars()
    )


def remove(tx: Tx, contribution_id: str) -> None:
    """Remove a thread."""
    tx.execute(delete(thread_message).where(thread_message.c.contribution_id == contribution_id))
