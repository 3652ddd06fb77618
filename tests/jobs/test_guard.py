from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import pytest

from jobs import guard
from jobs.scheduler import EPOCH, build, daily_slot, daily_trigger, intervals
from tests.factories import open_topic
from youthvoice import processes
from youthvoice.errors import StoreUnavailable, Unavailable, note
from youthvoice.flow.context import Context
from youthvoice.settings import Settings
from youthvoice.store import runs

SLOT = datetime(2026, 11, 10, 15, tzinfo=UTC)


def test_a_slot_is_done_once(context: Context) -> None:
    done: list[int] = []

    def step(_context: Context) -> dict[str, int]:
        done.append(1)
        return {"accepted": 2}

    assert guard.run_once(context, "collect", SLOT, step) == "done"
    assert guard.run_once(context, "collect", SLOT, step) == "taken"
    assert guard.run_once(context, "collect", SLOT + timedelta(seconds=20), step) == "done"
    assert len(done) == 2
    with context.store.read() as tx:
        assert runs.latest(tx)[0].counts == {"accepted": 2}


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (RuntimeError("CANARY"), "RuntimeError"),
        (Unavailable("network"), "Unavailable: network"),
        (StoreUnavailable(note("The disk is full (%(where)s).", where="CANARY")), "The disk"),
    ],
)
def test_a_failure_is_written_down_without_words(
    context: Context, capsys: pytest.CaptureFixture[str], problem: Exception, code: str
) -> None:
    def step(_context: Context) -> dict[str, int]:
        raise problem

    assert guard.run_once(context, "collect", SLOT, step) == "failed"
    with context.store.read() as tx:
        (run,) = runs.troubles(tx)
    assert str(run.error).startswith(code) and "CANARY" not in str(run.error)
    assert "CANARY" not in "".join(capsys.readouterr())


def test_a_run_that_goes_on_keeps_others_out(context: Context) -> None:
    with context.store.write() as tx:
        runs.take(tx, "collect", SLOT, "elsewhere:1", context.now())
    later = SLOT + timedelta(seconds=20)
    assert guard.run_once(context, "collect", later, lambda _c: {}) == "busy"


def test_a_killed_scheduler_does_not_block_the_next(context: Context) -> None:
    host, _, _ = guard.runner().split(":")
    parent = os.getppid()
    with context.store.write() as tx:
        runs.take(tx, "collect", SLOT, f"{host}:999999999", context.now())
        runs.take(tx, "aggregate", SLOT, f"{host}:{parent}:another-start", context.now())
        runs.take(tx, "post", SLOT, "another-machine:1:2", context.now())
        runs.take(tx, "tag", SLOT, f"{host}:{processes.name(parent)}", context.now())
    assert guard.abandon_dead(context) == 2
    with context.store.read() as tx:
        assert len(runs.running(tx)) == 2
        assert runs.troubles(tx)[0].status == "abandoned"


def test_interval_slots_do_not_depend_on_who_asks() -> None:
    moment = datetime(2026, 11, 10, 15, 0, 7, 500_000, tzinfo=UTC)
    assert guard.interval_slot(moment, 20) == SLOT
    assert guard.interval_slot(moment + timedelta(seconds=14), 20) == SLOT + timedelta(seconds=20)
    assert (SLOT - EPOCH).total_seconds() % 20 == 0


@pytest.mark.parametrize(
    ("day", "utc_hour"),
    [
        (datetime(2026, 10, 31), 13),
        (datetime(2026, 11, 1), 14),  # clocks go back in Toronto
        (datetime(2026, 11, 2), 14),
        (datetime(2027, 3, 13), 14),
        (datetime(2027, 3, 14), 13),  # clocks go forward
        (datetime(2027, 3, 15), 13),
    ],
)
def test_the_daily_job_runs_once_on_the_days_of_a_clock_change(
    day: datetime, utc_hour: int
) -> None:
    settings = Settings()
    start = day.replace(tzinfo=settings.zone)
    trigger = daily_trigger(settings)
    fires = []
    now = start
    while (fire := trigger.get_next_fire_time(None, now)) and fire < start + timedelta(hours=23):
        fires.append(fire)
        now = fire + timedelta(seconds=1)
    assert len(fires) == 1
    assert fires[0].astimezone(UTC).hour == utc_hour
    assert daily_slot(settings, fires[0]) == fires[0].astimezone(UTC)


@pytest.mark.parametrize("day", [datetime(2026, 11, 1, 4), datetime(2027, 3, 14, 5)])
def test_intervals_go_on_evenly_through_a_clock_change(lite: Context, day: datetime) -> None:
    scheduler = build(lite)
    scheduler.start(paused=True)
    try:
        trigger = scheduler.get_job("collect").trigger
        now = day.replace(tzinfo=UTC)
        last = None
        for _ in range(800):  # over four hours
            fire = trigger.get_next_fire_time(last, now)
            if last is not None:
                assert (fire - last).total_seconds() == 20
            last, now = fire, fire
    finally:
        scheduler.shutdown(wait=False)


def test_every_job_has_the_safe_defaults(lite: Context) -> None:
    scheduler = build(lite)
    scheduler.start(paused=True)
    try:
        jobs = scheduler.get_jobs()
        assert {job.id for job in jobs} == {*intervals(lite.settings), "daily"}
        for job in jobs:
            assert job.misfire_grace_time is None and job.coalesce and job.max_instances == 1
    finally:
        scheduler.shutdown(wait=False)


def test_a_missed_run_is_recorded(context: Context) -> None:
    from types import SimpleNamespace

    from jobs.scheduler import _record_missed

    open_topic(context)
    _record_missed(context, SimpleNamespace(job_id="collect", scheduled_run_time=SLOT))
    with context.store.read() as tx:
        assert [(run.job, run.status) for run in runs.troubles(tx)] == [("collect", "missed")]
