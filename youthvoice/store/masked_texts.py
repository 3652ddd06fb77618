"""The masked texts of messages, unlocked, a page at a time."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import ColumnElement, select

from youthvoice.store.engine import Tx
from youthvoice.store.shredding import unlock
from youthvoice.store.tables import contribution, masked_key


class MaskedMessage(NamedTuple):
    """A message with its masked text, "" where that is gone. `question` counts from 1, 0: the whole topic."""

    id: str
    text: str
    language: str
    question: int
    decided: bool


def page(tx: Tx, wanted: ColumnElement[bool], most: int) -> list[MaskedMessage]:
    """At most `most` of the messages that are `wanted` and whose key is here, by id."""
    rows = tx.execute(
        select(
            contribution.c.id,
            contribution.c.masked,
            contribution.c.language,
            contribution.c.question,
            contribution.c.has_decision,
            masked_key.c.key,
        )
        .join(masked_key, masked_key.c.contribution_id == contribution.c.id)
        .where(wanted)
        .order_by(contribution.c.id)
        .limit(most)
    )
    return [
        MaskedMessage(
            row.id,
            unlock(row.masked, row.id, row.key) or "",
            row.language,
            row.question,
            row.has_decision,
        )
        for row in rows
    ]
