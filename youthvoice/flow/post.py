"""The first verb: an approved topic goes out, part by part, through the outbox, exactly once.

`pending → sending → sent | ambiguous | failed`; "sending" is committed before the call. A post that
may have gone out is looked up on the own timeline before it is tried again. Parts of a thread go in
order: a part waits until the one before it is out.
"""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from youthvoice import editorial
from youthvoice.channels.base import Channel, PostDraft
from youthvoice.errors import Ambiguous, ChannelError, Refused, Rejected, RetryAt, Unavailable, note
from youthvoice.flow.context import Context
from youthvoice.model import LANGUAGES, Posting, PostingStatus, Topic, TopicStatus
from youthvoice.store import audit, postings, topics
from youthvoice.store.engine import Tx

RETRY = timedelta(minutes=2)
MOST_ATTEMPTS = 8


class Posted(NamedTuple):
    """What one turn did with the outbox."""

    sent: int
    ambiguous: int
    failed: int
    waiting: int


def compose(topic: Topic, language: str, part: int, address: str) -> str:
    """The text of one part: 0 the context, from 1 the questions."""
    said = topic.texts[language]
    if part == 0:
        return (
            f"{said.title}\n\n{said.context}\n\n{address}/{language}/topics/{topic.slug} "
            f"#{said.hashtag}"
        )
    return f"{part}/{topic.questions} {said.questions[part - 1]} #{said.hashtag}"


def plan(tx: Tx, context: Context, topic: Topic) -> int:
    """Write the outbox rows of a topic, with its approval; how many are new. Refuses what is too long."""
    planned = 0
    for channel in context.channels.values():
        for language in LANGUAGES:
            for part in range(topic.questions + 1):
                text = compose(topic, language, part, context.settings.public_address)
                if channel.measure(text) > channel.caps.longest:
                    raise Refused(
                        note(
                            "Part %(part)s (%(language)s) is too long for %(channel)s: "
                            "%(length)s of %(most)s.",
                            part=part,
                            language=language,
                            channel=channel.name,
                            length=channel.measure(text),
                            most=channel.caps.longest,
                        ),
                        note("Shorten it; nothing was approved or posted."),
                    )
                planned += postings.plan(
                    tx, topic.id, part, channel.name, language, postings.CONSULTATION, text
                )
    return planned


def post(context: Context) -> Posted:
    """One turn: try every post that is due, on every channel."""
    sent = ambiguous = failed = waiting = 0
    today = context.settings.today().date()
    for channel in context.channels.values():
        with context.store.read() as tx:
            due = postings.due(tx, channel.name, today)
        for one in due:
            outcome = _try(context, channel, one)
            sent += outcome == PostingStatus.SENT
            ambiguous += outcome == PostingStatus.AMBIGUOUS
            failed += outcome == PostingStatus.FAILED
            waiting += outcome == PostingStatus.PENDING
    _follow_dates(context)
    return Posted(sent, ambiguous, failed, waiting)


def _parent(tx: Tx, one: Posting) -> tuple[bool, str | None]:
    """(may it go now, the id it replies to): the part before, or for feedback the topic's root."""
    if one.purpose != postings.CONSULTATION:
        root = postings.find(tx, one.topic_id, 0, one.channel, one.language, postings.CONSULTATION)
        return (root is not None and root.external_id is not None), (
            root.external_id if root else None
        )
    if one.part == 0:
        return True, None
    before = postings.find(tx, one.topic_id, one.part - 1, one.channel, one.language, one.purpose)
    return (before is not None and before.status == PostingStatus.SENT), (
        before.external_id if before else None
    )


