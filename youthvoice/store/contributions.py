"""Contributions: stored once each; masked text, sealed original and keys each in a place of its own."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any, NamedTuple

from sqlalchemy import Column, Select, delete, func, insert, select, update

from youthvoice.errors import NotFound, note
from youthvoice.model import (
    Analysis,
    Attention,
    Contribution,
    ReviewItem,
    ReviewStatus,
    Risk,
    SelfDescription,
    Span,
    ThemeScore,
)
from youthvoice.store import likeness, sealed, threads
from youthvoice.store.engine import Tx
from youthvoice.store.shredding import lock, new_key, unlock
from youthvoice.store.tables import (
    contribution,
    decided_theme,
    decision,
    masked_key,
    proposed_theme,
    sealed_original,
    self_description,
    topic,
)
from youthvoice.store.upsert import insert_new

CHUNK = 500
PAGE = 200
PENDING, SHOWN = "pending", "shown"
"""How a writer's objection or reply stands: it waits for the next batch, so that nobody sees when it came."""


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
        (proposed_theme, [row for item in added for row in _proposals(item)]),
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


def _proposals(item: Contribution) -> list[dict[str, Any]]:
    return [
        {
            "contribution_id": item.id,
            "theme": proposal.theme,
            "score": proposal.score,
            "model": item.model,
        }
        for proposal in item.themes
    ]


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
    }


def _review_query() -> Select[Any]:
    return (
        select(contribution, topic.c.slug, masked_key.c.key)
        .join(topic, topic.c.id == contribution.c.topic_id)
        .outerjoin(masked_key, masked_key.c.contribution_id == contribution.c.id)
    )


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
        unlock(row.masked, row.id, row.key),
        tuple(Span(**span) for span in row.spans),
        Risk(row.risk_level, tuple(row.risk_reasons)),
        ReviewStatus(row.status),
        row.hold,
        proposed,
        decided,
        _calls(row),
        tuple(row.objections),
        pooled=row.pooled,
        topic_id=row.topic_id,
    )


def queue(
    tx: Tx,
    statuses: Iterable[ReviewStatus],
    channels: Sequence[str],
    topic_id: int | None = None,
    most: int = 20,
    without: Sequence[str] = (),
    urgent_from: int = 3,
) -> list[ReviewItem]:
    """What waits for a person, gravest first; inside a level in no order of arrival (ids are random).

    What its writer objected to, or answered in the thread, waits too. Of messages that say nearly the
    same only one is here at a time. What is pooled waits for its batch, unless its risk says otherwise.
    `without`: ids to leave out.
    """
    left_out = list(without)
    query = _review_query().where(
        masked_key.c.key.is_not(None),
        contribution.c.status.in_([str(status) for status in statuses])
        | (contribution.c.objected == SHOWN)
        | (contribution.c.replied == SHOWN),
        contribution.c.channel.in_(channels),
        contribution.c.pooled.is_(False) | (contribution.c.risk_level >= urgent_from),
    )
    if topic_id is not None:
        query = query.where(contribution.c.topic_id == topic_id)
    shown = {
        _sameness(row)
        for row in tx.execute(_review_query().where(contribution.c.id.in_(left_out)))
        if _hides(row, urgent_from)
    }
    if left_out:
        query = query.where(contribution.c.id.not_in(left_out))
    query = query.order_by(contribution.c.risk_level.desc(), contribution.c.id)
    found: list[ReviewItem] = []
    for start in count(0, PAGE):
        rows = tx.execute(query.limit(PAGE).offset(start)).all()
        for row in rows:
            if _hides(row, urgent_from):
                if _sameness(row) in shown:
                    continue
                shown.add(_sameness(row))
            found.append(replace(_item(tx, row), alike=len(alike(tx, row.id)) - 1))
            if len(found) == most:
                return found
        if len(rows) < PAGE:
            break
    return found


def _hides(row: Any, urgent_from: int) -> bool:
    """Whether a message stands for those that say nearly the same. Never one about somebody's safety, one
    that was decided already, or one that calls for attention: each of those is read by itself.
    """
    return row.risk_level < urgent_from and not row.has_decision and _calls(row) is None


