"""The sixth verb: the answer goes back. A ministry writes it, a second person approves it, then it is
posted under the topic's own root and shown on "you said, we did"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from youthvoice import editorial
from youthvoice.errors import BadInput, Refused, note
from youthvoice.export.checks import at_least
from youthvoice.flow import trail
from youthvoice.flow.context import Context
from youthvoice.flow.post import live, out_somewhere, plannable
from youthvoice.model import (
    LANGUAGES,
    Actor,
    PostingStatus,
    Response,
    ResponseStatus,
    Role,
    Topic,
    TopicStatus,
)
from youthvoice.store import codebooks, postings, responses, rollups, topics
from youthvoice.store.engine import Tx

ANNOUNCEMENT = {
    "en": "You said: {said}\n\nWe did: {did}\n\n{address}",
    "fr": "Tu as dit : {said}\n\nOn a fait : {did}\n\n{address}",
}


class FedBack(NamedTuple):
    """How many answers became public this turn."""

    published: int


def purpose(response_id: int) -> str:
    """The outbox purpose of one response's announcement."""
    return f"feedback-{response_id}"


def announcement(context: Context, response: Response, language: str, channel: str) -> str:
    """The post that carries a response; without its address where links are left out for their price."""
    address = f"{context.settings.public_address}/{language}/you-said-we-did"
    return (
        ANNOUNCEMENT[language]
        .format(
            said=response.said[language],
            did=response.did[language],
            address=address if context.settings.links_on(channel) else "",
        )
        .strip()
    )


def write(
    context: Context, slug: str, response: Response, actor: Actor, replaces: int | None = None
) -> int:
    """Write and submit a ministry's answer; returns its id. Both languages leave together.

    `replaces`: the id of an answer that was sent back, which this is the new version of.
    """
    if actor.role != Role.MINISTRY:
        raise Refused(note("Only the ministry that must answer writes the answer."))
    _check_complete(response.said, response.did, response.reason)
    with context.store.write() as tx:
        topic = topics.get(tx, slug, lock=True)
        _check_theme(context, tx, topic.id, response.theme)
        if topic.status not in (TopicStatus.OPEN, TopicStatus.CLOSED, TopicStatus.ANSWERED):
            raise Refused(note("This topic has not been posted yet; there is nothing to answer."))
        _check_lengths(context, response)
        editorial.check_move(
            editorial.RESPONSE_MOVES, ResponseStatus.DRAFT, ResponseStatus.SUBMITTED, actor
        )
        if replaces is not None:
            old = responses.get(tx, replaces, lock=True)
            editorial.check_move(
                editorial.RESPONSE_MOVES, old.status, ResponseStatus.SUBMITTED, actor
            )
            responses.change(
                tx,
                replaces,
                {
                    "theme": response.theme,
                    "kind": str(response.kind),
                    "said": dict(response.said),
                    "did": dict(response.did),
                    "reason": dict(response.reason),
                    "decided_on": response.decided_on,
                    "written_by": actor.name,
                    "status": str(ResponseStatus.SUBMITTED),
                },
            )
            trail.record(context, tx, actor, "submit", f"response {replaces}")
            return replaces
        key = responses.add(
            tx,
            replace(
                response,
                topic_id=topic.id,
                status=ResponseStatus.SUBMITTED,
                written_by=actor.name,
            ),
        )
        trail.record(context, tx, actor, "submit", f"response {key}")
        return key


def _check_theme(context: Context, tx: Tx, topic_id: int, theme: str | None) -> None:
    used = codebooks.newest_frozen(tx, topic_id)
    known = {one.id for one in context.themes} | {one.id for one in (used.themes if used else ())}
    if theme is not None and theme not in known:
        raise BadInput(note("There is no theme “%(theme)s”.", theme=theme))


def _check_complete(*texts: Mapping[str, str]) -> None:
    names = (note("You said"), note("We did"), note("Why"))
    for name, text in zip(names, texts, strict=True):
        editorial.check_both_languages(name, text)


def _check_lengths(context: Context, response: Response) -> None:
    for channel in context.channels.values():
        for language in LANGUAGES:
            length = channel.measure(announcement(context, response, language, channel.name))
            if length > channel.caps.longest:
                raise BadInput(
                    note(
                        "“You said” and “we did” (%(language)s) are together too long for "
                        "%(channel)s: %(length)s of %(most)s.",
                        language=language,
                        channel=channel.name,
                        length=length,
                        most=channel.caps.longest,
                    ),
                    note("Shorten them. Details go into the reason, which is on our own page."),
                )


