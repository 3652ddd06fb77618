"""What is done once a day: in order, once, and also where the machine was off at that hour."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine

from jobs import scheduler
from youthvoice.flow.context import Context
from youthvoice.store import runs


def at(hour: int) -> datetime:
    return datetime(2026, 11, 23, hour, 45, tzinfo=UTC)


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    order: list[str] = []
    steps = {
        name: (lambda _context, name=name: order.append(name) or {}) for name in scheduler.DAILY
    }
    monkeypatch.setattr(scheduler, "DAILY", steps)
    return order


def test_in_order_and_once(lite: Context, done: list[str]) -> None:
    with time_machine.travel(at(15), tick=False):
        scheduler.daily(lite)
        scheduler.daily(lite)
    assert done == ["forget", "witness", "back_up"]


def test_a_machine_that_was_off_catches_up(lite: Context, done: list[str]) -> None:
    with time_machine.travel(at(9), tick=False):  # 4:45 in Toronto
        scheduler.catch_up(lite)
    assert done == []
    with time_machine.travel(at(20), tick=False):
        scheduler.catch_up(lite)
        scheduler.catch_up(lite)
    assert done == ["forget", "witness", "back_up"]
    with lite.store.read() as tx:
        assert {run.job for run in runs.latest(tx)} == set(done)