def _calls(row: Any) -> Attention | None:
    """Why a message calls for attention now."""
    if row.replied == SHOWN:
        return Attention.REPLY
    return Attention.OBJECTION if row.objected == SHOWN else None


def _sameness(row: Any) -> tuple[object, ...]:
    return (row.topic_id, row.text_key, row.channel, row.status, row.risk_level, row.pooled)


def alike(tx: Tx, contribution_id: str, exactly: bool = False) -> list[str]:
    """This message and those of its topic, channel, status and risk that say nearly (or exactly) the same.

    Those whose writers objected or replied are not among them: they are read by themselves.
    """
    row = tx.execute(select(contribution).where(contribution.c.id == contribution_id)).one_or_none()
    if row is None:
        return []
    query = select(contribution.c.id).where(
        contribution.c.topic_id == row.topic_id,
        contribution.c.text_key == row.text_key,
        contribution.c.channel == row.channel,
        contribution.c.status == row.status,
        contribution.c.risk_level == row.risk_level,
        contribution.c.pooled == row.pooled,
        (contribution.c.id == row.id)
        | (contribution.c.objected.is_(None) & contribution.c.replied.is_(None)),
    )
    if exactly:
        query = query.where(contribution.c.own_text_key == row.own_text_key)
    return list(tx.execute(query.order_by(contribution.c.id)).scalars())


def get(tx: Tx, contribution_id: str, lock: bool = False) -> ReviewItem:
    """One contribution as a reviewer sees it. Raises `NotFound`. `lock`: until this write ends."""
    item = find(tx, contribution_id, lock)
    if item is None:
        raise NotFound(note("There is no message “%(id)s”.", id=contribution_id))
    return item


def find(tx: Tx, contribution_id: str, lock: bool = False) -> ReviewItem | None:
    """As `get`, but None where there is no such message."""
    query = _review_query().where(contribution.c.id == contribution_id)
    if lock:
        query = query.with_for_update(of=contribution)
    row = tx.execute(query).one_or_none()
    return _item(tx, row) if row is not None else None


def decide(
    tx: Tx,
    item: ReviewItem,
    status: ReviewStatus,
    themes: Sequence[str],
    actor: str,
    reason: str | None,
    at: datetime,
    read: bool = True,
) -> None:
    """Write a person's decision beside the machine's proposal, which stays as it was.

    `read`: a person read this very message, and not one that says nearly the same.
    """
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
            read=read,
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
    if read:  # what its writer objected to, or answered, was before the reader
        _settle(tx, item.id, contribution.c.objected, {"objections": []})
        _settle(tx, item.id, contribution.c.replied, {})


def with_refs(tx: Tx, channel: str, refs: Sequence[str]) -> list[str]:
    """Ids of the messages of a channel with these references."""
    return list(
        tx.execute(
            select(contribution.c.id).where(
                contribution.c.channel == channel, contribution.c.ref.in_(refs)
            )
        ).scalars()
    )


def forget(tx: Tx, ids: Sequence[str]) -> None:
    """Destroy everything that these messages said, with its keys; that they were counted stays."""
    for one in ids:
        _shred(
            tx,
            one,
            {
                "status": str(ReviewStatus.WITHDRAWN),
                "objected": None,
                "replied": None,
                "risk_level": 1,
                "risk_reasons": [],
                "hold": None,
            },
        )


