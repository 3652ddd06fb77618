"""Stored posts that are looked at again on their platform: which, by when, and what was found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, select, update

from youthvoice.model import ReviewStatus
from youthvoice.store.engine import Tx
from youthvoice.store.tables import contribution

CHUNK = 500


def every_ref(tx: Tx, channel: str, most: int) -> list[str]:
    """References of a channel's messages that still have one, on every topic."""
    rows = tx.execute(
        select(contribution.c.ref)
        .where(contribution.c.channel == channel, contribution.c.ref.is_not(None))
        .limit(most)
    )
    return [str(row.ref) for row in rows]


def to_check(tx: Tx, channel: str, before: date, most: int) -> list[tuple[str, bool]]:
    """References to look at again, and whether somebody asked: those with a deadline first, then those
    not looked at since `before`.
    """
    rows = tx.execute(
        select(contribution.c.ref, contribution.c.check_by.is_not(None).label("asked"))
        .where(
            contribution.c.channel == channel,
            contribution.c.ref.is_not(None),
            contribution.c.check_by.is_not(None)
            | (func.coalesce(contribution.c.checked_on, contribution.c.day) < before),
        )
        .order_by(
            contribution.c.check_by.is_(None),
            contribution.c.check_by,
            func.coalesce(contribution.c.checked_on, contribution.c.day),
            contribution.c.id,
        )
        .limit(most)
    )
    return [(str(row.ref), bool(row.asked)) for row in rows]


def mark_checked(tx: Tx, channel: str, refs: Sequence[str], on: date) -> None:
    """These posts were looked at and are there."""
    for start in range(0, len(refs), CHUNK):
        tx.execute(
            update(contribution)
            .where(
                contribution.c.channel == channel,
                contribution.c.ref.in_(refs[start : start + CHUNK]),
            )
            .values(checked_on=on, check_by=None)
        )


def ask_check(tx: Tx, channel: str, refs: Sequence[str], by: datetime) -> int:
    """Have these posts looked at by then; how many of them are here."""
    mine = (contribution.c.channel == channel) & contribution.c.ref.in_(refs)
    tx.execute(
        update(contribution).where(mine, contribution.c.check_by.is_(None)).values(check_by=by)
    )
    found = tx.execute(select(func.count()).select_from(contribution).where(mine)).scalar()
    return int(found or 0)


def overdue(tx: Tx, channel: str, now: datetime) -> list[str]:
    """References whose check was asked for and could not be made in time."""
    return list(
        tx.execute(
            select(contribution.c.ref).where(
                contribution.c.channel == channel,
                contribution.c.ref.is_not(None),
                contribution.c.check_by < now,
            )
        ).scalars()
    )


def hold(tx: Tx, channel: str, refs: Sequence[str], reason: str) -> int:
    """Show these messages to nobody until a person, or a newer version, says otherwise; how many."""
    done = tx.execute(
        update(contribution)
        .where(
            contribution.c.channel == channel,
            contribution.c.ref.in_(refs),
            contribution.c.status.in_([str(ReviewStatus.WAITING), str(ReviewStatus.RELEASED)]),
        )
        .values(status=str(ReviewStatus.HELD), hold=reason)
    )
    return int(done.rowcount)


def end_hold(tx: Tx, channel: str, refs: Sequence[str], reason: str) -> int:
    """These messages were held for `reason`, which is over: they wait for a person again; how many."""
    done = tx.execute(
        update(contribution)
        .where(
            contribution.c.channel == channel,
            contribution.c.ref.in_(refs),
            contribution.c.status == str(ReviewStatus.HELD),
            contribution.c.hold == reason,
        )
        .values(status=str(ReviewStatus.WAITING), hold=None)
    )
    return int(done.rowcount)


def check_counts(tx: Tx, channel: str, before: date) -> tuple[int, int, int]:
    """(with a reference, not looked at since `before`, asked for) of a channel's messages."""
    row = tx.execute(
        select(
            func.count(),
            func.count().filter(
                func.coalesce(contribution.c.checked_on, contribution.c.day) < before
            ),
            func.count(contribution.c.check_by),
        ).where(contribution.c.channel == channel, contribution.c.ref.is_not(None))
    ).one()
    return int(row[0]), int(row[1]), int(row[2])