def _try(context: Context, channel: Channel, one: Posting) -> PostingStatus:
    with context.store.read() as tx:
        ready, parent = _parent(tx, one)
    if one.status == PostingStatus.FAILED:
        return PostingStatus.FAILED
    if not ready:
        return PostingStatus.PENDING
    if one.not_before is not None and one.not_before > context.now():
        return one.status  # asked to wait, or another process is at it
    draft = PostDraft(one.text, one.language, parent)
    may_be_live = one.status in (PostingStatus.SENDING, PostingStatus.AMBIGUOUS)
    with context.store.write() as tx:
        if not postings.claim(tx, one, context.now() + RETRY):
            return PostingStatus.PENDING
    return _send(context, channel, one, draft, may_be_live)


def _send(
    context: Context, channel: Channel, one: Posting, draft: PostDraft, may_be_live: bool
) -> PostingStatus:
    external: str | None = None
    error: str | None = None
    wait = RETRY
    try:
        if may_be_live:
            external = channel.find_published(draft)
        if external is None:
            external = channel.publish(draft, f"youthvoice-{one.id}")
        status = PostingStatus.SENT
    except Ambiguous as problem:
        status, error = PostingStatus.AMBIGUOUS, problem.code
    except RetryAt as problem:
        # Being asked to wait tells nothing about a post that may be live already.
        status = PostingStatus.AMBIGUOUS if may_be_live else PostingStatus.PENDING
        error, wait = problem.code, timedelta(seconds=problem.seconds)
    except Unavailable as problem:
        # If it may be live, not reaching the platform tells nothing new.
        status = PostingStatus.AMBIGUOUS if may_be_live else PostingStatus.PENDING
        error = problem.code
    except (Rejected, ChannelError) as problem:
        status, error = PostingStatus.FAILED, problem.code
    if status == PostingStatus.PENDING and one.attempts + 1 >= MOST_ATTEMPTS:
        status = PostingStatus.FAILED
    later = None if status in (PostingStatus.SENT, PostingStatus.FAILED) else context.now() + wait
    with context.store.write() as tx:
        postings.settle(tx, one.id, one.attempts + 1, status, external, error, later)
        if status == PostingStatus.SENT:
            audit.write(tx, None, "post", f"posting {one.id}", context.now())
    return status


def retry(context: Context, posting_id: int) -> None:
    """Put a failed post back into the outbox (an operator's step); it is looked up before it is sent."""
    with context.store.write() as tx:
        found = postings.get(tx, posting_id)
        if found.status != PostingStatus.FAILED:
            raise Refused(
                note("Post %(id)s has not failed; it needs no second try.", id=posting_id)
            )
        postings.settle(tx, posting_id, found.attempts, PostingStatus.AMBIGUOUS)
        audit.write(tx, None, "retry", f"posting {posting_id}", context.now())


def _follow_dates(context: Context) -> None:
    """Open topics whose day has come and whose posts are out; close those whose last day is over."""
    with context.store.read() as tx:
        approved = topics.every(tx, [TopicStatus.APPROVED])
        opened = topics.every(tx, [TopicStatus.OPEN])
    today = context.settings.today().date()
    for old in opened:
        if today > old.closes_on:
            with context.store.write() as tx:
                topic = topics.get(tx, old.slug, lock=True)
                if topic.status != TopicStatus.OPEN:
                    continue
                editorial.check_move(
                    editorial.TOPIC_MOVES, topic.status, TopicStatus.CLOSED, actor=None
                )
                topics.set_status(tx, topic.id, TopicStatus.CLOSED)
                audit.write(tx, None, "close", f"topic {topic.slug}", context.now())
    for old in approved:
        with context.store.write() as tx:
            topic = topics.get(tx, old.slug, lock=True)
            if topic.status != TopicStatus.APPROVED:
                continue
            rows = postings.of_topic(tx, topic.id)
            out = [row for row in rows if row.purpose == postings.CONSULTATION]
            if today >= topic.opens_on and all(row.status == PostingStatus.SENT for row in out):
                editorial.check_move(
                    editorial.TOPIC_MOVES, topic.status, TopicStatus.OPEN, actor=None
                )
                topics.set_status(tx, topic.id, TopicStatus.OPEN)
                audit.write(tx, None, "open", f"topic {topic.slug}", context.now())
