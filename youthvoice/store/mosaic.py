"""What the same account said before within a topic, masked, and the hold on what tells too much together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select, update

from youthvoice.model import ReviewStatus
from youthvoice.store.contributions import CHUNK
from youthvoice.store.engine import Tx
from youthvoice.store.shredding import unlock
from youthvoice.store.tables import contribution, masked_key

MOST = 200
"""Messages of one account that are looked at, whichever they are."""


def by_authors(tx: Tx, topic_id: int, author_keys: Sequence[str]) -> dict[str, list[str]]:
    """The masked texts by the keyed hash of the account, for those that said something in the topic."""
    said: defaultdict[str, list[str]] = defaultdict(list)
    authors = sorted(set(author_keys))
    for start in range(0, len(authors), CHUNK):
        for row in tx.execute(_written(topic_id, authors[start : start + CHUNK])):
            if text := unlock(row.masked, row.id, row.key):
                said[row.author_key].append(text)
    return dict(said)


def _written(topic_id: int, authors: Sequence[str]) -> Select[Any]:
    """At most `MOST` messages of each of them that still have their key."""
    number = func.row_number().over(
        partition_by=contribution.c.author_key, order_by=contribution.c.id
    )
    numbered = (
        select(
            contribution.c.id,
            contribution.c.author_key,
            contribution.c.masked,
            masked_key.c.key,
            number.label("number"),
        )
        .join(masked_key, masked_key.c.contribution_id == contribution.c.id)
        .where(contribution.c.topic_id == topic_id, contribution.c.author_key.in_(authors))
        .subquery()
    )
    return select(numbered).where(numbered.c.number <= MOST)


def hold_waiting(tx: Tx, contribution_id: str, reason: str) -> None:
    """Hold a message that nobody has decided on yet."""
    tx.execute(
        update(contribution)
        .where(
            contribution.c.id == contribution_id,
            contribution.c.status == str(ReviewStatus.WAITING),
        )
        .values(status=str(ReviewStatus.HELD), hold=reason)
    )
