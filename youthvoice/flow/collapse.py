"""Near-duplicates: messages that say nearly the same count as messages each, and as one text together.

Nothing is dropped: every message keeps its place, its receipt and its day.
"""

from __future__ import annotations

import time
from typing import NamedTuple

from youthvoice.flow.context import Context
from youthvoice.nlp.normalise import text_key_form
from youthvoice.store import likeness
from youthvoice.store.engine import Tx
from youthvoice.trust.likeness import THRESHOLD, Comparer

AT_ONCE = 50
OWN_WORDS = 60
"""Letters and digits: whoever adds so many words of their own to a form letter is not counted with it."""
SECONDS = 10.0
"""A turn ends after so long; the next goes on."""


class Collapsed(NamedTuple):
    """How many messages were compared, and how many of them joined the text of another."""

    checked: int
    joined: int


def collapse(context: Context, seconds: float = SECONDS) -> Collapsed:
    """Compare what was not compared yet."""
    comparer = Comparer(context.keys.derived("likeness"))
    checked = joined = 0
    until = time.monotonic() + seconds
    while True:
        with context.store.write() as tx:
            batch = likeness.uncompared(tx, AT_ONCE)
            for one in batch:
                group = _group(tx, comparer, one)
                likeness.mark(tx, one.id, group)
                joined += group != one.text_key
        checked += len(batch)
        if len(batch) < AT_ONCE or time.monotonic() > until:
            return Collapsed(checked, joined)


def _group(tx: Tx, comparer: Comparer, one: likeness.Uncompared) -> str:
    """The text key of the group that this message belongs to."""
    if one.text is None or likeness.is_first(tx, one.topic_id, one.text_key):
        return one.text_key
    form = text_key_form(one.text)
    made = comparer.signature(form)
    if made is None:
        return one.text_key
    found = likeness.candidates(tx, one.topic_id, made.bands)
    best = max(
        (
            (comparer.similarity(made.values, first.signature), first.text_key)
            for first in found
            if abs(first.length - len(form)) < OWN_WORDS
        ),
        default=(0.0, ""),
    )
    if best[0] >= THRESHOLD:
        return best[1]
    first = likeness.First(one.text_key, made.values, len(form))
    likeness.add(tx, one.topic_id, first, made.bands)
    return one.text_key
