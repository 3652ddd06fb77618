"""Ask before working: is the slot taken, is a run of this job still going on? Then work once.

The truth is in the table `job_run`, UNIQUE(job, slot in UTC): two schedulers that were started by
mistake do each slot once.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from youthvoice import logs, processes
from youthvoice.errors import ChannelError, StoreUnavailable, YouthVoiceError
from youthvoice.flow.context import Context
from youthvoice.store import runs

LONGEST_RUN = timedelta(minutes=15)
"""A run that has not ended after this long is taken for dead."""


def _finish(
    context: Context, run_id: int, status: str, counts: Mapping[str, int], error: str | None
) -> None:
    """Write how a run ended; tries again, because a run that never ends keeps its job waiting."""
    for wait in (0.0, 1.0, 5.0, 15.0):
        time.sleep(wait)
        try:
            with context.store.write() as tx:
                runs.finish(tx, run_id, status, counts, error, context.now())
            return
        except StoreUnavailable:
            continue
    log.error("end of a run not recorded", code=status)


def runner() -> str:
    """What this process is called in the table of runs: machine, and process."""
    return f"{socket.gethostname()}:{processes.name()}"


def abandon_dead(context: Context) -> int:
    """Mark the runs of processes of this machine that are gone (killed, power cut); how many."""
    host = socket.gethostname()
    with context.store.write() as tx:
        dead = [
            name
            for name in runs.running(tx)
            if name.startswith(f"{host}:")
            and not processes.another_runs(name.removeprefix(f"{host}:"))
        ]
        return sum(runs.abandon(tx, name, context.now()) for name in dead)


Step = Callable[[Context], Mapping[str, int]]

log = logs.get("jobs")


def interval_slot(moment: datetime, seconds: int) -> datetime:
    """The instant (UTC) of the interval of `seconds` that `moment` lies in."""
    stamp = int(moment.timestamp())
    return datetime.fromtimestamp(stamp - stamp % seconds, UTC)


def run_once(context: Context, job: str, slot: datetime, step: Step) -> str:
    """Do `step` for this slot unless somebody did or is at it. Returns how it ended.

    A failure is written down with its kind, never with what a message said, and the job goes on at
    its next slot.
    """
    now = context.now()
    with context.store.write() as tx:
        if runs.busy(tx, job, now - LONGEST_RUN):
            return "busy"
        run_id = runs.take(tx, job, slot, runner(), now)
    if run_id is None:
        return "taken"
    status, counts, error = runs.DONE, {}, None
    try:
        counts = dict(step(context))
    except YouthVoiceError as problem:
        # The id of a catalogue sentence is fixed text: no value of it is kept.
        status, error = runs.FAILED, problem.what.id[:120]
    except ChannelError as problem:
        status, error = runs.FAILED, f"{type(problem).__name__}: {problem.code}"[:120]
    except Exception as problem:  # the boundary of a run: the next slot tries again
        status, error = runs.FAILED, type(problem).__name__
    _finish(context, run_id, status, counts, error)
    if status == runs.FAILED:
        log.error("job failed", job=job, code=error)
    elif any(counts.values()):
        log.info("job done", job=job, **counts)
    return status
