"""Which verbs of which channel wait, until when and why; it outlives the process that was refused."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update

from youthvoice.model import Pause
from youthvoice.store.engine import Tx
from youthvoice.store.tables import pause
from youthvoice.store.upsert import insert_new


def find(tx: Tx, channel: str, verb: str) -> Pause | None:
    """The last refusal of a verb that has not been followed by a success."""
    row = tx.execute(
        select(pause).where(pause.c.channel == channel, pause.c.verb == verb)
    ).one_or_none()
    return Pause(*row) if row is not None else None


def put(
    tx: Tx, channel: str, verb: str, now: datetime, until: datetime, kind: str, code: str
) -> None:
    """Write a refusal; one after another keeps the time of the first."""
    key = {"channel": channel, "verb": verb}
    first = {"since": now, "until": until, "kind": kind, "code": code, "times": 0}
    insert_new(tx, pause, [{**key, **first}], list(key), pause.c.channel)
    tx.execute(
        update(pause)
        .where(pause.c.channel == channel, pause.c.verb == verb)
        .values(until=until, kind=kind, code=code, times=pause.c.times + 1)
    )


def clear(tx: Tx, channel: str, verb: str) -> None:
    """It worked again."""
    tx.execute(delete(pause).where(pause.c.channel == channel, pause.c.verb == verb))


def every(tx: Tx) -> list[Pause]:
    """All of them, for people to see."""
    return [
        Pause(*row) for row in tx.execute(select(pause).order_by(pause.c.channel, pause.c.verb))
    ]
