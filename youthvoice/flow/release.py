"""Arrivals reach reviewers in shuffled batches, so that nobody can tell who wrote by when it appeared.

A message whose risk needs a person does not wait for its batch to be read (`store.review_queue.queue`);
it waits to be counted like the others.
"""

from __future__ import annotations

from typing import NamedTuple

from youthvoice.flow.context import Context
from youthvoice.store import attention, pool, self_descriptions


class Released(NamedTuple):
    """How many messages reached reviewers now. (How many wait is told to nobody: it would tell when.)"""

    released: int


def release(context: Context, leftover: bool = False) -> Released:
    """One batch, if enough wait. `leftover`: the daily turn, which lets everything of earlier days go."""
    least = 1 if context.settings.demo else context.settings.release_least
    today = context.settings.today().date()
    with context.store.write() as tx:
        attention.show_pending(tx)
        ids = pool.waiting(tx, today if leftover else None)
        if not ids or (len(ids) < least and not leftover):
            return Released(0)
        pool.release(tx, ids)
        self_descriptions.count(tx, ids)
    context.store.tidy()  # the journal file still has the order of arrival
    return Released(len(ids))