def _shred(tx: Tx, one: str, values: Mapping[str, object]) -> None:
    row = tx.execute(
        select(contribution.c.topic_id, contribution.c.text_key).where(contribution.c.id == one)
    ).one_or_none()
    if row is None:
        return
    sealed.destroy(tx, [one, *threads.ids(tx, one)])
    threads.remove(tx, one)
    tx.execute(delete(masked_key).where(masked_key.c.contribution_id == one))
    tx.execute(delete(self_description).where(self_description.c.contribution_id == one))
    tx.execute(
        update(contribution)
        .where(contribution.c.id == one)
        .values(
            masked=None,
            spans=[],
            ref=None,
            author_key=None,
            version=None,
            check_by=None,
            objections=[],
            **values,
        )
    )
    likeness.forget_lonely(tx, row.topic_id, row.text_key)
    tx.execute(
        update(contribution)
        .where(contribution.c.id == one)
        .values(own_text_key=secrets.token_hex(32))
    )
    mine = (contribution.c.topic_id == row.topic_id) & (contribution.c.text_key == row.text_key)
    readable = select(contribution.c.id).where(mine, _has_key()).limit(1)
    if tx.execute(readable).first() is None:
        # Nobody's words are left: a hash of them is of no use but to count them as one text.
        tx.execute(update(contribution).where(mine).values(text_key=secrets.token_hex(32)))


class LastDecision(NamedTuple):
    """Why people decided as they did, the last time, and whether they read this very message."""

    reason: str | None
    read: bool


def last_decision(tx: Tx, contribution_id: str) -> LastDecision | None:
    """The last decision on a message."""
    row = tx.execute(
        select(decision.c.reason, decision.c.read)
        .where(decision.c.contribution_id == contribution_id)
        .order_by(decision.c.id.desc())
        .limit(1)
    ).one_or_none()
    return LastDecision(row.reason, row.read) if row is not None else None


def objects(tx: Tx, item: ReviewItem, objections: Iterable[str]) -> None:
    """A writer calls themes wrong; people look with the next batch."""
    tx.execute(
        update(contribution)
        .where(contribution.c.id == item.id)
        .values(objected=PENDING, objections=sorted(objections))
    )


def replies(tx: Tx, item: ReviewItem, at_once: bool) -> None:
    """A writer answered in the thread; people see it with the next batch, or at once."""
    tx.execute(
        update(contribution)
        .where(contribution.c.id == item.id)
        .values(replied=SHOWN if at_once else PENDING)
    )


def show_pending(tx: Tx) -> int:
    """Show what called for attention since the last batch; how many."""
    shown = 0
    for column in (contribution.c.objected, contribution.c.replied):
        done = tx.execute(
            update(contribution).where(column == PENDING).values({column.name: SHOWN})
        )
        shown += int(done.rowcount)
    return shown


def settle_reply(tx: Tx, contribution_id: str) -> None:
    """An answer that was shown was looked after."""
    _settle(tx, contribution_id, contribution.c.replied, {})


def _settle(
    tx: Tx, contribution_id: str, column: Column[Any], values: Mapping[str, object]
) -> None:
    tx.execute(
        update(contribution)
        .where(contribution.c.id == contribution_id, column == SHOWN)
        .values({column.name: None, **values})
    )


def raise_risk(tx: Tx, item: ReviewItem, risk: Risk) -> None:
    """Raise a message's risk to that of what its writer added; never lowers it."""
    tx.execute(
        update(contribution)
        .where(contribution.c.id == item.id)
        .values(
            risk_level=max(item.risk.level, risk.level),
            risk_reasons=sorted({*item.risk.reasons, *risk.reasons}),
        )
    )


def _has_key() -> Any:
    """Messages of which something is left: every one has a key from its first moment."""
    return contribution.c.id.in_(select(masked_key.c.contribution_id))


def _ended(day: date) -> Any:
    """Messages of topics that ended before that day; of the topic that never ends: those from before it."""
    return _has_key() & (
        (topic.c.closes_on < day) | (topic.c.standing.is_(True) & (contribution.c.day < day))
    )


def ended_before(tx: Tx, day: date, most: int) -> list[str]:
    """Ids of messages that can still be read though their topic ended before that day."""
    return list(
        tx.execute(
            select(contribution.c.id)
            .join(topic, topic.c.id == contribution.c.topic_id)
            .where(_ended(day))
            .limit(most)
        ).scalars()
    )


def count_ended_before(tx: Tx, day: date) -> int:
    """How many those are."""
    found = tx.execute(
        select(func.count())
        .select_from(contribution)
        .join(topic, topic.c.id == contribution.c.topic_id)
        .where(_ended(day))
    )
    return int(found.scalar() or 0)


