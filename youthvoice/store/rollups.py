"""Totals: exact counts to compute them from, and the stored rollups that pages read.

A rollup is stored as slices: every single dimension and every pair of them. A message has one
question, language, channel, day and week, and any number of themes. Themes are what people decided,
or, where nobody has looked yet, what the machine proposed. Rejected messages are not counted;
withdrawn ones stay in the totals.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import combinations
from typing import Any

from sqlalchemy import Select, String, cast, delete, func, insert, select, union_all

from youthvoice.model import Cell, ReviewStatus, TopicTotals
from youthvoice.store.engine import Tx
from youthvoice.store.tables import (
    contribution,
    decided_theme,
    decision,
    proposed_theme,
    rollup,
    topic_total,
)

DIMENSIONS = ("question", "theme", "language", "channel", "day", "week")
ANY = "*"


def slices() -> list[tuple[str, ...]]:
    """Every stored slice: single dimensions and pairs (a day's week is no pair)."""
    singles: list[tuple[str, ...]] = [(name,) for name in DIMENSIONS]
    return singles + [pair for pair in combinations(DIMENSIONS, 2) if pair != ("day", "week")]


def _counted() -> Any:
    return (contribution.c.status != str(ReviewStatus.REJECTED)) & contribution.c.pooled.is_(False)


def _themes() -> Any:
    decided = select(decided_theme.c.contribution_id, decided_theme.c.theme)
    proposed = (
        select(proposed_theme.c.contribution_id, proposed_theme.c.theme)
        .join(contribution, contribution.c.id == proposed_theme.c.contribution_id)
        .where(contribution.c.has_decision.is_(False))
    )
    return union_all(decided, proposed).subquery()


def count(tx: Tx, topic_id: int, dimensions: Sequence[str]) -> list[Cell]:
    """Exact figures of one slice, to be suppressed before anybody sees them."""
    themes = _themes()
    columns = [
        (themes.c.theme if name == "theme" else cast(contribution.c[name], String)).label(name)
        for name in dimensions
    ]
    query: Select[Any] = select(
        *columns, func.count(), func.count(contribution.c.text_key.distinct())
    ).where(contribution.c.topic_id == topic_id, _counted())
    if "theme" in dimensions:
        query = query.join(themes, themes.c.contribution_id == contribution.c.id)
    rows = tx.execute(query.group_by(*columns))
    return [
        Cell(dict(zip(dimensions, row[:-2], strict=True)), int(row[-2]), int(row[-1]))
        for row in rows
    ]


def count_total(tx: Tx, topic_id: int) -> tuple[int, int]:
    """Messages and distinct texts of a topic."""
    row = tx.execute(
        select(func.count(), func.count(contribution.c.text_key.distinct())).where(
            contribution.c.topic_id == topic_id, _counted()
        )
    ).one()
    return int(row[0]), int(row[1])


def fingerprint(tx: Tx, topic_id: int) -> str:
    """Changes when anything that a total depends on has changed."""
    # Not by each status: a withdrawal changes no total, and must not be seen by when totals move.
    rejected = contribution.c.status == str(ReviewStatus.REJECTED)
    statuses = tx.execute(
        select(rejected, contribution.c.model, contribution.c.compared, func.count())
        .where(contribution.c.topic_id == topic_id, contribution.c.pooled.is_(False))
        .group_by(rejected, contribution.c.model, contribution.c.compared)
        .order_by(rejected, contribution.c.model, contribution.c.compared)
    ).all()
    decisions = tx.execute(
        select(func.count(decision.c.id))
        .join(contribution, contribution.c.id == decision.c.contribution_id)
        .where(contribution.c.topic_id == topic_id)
    ).scalar()
    counted = repr(([tuple(row) for row in statuses], decisions))
    return hashlib.sha256(counted.encode()).hexdigest()


def stored_fingerprint(tx: Tx, topic_id: int) -> str | None:
    """The fingerprint that the stored totals were computed from."""
    return tx.execute(
        select(topic_total.c.fingerprint).where(topic_total.c.topic_id == topic_id)
    ).scalar()


def replace(
    tx: Tx,
    topic_id: int,
    totals: TopicTotals,
    stored: Mapping[tuple[str, ...], Sequence[Cell]],
    mark: str,
) -> None:
    """Put a topic's totals in place of the earlier ones, all or none."""
    tx.execute(delete(rollup).where(rollup.c.topic_id == topic_id))
    rows = [
        {
            "topic_id": topic_id,
            "slice": "+".join(dimensions),
            **{name: cell.values.get(name, ANY) for name in DIMENSIONS},
            "messages": cell.messages,
            "texts": cell.texts,
        }
        for dimensions, cells in stored.items()
        for cell in cells
    ]
    if rows:
        tx.execute(insert(rollup), rows)
    tx.execute(delete(topic_total).where(topic_total.c.topic_id == topic_id))
    tx.execute(
        insert(topic_total).values(
            topic_id=topic_id,
            messages=totals.messages,
            texts=totals.texts,
            waiting=totals.waiting,
            held=totals.held,
            released=totals.released,
            rejected=totals.rejected,
            withdrawn=totals.withdrawn,
            computed_at=totals.computed_at,
            fingerprint=mark,
        )
    )


def totals(tx: Tx, topic_id: int) -> TopicTotals | None:
    """The stored head figures of a topic, or None before the first aggregation."""
    row = tx.execute(select(topic_total).where(topic_total.c.topic_id == topic_id)).one_or_none()
    if row is None:
        return None
    moment: datetime = row.computed_at
    return TopicTotals(
        row.messages, row.texts, row.waiting, row.held, row.released, row.rejected,
        row.withdrawn, moment,
    )  # fmt: skip


def read(tx: Tx, topic_id: int, dimensions: Sequence[str]) -> list[Cell]:
    """One stored slice, small cells suppressed; `dimensions` in any order."""
    ordered = [name for name in DIMENSIONS if name in dimensions]
    rows = tx.execute(
        select(rollup)
        .where(rollup.c.topic_id == topic_id, rollup.c.slice == "+".join(ordered))
        .order_by(*(rollup.c[name] for name in ordered))
    )
    return [
        Cell({name: row._mapping[name] for name in ordered}, row.messages, row.texts)
        for row in rows
    ]
