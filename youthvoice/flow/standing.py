"""The topic that is always open: where young people raise an issue of their own."""

from __future__ import annotations

from datetime import date
from itertools import count

from youthvoice import defaults
from youthvoice.model import LANGUAGES, Topic, TopicStatus, TopicText
from youthvoice.settings import Settings
from youthvoice.store import topics
from youthvoice.store.engine import Store, Tx

NEVER = date(9000, 1, 1)
"""A day that never comes; years can be added to it."""


def make(store: Store, settings: Settings) -> bool:
    """Make the standing topic from the defaults, once. Whether it was made now.

    Where a topic has its name already, that one keeps it, and the standing one gets a number behind it.
    """
    table = defaults.standing_topic(settings.home)
    known = defaults.ministries(settings.home)
    ministry = table["ministry"] if table["ministry"] in known else next(iter(known))
    texts = {
        language: TopicText(**{**table[language], "questions": tuple(table[language]["questions"])})
        for language in LANGUAGES
    }
    with store.write() as tx:
        if topics.standing(tx) is not None:
            return False
        topics.add(
            tx,
            Topic(
                slug=_free_slug(tx, table["slug"]),
                status=TopicStatus.OPEN,
                ministry=ministry,
                opens_on=settings.today().date(),
                closes_on=NEVER,
                answer_due_on=NEVER,
                proposed_by="youthvoice",
                texts=texts,
                standing=True,
            ),
        )
    return True


def _free_slug(tx: Tx, wanted: str) -> str:
    tried = (wanted if number == 1 else f"{wanted}-{number}" for number in count(1))
    return next(slug for slug in tried if topics.find(tx, slug) is None)
