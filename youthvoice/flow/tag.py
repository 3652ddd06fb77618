"""The third verb: the machine's proposals brought to the present version; decisions stay as they are."""

from __future__ import annotations

from typing import NamedTuple

from youthvoice.flow.context import Context
from youthvoice.model import Language
from youthvoice.store import contributions

BATCH = 200


class Tagged(NamedTuple):
    """How many messages got new proposals."""

    tagged: int


def tag(context: Context) -> Tagged:
    """Propose themes, from the masked texts, wherever the proposals are of an older version."""
    analyser = context.analyser()
    version = analyser.theme_version
    tagged = 0
    while True:
        with context.store.read() as tx:
            waiting = contributions.to_tag(tx, version, BATCH)
        if not waiting:
            return Tagged(tagged)
        with context.store.write() as tx:
            for ident, text, language in waiting:
                themes = analyser.propose(text, Language(language))
                contributions.propose(tx, ident, themes, version)
        tagged += len(waiting)
