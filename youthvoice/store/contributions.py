"""Contributions: stored once each; masked text, sealed original and keys each in a place of its own.

What waits for a person is in `review_queue`, what people decide in `decisions`, what the machine says
later in `proposals`, what calls for attention again in `attention`, how words are destroyed in `destruction`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, delete, func, insert, select

from youthvoice.errors import NotFound, note
from youthvoice.model import (
    Contribution,
    ReviewItem,
    ReviewStatus,
    Risk,
    SelfDescription,
    Span,
)
from youthvoice.store import (
    attention,
    codebooks,
    codings,
    corrections,
    labels,
    likeness,
    proposals,
    sealed,
)
from youthvoice.store.destruction import has_key
from youthvoice.store.engine import Tx
from youthvoice.store.shredding import lock, new_key, unlock
from youthvoice.store.tables import (
    contribution,
    decided_label,
    decided_theme,
    decision,
    masked_key,
    proposed_label,
    proposed_theme,
    self_description,
    topic,
)
from youthvoice.store.upsert import insert_new

CHUNK = 500


def seen(tx: Tx, source_keys: Sequence[str]) -> set[str]:
    """Which of these source keys are stored already."""
    found: set[str] = set()
    for start in range(0, len(source_keys), CHUNK):
        found.update(
            tx.execute(
                select(contribution.c.source_key).where(
                    contribution.c.source_key.in_(source_keys[start : start + CHUNK])
                )
            ).scalars()
        )
    return found


def add_many(tx: Tx, items: Sequence[Contribution]) -> set[str]:
    """Store each item once, with its sealed original and proposals; the ids that were new."""
    keys = {item.id: new_key() for item in items}
    new = insert_new(
        tx,
        contribution,
        [_row(item, keys[item.id]) for item in items],
        ["source_key"],
        contribution.c.id,
    )
    added = [item for item in items if item.id in new]
    sealed.add_many(
        tx, [sealed.Sealed(item.id, item.sealed, item.day) for item in added if item.sealed]
    )
    for table, rows in (
        (masked_key, [{"contribution_id": item.id, "key": keys[item.id]} for item in added]),
        (proposed_theme, [row for item in added for row in _themes(item)]),
        (proposed_label, [row for item in added for row in _labels(item)]),
    ):
        if rows:
            tx.execute(insert(table), rows)
    return new


def describe(tx: Tx, contribution_id: str, about: SelfDescription) -> None:
    """Keep what a writer chose to say of themselves, apart from the message."""
    tx.execute(
        insert(self_description).values(
            contribution_id=contribution_id,
            age_band=about.age_band,
            region=about.region,
            first_language=about.first_language,
            groups=list(about.groups),
        )
    )


def _themes(item: Contribution) -> list[dict[str, Any]]:
    return proposals.theme_rows(item.id, item.themes, item.model)


def _labels(item: Contribution) -> list[dict[str, Any]]:
    return labels.rows(item.id, item.labels, item.model)


def _row(item: Contribution, key: bytes) -> dict[str, Any]:
    return {
        "id": item.id,
        "topic_id": item.topic_id,
        "question": item.question,
        "channel": item.channel,
        "source_key": item.source_key,
        "ref": item.ref,
        "author_key": item.author_key,
        "text_key": item.text_key,
        "own_text_key": item.text_key,
        "day": item.day,
        "week": item.day - timedelta(days=item.day.weekday()),
        "language": str(item.language),
        "masked": lock(item.masked.text, item.id, key) if item.masked else None,
        "spans": [asdict(span) for span in item.masked.spans] if item.masked else [],
        "risk_level": item.risk.level,
        "risk_reasons": list(item.risk.reasons),
        "status": str(item.status),
        "hold": item.hold,
        "model": item.model,
        "has_decision": False,
        "version": item.version,
        "campaign": item.campaign,
        "pooled": item.pooled,
        "compared": False,
        "objections": [],
        "uncounted": False,
        "shares": dict(item.shares),
    }


def get(tx: Tx, contribution_id: str, lock: bool = False) -> ReviewItem:
    """One contribution as a reviewer sees it. Raises `NotFound`. `lock`: until this write ends."""
    item = find(tx, contribution_id, lock)
    if item is None:
        raise NotFound(note("There is no message “%(id)s”.", id=contribution_id))
    return item


def find(tx: Tx, contribution_id: str, lock: bool = False) -> ReviewItem | None:
    """As `get`, but None where there is no such message."""
    query = review_query().where(contribution.c.id == contribution_id)
    if lock:
        query = query.with_for_update(of=contribution)
    row = tx.execute(query).one_or_none()
    return as_item(tx, row) if row is not None else None


def review_query() -> Select[Any]:
    """Messages with their topic and the key of their text."""
    return (
        select(contribution, topic.c.slug, masked_key.c.key)
        .join(topic, topic.c.id == contribution.c.topic_id)
        .outerjoin(masked_key, masked_key.c.contribution_id == contribution.c.id)
    )


def as_item(tx: Tx, row: Any) -> ReviewItem:
    """A row of `review_query` as a reviewer sees it."""
    decided = (
        tuple(
            tx.execute(
                select(decided_theme.c.theme)
                .where(decided_theme.c.contribution_id == row.id)
                .order_by(decided_theme.c.theme)
            ).scalars()
        )
        if row.has_decision
        else None
    )
    return ReviewItem(
        row.id,
        row.slug,
        row.question,
        row.channel,
        row.day,
        row.language,
        unlock(row.masked, row.id, row.key),
        tuple(Span(**span) for span in row.spans),
        Risk(row.risk_level, tuple(row.risk_reasons)),
        ReviewStatus(row.status),
        row.hold,
        proposals.themes(tx, [row.id]).get(row.id, ()),
        decided,
        attention.calls(row),
        tuple(row.objections),
        pooled=row.pooled,
        topic_id=row.topic_id,
        labels=labels.proposed(tx, [row.id]).get(row.id, ()),
        decided_labels=labels.decided(tx, row.id),
        shares=row.shares,
    )


def with_refs(tx: Tx, channel: str, refs: Sequence[str]) -> list[str]:
    """Ids of the messages of a channel with these references."""
    return list(
        tx.execute(
            select(contribution.c.id).where(
                contribution.c.channel == channel, contribution.c.ref.in_(refs)
            )
        ).scalars()
    )


def refs(tx: Tx, topic_id: int, channel: str) -> list[tuple[str, str]]:
    """(id, platform's reference) of every message of a topic on a channel that still has one."""
    rows = tx.execute(
        select(contribution.c.id, contribution.c.ref)
        .where(
            contribution.c.topic_id == topic_id,
            contribution.c.channel == channel,
            contribution.c.ref.is_not(None),
        )
        .order_by(contribution.c.id)
    )
    return [(row.id, row.ref) for row in rows]


def known(tx: Tx, channel: str, topic_ids: Sequence[int]) -> dict[str, tuple[int, int]]:
    """Every reference of a channel's messages on these topics, with its topic and question."""
    rows = tx.execute(
        select(contribution.c.ref, contribution.c.topic_id, contribution.c.question).where(
            contribution.c.channel == channel,
            contribution.c.topic_id.in_(topic_ids),
            contribution.c.ref.is_not(None),
        )
    )
    return {row.ref: (row.topic_id, row.question) for row in rows}


def outdated(tx: Tx, versions: Mapping[str, str]) -> set[str]:
    """Of source keys with the version just read: those whose stored text is of another version."""
    stale: set[str] = set()
    keys = list(versions)
    for start in range(0, len(keys), CHUNK):
        rows = tx.execute(
            select(contribution.c.source_key, contribution.c.version).where(
                contribution.c.source_key.in_(keys[start : start + CHUNK]),
                contribution.c.status != str(ReviewStatus.WITHDRAWN),
                has_key(),  # or what was destroyed for its age would come back
            )
        )
        stale.update(row.source_key for row in rows if row.version != versions[row.source_key])
    return stale


def revise(tx: Tx, item: Contribution) -> bool:
    """Put an edited text in place of the one that was stored; people look at it again.

    Everything of the earlier text goes: masked text, original, keys, proposals, and what people decided
    about words that are no longer there (the audit log keeps that they did). What was withdrawn stays
    so. Whether there was one.
    """
    row = tx.execute(
        select(contribution, masked_key.c.key)
        .outerjoin(masked_key, masked_key.c.contribution_id == contribution.c.id)
        .where(
            contribution.c.source_key == item.source_key,
            contribution.c.status != str(ReviewStatus.WITHDRAWN),
        )
        .with_for_update(of=contribution)  # or a deletion that comes in meanwhile would be undone
    ).one_or_none()
    if row is None:
        return False
    old = row.id
    sealed.destroy(tx, [old])
    corrections.remove(tx, old)
    codings.remove(tx, old)
    codebooks.take_out_words(tx, row.topic_id, unlock(row.masked, old, row.key))
    for table in (
        masked_key,
        proposed_theme,
        proposed_label,
        decided_theme,
        decided_label,
        decision,
    ):
        tx.execute(delete(table).where(table.c.contribution_id == old))
    tx.execute(delete(contribution).where(contribution.c.id == old))
    likeness.forget_lonely(tx, row.topic_id, row.text_key)
    return bool(add_many(tx, [item]))


def voices(tx: Tx) -> dict[tuple[int, str], int]:
    """How many messages each (topic, channel) has, those of withdrawn authors counted too."""
    rows = tx.execute(
        select(contribution.c.topic_id, contribution.c.channel, func.count())
        .where(contribution.c.pooled.is_(False))
        .group_by(contribution.c.topic_id, contribution.c.channel)
    )
    return {(row[0], row[1]): int(row[2]) for row in rows}


def status_counts(tx: Tx, topic_id: int | None = None) -> dict[str, int]:
    """How many contributions stand in each review status; what is pooled is not there yet."""
    query = (
        select(contribution.c.status, func.count())
        .where(contribution.c.pooled.is_(False))
        .group_by(contribution.c.status)
    )
    if topic_id is not None:
        query = query.where(contribution.c.topic_id == topic_id)
    found = {str(status): int(count) for status, count in tx.execute(query)}
    return {str(status): found.get(str(status), 0) for status in ReviewStatus}
