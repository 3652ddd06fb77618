"""The demo's network for a home that was restored: the network is in no backup, as no platform is.

It is made anew with our own posts, under the ids that the database knows, and goes on behind the last
message that was collected; the audience's earlier posts are gone from it.
"""

from __future__ import annotations

from datetime import datetime, time

from youthvoice.app import build_network
from youthvoice.channels.policies import SANDBOX
from youthvoice.channels.sandbox.channel import ACCOUNTS
from youthvoice.channels.sandbox.network import Network, NetworkPost
from youthvoice.flow.context import Context
from youthvoice.model import Posting, PostingStatus, Topic
from youthvoice.store import collections, postings, topics


def network(context: Context) -> Network:
    """The demo's network. One that nobody ever posted in gets our posts back."""
    found = build_network(context.settings)
    if found.is_empty():
        _put_back(context, found)
    return found


def _put_back(context: Context, found: Network) -> None:
    with context.store.read() as tx:
        posts = [
            post
            for topic in topics.every(tx, with_standing=True)
            for post in _posts(topic, postings.of_topic(tx, topic.id, SANDBOX))
        ]
        stands = collections.find(tx, SANDBOX)
    cursor = stands.cursor if stands else {}
    if posts:
        found.put_back(posts, int(cursor.get("post", "0")), int(cursor.get("deletion", "0")))


def _posts(topic: Topic, rows: list[Posting]) -> list[NetworkPost]:
    """Our posts on a topic as the network showed them; the moment is that of the topic's first day."""
    sent = [row for row in rows if row.status == PostingStatus.SENT and row.external_id]
    ids = {(row.language, row.purpose, row.part): int(row.external_id or 0) for row in sent}
    moment = datetime.combine(topic.opens_on, time(12))
    found = []
    for row in sent:
        number = ids[row.language, row.purpose, row.part]
        root = ids.get((row.language, postings.CONSULTATION, 0))
        # A part answers the one before it, an answer of a ministry the topic's root (`flow/post.py`).
        parent = ids.get((row.language, row.purpose, row.part - 1), root)
        place = (None, None) if number == root else (parent, root)
        handle, name = ACCOUNTS[row.language]
        found.append(NetworkPost(number, handle, name, True, *place, row.text, moment))
    return found
