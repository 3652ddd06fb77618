"""Who can be put together from several messages: each harmless, together a portrait.

What an account said before within the topic, or stands in the thread under a receipt, is looked at with the
new message. Nothing is stored for it: traits are read again from the masked texts each time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from youthvoice.flow.context import Analysing
from youthvoice.model import Contribution, ReviewStatus
from youthvoice.nlp.analyser import HOLD_RECOGNISABLE
from youthvoice.store import mosaic
from youthvoice.store.engine import Tx


def hold_recognisable(
    tx: Tx, topic_id: int, admitted: Sequence[Contribution], analyser: Analysing
) -> list[Contribution]:
    """The messages, in order; those that single their writer out with what they said before are held."""
    authors = [item.author_key for item in admitted if item.author_key]
    if not authors:
        return list(admitted)
    said = mosaic.by_authors(tx, topic_id, authors)
    result: list[Contribution] = []
    for item in admitted:
        text = item.masked.text if item.masked else ""
        earlier = said.setdefault(item.author_key, []) if item.author_key else []
        if (
            text
            and earlier
            and not item.hold
            and analyser.recognisable(text, item.language, earlier)
        ):
            item = replace(item, hold=HOLD_RECOGNISABLE, status=ReviewStatus.HELD)
        if text:
            earlier.append(text)
        result.append(item)
    return result
