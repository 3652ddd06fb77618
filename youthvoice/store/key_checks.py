"""Whether a secret is the one that this database was made with: a keyed hash of a fixed word."""

from __future__ import annotations

from sqlalchemy import select

from youthvoice.store.engine import Tx
from youthvoice.store.tables import key_check
from youthvoice.store.upsert import insert_new


def known(tx: Tx, name: str) -> str | None:
    """The value that was kept for a secret."""
    found: str | None = tx.execute(
        select(key_check.c.value).where(key_check.c.name == name)
    ).scalar()
    return found


def keep(tx: Tx, name: str, value: str) -> None:
    """Keep the value of a secret, once."""
    insert_new(tx, key_check, [{"name": name, "value": value}], ["name"], key_check.c.name)