def approve(context: Context, response_id: int, actor: Actor) -> None:
    """Approve a submitted answer and plan its announcements, in one transaction."""
    with context.store.write() as tx:
        response = responses.get(tx, response_id, lock=True)
        editorial.check_move(
            editorial.RESPONSE_MOVES,
            response.status,
            ResponseStatus.APPROVED,
            actor,
            response.written_by,
        )
        responses.change(tx, response_id, {"status": str(ResponseStatus.APPROVED)})
        rows = postings.of_topic(tx, response.topic_id)
        rooted = {
            (row.channel, row.language)
            for row in rows
            if row.purpose == postings.CONSULTATION and row.part == 0
        }
        for channel in plannable(context):
            for language in LANGUAGES:
                if (channel.name, language) not in rooted:
                    continue  # the topic was never meant for this channel: there is nothing to answer to
                postings.plan(
                    tx,
                    response.topic_id,
                    0,
                    channel.name,
                    language,
                    purpose(response_id),
                    announcement(context, response, language, channel.name),
                )
        trail.record(context, tx, actor, "approve", f"response {response_id}")


def send_back(context: Context, response_id: int, actor: Actor) -> None:
    """Send a submitted answer back to the ministry."""
    with context.store.write() as tx:
        response = responses.get(tx, response_id, lock=True)
        editorial.check_move(editorial.RESPONSE_MOVES, response.status, ResponseStatus.DRAFT, actor)
        responses.change(tx, response_id, {"status": str(ResponseStatus.DRAFT)})
        trail.record(context, tx, actor, "send back", f"response {response_id}")


def feed_back(context: Context) -> FedBack:
    """One turn: answers whose announcements are all out become public, with the count they answer."""
    with context.store.read() as tx:
        approved = responses.every(tx, [ResponseStatus.APPROVED])
    published = 0
    for response in approved:
        with context.store.write() as tx:
            locked = responses.get(tx, response.id, lock=True)
            if locked.status == ResponseStatus.APPROVED and _publish(tx, context, locked):
                published += 1
    return FedBack(published)


def _publish(tx: Tx, context: Context, response: Response) -> bool:
    rows = postings.of_topic(tx, response.topic_id)
    roots = {
        (row.channel, row.language): row.status
        for row in rows
        if row.purpose == postings.CONSULTATION and row.part == 0
    }
    # Where the topic itself is not out, its answer cannot be; nobody waits for that.
    announced = [
        one
        for one in live(context, rows, purpose(response.id))
        if roots.get((one.channel, one.language)) == PostingStatus.SENT
    ]
    if not out_somewhere(announced):
        return False
    editorial.check_move(
        editorial.RESPONSE_MOVES, response.status, ResponseStatus.PUBLISHED, actor=None
    )
    messages, texts = _answered(tx, response.topic_id, response.theme, context.settings.min_cell)
    responses.change(
        tx,
        response.id,
        {"status": str(ResponseStatus.PUBLISHED), "messages": messages, "texts": texts},
    )
    topic = topics.get(tx, response.topic, lock=True)
    if (
        topic.status in (TopicStatus.OPEN, TopicStatus.CLOSED)
        and response.theme is None
        and not topic.standing
    ):
        topics.set_status(tx, topic.id, TopicStatus.ANSWERED)
    trail.record(context, tx, None, "publish", f"response {response.id}")
    return True


def _answered(
    tx: Tx, topic_id: int, theme: str | None, least: int
) -> tuple[int | None, int | None]:
    """How many messages an answer answers, and how many texts; None where a figure is withheld."""
    if theme is None:
        totals = rollups.totals(tx, topic_id)
        if totals is None:
            return None, None
        return at_least(totals.messages, least) or None, at_least(totals.texts, least) or None
    for cell in rollups.read(tx, topic_id, ("theme",)):
        if cell.values["theme"] == theme:
            return cell.messages, cell.texts
    return None, None


def worklist(context: Context) -> list[tuple[Topic, int]]:
    """Topics that wait for an answer, with the days left (negative: late), most urgent first."""
    today = context.settings.today().date()
    with context.store.read() as tx:
        waiting = topics.every(tx, [TopicStatus.OPEN, TopicStatus.CLOSED])
    return sorted(
        ((topic, (topic.answer_due_on - today).days) for topic in waiting), key=lambda one: one[1]
    )
