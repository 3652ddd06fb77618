"""Who did what to which thing, when and why; ids and keyed hashes only, never a text.

Entries are numbered without gaps and chained (`trust/chain.py`); one row, the head, holds how many there
are. What the hashes are is not known here: `flow/trail.py` computes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, insert, select, update

from youthvoice.store.engine import Tx
from youthvoice.store.tables import audit, audit_head
from youthvoice.store.upsert import insert_new

CHUNK = 1_000


class AuditEntry(NamedTuple):
    """One step somebody took. `commitment`: a keyed hash of what must not stand here itself."""

    at: datetime
    actor: str
    role: str
    action: str
    subject: str
    reason: str = ""
    commitment: str = ""
    id: int = 0
    mac: str = ""

    def fields(self) -> tuple[object, ...]:
        """What the chain covers."""
        return (
            self.id,
            self.at.isoformat(),
            self.actor,
            self.role,
            self.action,
            self.subject,
            self.reason,
            self.commitment,
        )


class Head(NamedTuple):
    """How many entries there are, the last one's hash, and the keyed hash over both."""

    entries: int
    mac: str
    seal: str


def head(tx: Tx, lock: bool = False) -> Head | None:
    """The head, or None before the first chained entry. `lock`: until this write ends."""
    query = select(audit_head).where(audit_head.c.id == 1)
    row = tx.execute(query.with_for_update() if lock else query).one_or_none()
    return Head(row.entries, row.mac, row.seal) if row is not None else None


def begin(tx: Tx, first: Head) -> None:
    """Make the head's row, unless another process just did."""
    insert_new(tx, audit_head, [{"id": 1, **first._asdict()}], ["id"], audit_head.c.id)


def unchained(tx: Tx) -> list[AuditEntry]:
    """Entries from before there was a chain, oldest first."""
    return [_entry(row) for row in tx.execute(select(audit).order_by(audit.c.id))]


def chain(tx: Tx, number: int, entry: AuditEntry) -> None:
    """Give the entry with this number, from before there was a chain, its place and hash in it."""
    tx.execute(update(audit).where(audit.c.id == number).values(id=entry.id, mac=entry.mac))


def add(tx: Tx, entry: AuditEntry, after: Head) -> None:
    """Add an entry and move the head."""
    tx.execute(insert(audit).values(**entry._asdict()))
    set_head(tx, after)


def set_head(tx: Tx, after: Head) -> None:
    """Move the head."""
    tx.execute(update(audit_head).where(audit_head.c.id == 1).values(**after._asdict()))


def count(tx: Tx) -> int:
    """How many entries there are."""
    return int(tx.execute(select(func.count()).select_from(audit)).scalar() or 0)


def walk(tx: Tx) -> Iterator[AuditEntry]:
    """Every entry in the order of its number, a piece at a time."""
    last: int | None = None
    while True:
        query = select(audit).order_by(audit.c.id).limit(CHUNK)
        rows = tx.execute(query if last is None else query.where(audit.c.id > last)).all()
        if not rows:
            return
        yield from (_entry(row) for row in rows)
        last = rows[-1].id


def newest(tx: Tx, most: int = 50) -> list[AuditEntry]:
    """The last entries, newest first."""
    return [
        _entry(row) for row in tx.execute(select(audit).order_by(audit.c.id.desc()).limit(most))
    ]


def _entry(row: object) -> AuditEntry:
    return AuditEntry(**{name: getattr(row, name) for name in AuditEntry._fields})
