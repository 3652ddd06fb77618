"""The fifth verb: totals. Computed when something changed, suppressed before they are stored."""

from __future__ import annotations

from typing import NamedTuple

from youthvoice.export.checks import FEELING_LEAST, least_shown, suppress, week_key
from youthvoice.flow.context import Context
from youthvoice.model import Cell, Topic, TopicTotals
from youthvoice.store import contributions, rollups, topics


class Aggregated(NamedTuple):
    """How many topics had new totals."""

    topics: int


def aggregate(context: Context, slug: str | None = None, force: bool = False) -> Aggregated:
    """Bring the totals of every topic (or only `slug`) to the present."""
    with context.store.read() as tx:
        wanted = [topics.get(tx, slug)] if slug else topics.every(tx, with_standing=True)
    return Aggregated(sum(_aggregate(context, topic, force) for topic in wanted))


def _aggregate(context: Context, topic: Topic, force: bool) -> bool:
    with context.store.read() as tx:
        least = context.settings.min_cell
        mark = f"{rollups.fingerprint(tx, topic.id)}/{least}/{FEELING_LEAST}"
        if not force and rollups.stored_fingerprint(tx, topic.id) == mark:
            return False
        messages, texts = rollups.count_total(tx, topic.id)
        status = contributions.status_counts(tx, topic.id)
        exact = {dims: rollups.count(tx, topic.id, dims) for dims in rollups.slices()}
    stored: dict[tuple[str, ...], list[Cell]] = {
        dims: suppress(cells, least_shown(dims, least))
        for dims, cells in exact.items()
        if "day" not in dims
    }
    for dims, cells in exact.items():
        if "day" in dims:
            by_week = stored[tuple("week" if name == "day" else name for name in dims)]
            hidden = frozenset(week_key(cell) for cell in by_week if cell.suppressed)
            stored[dims] = suppress(cells, least, hidden)
    totals = TopicTotals(
        messages=messages,
        texts=texts,
        waiting=status["waiting"],
        held=status["held"],
        released=status["released"],
        rejected=status["rejected"],
        withdrawn=status["withdrawn"],
        computed_at=context.now(),
    )
    with context.store.write() as tx:
        rollups.replace(tx, topic.id, totals, stored, mark)
    return True
