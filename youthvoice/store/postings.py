"""The outbox: every post we make, written before it is sent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select, update

from youthvoice.errors import NotFound, note
from youthvoice.model import Posting, PostingStatus
from youthvoice.store.engine import Tx
from youthvoice.store.tables import posting, topic
from youthvoice.store.upsert import insert_new

CONSULTATION = "consultation"


def plan(
    tx: Tx,
    topic_id: int,
    part: int,
    channel: str,
    language: str,
    purpose: str,
    text: str,
    question: int = 0,
) -> bool:
    """Write a pending post unless it is planned already; whether it is new."""
    added = insert_new(
        tx,
        posting,
        [
            {
                "topic_id": topic_id,
                "part": part,
                "channel": channel,
                "language": language,
                "purpose": purpose,
                "status": str(PostingStatus.PENDING),
                "text": text,
                "attempts": 0,
                "question": question,
                "failures": 0,
                "looks": 0,
            }
        ],
        ["topic_id", "part", "channel", "language", "purpose"],
        posting.c.id,
    )
    return bool(added)


def _posting(row: Any) -> Posting:
    return Posting(
        row.id,
        row.topic_id,
        row.part,
        row.channel,
        row.language,
        row.purpose,
        PostingStatus(row.status),
        row.text,
        row.external_id,
        row.attempts,
        row.error,
        row.not_before,
        row.question,
        row.failures,
        row.looks,
        row.first_tried_at,
    )


def due(tx: Tx, channel: str, today: date) -> list[Posting]:
    """Posts of a channel that are not out and may go `today`, in the order in which they must go.

    A consultation is not posted before the day it opens, nor after its last day.
    """
    rows = tx.execute(
        select(posting)
        .join(topic, topic.c.id == posting.c.topic_id)
        .where(
            posting.c.channel == channel,
            posting.c.status != str(PostingStatus.SENT),
            (posting.c.purpose != CONSULTATION)
            | ((topic.c.opens_on <= today) & (topic.c.closes_on >= today)),
        )
        .order_by(posting.c.topic_id, posting.c.purpose, posting.c.language, posting.c.part)
    )
    return [_posting(row) for row in rows]


def of_topic(tx: Tx, topic_id: int, channel: str | None = None) -> list[Posting]:
    """All posts of a topic."""
    query = select(posting).where(posting.c.topic_id == topic_id)
    if channel is not None:
        query = query.where(posting.c.channel == channel)
    rows = tx.execute(query.order_by(posting.c.purpose, posting.c.language, posting.c.part))
    return [_posting(row) for row in rows]


def find(
    tx: Tx, topic_id: int, part: int, channel: str, language: str, purpose: str
) -> Posting | None:
    """One post by what makes it unique."""
    row = tx.execute(
        select(posting).where(
            posting.c.topic_id == topic_id,
            posting.c.part == part,
            posting.c.channel == channel,
            posting.c.language == language,
            posting.c.purpose == purpose,
        )
    ).one_or_none()
    return _posting(row) if row is not None else None


def claim(tx: Tx, one: Posting, now: datetime, silent_until: datetime) -> bool:
    """Move a post to `sending` if nobody has tried it since it was read; whether we have it.

    The number of attempts is part of the condition, so of two processes that take over a silent
    attempt only one gets it. `silent_until`: after this moment the attempt counts as lost.
    """
    done = tx.execute(
        update(posting)
        .where(
            posting.c.id == one.id,
            posting.c.status == str(one.status),
            posting.c.attempts == one.attempts,
        )
        .values(
            status=str(PostingStatus.SENDING),
            attempts=one.attempts + 1,
            not_before=silent_until,
            first_tried_at=one.first_tried_at or now,
        )
    )
    return bool(done.rowcount)


def settle(
    tx: Tx,
    posting_id: int,
    attempt: int,
    status: PostingStatus,
    external_id: str | None = None,
    error: str | None = None,
    not_before: datetime | None = None,
    failures: int = 0,
    looks: int = 0,
) -> None:
    """Write how the attempt with this number ended, unless a later one has taken over."""
    tx.execute(
        update(posting)
        .where(posting.c.id == posting_id, posting.c.attempts == attempt)
        .values(
            status=str(status),
            external_id=external_id,
            error=error,
            not_before=not_before,
            failures=failures,
            looks=looks,
        )
    )


def get(tx: Tx, posting_id: int) -> Posting:
    """One post by its id. Raises `NotFound`."""
    row = tx.execute(select(posting).where(posting.c.id == posting_id)).one_or_none()
    if row is None:
        raise NotFound(note("There is no post %(id)s.", id=posting_id))
    return _posting(row)


def live_refs(tx: Tx, channel: str, most: int) -> list[str]:
    """The platform's ids of our newest posts that are out on a channel."""
    rows = tx.execute(
        select(posting.c.external_id)
        .where(posting.c.channel == channel, posting.c.external_id.is_not(None))
        .order_by(posting.c.id.desc())
        .limit(most)
    )
    return [str(row.external_id) for row in rows]


def stuck(tx: Tx) -> list[tuple[Posting, str]]:
    """Posts that failed or may be out already, with their topic, for a person to look at."""
    rows = tx.execute(
        select(posting, topic.c.slug)
        .join(topic, topic.c.id == posting.c.topic_id)
        .where(posting.c.status.in_([str(PostingStatus.FAILED), str(PostingStatus.AMBIGUOUS)]))
        .order_by(posting.c.id)
    )
    return [(_posting(row), row.slug) for row in rows]


def counts(tx: Tx, statuses: Iterable[PostingStatus]) -> dict[str, int]:
    """How many posts stand in each of `statuses`."""
    rows = tx.execute(select(posting.c.status, func.count()).group_by(posting.c.status))
    found = {str(status): int(count) for status, count in rows}
    return {str(status): found.get(str(status), 0) for status in statuses}


def _old_times(before: datetime) -> Any:
    return (posting.c.first_tried_at < before) & posting.c.status.in_(
        [str(PostingStatus.SENT), str(PostingStatus.FAILED)]
    )


def count_times_before(tx: Tx, before: datetime) -> int:
    """How many posts that are settled still have the moment of their first try."""
    query = select(func.count()).select_from(posting).where(_old_times(before))
    return int(tx.execute(query).scalar() or 0)


def forget_times(tx: Tx, before: datetime) -> int:
    """Forget the moment of the first try of posts that are settled; how many."""
    done = tx.execute(update(posting).where(_old_times(before)).values(first_tried_at=None))
    return int(done.rowcount)
