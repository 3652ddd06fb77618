"""A platform that asks to wait is left alone: until when, and why, is kept in the store."""

from __future__ import annotations

from datetime import timedelta

from youthvoice.errors import AuthFailed, ChannelError, OutOfCredit, RetryAt, Unavailable
from youthvoice.flow.context import Context
from youthvoice.model import Pause
from youthvoice.store import pauses

NO_CREDIT = timedelta(hours=6)
NO_RIGHT = timedelta(minutes=30)
NOT_REACHED = timedelta(minutes=1)
ODD = timedelta(minutes=10)
LONGEST = timedelta(hours=1)


def waits(context: Context, channel: str, verb: str) -> Pause | None:
    """The pause of a verb that is not over yet."""
    with context.store.read() as tx:
        found = pauses.find(tx, channel, verb)
    return found if found is not None and found.until > context.now() else None


def refused(context: Context, channel: str, verb: str, problem: ChannelError) -> None:
    """Keep that a verb was refused, and for how long it is not tried again."""
    now = context.now()
    with context.store.write() as tx:
        before = pauses.find(tx, channel, verb)
        wait = _wait(problem, before.times if before else 0)
        pauses.put(tx, channel, verb, now, now + wait, type(problem).__name__, problem.code)


def worked(context: Context, channel: str, verb: str) -> None:
    """Keep that a verb works (again)."""
    with context.store.read() as tx:
        found = pauses.find(tx, channel, verb)
    if found is not None:
        with context.store.write() as tx:
            pauses.clear(tx, channel, verb)


def _wait(problem: ChannelError, times: int) -> timedelta:
    if isinstance(problem, RetryAt):
        return timedelta(seconds=problem.seconds)
    if isinstance(problem, OutOfCredit):
        return NO_CREDIT
    if isinstance(problem, AuthFailed):
        return NO_RIGHT
    step = NOT_REACHED if isinstance(problem, Unavailable) else ODD
    return min(step * (1 << min(times, 6)), LONGEST)
