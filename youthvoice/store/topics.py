"""Topics: what they say in both languages, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import Row, delete, insert, select, update

from youthvoice.errors import NotFound, note
from youthvoice.model import LANGUAGES, Topic, TopicStatus, TopicText
from youthvoice.store.engine import Tx
from youthvoice.store.tables import question_text, topic, topic_text


def add(tx: Tx, new: Topic) -> int:
    """Write a topic with its texts and questions; returns its id."""
    key = tx.execute(
        insert(topic)
        .values(
            slug=new.slug,
            status=new.status,
            ministry=new.ministry,
            opens_on=new.opens_on,
            closes_on=new.closes_on,
            answer_due_on=new.answer_due_on,
            proposed_by=new.proposed_by,
            standing=new.standing,
            positions=list(new.positions),
        )
        .returning(topic.c.id)
    ).scalar_one()
    _write_texts(tx, int(key), new)
    return int(key)


def replace_draft(tx: Tx, old: Topic, new: Topic) -> None:
    """Put a new version in place of a draft; it is proposed again."""
    tx.execute(
        update(topic)
        .where(topic.c.id == old.id)
        .values(
            status=new.status,
            ministry=new.ministry,
            opens_on=new.opens_on,
            closes_on=new.closes_on,
            answer_due_on=new.answer_due_on,
            proposed_by=new.proposed_by,
            positions=list(new.positions),
        )
    )
    for table in (question_text, topic_text):
        tx.execute(delete(table).where(table.c.topic_id == old.id))
    _write_texts(tx, old.id, new)


def _write_texts(tx: Tx, key: int, new: Topic) -> None:
    for language in LANGUAGES:
        said = new.texts[language]
        tx.execute(
            insert(topic_text).values(
                topic_id=key,
                language=language,
                title=said.title,
                context=said.context,
                influence=said.influence,
                hashtag=said.hashtag,
            )
        )
        for position, question in enumerate(said.questions, start=1):
            tx.execute(
                insert(question_text).values(
                    topic_id=key, position=position, language=language, text=question
                )
            )


def _texts(tx: Tx, topic_id: int) -> dict[str, TopicText]:
    questions: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    for row in tx.execute(
        select(question_text)
        .where(question_text.c.topic_id == topic_id)
        .order_by(question_text.c.position)
    ):
        questions[row.language].append(row.text)
    return {
        row.language: TopicText(
            row.title, row.context, row.influence, row.hashtag, tuple(questions[row.language])
        )
        for row in tx.execute(select(topic_text).where(topic_text.c.topic_id == topic_id))
    }


def _topic(tx: Tx, row: Row[tuple[object, ...]]) -> Topic:
    found = row._mapping
    return Topic(
        slug=found["slug"],
        status=TopicStatus(found["status"]),
        ministry=found["ministry"],
        opens_on=found["opens_on"],
        closes_on=found["closes_on"],
        answer_due_on=found["answer_due_on"],
        proposed_by=found["proposed_by"],
        texts=_texts(tx, found["id"]),
        id=found["id"],
        standing=found["standing"],
        positions=tuple(found["positions"]),
    )


def find(tx: Tx, slug: str, lock: bool = False) -> Topic | None:
    """The topic with this slug, or None. `lock`: nobody else changes it until this write ends."""
    query = select(topic).where(topic.c.slug == slug)
    row = tx.execute(query.with_for_update() if lock else query).one_or_none()
    return _topic(tx, row) if row is not None else None


def get(tx: Tx, slug: str, lock: bool = False) -> Topic:
    """The topic with this slug. Raises `NotFound`."""
    found = find(tx, slug, lock)
    if found is None:
        known = ", ".join(tx.execute(select(topic.c.slug).order_by(topic.c.slug)).scalars())
        raise NotFound(
            note("There is no topic “%(slug)s”.", slug=slug),
            note("Topics here: %(topics)s", topics=known or "-"),
        )
    return found


class TopicHead(NamedTuple):
    """What sending a voice needs to know of its topic."""

    id: int
    slug: str
    status: TopicStatus
    standing: bool
    answer_due_on: date


def head(tx: Tx, slug: str) -> TopicHead:
    """The head of the topic with this slug. Raises `NotFound`."""
    row = tx.execute(select(topic).where(topic.c.slug == slug)).one_or_none()
    if row is None:
        raise NotFound(note("There is no topic “%(slug)s”.", slug=slug))
    return TopicHead(row.id, row.slug, TopicStatus(row.status), row.standing, row.answer_due_on)


def by_id(tx: Tx, topic_id: int) -> Topic:
    """The topic with this id."""
    return _topic(tx, tx.execute(select(topic).where(topic.c.id == topic_id)).one())


def slug(tx: Tx, topic_id: int) -> str | None:
    """The public id of a topic."""
    found: str | None = tx.execute(select(topic.c.slug).where(topic.c.id == topic_id)).scalar()
    return found


def standing(tx: Tx) -> Topic | None:
    """The topic that is always open, once it was made."""
    row = tx.execute(select(topic).where(topic.c.standing.is_(True))).one_or_none()
    return _topic(tx, row) if row is not None else None


def every(
    tx: Tx, statuses: Iterable[TopicStatus] | None = None, with_standing: bool = False
) -> list[Topic]:
    """All consultation topics, newest opening first; only in `statuses` if given.

    `with_standing`: also the topic that is always open, last.
    """
    query = select(topic).order_by(topic.c.standing, topic.c.opens_on.desc(), topic.c.id.desc())
    if not with_standing:
        query = query.where(topic.c.standing.is_(False))
    if statuses is not None:
        query = query.where(topic.c.status.in_([str(status) for status in statuses]))
    return [_topic(tx, row) for row in tx.execute(query).all()]


def set_status(tx: Tx, topic_id: int, status: TopicStatus) -> None:
    """Move a topic; the caller has checked the editorial rules."""
    tx.execute(update(topic).where(topic.c.id == topic_id).values(status=status))
