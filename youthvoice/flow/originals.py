"""Opening an original: only with a role's private key, for a reason of the list, and never unseen.

The audit entry is written and kept before the text is opened; it commits to what was opened.
"""

from __future__ import annotations

from youthvoice.errors import BadInput, NotFound, Refused, mark, note
from youthvoice.flow import trail
from youthvoice.flow.context import Context
from youthvoice.model import Actor, Role, SealedItem
from youthvoice.store import sealed
from youthvoice.store.engine import Tx
from youthvoice.trust.keys import private_keys
from youthvoice.trust.vault import unseal

KEY_ROLES = {Role.EDITOR: "moderator", Role.SAFETY: "safety"}
"""Whose private key each role opens with."""

REASONS = {
    "duty to report": mark("A child may need protection: duty to report"),
    "immediate danger": mark("Somebody may be in immediate danger"),
    "masks are wrong": mark("The masks hide what the message is about"),
    "writer asked": mark("The writer asked for it"),
    "legal order": mark("A court or an authority ordered it"),
}
"""Why somebody may open an original; message ids of the catalogue."""

MASK_AGAIN = "a detector failed"
"""The program's own reason: it opens, masks and shows nothing."""


def open_original(context: Context, item_id: str, actor: Actor, reason: str) -> str:
    """The words as they were written. Raises `Refused`, `BadInput`, `NotFound`, `KeysMissing`, `CannotOpen`."""
    if actor.role not in KEY_ROLES:
        raise Refused(note("Only a moderator or a safety officer may open an original."))
    if reason not in REASONS:
        raise BadInput(note("Say why, with one of: %(reasons)s", reasons=", ".join(REASONS)))
    keys = private_keys(context.settings.private_keys_dir, KEY_ROLES[actor.role])
    with context.store.write() as tx:
        item = sealed.read(tx, item_id)
        if item is None:
            raise NotFound(
                note("There is no original of “%(id)s” here.", id=item_id),
                note("It was withdrawn, or it was older than originals are kept."),
            )
        note_opening(context, tx, item, item_id, actor, reason)
    return unseal(item, item_id, KEY_ROLES[actor.role], keys)


def note_opening(
    context: Context, tx: Tx, item: SealedItem, item_id: str, actor: Actor, reason: str
) -> None:
    """Write the opening into the audit trail; the commitment binds it to the sealed bytes."""
    trail.record(
        context,
        tx,
        actor,
        "open original",
        f"message {item_id}",
        reason,
        (item.nonce + item.ciphertext).hex(),
    )
