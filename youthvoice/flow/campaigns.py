"""Campaigns off the screen: a code on a postcard or poster, or for a workshop, that leads to a topic's form.

Only messages are counted, never visits: who scanned a code and wrote nothing leaves no trace.
"""

from __future__ import annotations

from typing import NamedTuple

from youthvoice.errors import BadInput, NotFound, Refused, note
from youthvoice.export.checks import at_least
from youthvoice.flow import trail
from youthvoice.flow.context import Context
from youthvoice.model import Actor, Campaign, Role, Topic, TopicStatus
from youthvoice.store import campaigns, topics
from youthvoice.trust import codes

LENGTH = 6
"""Characters of a code: 32^6, a thousand million, so that one is hardly met by trying."""

LONGEST_NAME = 120


class Report(NamedTuple):
    """A campaign and how many messages came with its code; None where that figure is withheld."""

    code: str
    topic: str
    name: str
    made_on: str
    messages: int | None


def new(context: Context, slug: str, name: str, actor: Actor) -> Campaign:
    """Make a campaign for a topic."""
    if actor.role not in (Role.EDITOR, Role.OPERATOR):
        raise Refused(note("Only a member of the committee or an operator makes campaigns."))
    given = " ".join(name.split())
    if not 0 < len(given) <= LONGEST_NAME:
        raise BadInput(
            note("A campaign has a name of 1 to %(most)s characters.", most=LONGEST_NAME),
            note('For example: --name "Libraries, March"'),
        )
    with context.store.write() as tx:
        topic = topics.get(tx, slug)
        if topic.status in (TopicStatus.DRAFT, TopicStatus.PROPOSED):
            raise Refused(
                note("This topic has not been approved yet."),
                note("What is printed cannot be changed: have it approved first."),
            )
        code = codes.make(LENGTH)
        while campaigns.find(tx, code) is not None:
            code = codes.make(LENGTH)
        made = Campaign(code, topic.id, given, context.settings.today().date(), actor.name)
        campaigns.add(tx, made)
        trail.record(context, tx, actor, "make campaign", f"campaign {code}")
    return made


def find(context: Context, typed: str) -> tuple[Campaign, Topic] | None:
    """The campaign that a typed code means, with its topic; None if there is none."""
    code = codes.read(typed, LENGTH)
    if code is None:
        return None
    with context.store.read() as tx:
        found = campaigns.find(tx, code)
        if found is None:
            return None
        topic = topics.by_id(tx, found.topic_id)
    return found, topic


def get(context: Context, typed: str) -> tuple[Campaign, Topic]:
    """As `find`, but raises `NotFound`."""
    found = find(context, typed)
    if found is None:
        raise NotFound(
            note("There is no campaign with this code."), note("See: youthvoice campaign report")
        )
    return found


def code_for(context: Context, typed: str | None, topic_id: int) -> str | None:
    """The code to keep with a message on this topic; a code of nothing, or of another topic, is left out."""
    code = codes.read(typed, LENGTH) if typed else None
    if code is None:
        return None
    with context.store.read() as tx:
        found = campaigns.find(tx, code)
    return code if found is not None and found.topic_id == topic_id else None


def address(context: Context, campaign: Campaign, language: str) -> str:
    """Where a printed code leads."""
    return f"{context.settings.public_address}/q/{campaign.code}?{language}"


def report(context: Context, slug: str | None = None) -> list[Report]:
    """Every campaign with its messages; counts below the smallest cell are withheld."""
    with context.store.read() as tx:
        only = topics.get(tx, slug).id if slug else None
        known = {topic.id: topic.slug for topic in topics.every(tx, with_standing=True)}
        counts = campaigns.messages(tx)
        every = campaigns.every(tx, only)
    return [
        Report(
            one.code,
            known[one.topic_id],
            one.name,
            one.made_on.isoformat(),
            at_least(counts.get(one.code, 0), context.settings.min_cell),
        )
        for one in every
    ]
