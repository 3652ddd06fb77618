"""Contributions: stored once each, with the sealed original apart and its data keys apart from that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, delete, func, insert, select, update

from youthvoice.errors import NotFound, note
from youthvoice.model import (
    Analysis,
    Contribution,
    ReviewItem,
    ReviewStatus,
    Risk,
    SealedItem,
    Span,
    ThemeScore,
)
from youthvoice.store.engine import Tx
from youthvoice.store.tables import (
    contribution,
    data_key,
    decided_theme,
    decision,
    proposed_theme,
    sealed_original,
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
    new = insert_new(
        tx, contribution, [_row(item) for item in items], ["source_key"], contribution.c.id
    )
    added = [item for item in items if item.id in new]
    originals = [
        {
            "contribution_id": item.id,
            "nonce": item.sealed.nonce,
            "ciphertext": item.sealed.ciphertext,
        }
        for item in added
        if item.sealed
    ]
    keys = [
        {"contribution_id": item.id, "role": role, "wrapped": wrapped}
        for item in added
        if item.sealed
        for role, wrapped in item.sealed.wrapped.items()
    ]
    proposals = [
        {
            "contribution_id": item.id,
            "theme": proposal.theme,
            "score": proposal.score,
            "model": item.model,
        }
        for item in added
        for proposal in item.themes
    ]
    for table, rows in (
        (sealed_original, originals),
        (data_key, keys),
        (proposed_theme, proposals),
    ):
        if rows:
            tx.execute(insert(table), rows)
    return new


def _row(item: Contribution) -> dict[str, Any]:
    return {
        "id": item.id,
        "topic_id": item.topic_id,
        "question": item.question,
        "channel": item.channel,
        "source_key": item.source_key,
        "ref": item.ref,
        "author_key": item.author_key,
        "text_key": item.text_key,
        "day": item.day,
        "week": item.day - timedelta(days=item.day.weekday()),
        "language": str(item.language),
        "masked_text": item.masked.text if item.masked else None,
        "spans": [asdict(span) for span in item.masked.spans] if item.masked else [],
        "risk_level": item.risk.level,
        "risk_reasons": list(item.risk.reasons),
        "status": str(item.status),
        "hold": item.hold,
        "model": item.model,
        "has_decision": False,
        "version": item.version,
        "campaign": item.campaign,
    }


def _review_query() -> Select[Any]:
    return select(contribution, topic.c.slug).join(topic, topic.c.id == contribution.c.topic_id)


def _item(tx: Tx, row: Any) -> ReviewItem:
    proposed = tuple(
        ThemeScore(found.theme, found.score)
        for found in tx.execute(
            select(proposed_theme)
            .where(proposed_theme.c.contribution_id == row.id)
            .order_by(proposed_theme.c.score.desc(), proposed_theme.c.theme)
        )
    )
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
        row.masked_text,
        tuple(Span(**span) for span in row.spans),
        Risk(row.risk_level, tuple(row.risk_reasons)),
        ReviewStatus(row.status),
        row.hold,
        proposed,
        decided,
    )


def queue(
    tx: Tx,
    statuses: Iterable[ReviewStatus],
    channels: Sequence[str],
    topic_id: int | None = None,
    most: int = 20,
    without: Iterable[str] = (),
) -> list[ReviewItem]:
    """What waits for a person, gravest first; inside a level in no order of arrival (ids are random).

    `without`: ids to leave out.
    """
    query = _review_query().where(
        contribution.c.status.in_([str(status) for status in statuses]),
        contribution.c.channel.in_(channels),
    )
    if topic_id is not None:
        query = query.where(contribution.c.topic_id == topic_id)
    left_out = list(without)
    if left_out:
        query = query.where(contribution.c.id.not_in(left_out))
    query = query.order_by(contribution.c.risk_level.desc(), contribution.c.id).limit(most)
    return [_item(tx, row) for row in tx.execute(query).all()]


def get(tx: Tx, contribution_id: str, lock: bool = False) -> ReviewItem:
    """One contribution as a reviewer sees it. Raises `NotFound`. `lock`: until this write ends."""
    query = _review_query().where(contribution.c.id == contribution_id)
    if lock:
        query = query.with_for_update(of=contribution)
    row = tx.execute(query).one_or_none()
    if row is None:
        raise NotFound(note("There is no message “%(id)s”.", id=contribution_id))
    return _item(tx, row)


def sealed(tx: Tx, contribution_id: str) -> SealedItem | None:
    """The sealed original with its wrapped keys, or None where it was destroyed."""
    row = tx.execute(
        select(sealed_original).where(sealed_original.c.contribution_id == contribution_id)
    ).one_or_none()
    if row is None:
        return None
    keys = {
        found.role: found.wrapped
        for found in tx.execute(
            select(data_key).where(data_key.c.contribution_id == contribution_id)
        )
    }
    return SealedItem(row.nonce, row.ciphertext, keys)


def decide(
    tx: Tx,
    item: ReviewItem,
    status: ReviewStatus,
    themes: Sequence[str],
    actor: str,
    reason: str | None,
    at: datetime,
) -> None:
    """Write a person's decision beside the machine's proposal, which stays as it was."""
    model = tx.execute(
        select(contribution.c.model).where(contribution.c.id == item.id)
    ).scalar_one()
    tx.execute(
        insert(decision).values(
            contribution_id=item.id,
            actor=actor,
            status=str(status),
            themes=sorted(themes),
            proposed=[[p.theme, p.score] for p in item.proposed],
            model=model,
            reason=reason,
            decided_at=at,
        )
    )
    tx.execute(delete(decided_theme).where(decided_theme.c.contribution_id == item.id))
    if themes:
        tx.execute(
            insert(decided_theme),
            [{"contribution_id": item.id, "theme": theme} for theme in sorted(set(themes))],
        )
    tx.execute(
        update(contribution)
        .where(contribution.c.id == item.id)
        .values(status=str(status), has_decision=True)
    )


def withdraw(tx: Tx, channel: str, refs: Sequence[str]) -> int:
    """Destroy text, sealed original, keys, reference and author of these posts; totals keep counting.

    Returns how many were here.
    """
    ids = list(
        tx.execute(
            select(contribution.c.id).where(
                contribution.c.channel == channel, contribution.c.ref.in_(refs)
            )
        ).scalars()
    )
    for one in ids:
        tx.execute(delete(data_key).where(data_key.c.contribution_id == one))
        tx.execute(delete(sealed_original).where(sealed_original.c.contribution_id == one))
        tx.execute(
            update(contribution)
            .where(contribution.c.id == one)
            .values(
                masked_text=None,
                spans=[],
                ref=None,
                author_key=None,
                version=None,
                check_by=None,
                status=str(ReviewStatus.WITHDRAWN),
            )
        )
    return len(ids)


def to_tag(tx: Tx, version: str, most: int) -> list[tuple[str, str, str]]:
    """(id, masked text, language) of messages whose proposals are not of model `version`."""
    rows = tx.execute(
        select(contribution.c.id, contribution.c.masked_text, contribution.c.language)
        .where(contribution.c.model != version, contribution.c.masked_text.is_not(None))
        .limit(most)
    )
    return [(row.id, row.masked_text, row.language) for row in rows]


def propose(tx: Tx, contribution_id: str, themes: Sequence[ThemeScore], version: str) -> None:
    """Replace the machine's own earlier proposal; what people decided is not touched."""
    tx.execute(delete(proposed_theme).where(proposed_theme.c.contribution_id == contribution_id))
    if themes:
        tx.execute(
            insert(proposed_theme),
            [
                {
                    "contribution_id": contribution_id,
                    "theme": one.theme,
                    "score": one.score,
                    "model": version,
                }
                for one in themes
            ],
        )
    tx.execute(
        update(contribution).where(contribution.c.id == contribution_id).values(model=version)
    )


