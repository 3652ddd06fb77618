"""Runs of jobs: one a slot, whoever is first; and what became of each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, update

from youthvoice.model import JobRun
from youthvoice.store.engine import Tx
from youthvoice.store.tables import job_run
from youthvoice.store.upsert import insert_new

RUNNING = "running"
DONE = "done"
FAILED = "failed"
MISSED = "missed"
ABANDONED = "abandoned"


def take(tx: Tx, job: str, slot: datetime, runner: str, at: datetime) -> int | None:
    """Take the slot of a job for the process called `runner`; the run's id, or None if somebody has it."""
    new = insert_new(
        tx,
        job_run,
        [
            {
                "job": job,
                "slot": slot,
                "status": RUNNING,
                "runner": runner,
                "started_at": at,
                "counts": {},
            }
        ],
        ["job", "slot"],
        job_run.c.id,
    )
    return int(new.pop()) if new else None


def finish(
    tx: Tx, run_id: int, status: str, counts: Mapping[str, int], error: str | None, at: datetime
) -> None:
    """Write how a run ended."""
    tx.execute(
        update(job_run)
        .where(job_run.c.id == run_id)
        .values(status=status, counts=dict(counts), error=error, finished_at=at)
    )


def record_missed(tx: Tx, job: str, slot: datetime) -> None:
    """Record a run that the scheduler could not start."""
    insert_new(
        tx,
        job_run,
        [{"job": job, "slot": slot, "status": MISSED, "counts": {}}],
        ["job", "slot"],
        job_run.c.id,
    )


def busy(tx: Tx, job: str, since: datetime) -> bool:
    """Whether a run of this job that began after `since` has not ended."""
    found = tx.execute(
        select(func.count())
        .select_from(job_run)
        .where(job_run.c.job == job, job_run.c.status == RUNNING, job_run.c.started_at > since)
    ).scalar()
    return bool(found)


def running(tx: Tx) -> list[str]:
    """The processes that hold a run which has not ended."""
    found = tx.execute(select(job_run.c.runner).where(job_run.c.status == RUNNING).distinct())
    return [runner for runner in found.scalars() if runner]


def abandon(tx: Tx, runner: str, at: datetime) -> int:
    """Mark the runs of a process that is gone; how many."""
    return int(
        tx.execute(
            update(job_run)
            .where(job_run.c.status == RUNNING, job_run.c.runner == runner)
            .values(status=ABANDONED, finished_at=at)
        ).rowcount
    )


def count_before(tx: Tx, before: datetime) -> int:
    """How many records `prune` would forget."""
    query = select(func.count()).select_from(job_run).where(_old(before))
    return int(tx.execute(query).scalar() or 0)


def prune(tx: Tx, before: datetime) -> int:
    """Forget finished runs older than `before`; failures and missed runs stay ten times as long."""
    return int(tx.execute(delete(job_run).where(_old(before))).rowcount)


def _old(before: datetime) -> ColumnElement[bool]:
    quiet = (job_run.c.slot < before) & (job_run.c.status == DONE)
    return quiet | (job_run.c.slot < before - timedelta(days=20))


def latest(tx: Tx) -> list[JobRun]:
    """The newest run of each job."""
    newest = select(job_run.c.job, func.max(job_run.c.slot).label("slot")).group_by(job_run.c.job)
    found = newest.subquery()
    rows = tx.execute(
        select(job_run)
        .join(found, (found.c.job == job_run.c.job) & (found.c.slot == job_run.c.slot))
        .order_by(job_run.c.job)
    )
    return [_run(row) for row in rows]


def troubles(tx: Tx, most: int = 20) -> list[JobRun]:
    """The newest runs that failed, were missed or never ended."""
    rows = tx.execute(
        select(job_run)
        .where(job_run.c.status.in_([FAILED, MISSED, ABANDONED]))
        .order_by(job_run.c.slot.desc())
        .limit(most)
    )
    return [_run(row) for row in rows]


def _run(row: Any) -> JobRun:
    return JobRun(
        row.job,
        row.slot,
        row.status,
        row.started_at,
        row.finished_at,
        row.counts,
        row.error,
    )
