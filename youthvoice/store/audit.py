"""Who did what to which thing, and when; ids only, never a text."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import insert, select

from youthvoice.model import Actor
from youthvoice.store.engine import Tx
from youthvoice.store.tables import audit


class AuditEntry(NamedTuple):
    """One step somebody took."""

    at: datetime
    actor: str
    role: str
    action: str
    subject: str


def write(tx: Tx, actor: Actor | None, action: str, subject: str, at: datetime) -> None:
    """Add an entry; `actor` None is the program itself."""
    tx.execute(
        insert(audit).values(
            at=at,
            actor=actor.name if actor else "youthvoice",
            role=str(actor.role) if actor else "system",
            action=action,
            subject=subject,
        )
    )


def newest(tx: Tx, most: int = 50) -> list[AuditEntry]:
    """The last entries, newest first."""
    rows = tx.execute(select(audit).order_by(audit.c.id.desc()).limit(most))
    return [AuditEntry(row.at, row.actor, row.role, row.action, row.subject) for row in rows]