def quotations(
    tx: Tx, topic_id: int, channels: Sequence[str], theme: str | None = None, most: int = 6
) -> list[ReviewItem]:
    """Released masked texts of these channels, decided by a person, for the public to read."""
    query = _review_query().where(
        contribution.c.topic_id == topic_id,
        contribution.c.status == str(ReviewStatus.RELEASED),
        contribution.c.channel.in_(channels),
        contribution.c.masked_text.is_not(None),
    )
    if theme is not None:
        query = query.join(
            decided_theme, decided_theme.c.contribution_id == contribution.c.id
        ).where(decided_theme.c.theme == theme)
    rows = tx.execute(query.order_by(contribution.c.id).limit(most)).all()
    return [_item(tx, row) for row in rows]


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


def every_ref(tx: Tx, channel: str, most: int) -> list[str]:
    """References of a channel's messages that still have one, on every topic."""
    rows = tx.execute(
        select(contribution.c.ref)
        .where(contribution.c.channel == channel, contribution.c.ref.is_not(None))
        .limit(most)
    )
    return [str(row.ref) for row in rows]


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
        select(contribution.c.id)
        .where(
            contribution.c.source_key == item.source_key,
            contribution.c.status != str(ReviewStatus.WITHDRAWN),
        )
        .with_for_update()  # or a deletion that comes in meanwhile would be undone
    ).one_or_none()
    if row is None:
        return False
    old = row.id
    for table in (data_key, sealed_original, proposed_theme, decided_theme, decision):
        tx.execute(delete(table).where(table.c.contribution_id == old))
    tx.execute(delete(contribution).where(contribution.c.id == old))
    return bool(add_many(tx, [item]))


def to_check(tx: Tx, channel: str, before: date, most: int) -> list[tuple[str, bool]]:
    """References to look at again, and whether somebody asked: those with a deadline first, then those
    not looked at since `before`.
    """
    rows = tx.execute(
        select(contribution.c.ref, contribution.c.check_by.is_not(None).label("asked"))
        .where(
            contribution.c.channel == channel,
            contribution.c.ref.is_not(None),
            contribution.c.check_by.is_not(None)
            | (func.coalesce(contribution.c.checked_on, contribution.c.day) < before),
        )
        .order_by(
            contribution.c.check_by.is_(None),
            contribution.c.check_by,
            func.coalesce(contribution.c.checked_on, contribution.c.day),
            contribution.c.id,
        )
        .limit(most)
    )
    return [(str(row.ref), bool(row.asked)) for row in rows]


