"""What is kept only for a time, and destroyed after it: the daily job, and what it would do (dry run)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from youthvoice.flow import trail
from youthvoice.flow.context import Context
from youthvoice.store import destruction, postings, runs, sealed

AT_ONCE = 500
KEEP_RUNS = timedelta(days=2)
KEEP_TIMES = timedelta(days=30)
"""After so long nobody looks for a post by the moment of its first try."""


class Forgotten(NamedTuple):
    """How many originals, masked texts, records of runs and precise times of posts were destroyed."""

    originals: int
    masked_texts: int
    runs: int
    times: int


def plan(context: Context) -> Forgotten:
    """What `forget` would destroy now."""
    with context.store.read() as tx:
        masked_before = _masked_before(context)
        return Forgotten(
            sealed.count_older(tx, _originals_before(context)),
            destruction.count_ended_before(tx, masked_before) if masked_before else 0,
            runs.count_before(tx, context.now() - KEEP_RUNS),
            postings.count_times_before(tx, context.now() - KEEP_TIMES),
        )


def forget(context: Context) -> Forgotten:
    """Destroy what is older than the settings keep it, a piece at a time; counted in the audit trail."""
    originals = masked = 0
    while True:
        with context.store.write() as tx:
            old = sealed.older(tx, _originals_before(context), AT_ONCE)
            sealed.destroy(tx, old)
            if old:
                trail.record(context, tx, None, "forget originals", f"{len(old)} originals")
        originals += len(old)
        if len(old) < AT_ONCE:
            break
    masked_before = _masked_before(context)
    while masked_before is not None:
        with context.store.write() as tx:
            ended = destruction.ended_before(tx, masked_before, AT_ONCE)
            destruction.drop_text(tx, ended)
            if ended:
                trail.record(context, tx, None, "forget masked texts", f"{len(ended)} messages")
        masked += len(ended)
        if len(ended) < AT_ONCE:
            break
    with context.store.write() as tx:
        pruned = runs.prune(tx, context.now() - KEEP_RUNS)
        times = postings.forget_times(tx, context.now() - KEEP_TIMES)
    context.store.tidy(thorough=True)
    return Forgotten(originals, masked, pruned, times)


def _originals_before(context: Context) -> date:
    return context.settings.today().date() - timedelta(days=context.settings.keep_originals_days)


def _masked_before(context: Context) -> date | None:
    days = context.settings.keep_masked_days
    return context.settings.today().date() - timedelta(days=days) if days else None
