"""Totals: exact counts to compute them from, and the stored rollups that pages read.

A rollup is stored as slices: every single dimension, and pairs of them. A message has one question,
language, channel, day and week, and any number of themes. Themes are what people decided, or, where
nobody has looked yet, what the machine proposed and is sure of; where it is sure of none of its themes,
the message counts once under `not_sure`. So does a position or a feeling. Every message has a feeling;
a position only where a question asks for one. Rejected messages are not counted; withdrawn ones stay in
the totals, unless they had been rejected.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import combinations
from typing import Any

from sqlalchemy import (
    Select,
    String,
    case,
    cast,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    union_all,
)

from youthvoice.model import Cell, LabelKind, ReviewStatus, TopicTotals
from youthvoice.store.engine import Tx
from youthvoice.store.tables import (
    contribution,
    decided_label,
    decided_theme,
    decision,
    proposed_label,
    proposed_theme,
    rollup,
    topic_total,
)

LABELS = ("position", "feeling")
"""Dimensions that are one label of a message each."""
DIMENSIONS = ("question", "theme", "language", "channel", "day", "week", *LABELS)
LABELLED = ("question", "theme", "language")
"""The dimensions that make a pair with a label."""
ANY = "*"
NOT_SURE = "not_sure"
"""The value of what the machine proposed and is not sure of, until a person decides."""


def slices() -> list[tuple[str, ...]]:
    """Every stored slice: single dimensions and pairs (a day's week is no pair, labels pair with few)."""
    singles: list[tuple[str, ...]] = [(name,) for name in DIMENSIONS]
    return singles + [pair for pair in combinations(DIMENSIONS, 2) if _is_stored(*pair)]


def _is_stored(one: str, other: str) -> bool:
    """Whether a pair is a slice; `one` comes first among the dimensions."""
    return one in LABELLED if other in LABELS else (one, other) != ("day", "week")


_REJECTED = (contribution.c.status == str(ReviewStatus.REJECTED)) | contribution.c.uncounted.is_(
    True
)
"""Now, or when it was withdrawn."""


def _counted() -> Any:
    return ~_REJECTED & contribution.c.pooled.is_(False)


def _themes(topic_id: int) -> Any:
    """Each message's themes that count, one row each."""
    decided = (
        select(decided_theme.c.contribution_id, decided_theme.c.theme)
        .join(contribution, contribution.c.id == decided_theme.c.contribution_id)
        .where(contribution.c.topic_id == topic_id)
    )
    proposed = (
        select(proposed_theme.c.contribution_id, proposed_theme.c.theme)
        .join(contribution, contribution.c.id == proposed_theme.c.contribution_id)
        .where(contribution.c.topic_id == topic_id, contribution.c.has_decision.is_(False))
    )
    sure = proposed_theme.alias()
    has_sure = exists().where(
        sure.c.contribution_id == proposed_theme.c.contribution_id, sure.c.sure.is_(True)
    )
    unsure = proposed.with_only_columns(
        proposed_theme.c.contribution_id, literal(NOT_SURE).label("theme")
    )
    return union_all(
        decided,
        proposed.where(proposed_theme.c.sure.is_(True)),
        unsure.where(~has_sure).distinct(),
    ).subquery()


def _label(query: Select[Any], kind: str) -> tuple[Select[Any], Any]:
    decided, proposed = decided_label.alias(f"decided_{kind}"), proposed_label.alias(f"by_{kind}")
    for table in (decided, proposed):
        query = query.outerjoin(
            table, (table.c.contribution_id == contribution.c.id) & (table.c.kind == kind)
        )
    if kind == LabelKind.POSITION:
        query = query.where(decided.c.value.is_not(None) | proposed.c.value.is_not(None))
    by_machine = case((proposed.c.sure.is_(True), proposed.c.value), else_=NOT_SURE)
    return query, func.coalesce(decided.c.value, by_machine)


def _dimension(query: Select[Any], name: str, topic_id: int) -> tuple[Select[Any], Any]:
    """The query of messages with what it takes to know their values along a dimension, and these."""
    if name in LABELS:
        return _label(query, name)
    if name == "theme":
        themes = _themes(topic_id)
        joined = query.join(themes, themes.c.contribution_id == contribution.c.id)
        return joined, themes.c.theme
    return query, cast(contribution.c[name], String)


def count(tx: Tx, topic_id: int, dimensions: Sequence[str]) -> list[Cell]:
    """Exact figures of one slice, to be suppressed before anybody sees them."""
    query: Select[Any] = select(contribution.c.text_key).where(
        contribution.c.topic_id == topic_id, _counted()
    )
    for name in dimensions:
        query, column = _dimension(query, name, topic_id)
        query = query.add_columns(column.label(name))
    found = query.subquery()
    keys = [found.c[name] for name in dimensions]
    rows = tx.execute(
        select(*keys, func.count(), func.count(found.c.text_key.distinct())).group_by(*keys)
    )
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
    statuses = tx.execute(
        select(_REJECTED, contribution.c.model, contribution.c.compared, func.count())
        .where(contribution.c.topic_id == topic_id, contribution.c.pooled.is_(False))
        .group_by(_REJECTED, contribution.c.model, contribution.c.compared)
        .order_by(_REJECTED, contribution.c.model, contribution.c.compared)
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
