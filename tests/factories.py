"""Things in a certain state, brought there by the real workflow."""

from __future__ import annotations

from datetime import date, timedelta

from youthvoice.app import build_network
from youthvoice.channels.sandbox.network import Network
from youthvoice.demo import pilot
from youthvoice.flow import aggregate, collect, feed_back, post, release, review
from youthvoice.flow.context import Context
from youthvoice.flow.submit import Written, prepare, receipt_key, send
from youthvoice.model import (
    Actor,
    DecisionKind,
    Response,
    ResponseStatus,
    ReviewItem,
    Role,
    SelfDescription,
    Topic,
)
from youthvoice.store import contributions, postings, receipts, topics
from youthvoice.trust import proofs

AUTHOR = Actor("author", Role.EDITOR)
SECOND = Actor("second", Role.EDITOR)
MINISTRY = Actor("ministry", Role.MINISTRY)

LETTER = (
    "Dear minister, please keep the mentoring program in our schools. It gives every young person "
    "somebody to talk to, and without it many of us would have nobody who listens. Last year the "
    "money was cut in half and the waiting list became twice as long. Give it back, and ask us next time."
)
"""What a campaign of letters sends, each with a word of its own."""


def proposed_topic(context: Context) -> Topic:
    opened = context.settings.today().date() - timedelta(days=3)
    review.propose_topic(context, pilot.mentoring(opened, AUTHOR.name), AUTHOR)
    return topic(context)


def open_topic(context: Context) -> Topic:
    proposed_topic(context)
    review.approve_topic(context, "mentoring", SECOND)
    post.post(context)
    return topic(context)


def topic(context: Context) -> Topic:
    with context.store.read() as tx:
        return topics.get(tx, "mentoring")


def network(context: Context) -> Network:
    return build_network(context.settings)


def own_posts(context: Context) -> dict[tuple[str, int], int]:
    with context.store.read() as tx:
        rows = postings.of_topic(tx, topics.get(tx, "mentoring").id)
    return {
        (row.language, row.part): int(row.external_id)
        for row in rows
        if row.external_id and row.purpose == postings.CONSULTATION
    }


def reply(
    context: Context, text: str, handle: str = "kid.one", language: str = "en", question: int = 0
) -> int:
    net = network(context)
    return net.write(
        net.ensure_account(handle, handle), text, own_posts(context)[language, question]
    )


def collected(context: Context, *texts: str) -> None:
    for number, text in enumerate(texts):
        reply(context, text, f"kid.{number}")
    collect.collect(context)
    aggregate.aggregate(context)


def said(
    context: Context,
    text: str,
    slug: str = "mentoring",
    question: int = 0,
    campaign: str | None = None,
    about: SelfDescription | None = None,
) -> str:
    """Write through the form as a browser does; the receipt."""
    written = Written(slug, question, text, campaign, about or SelfDescription())
    preview = prepare(context, written)
    return send(context, preview.carried, proofs.solve(preview.challenge)).receipt


def released(context: Context, *texts: str) -> list[str]:
    """Write through the form and let it reach reviewers; the receipts, in the order of the texts."""
    given = [said(context, text) for text in texts]
    release.release(context)
    return given


def voice(context: Context, receipt: str) -> ReviewItem:
    """The message that a receipt belongs to."""
    with context.store.read() as tx:
        found = receipts.find(tx, receipt_key(context, receipt))
        assert found is not None
        return contributions.get(tx, found)


def answered(context: Context, theme: str | None = None) -> int:
    """Have a ministry answer the topic, in public; the answer's id."""
    key = feed_back.write(context, "mentoring", answer(theme), MINISTRY)
    feed_back.approve(context, key, SECOND)
    post.post(context)
    feed_back.feed_back(context)
    return key


def answer(theme: str | None = None, **changes: object) -> Response:
    values: dict[str, object] = {
        "id": 0,
        "topic_id": 0,
        "topic": "mentoring",
        "theme": theme,
        "kind": DecisionKind.DOING,
        "said": {"en": "No bus after six.", "fr": "Pas d’autobus après 18 h."},
        "did": {"en": "Rides are paid.", "fr": "Les trajets sont payés."},
        "reason": {"en": "It came up most.", "fr": "C’est revenu le plus souvent."},
        "status": ResponseStatus.DRAFT,
        "written_by": "",
        "decided_on": date(2026, 11, 20),
        **changes,
    }
    return Response(**values)  # type: ignore[arg-type]
