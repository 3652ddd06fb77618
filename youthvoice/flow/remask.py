"""Look again at what a detector failed on or only screened: originals are opened, masked, and stay sealed.

Only a process that holds the moderator's private key can; each opening leaves an audit entry.
"""

from __future__ import annotations

from typing import NamedTuple

from youthvoice.errors import Refused, note
from youthvoice.flow.context import Context
from youthvoice.flow.originals import MASK_AGAIN, note_opening
from youthvoice.model import Actor, Role
from youthvoice.nlp.analyser import HOLD_DETECTOR, HOLD_SCREENED
from youthvoice.nlp.normalise import normalise
from youthvoice.store import contributions, proposals, sealed, topics
from youthvoice.trust.keys import private_keys
from youthvoice.trust.vault import unseal

MOST = 200
NOT_DONE = (HOLD_DETECTOR, HOLD_SCREENED)


class Remasked(NamedTuple):
    """How many could be masked now, and how many the detectors still fail on."""

    masked: int
    still_held: int


def remask(context: Context, actor: Actor) -> Remasked:
    """Try every message whose masking is not done once more; it then waits for a person as others do."""
    if actor.role != Role.EDITOR:
        raise Refused(note("Only a member of the committee may have originals looked at again."))
    with context.store.read() as tx:
        ids = [one for why in NOT_DONE for one in proposals.held_for(tx, why, MOST)]
    if not ids:
        return Remasked(0, 0)
    keys = private_keys(context.settings.private_keys_dir, "moderator")
    masked = 0
    for ident in ids:
        with context.store.write() as tx:
            item = sealed.read(tx, ident)
            if item is None:
                continue
            note_opening(context, tx, item, ident, actor, MASK_AGAIN)
            slug = topics.slug(tx, contributions.get(tx, ident).topic_id)
        text = normalise(unseal(item, ident, "moderator", keys))
        (said,) = context.analyser().analyse([text], slug)
        if said.hold in NOT_DONE:
            continue
        with context.store.write() as tx:
            proposals.mask_again(tx, ident, said)
        masked += 1
    return Remasked(masked, len(ids) - masked)
