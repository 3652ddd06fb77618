"""The first verb: an approved topic goes out, part by part, through the outbox, exactly once.

`pending → sending → sent | ambiguous | failed`; "sending" is committed before the call. A post that
may have gone out is looked up on the own timeline before it is tried again; after too many looks a
person is asked. Parts of a thread go in order: a part waits until the one before it is out.
"""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from youthvoice import editorial, logs
from youthvoice.channels.base import Channel, Idempotency, PostDraft, Presence
from youthvoice.errors import (
    Ambiguous,
    AuthFailed,
    BadInput,
    ChannelError,
    Duplicate,
    OutOfCredit,
    Refused,
    RetryAt,
    Unavailable,
    YouthVoiceError,
    note,
)
from youthvoice.flow import pausing, trail
from youthvoice.flow.context import Context
from youthvoice.flow.parts import compose
from youthvoice.model import LANGUAGES, Actor, Posting, PostingStatus, Topic, TopicStatus
from youthvoice.settings import PLATFORMS
from youthvoice.store import postings, topics
from youthvoice.store.engine import Tx

log = logs.get("post")

RETRY = timedelta(minutes=2)
LONGEST_WAIT = timedelta(hours=1)
MOST_FAILURES = 8
"""Tries that did not reach the platform, after which a post has failed."""

LOOKS_BEFORE_AGAIN = 2
"""How often a post must not be found before it is sent again: a timeline shows a new post late."""

MOST_LOOKS = 10
"""Looks after which a person is asked whether a post is live."""


class Posted(NamedTuple):
    """What one turn did with the outbox. `dry`: posts that wait because their channel is not live."""

    sent: int
    ambiguous: int
    failed: int
    waiting: int
    dry: int = 0


def address_for(context: Context, channel: Channel, links: bool | None = None) -> str | None:
    """The address that goes into a topic's first post, or None.

    `links` is a choice where a link costs more; None, and where it costs nothing: as the settings say.
    """
    chosen = links if channel.name in context.priced else None
    with_link = context.settings.links_on(channel.name) if chosen is None else chosen
    return context.settings.public_address if with_link else None


def plan(tx: Tx, context: Context, topic: Topic, links: bool | None = None) -> int:
    """Write the outbox rows of a topic, with its approval; how many are new. Refuses what is too long.

    `links`: whether the address of the form goes into the first post where a link costs more.
    """
    planned = 0
    for channel in plannable(context):
        for language in LANGUAGES:
            address = address_for(context, channel, links)
            for number, part in enumerate(compose(topic, language, channel, address)):
                planned += postings.plan(
                    tx,
                    topic.id,
                    number,
                    channel.name,
                    language,
                    postings.CONSULTATION,
                    part.text,
                    part.question,
                )
    return planned


def refresh_limits(context: Context) -> None:
    """Ask live channels for their present limits, before a transaction that measures texts begins."""
    for channel in context.channels.values():
        if context.settings.is_live(channel.name):
            channel.refresh()


def plannable(context: Context) -> list[Channel]:
    """The channels that posts are planned for: in the demo never a platform, where people would read it."""
    return [
        channel
        for channel in context.channels.values()
        if not (context.settings.demo and channel.name in PLATFORMS)
    ]


def post(context: Context) -> Posted:
    """One turn: try every post that is due, on every channel."""
    counts: dict[str, int] = dict.fromkeys(Posted._fields, 0)
    names = {
        PostingStatus.SENT: "sent",
        PostingStatus.AMBIGUOUS: "ambiguous",
        PostingStatus.FAILED: "failed",
        PostingStatus.PENDING: "waiting",
    }
    today = context.settings.today().date()
    for channel in context.channels.values():
        with context.store.read() as tx:
            due = postings.due(tx, channel.name, today)
        if not context.settings.is_live(channel.name):
            counts["dry"] += len(due)
            continue
        for one in due:
            outcome = names.get(_try(context, channel, one))
            if outcome:
                counts[outcome] += 1
    _follow_dates(context)
    return Posted(**counts)


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


def asks_person(one: Posting) -> bool:
    """Whether we have stopped looking for a post that may be live: a person must say."""
    return one.status == PostingStatus.AMBIGUOUS and one.looks >= MOST_LOOKS


def _verb(language: str) -> str:
    return f"post {language}"


