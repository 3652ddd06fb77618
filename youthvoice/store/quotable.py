"""Which messages may be quoted: released, masked, not pooled, decided by a person who read that very message.

A first query names them without opening any text; only what is chosen then is opened.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select

from youthvoice.model import LabelKind, ReviewItem, ReviewStatus
from youthvoice.store.contributions import as_item, review_query
from youthvoice.store.engine import Tx
from youthvoice.store.shredding import unlock
from youthvoice.store.tables import (
    contribution,
    decided_label,
    decided_theme,
    decision,
    masked_key,
    proposed_theme,
)


class Quotable(NamedTuple):
    """A message that may be quoted, without its words.

    `text_key`: the same for nearly the same texts. `labels`: the position and feeling that a person gave
    it. `score`: the machine's, of the theme that was asked for (0 without one), from 0 to 1.
    """

    id: str
    text_key: str
    question: int
    labels: Mapping[str, str]
    score: float


class Wanted(NamedTuple):
    """What is looked for; None: any. `kind` and `value`: a position or a feeling that a person gave."""

    theme: str | None = None
    kind: LabelKind | None = None
    value: str | None = None
    question: int | None = None
    text_key: str | None = None


def candidates(
    tx: Tx, topic_id: int, channels: Sequence[str], wanted: Wanted, most: int
) -> list[Quotable]:
    """Messages of these channels that may be quoted, those that the machine is surest of first.

    Equal scores come in the order of their ids, which are random.
    """
    score = func.coalesce(_score(wanted.theme), 0.0).label("score")
    query = select(
        contribution.c.id, contribution.c.text_key, contribution.c.question, score
    ).where(*_may_be_quoted(topic_id, channels))
    rows = tx.execute(
        _narrowed(query, wanted).order_by(score.desc(), contribution.c.id).limit(most)
    ).all()
    labels = _labels(tx, [row.id for row in rows])
    return [
        Quotable(row.id, row.text_key, row.question, labels.get(row.id, {}), float(row.score))
        for row in rows
    ]


def _may_be_quoted(topic_id: int, channels: Sequence[str]) -> list[Any]:
    return [
        contribution.c.topic_id == topic_id,
        contribution.c.status == str(ReviewStatus.RELEASED),
        contribution.c.channel.in_(channels),
        contribution.c.masked.is_not(None),
        contribution.c.pooled.is_(False),
        _last_read().is_(True),
    ]


def _last_read() -> Any:
    return (
        select(decision.c.read)
        .where(decision.c.contribution_id == contribution.c.id)
        .order_by(decision.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def _narrowed(query: Select[Any], wanted: Wanted) -> Select[Any]:
    if wanted.theme is not None:
        query = query.join(
            decided_theme, decided_theme.c.contribution_id == contribution.c.id
        ).where(decided_theme.c.theme == wanted.theme)
    if wanted.kind is not None:
        query = query.join(
            decided_label, decided_label.c.contribution_id == contribution.c.id
        ).where(
            decided_label.c.kind == str(wanted.kind), decided_label.c.value == str(wanted.value)
        )
    if wanted.question is not None:
        query = query.where(contribution.c.question == wanted.question)
    if wanted.text_key is not None:
        query = query.where(contribution.c.text_key == wanted.text_key)
    return query


def _score(theme: str | None) -> Any:
    return (
        select(func.max(proposed_theme.c.score))
        .where(
            proposed_theme.c.contribution_id == contribution.c.id,
            proposed_theme.c.theme == (theme or ""),
        )
        .scalar_subquery()
    )


def _labels(tx: Tx, ids: Sequence[str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in tx.execute(select(decided_label).where(decided_label.c.contribution_id.in_(ids))):
        found.setdefault(row.contribution_id, {})[row.kind] = row.value
    return found


def items(tx: Tx, ids: Sequence[str]) -> list[ReviewItem]:
    """These messages with their masked words, in the order of `ids`; what is gone is left out."""
    rows = {
        row.id: row
        for row in tx.execute(
            review_query().where(contribution.c.id.in_(ids), contribution.c.masked.is_not(None))
        )
    }
    return [as_item(tx, rows[one]) for one in ids if one in rows]


def texts(tx: Tx, ids: Sequence[str]) -> dict[str, str]:
    """The masked words of these messages by id; what is gone is left out."""
    rows = tx.execute(
        select(contribution.c.id, contribution.c.masked, masked_key.c.key)
        .join(masked_key, masked_key.c.contribution_id == contribution.c.id)
        .where(contribution.c.id.in_(ids))
    )
    opened = {row.id: unlock(row.masked, row.id, row.key) for row in rows}
    return {ident: text for ident, text in opened.items() if text}
