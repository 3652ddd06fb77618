"""What calls to platforms cost, added up by day, account, operation and topic.

Money is whole millionths of a US dollar, so that sums are exact.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import func, select, update

from youthvoice.model import Spent
from youthvoice.store.engine import Tx
from youthvoice.store.tables import charge
from youthvoice.store.upsert import insert_new

SHARED = 0


def lock(tx: Tx, channel: str, account: str) -> None:
    """Let nobody else price a call of this account until this write ends.

    SQLite writes one after another anyhow; on PostgreSQL two processes would both see the old sum.
    """
    if tx.dialect.name == "postgresql":
        key = func.hashtext(f"ledger {channel} {account}")
        tx.execute(select(func.pg_advisory_xact_lock(key)))


def add(
    tx: Tx,
    day: date,
    channel: str,
    account: str,
    operation: str,
    topic_id: int | None,
    calls: int,
    units: int,
    micros: int,
) -> None:
    """Add to what was spent; negative numbers give back what was set aside too much."""
    key = {
        "day": day,
        "channel": channel,
        "account": account,
        "operation": operation,
        "topic_id": topic_id or SHARED,
    }
    insert_new(
        tx,
        charge,
        [{**key, "calls": 0, "units": 0, "micros": 0}],
        list(key),
        charge.c.day,
    )
    query = update(charge)
    for name, value in key.items():
        query = query.where(charge.c[name] == value)
    tx.execute(
        query.values(
            calls=charge.c.calls + calls,
            units=charge.c.units + units,
            micros=charge.c.micros + micros,
        )
    )


def month_total(tx: Tx, channel: str, account: str, day: date) -> int:
    """What an account has spent in the calendar month of `day`, in millionths of a dollar."""
    first = day.replace(day=1)
    following = (
        first.replace(year=first.year + 1, month=1)
        if first.month == 12
        else first.replace(month=first.month + 1)
    )
    found = tx.execute(
        select(func.coalesce(func.sum(charge.c.micros), 0)).where(
            charge.c.channel == channel,
            charge.c.account == account,
            charge.c.day >= first,
            charge.c.day < following,
        )
    ).scalar()
    return int(found or 0)


def spent(tx: Tx, since: date | None = None) -> list[Spent]:
    """Everything spent (from `since` on), by channel, account, operation and topic."""
    query = select(
        charge.c.channel,
        charge.c.account,
        charge.c.operation,
        charge.c.topic_id,
        func.sum(charge.c.calls),
        func.sum(charge.c.units),
        func.sum(charge.c.micros),
    ).group_by(charge.c.channel, charge.c.account, charge.c.operation, charge.c.topic_id)
    if since is not None:
        query = query.where(charge.c.day >= since)
    query = query.order_by(
        charge.c.channel, charge.c.account, charge.c.operation, charge.c.topic_id
    )
    return [
        Spent(
            row[0], row[1], row[2], row[3] or None, int(row[4] or 0), int(row[5] or 0), int(row[6])
        )
        for row in tx.execute(query)
    ]


def by_topic(found: list[Spent]) -> Mapping[int | None, int]:
    """Micros by topic; None is shared."""
    totals: dict[int | None, int] = {}
    for one in found:
        totals[one.topic_id] = totals.get(one.topic_id, 0) + one.micros
    return totals
