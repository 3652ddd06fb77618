"""Where each collection stands: its cursor, when it was last whole, and that it was empty when it was."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, select, update

from youthvoice.store.engine import Tx
from youthvoice.store.tables import collection
from youthvoice.store.upsert import insert_new


class Collection(NamedTuple):
    """A collection's last turn, through one account (empty: one for all).

    `empty_runs`: how many turns in a row found nothing new. `gap_from`: messages written between then
    and the turn after may be missing, because the platform no longer showed them.
    """

    channel: str
    account: str
    cursor: Mapping[str, str]
    last_run_at: datetime
    last_complete_at: datetime | None
    last_new: int
    empty_runs: int
    gap_from: datetime | None
    began_at: datetime


def find(tx: Tx, channel: str, account: str = "") -> Collection | None:
    """One collection, or None before its first turn."""
    row = tx.execute(
        select(collection).where(collection.c.channel == channel, collection.c.account == account)
    ).one_or_none()
    return Collection(*row) if row is not None else None


def advance(
    tx: Tx,
    channel: str,
    account: str,
    to: Mapping[str, str],
    new: int,
    at: datetime,
    complete: bool,
    gap_from: datetime | None = None,
) -> None:
    """Keep a cursor after a page; after the last one also that it was whole, and how many were new.

    `new` counts the whole turn so far. A gap that is told once stays told.
    """
    before = find(tx, channel, account)
    insert_new(
        tx,
        collection,
        [
            {
                "channel": channel,
                "account": account,
                "cursor": {},
                "last_run_at": at,
                "last_new": 0,
                "empty_runs": 0,
                "began_at": at,
            }
        ],
        ["channel", "account"],
        collection.c.channel,
    )
    values: dict[str, object] = {"cursor": dict(to), "last_run_at": at}
    if complete:
        empty = before.empty_runs if before else 0
        values |= {
            "last_complete_at": at,
            "last_new": new,
            "empty_runs": 0 if new else empty + 1,
        }
    if gap_from is not None:
        values["gap_from"] = gap_from
    tx.execute(
        update(collection)
        .where(collection.c.channel == channel, collection.c.account == account)
        .values(**values)
    )


def forget(tx: Tx, channel: str) -> None:
    """Forget where every collection of a channel stands."""
    tx.execute(delete(collection).where(collection.c.channel == channel))


def every(tx: Tx) -> list[Collection]:
    """All collections."""
    rows = tx.execute(select(collection).order_by(collection.c.channel, collection.c.account))
    return [Collection(*row) for row in rows]
