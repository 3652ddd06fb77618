"""The largest groups of nearly the same texts on a topic: what may be a campaign, as figures."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from youthvoice.flow import quotes
from youthvoice.flow.context import Context
from youthvoice.flow.quotes import Quotation, Readers
from youthvoice.model import Topic
from youthvoice.store import same_texts

MOST = 8
"""Groups that are shown."""


class Group(NamedTuple):
    """Messages that say nearly the same: how many, in how many wordings (None: withheld), from week to week.

    `quotation`: one of them, where a person released it and these readers may see it.
    """

    messages: int
    wordings: int | None
    first_week: date
    last_week: date
    quotation: Quotation | None


def largest(context: Context, topic: Topic, readers: Readers) -> list[Group]:
    """The largest groups, largest first; those with fewer messages than the smallest cell are withheld."""
    least = context.settings.min_cell
    with context.store.read() as tx:
        return [
            Group(
                one.messages,
                _wordings(one.wordings, least),
                one.first_week,
                one.last_week,
                quotes.of_group(tx, context, topic.id, one.text_key, readers),
            )
            for one in same_texts.largest(tx, topic.id, least, MOST)
        ]


def _wordings(count: int, least: int) -> int | None:
    """One wording, or so many that none stands for few people."""
    return count if count == 1 or count >= least else None
