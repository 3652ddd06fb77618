"""The cadence, and nothing else: APScheduler calls each job's step; the truth is in the tables.

Intervals are counted in UTC. Daily jobs have a local time between 08:00 and 20:00, which no clock
change touches (the setting refuses others).
"""

from __future__ import annotations

import signal
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Event
from typing import Any

from apscheduler.events import EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from jobs import steps
from jobs.guard import Step, abandon_dead, interval_slot, run_once
from youthvoice import app, logs
from youthvoice.flow.context import Context
from youthvoice.settings import Settings
from youthvoice.store import runs

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
"""Intervals start from here, so that every scheduler of an installation ticks at the same instants."""

log = logs.get("scheduler")


def intervals(settings: Settings) -> dict[str, tuple[int, Step]]:
    """The jobs that repeat: name, seconds, step."""
    found: dict[str, tuple[int, Step]] = {
        "post": (settings.post_seconds, steps.post),
        "collect": (settings.collect_seconds, steps.collect),
        "recheck": (settings.recheck_minutes * 60, steps.recheck),
        "tag": (settings.tag_seconds, steps.tag),
        "release": (_release_seconds(settings), steps.release),
        "collapse": (settings.tag_seconds, steps.collapse),
        "aggregate": (settings.aggregate_seconds, steps.aggregate),
    }
    if settings.demo:
        found["audience"] = (settings.audience_seconds, steps.audience)
    return found


DAILY: dict[str, Step] = {
    "forget": steps.forget,
    "witness": steps.witness,
    "back_up": steps.back_up,
}
"""What is done once a day, in this order."""


def _release_seconds(settings: Settings) -> int:
    # The demo's visitor wants to see the message arrive; nobody can be found by it there.
    return settings.aggregate_seconds if settings.demo else settings.release_minutes * 60


def daily_trigger(settings: Settings) -> CronTrigger:
    """Once a day at the settings' local time."""
    return CronTrigger(
        hour=settings.daily_at.hour, minute=settings.daily_at.minute, timezone=settings.zone
    )


def build(context: Context) -> BackgroundScheduler:
    """The scheduler with every job; it keeps nothing itself (in-memory store)."""
    settings = context.settings
    scheduler = BackgroundScheduler(
        timezone=settings.zone,
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
    )
    for name, (seconds, step) in intervals(settings).items():
        scheduler.add_job(
            _tick(context, name, seconds, step),
            IntervalTrigger(seconds=seconds, start_date=EPOCH, timezone=UTC),
            id=name,
        )
    scheduler.add_job(lambda: daily(context), daily_trigger(settings), id="daily")
    scheduler.add_listener(
        lambda event: _record_missed(context, event), EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES
    )
    return scheduler


def _tick(context: Context, name: str, seconds: int, step: Step) -> Callable[[], object]:
    def tick() -> object:
        return run_once(context, name, interval_slot(context.now(), seconds), step)

    return tick


def daily(context: Context) -> None:
    """Everything of once a day, one after the other; what was done for today already is left alone."""
    slot = daily_slot(context.settings, context.now())
    for name, step in DAILY.items():
        run_once(context, name, slot, step)


def catch_up(context: Context) -> None:
    """Do today's turn if its time has passed: a machine that is off at that hour still forgets."""
    if context.now() >= daily_slot(context.settings, context.now()):
        daily(context)


def daily_slot(settings: Settings, moment: datetime) -> datetime:
    """The instant (UTC) of the daily time on the local day of `moment`."""
    local = moment.astimezone(settings.zone)
    due = local.replace(
        hour=settings.daily_at.hour, minute=settings.daily_at.minute, second=0, microsecond=0
    )
    return due.astimezone(UTC)


def _record_missed(context: Context, event: Any) -> None:
    due = getattr(event, "scheduled_run_time", None) or event.scheduled_run_times[0]
    slot = due.astimezone(UTC).replace(microsecond=0)
    with context.store.write() as tx:
        runs.record_missed(tx, event.job_id, slot)
    log.warning("run missed", job=event.job_id)


def serve(settings: Settings) -> None:
    """Run until a signal."""
    context = app.build(settings)
    abandon_dead(context)
    ended = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    scheduler = build(context)
    scheduler.start()
    scheduler.add_job(lambda: catch_up(context), id="catch_up")
    log.info("scheduler started")
    ended.wait()
    scheduler.shutdown(wait=True)
    context.store.close()
    log.info("scheduler stopped")
