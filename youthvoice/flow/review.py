"""The fourth verb: people decide. On topics (two of them), on messages, and on their themes."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence

from youthvoice import editorial
from youthvoice.channels.policies import readable
from youthvoice.errors import BadInput, Refused, note
from youthvoice.flow import coding, post, trail
from youthvoice.flow.context import Context
from youthvoice.model import (
    Actor,
    ReviewItem,
    ReviewStatus,
    Role,
    ThreadAuthor,
    ThreadMessage,
    Topic,
    TopicStatus,
)
from youthvoice.nlp.analyser import HOLD_SCREENED
from youthvoice.nlp.normalise import normalise
from youthvoice.nlp.pii import patterns
from youthvoice.nlp.risk import HOLD_FROM
from youthvoice.store import (
    attention,
    codebooks,
    contributions,
    decisions,
    receipts,
    review_queue,
    threads,
    topics,
)
from youthvoice.store.engine import Tx

REASONS = ("personal information", "spam", "insult", "off topic", "needs a second look", "safe now")
"""Why somebody holds or rejects a message, or releases one that was held for its risk."""


def propose_topic(context: Context, topic: Topic, actor: Actor) -> int:
    """Add a complete topic as a proposal, or a draft's new version; returns its id."""
    if actor.role != Role.EDITOR:
        raise Refused(note("Only a member of the committee proposes topics."))
    editorial.check_topic_complete(topic)
    if topic.ministry not in context.ministries:
        raise BadInput(
            note("There is no ministry “%(ministry)s”.", ministry=topic.ministry),
            note("Ministries here: %(ministries)s", ministries=", ".join(context.ministries)),
        )
    with context.store.write() as tx:
        old = topics.find(tx, topic.slug, lock=True)
        if old is None:
            key = topics.add(tx, topic)
        elif old.status == TopicStatus.DRAFT:
            editorial.check_move(editorial.TOPIC_MOVES, old.status, TopicStatus.PROPOSED, actor)
            topics.replace_draft(tx, old, topic)
            key = old.id
        else:
            raise Refused(note("A topic “%(slug)s” exists already.", slug=topic.slug))
        trail.record(context, tx, actor, "propose", f"topic {topic.slug}")
        return key


def approve_topic(context: Context, slug: str, actor: Actor, links: bool | None = None) -> int:
    """Approve a proposed topic and write its posts into the outbox, in one transaction.

    Returns how many posts are planned. `links`: whether the form's address goes along where a link
    costs more (None: as the settings say). Refused unless both languages are complete and the actor is
    not the one who proposed it.
    """
    post.refresh_limits(context)
    with context.store.write() as tx:
        topic = topics.get(tx, slug, lock=True)
        editorial.check_move(
            editorial.TOPIC_MOVES, topic.status, TopicStatus.APPROVED, actor, topic.proposed_by
        )
        editorial.check_topic_complete(topic)
        topics.set_status(tx, topic.id, TopicStatus.APPROVED)
        planned = post.plan(tx, context, topic, links)
        trail.record(context, tx, actor, "approve", f"topic {slug}")
        return planned


def send_back_topic(context: Context, slug: str, actor: Actor) -> None:
    """Send a proposed topic back to its author."""
    move_topic(context, slug, TopicStatus.DRAFT, actor, "send back")


def close_topic(context: Context, slug: str, actor: Actor) -> None:
    """Close an open topic: no new voices through the form; replies are still collected."""
    move_topic(context, slug, TopicStatus.CLOSED, actor, "close")


def move_topic(context: Context, slug: str, target: TopicStatus, actor: Actor, action: str) -> None:
    """Move a topic as the editorial table allows."""
    with context.store.write() as tx:
        topic = topics.get(tx, slug, lock=True)
        if topic.standing:
            raise Refused(
                note("This topic is always open: it is for issues of young people’s own.")
            )
        editorial.check_move(editorial.TOPIC_MOVES, topic.status, target, actor, topic.proposed_by)
        topics.set_status(tx, topic.id, target)
        trail.record(context, tx, actor, action, f"topic {slug}")


TO_READ = (ReviewStatus.HELD, ReviewStatus.WAITING)


def queue(
    context: Context,
    slug: str | None = None,
    statuses: Sequence[ReviewStatus] = TO_READ,
    most: int = 20,
    without: Sequence[str] = (),
) -> list[ReviewItem]:
    """What waits for a person on the channels whose policy lets staff read, gravest first."""
    with context.store.read() as tx:
        topic_id = topics.get(tx, slug).id if slug else None
        return review_queue.queue(
            tx,
            statuses,
            readable(context.settings.staff_readable_channels),
            topic_id,
            most,
            without,
            urgent_from=HOLD_FROM,
        )


def proposed_themes(context: Context, contribution_id: str) -> tuple[str, ...]:
    """What the machine proposed for one message and is sure of."""
    with context.store.read() as tx:
        proposed = contributions.get(tx, contribution_id).proposed
    return tuple(one.theme for one in proposed if one.sure)


def check_can_decide(
    item: ReviewItem, status: ReviewStatus, reason: str | None, actor: Actor
) -> None:
    """Refuse a decision that the rules do not allow."""
    if item.status == status:
        source = ReviewStatus.HELD if status == ReviewStatus.RELEASED else ReviewStatus.RELEASED
    else:
        source = item.status
    if item.status != ReviewStatus.WITHDRAWN:
        # Correcting themes keeps the status; who may do that is who may move it.
        editorial.check_move(editorial.REVIEW_MOVES, source, status, actor)
    else:
        raise Refused(note("This message was withdrawn by its author. Nothing of it is left."))
    if status == ReviewStatus.RELEASED and item.text is None:
        raise Refused(
            note("A detector failed on this message, so nobody can see what would be shown."),
            note("Have it looked at again with: youthvoice review mask-again"),
        )
    if status == ReviewStatus.RELEASED and item.hold == HOLD_SCREENED:
        raise Refused(
            note("This message had a first screening only: more may have to be hidden."),
            note("Have it looked at again with: youthvoice review mask-again"),
        )
    needs_reason = status in (ReviewStatus.HELD, ReviewStatus.REJECTED) or (
        status == ReviewStatus.RELEASED and item.risk.level >= HOLD_FROM
    )
    if needs_reason and reason not in REASONS:
        raise BadInput(
            note("Say why, with one of: %(reasons)s", reasons=", ".join(REASONS)),
        )


