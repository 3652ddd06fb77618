"""The second verb: replies come in, page by page; deletions are followed.

A page's messages are stored in one transaction; the cursor moves in the last page's, so a collection
that dies half-way starts again at the old cursor and sees what it has already. An empty turn is
written down as empty.
"""

from __future__ import annotations

from typing import NamedTuple

from youthvoice.channels.base import Channel, Item, Scope
from youthvoice.flow.context import Context
from youthvoice.flow.receive import admit_new, keep
from youthvoice.model import Posting, PostingStatus, RawContribution, Topic, TopicStatus
from youthvoice.store import audit, collections, contributions, postings, topics

MOST_PAGES = 10_000


class Collected(NamedTuple):
    """What one turn brought in."""

    accepted: int
    seen: int
    held: int
    tombstones: int
    pages: int


def collect(context: Context, slug: str | None = None) -> Collected:
    """One turn over every open or closed topic (or only `slug`), on every channel."""
    with context.store.read() as tx:
        wanted = (
            [topics.get(tx, slug)]
            if slug
            else topics.every(tx, [TopicStatus.OPEN, TopicStatus.CLOSED, TopicStatus.ANSWERED])
        )
        posted = {topic.id: postings.of_topic(tx, topic.id) for topic in wanted}
    total = Collected(0, 0, 0, 0, 0)
    for topic in wanted:
        for channel in context.channels.values():
            found = _collect(context, channel, topic, posted[topic.id])
            total = Collected(*(a + b for a, b in zip(total, found, strict=True)))
    return total


def _scope(channel: Channel, posted: list[Posting]) -> Scope:
    return Scope(
        {
            one.external_id: one.part
            for one in posted
            if one.channel == channel.name and one.external_id and one.status == PostingStatus.SENT
        }
    )


def _raw(context: Context, channel: Channel, item: Item) -> RawContribution:
    return RawContribution(
        channel=channel.name,
        source_key=item.id,
        text=item.text,
        day=item.written_at.astimezone(context.settings.zone).date(),
        question=item.question,
        ref=item.id,
        author_key=item.author_key,
    )


def _collect(context: Context, channel: Channel, topic: Topic, posted: list[Posting]) -> Collected:
    scope = _scope(channel, posted)
    if not scope.roots:
        return Collected(0, 0, 0, 0, 0)
    with context.store.read() as tx:
        cursor = collections.cursor(tx, channel.name, topic.id)
    accepted = seen = held = gone = pages = 0
    for _ in range(MOST_PAGES):
        batch = channel.collect(scope, cursor)
        pages += 1
        raws = [_raw(context, channel, item) for item in batch.items]
        admitted = admit_new(context, topic.id, raws)
        with context.store.write() as tx:
            kept = keep(tx, admitted, len(raws))
            withdrawn = (
                contributions.withdraw(tx, channel.name, batch.tombstones)
                if batch.tombstones and channel.policy.follow_deletions
                else 0
            )
            if withdrawn:
                audit.write(
                    tx, None, "follow deletions", f"{channel.name}: {withdrawn}", context.now()
                )
            accepted += kept.accepted
            seen += kept.seen
            held += kept.held
            gone += withdrawn
            if batch.complete:
                collections.advance(
                    tx, channel.name, topic.id, batch.next_cursor, accepted, context.now()
                )
        if batch.complete:
            break
        cursor = batch.next_cursor
    return Collected(accepted, seen, held, gone, pages)