def drop_text(tx: Tx, ids: Sequence[str]) -> None:
    """Destroy what these messages said and whom they came from; what people decided, and totals, stay."""
    for one in ids:
        _shred(tx, one, {})


def without_key(tx: Tx) -> list[str]:
    """Ids of messages whose key is gone though something of them may be here: an older backup's."""
    return list(
        tx.execute(
            select(contribution.c.id)
            .outerjoin(masked_key, masked_key.c.contribution_id == contribution.c.id)
            .where(
                masked_key.c.key.is_(None),
                contribution.c.status != str(ReviewStatus.WITHDRAWN),
            )
        ).scalars()
    )


def to_tag(tx: Tx, version: str, most: int) -> list[tuple[str, str, str]]:
    """(id, masked text, language) of messages whose proposals are not of model `version`."""
    rows = tx.execute(
        select(contribution.c.id, contribution.c.masked, contribution.c.language, masked_key.c.key)
        .join(masked_key, masked_key.c.contribution_id == contribution.c.id)
        .where(contribution.c.model != version, contribution.c.masked.is_not(None))
        .limit(most)
    )
    return [(row.id, unlock(row.masked, row.id, row.key) or "", row.language) for row in rows]


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


def _last_decision(column: Any) -> Any:
    return (
        select(column)
        .where(decision.c.contribution_id == contribution.c.id)
        .order_by(decision.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def quotations(
    tx: Tx, topic_id: int, channels: Sequence[str], theme: str | None = None, most: int = 6
) -> list[ReviewItem]:
    """Released masked texts of these channels, decided by a person, for the public to read."""
    query = _review_query().where(
        contribution.c.topic_id == topic_id,
        contribution.c.status == str(ReviewStatus.RELEASED),
        contribution.c.channel.in_(channels),
        contribution.c.masked.is_not(None),
        contribution.c.pooled.is_(False),
        _last_decision(decision.c.read).is_(True),
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
                _has_key(),  # or what was destroyed for its age would come back
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
        select(contribution.c.id, contribution.c.topic_id, contribution.c.text_key)
        .where(
            contribution.c.source_key == item.source_key,
            contribution.c.status != str(ReviewStatus.WITHDRAWN),
        )
        .with_for_update()  # or a deletion that comes in meanwhile would be undone
    ).one_or_none()
    if row is None:
        return False
    old = row.id
    sealed.destroy(tx, [old])
    for table in (masked_key, proposed_theme, decided_theme, decision):
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


def held_for(tx: Tx, reason: str, most: int) -> list[str]:
    """The ids of messages held for this reason that nobody can read yet."""
    return list(
        tx.execute(
            select(contribution.c.id)
            .where(
                contribution.c.status == str(ReviewStatus.HELD),
                contribution.c.hold == reason,
                contribution.c.masked.is_(None),
                contribution.c.id.in_(select(sealed_original.c.item_id)),
            )
            .limit(most)
        ).scalars()
    )


def mask_again(tx: Tx, contribution_id: str, said: Analysis) -> None:
    """Write what a second look gave; the message waits for a person, or stays held for its risk."""
    key = tx.execute(
        select(masked_key.c.key).where(masked_key.c.contribution_id == contribution_id)
    ).scalar()
    if key is None:
        return  # withdrawn meanwhile
    tx.execute(
        update(contribution)
        .where(
            contribution.c.id == contribution_id,
            contribution.c.status == str(ReviewStatus.HELD),
        )
        .values(
            masked=lock(said.masked.text, contribution_id, key),
            compared=False,
            spans=[asdict(span) for span in said.masked.spans],
            language=str(said.language),
            risk_level=said.risk.level,
            risk_reasons=list(said.risk.reasons),
            hold=said.hold,
            status=str(ReviewStatus.HELD if said.hold else ReviewStatus.WAITING),
        )
    )
    propose(tx, contribution_id, said.themes, said.model)