LONGEST_QUESTION = 500
LEADING_OUT = ("url", "email", "phone", "handle", "address")
"""What a question may not hold: whoever follows it leaves the place where nobody can find them."""


def ask(context: Context, contribution_id: str, text: str, actor: Actor) -> None:
    """Ask the writer of a voice something. They see it when they come back with their receipt."""
    if actor.role not in (Role.EDITOR, Role.SAFETY):
        raise Refused(note("Only a member of the committee asks the writer of a voice."))
    words = normalise(text)
    if not 0 < len(words) <= LONGEST_QUESTION:
        raise BadInput(note("A question has 1 to %(most)s characters.", most=LONGEST_QUESTION))
    if any(span.kind in LEADING_OUT for span in patterns.find(words)):
        raise BadInput(
            note("A question has no link, address, e-mail or telephone number."),
            note("Whoever follows one can be found. The writer can answer here."),
        )
    with context.store.write() as tx:
        item = contributions.get(tx, contribution_id, lock=True)
        if not _can_ask(tx, item):
            raise Refused(
                note("The writer of this message cannot be asked: it came without a receipt."),
                note("Only messages of the form have one, until they are withdrawn."),
            )
        today = context.settings.today().date()
        ident = secrets.token_hex(16)
        if not threads.add(tx, item.id, ident, ThreadAuthor.COMMITTEE, words, today, actor.name):
            raise Refused(note("This message was withdrawn by its author. Nothing of it is left."))
        attention.settle_reply(tx, item.id)
        trail.record(context, tx, actor, "ask writer", f"message {item.id}", commitment=words)


def can_ask(context: Context, item: ReviewItem) -> bool:
    """Whether the writer of a message can be asked something."""
    with context.store.read() as tx:
        return _can_ask(tx, item)


def _can_ask(tx: Tx, item: ReviewItem) -> bool:
    return item.status != ReviewStatus.WITHDRAWN and receipts.has(tx, item.id)


def thread(context: Context, contribution_id: str) -> list[ThreadMessage]:
    """What the committee asked about a message and its writer answered, oldest first."""
    with context.store.read() as tx:
        return threads.of(tx, contribution_id)


def decide_alike(
    context: Context,
    contribution_id: str,
    status: ReviewStatus,
    themes: Sequence[str],
    actor: Actor,
    reason: str | None = None,
    labels: Mapping[str, str] | None = None,
) -> int:
    """The same decision on a message and on all that say nearly the same; on how many.

    Those others were not read, so they are never quoted, and only the very same words are held or rejected
    with it. A message that cannot be decided so any more (somebody was faster) is left as it is.
    """
    with context.store.read() as tx:
        item = contributions.get(tx, contribution_id)
        if item.risk.level >= HOLD_FROM:
            raise Refused(note("Messages about somebody’s safety are read one by one."))
        # Nobody's words are held back or left out unread, unless they are the very same words.
        exactly = status != ReviewStatus.RELEASED
        same = review_queue.alike(tx, contribution_id, exactly)
        others = [one for one in same if one != contribution_id]
    decide(context, contribution_id, status, themes, actor, reason, labels=labels)
    decided = 1
    for one in others:
        try:
            decide(context, one, status, themes, actor, reason, read=False, labels=labels)
            decided += 1
        except Refused:
            continue
    return decided


def decide(
    context: Context,
    contribution_id: str,
    status: ReviewStatus,
    themes: Sequence[str],
    actor: Actor,
    reason: str | None = None,
    read: bool = True,
    labels: Mapping[str, str] | None = None,
) -> None:
    """Release, hold or reject a message and accept or correct its themes, in one transaction.

    The machine's proposal stays beside the decision; a later model run never overwrites it. `themes`: of
    the common ones and of the topic's own; one of its own brings the one that it is under. `read`: a person
    has read this very message, and not one that says nearly the same. `labels`: its position (kept only
    where its question asks for one) and feeling.
    """
    coding.check_values(labels or {})
    with context.store.write() as tx:
        item = contributions.get(tx, contribution_id, lock=True)
        chosen = _known_themes(context, tx, item, themes)
        told = coding.fitting(topics.by_id(tx, item.topic_id), item.question, labels or {})
        check_can_decide(item, status, reason, actor)
        decisions.decide(tx, item, status, chosen, actor.name, reason, context.now(), read, told)
        action = f"decide {status}" if read else f"decide {status}, unread"
        trail.record(context, tx, actor, action, f"message {contribution_id}")


def _known_themes(
    context: Context, tx: Tx, item: ReviewItem, themes: Sequence[str]
) -> tuple[str, ...]:
    """These themes with those that they are under. What an older codebook gave this message may stay."""
    parents: dict[str, str | None] = {theme.id: None for theme in context.themes}
    parents |= dict.fromkeys([*(item.decided or ()), *(one.theme for one in item.proposed)])
    used = codebooks.newest_frozen(tx, item.topic_id)
    parents |= {theme.id: theme.parent for theme in used.themes} if used else {}
    return coding.with_parents(parents, themes)