def mark_checked(tx: Tx, channel: str, refs: Sequence[str], on: date) -> None:
    """These posts were looked at and are there."""
    for start in range(0, len(refs), CHUNK):
        tx.execute(
            update(contribution)
            .where(
                contribution.c.channel == channel,
                contribution.c.ref.in_(refs[start : start + CHUNK]),
            )
            .values(checked_on=on, check_by=None)
        )


def ask_check(tx: Tx, channel: str, refs: Sequence[str], by: datetime) -> int:
    """Have these posts looked at by then; how many of them are here."""
    done = tx.execute(
        update(contribution)
        .where(
            contribution.c.channel == channel,
            contribution.c.ref.in_(refs),
            contribution.c.check_by.is_(None),
        )
        .values(check_by=by)
    )
    already = tx.execute(
        select(func.count())
        .select_from(contribution)
        .where(contribution.c.channel == channel, contribution.c.ref.in_(refs))
    ).scalar()
    return max(int(done.rowcount), int(already or 0))


def overdue(tx: Tx, channel: str, now: datetime) -> list[str]:
    """References whose check was asked for and could not be made in time."""
    return list(
        tx.execute(
            select(contribution.c.ref).where(
                contribution.c.channel == channel,
                contribution.c.ref.is_not(None),
                contribution.c.check_by < now,
            )
        ).scalars()
    )


def hold(tx: Tx, channel: str, refs: Sequence[str], reason: str) -> int:
    """Show these messages to nobody until a person, or a newer version, says otherwise; how many."""
    done = tx.execute(
        update(contribution)
        .where(
            contribution.c.channel == channel,
            contribution.c.ref.in_(refs),
            contribution.c.status.in_([str(ReviewStatus.WAITING), str(ReviewStatus.RELEASED)]),
        )
        .values(status=str(ReviewStatus.HELD), hold=reason)
    )
    return int(done.rowcount)


def end_hold(tx: Tx, channel: str, refs: Sequence[str], reason: str) -> int:
    """These messages were held for `reason`, which is over: they wait for a person again; how many."""
    done = tx.execute(
        update(contribution)
        .where(
            contribution.c.channel == channel,
            contribution.c.ref.in_(refs),
            contribution.c.status == str(ReviewStatus.HELD),
            contribution.c.hold == reason,
        )
        .values(status=str(ReviewStatus.WAITING), hold=None)
    )
    return int(done.rowcount)


def check_counts(tx: Tx, channel: str, before: date) -> tuple[int, int, int]:
    """(with a reference, not looked at since `before`, asked for) of a channel's messages."""
    row = tx.execute(
        select(
            func.count(),
            func.count().filter(
                func.coalesce(contribution.c.checked_on, contribution.c.day) < before
            ),
            func.count(contribution.c.check_by),
        ).where(contribution.c.channel == channel, contribution.c.ref.is_not(None))
    ).one()
    return int(row[0]), int(row[1]), int(row[2])


def voices(tx: Tx) -> dict[tuple[int, str], int]:
    """How many messages each (topic, channel) has, those of withdrawn authors counted too."""
    rows = tx.execute(
        select(contribution.c.topic_id, contribution.c.channel, func.count()).group_by(
            contribution.c.topic_id, contribution.c.channel
        )
    )
    return {(row[0], row[1]): int(row[2]) for row in rows}


def status_counts(tx: Tx, topic_id: int | None = None) -> dict[str, int]:
    """How many contributions stand in each review status."""
    query = select(contribution.c.status, func.count()).group_by(contribution.c.status)
    if topic_id is not None:
        query = query.where(contribution.c.topic_id == topic_id)
    found = {str(status): int(count) for status, count in tx.execute(query)}
    return {str(status): found.get(str(status), 0) for status in ReviewStatus}


def held_for(tx: Tx, reason: str, most: int) -> list[str]:
    """The ids of messages held for this reason that nobody can read yet."""
    return list(
        tx.execute(
            select(contribution.c.id)
            .where(
                contribution.c.status == str(ReviewStatus.HELD),
                contribution.c.hold == reason,
                contribution.c.masked_text.is_(None),
            )
            .limit(most)
        ).scalars()
    )


def mask_again(tx: Tx, contribution_id: str, said: Analysis) -> None:
    """Write what a second look gave; the message waits for a person, or stays held for its risk."""
    tx.execute(
        update(contribution)
        .where(
            contribution.c.id == contribution_id,
            contribution.c.status == str(ReviewStatus.HELD),
        )
        .values(
            masked_text=said.masked.text,
            spans=[asdict(span) for span in said.masked.spans],
            language=str(said.language),
            risk_level=said.risk.level,
            risk_reasons=list(said.risk.reasons),
            hold=said.hold,
            status=str(ReviewStatus.HELD if said.hold else ReviewStatus.WAITING),
        )
    )
    propose(tx, contribution_id, said.themes, said.model)
