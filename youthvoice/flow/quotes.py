"""The words that the public reads on a topic's page: released, masked, of channels that may be quoted."""

from __future__ import annotations

from youthvoice.channels.policies import quotable
from youthvoice.model import ReviewItem
from youthvoice.store import contributions
from youthvoice.store.engine import Tx

MOST = 6


def quotes(tx: Tx, topic_id: int) -> list[ReviewItem]:
    """What a topic's page quotes now."""
    return contributions.quotations(tx, topic_id, quotable(), most=MOST)