def _try(context: Context, channel: Channel, one: Posting) -> PostingStatus:
    if one.status == PostingStatus.FAILED or asks_person(one):
        return one.status
    with context.store.read() as tx:
        ready, parent = _parent(tx, one)
    if not ready:
        return PostingStatus.PENDING
    now = context.now()
    if one.not_before is not None and one.not_before > now:
        return one.status  # asked to wait, or another process is at it
    if pausing.waits(context, channel.name, _verb(one.language)):
        return one.status
    draft = PostDraft(one.text, one.language, parent, one.topic_id)
    with context.store.write() as tx:
        # A silent attempt counts as lost only after every call it may make has certainly ended.
        if not postings.claim(tx, one, now, now + max(RETRY, context.settings.longest_call)):
            return PostingStatus.PENDING
    return _send(context, channel, one, draft)


class _Outcome(NamedTuple):
    status: PostingStatus
    external: str | None = None
    error: str | None = None
    wait: timedelta = RETRY
    failures: int = 0
    looks: int = 0


def _send(context: Context, channel: Channel, one: Posting, draft: PostDraft) -> PostingStatus:
    verb = _verb(one.language)
    try:
        outcome = _attempt(context, channel, one, draft)
        pausing.worked(context, channel.name, verb)
    except (RetryAt, OutOfCredit, AuthFailed) as problem:
        # These speak for the whole account: none of its posts is tried meanwhile.
        pausing.refused(context, channel.name, verb, problem)
        outcome = _not_made(one, problem, counts=False)
    except ChannelError as problem:
        outcome = _not_made(one, problem, counts=True)
    except YouthVoiceError:
        raise  # our own store: nothing can be posted anywhere
    except Exception as problem:  # one odd answer must not keep the other channels; it may be live
        log.error("posting failed", channel=channel.name, type=type(problem).__name__)
        outcome = _not_made(one, Ambiguous("failed_inside"), counts=True)
    over = outcome.status in (PostingStatus.SENT, PostingStatus.FAILED)
    with context.store.write() as tx:
        postings.settle(
            tx,
            one.id,
            one.attempts + 1,
            outcome.status,
            outcome.external,
            outcome.error,
            None if over else context.now() + outcome.wait,
            outcome.failures,
            outcome.looks,
        )
        if outcome.status == PostingStatus.SENT:
            trail.record(context, tx, None, "post", f"posting {one.id}")
    return outcome.status


def _attempt(context: Context, channel: Channel, one: Posting, draft: PostDraft) -> _Outcome:
    """Look where it may be live, then send. Raises a `ChannelError` if neither could be done."""
    # Of this installation only: another database on the same account counts its posts from 1 too.
    key = context.keys.pseudonym("posting", str(one.id))[:32]
    may_be_live = one.status in (PostingStatus.SENDING, PostingStatus.AMBIGUOUS)
    if may_be_live and channel.caps.idempotency == Idempotency.NONE:
        return _Outcome(PostingStatus.AMBIGUOUS, error="cannot_be_looked_up", looks=MOST_LOOKS)
    if may_be_live and channel.caps.idempotency == Idempotency.RECONCILE:
        external = _look(channel, key, draft, one)
        if external is not None:
            return _Outcome(PostingStatus.SENT, external)
        missed = 1 + (one.failures if one.status == PostingStatus.AMBIGUOUS else 0)
        if missed < LOOKS_BEFORE_AGAIN or one.error == "duplicate":
            # Where the platform says it is out, not finding it is no reason to send it again.
            return _Outcome(
                PostingStatus.AMBIGUOUS,
                error=one.error,
                wait=_longer(one.looks),
                failures=missed,
                looks=one.looks + 1,
            )
    return _Outcome(PostingStatus.SENT, channel.publish(draft, key))


def _look(channel: Channel, key: str, draft: PostDraft, one: Posting) -> str | None:
    """Whether it is live. A look that is refused for whatever reason tells nothing about the post."""
    try:
        return channel.find_published(key, draft, one.first_tried_at)
    except (RetryAt, OutOfCredit, AuthFailed, Unavailable):
        raise
    except ChannelError as problem:
        raise Unavailable(problem.code) from None


def _longer(times: int) -> timedelta:
    return min(RETRY * (1 << max(0, min(times, 6))), LONGEST_WAIT)


