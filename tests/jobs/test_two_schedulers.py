"""Two schedulers started by mistake do each slot once: two real processes, one database."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.factories import open_topic
from tests.processes import started
from youthvoice.flow.context import Context
from youthvoice.logs import ALLOWED
from youthvoice.store.tables import job_run


@pytest.mark.slow
def test_each_slot_once(context: Context, tmp_path: Path) -> None:
    open_topic(context)
    settings = {
        "database_url": context.settings.database_url,
        "audience_seconds": 1,
        "post_seconds": 5,
        "collect_seconds": 5,
        "aggregate_seconds": 5,
    }
    command = [sys.executable, "-m", "jobs"]
    home = context.settings.home
    logs = [tmp_path / "one.log", tmp_path / "two.log"]
    with (
        started(command, home, logs[0], **settings) as one,
        started(command, home, logs[1], **settings) as two,
    ):
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            time.sleep(1)
            with context.store.read() as tx:
                rows = tx.execute(select(job_run)).all()
            done = [row for row in rows if row.status == "done"]
            by_job = Counter(row.job for row in done)
            if by_job["audience"] >= 12 and by_job["collect"] >= 2 and by_job["aggregate"] >= 2:
                break
        assert one.poll() is None and two.poll() is None
    with context.store.read() as tx:
        rows = tx.execute(select(job_run)).all()
    slots = Counter((row.job, row.slot) for row in rows)
    assert max(slots.values()) == 1 and by_job["audience"] >= 12
    assert not [row for row in rows if row.status == "failed"], [
        (row.job, row.error) for row in rows if row.status == "failed"
    ]
    # Each audience slot wrote one message: what was done is what the table says.
    written = sum(row.counts.get("written", 0) for row in rows if row.job == "audience")
    from tests.factories import network, own_posts

    roots = {n for (_lang, part), n in own_posts(context).items() if part == 0}
    assert written == sum(network(context).written_by_audience(root) for root in roots)
    for log in logs:
        lines = [json.loads(line) for line in log.read_text().splitlines()]
        assert lines and not [line for line in lines if line["event"] == "job failed"]
        # Nothing but what the allow-list lets through, and no minute of anything.
        assert all(set(line) <= ALLOWED | {"dropped_keys"} for line in lines)
        assert all(line["timestamp"].endswith(":00Z") for line in lines)