def _not_made(one: Posting, problem: ChannelError, counts: bool) -> _Outcome:
    """What a failure leaves: it may be live, it waits, or it failed for good.

    `counts`: whether this try counts towards giving up (being asked to wait does not).
    """
    may_be_live = one.status in (PostingStatus.SENDING, PostingStatus.AMBIGUOUS)
    step = int(counts)
    if isinstance(problem, Ambiguous | Duplicate) or (
        # Not reaching the platform, or being asked to wait, tells nothing of a post that may be live.
        may_be_live and isinstance(problem, RetryAt | OutOfCredit | AuthFailed | Unavailable)
    ):
        sent_again = isinstance(problem, Ambiguous | Duplicate)
        return _Outcome(
            PostingStatus.AMBIGUOUS,
            None,
            one.error if one.error == "duplicate" and not sent_again else problem.code,
            _longer(one.looks),
            0 if sent_again or one.status == PostingStatus.SENDING else one.failures,
            one.looks + step,
        )
    if isinstance(problem, RetryAt):
        wait = timedelta(seconds=problem.seconds)
        return _Outcome(PostingStatus.PENDING, None, problem.code, wait, one.failures)
    if isinstance(problem, Unavailable | OutOfCredit | AuthFailed):
        failures = one.failures + step
        status = PostingStatus.FAILED if failures >= MOST_FAILURES else PostingStatus.PENDING
        return _Outcome(status, None, problem.code, _longer(failures - 1), failures)
    return _Outcome(PostingStatus.FAILED, None, problem.code)


def settle_by_hand(
    context: Context, posting_id: int, typed: str | None, actor: Actor
) -> PostingStatus:
    """A person has looked: the post is live, or is not there (`typed` None) and goes again.

    `typed`: the platform's id of the live post, or its address. Raises `BadInput` if it is neither, or
    if the platform does not show such a post.
    """
    with context.store.read() as tx:
        asked = postings.get(tx, posting_id)
    external_id = _live_ref(context, asked, typed) if typed is not None else None
    with context.store.write() as tx:
        found = postings.get(tx, posting_id)
        if found.status not in (PostingStatus.AMBIGUOUS, PostingStatus.FAILED):
            raise Refused(note("Post %(id)s is not in doubt; nothing was changed.", id=posting_id))
        status = PostingStatus.SENT if external_id else PostingStatus.PENDING
        postings.settle(tx, posting_id, found.attempts, status, external_id)
        action = "found by hand" if external_id else "not there, by hand"
        trail.record(context, tx, actor, action, f"posting {posting_id}")
    return status


def _live_ref(context: Context, one: Posting, typed: str) -> str:
    channel = context.channels.get(one.channel)
    if channel is None:
        raise Refused(note("The channel %(name)s is not set up here.", name=one.channel))
    ref = channel.ref_of(typed, one.language)
    if ref is None:
        raise BadInput(note("This is neither an id nor the address of a post."))
    if channel.check([ref])[ref] not in (Presence.PRESENT, Presence.EDITED):
        raise BadInput(
            note("The platform does not show this post."),
            note("Look at %(where)s once more.", where=channel.where(one.language)),
        )
    return ref


def retry(context: Context, posting_id: int) -> None:
    """Put a failed post back into the outbox (an operator's step); it is looked up before it is sent."""
    with context.store.write() as tx:
        found = postings.get(tx, posting_id)
        if found.status != PostingStatus.FAILED:
            raise Refused(
                note("Post %(id)s has not failed; it needs no second try.", id=posting_id)
            )
        postings.settle(
            tx,
            posting_id,
            found.attempts,
            PostingStatus.AMBIGUOUS if found.first_tried_at else PostingStatus.PENDING,
        )
        trail.record(context, tx, None, "retry", f"posting {posting_id}")


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
                trail.record(context, tx, None, "close", f"topic {topic.slug}")
    for old in approved:
        with context.store.write() as tx:
            topic = topics.get(tx, old.slug, lock=True)
            if topic.status != TopicStatus.APPROVED:
                continue
            if today >= topic.opens_on and _is_out(context, postings.of_topic(tx, topic.id)):
                editorial.check_move(
                    editorial.TOPIC_MOVES, topic.status, TopicStatus.OPEN, actor=None
                )
                topics.set_status(tx, topic.id, TopicStatus.OPEN)
                trail.record(context, tx, None, "open", f"topic {topic.slug}")


def live(context: Context, rows: list[Posting], purpose: str) -> list[Posting]:
    """Those of a purpose whose channel is here and really posts; nobody waits for the others."""
    return [
        row
        for row in rows
        if row.purpose == purpose
        and row.channel in context.channels
        and context.settings.is_live(row.channel)
    ]


def _is_out(context: Context, rows: list[Posting]) -> bool:
    """Whether a topic is out on one channel at least (one that is stuck does not keep the others)."""
    return out_somewhere(live(context, rows, postings.CONSULTATION))


def out_somewhere(rows: list[Posting]) -> bool:
    """Whether everything is out on one channel; also if there is nothing to wait for."""
    by_channel: dict[str, list[bool]] = {}
    for row in rows:
        by_channel.setdefault(row.channel, []).append(row.status == PostingStatus.SENT)
    return not by_channel or any(all(out) for out in by_channel.values())
