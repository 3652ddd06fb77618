"""The daily witness: the audit log is verified, then its head is published outside the database."""

from __future__ import annotations

from typing import NamedTuple

from youthvoice.errors import YouthVoiceError, note
from youthvoice.flow import trail
from youthvoice.flow.context import Context
from youthvoice.store import audit, receipts

COUNTED = "withdrawn with a receipt"


class Altered(YouthVoiceError):
    """The audit log does not fit."""


class Witnessed(NamedTuple):
    """How many entries were verified, and how many heads are published."""

    entries: int
    heads: int


def check_heads(context: Context, found: trail.Verified) -> None:
    """Raise `Altered` where no head is published of a log that has begun: with its beginning, one was."""
    if found.heads:
        return
    with context.store.read() as tx:
        begun = audit.head(tx) is not None
    if begun:
        raise Altered(
            note(
                "The file of published heads is gone: %(path)s.",
                path=str(trail.heads_file(context)),
            ),
            note(
                "Restore it from where it is mirrored, or run: youthvoice audit begin-heads --by NAME"
            ),
        )


def witness(context: Context) -> Witnessed:
    """Verify, note how many voices were withdrawn so far, publish. Raises `Altered`; then nothing is published."""
    found = trail.verify(context)
    check_heads(context, found)
    if found.problems:
        raise Altered(
            note("The audit log was changed, or a published head does not fit it."),
            note(
                "See: youthvoice audit verify. Compare with the heads that are mirrored elsewhere."
            ),
        )
    with context.store.write() as tx:
        # A count a day instead of an entry each: an entry would tell when somebody sat at their phone.
        gone = receipts.count_withdrawn(tx)
        trail.record(context, tx, None, COUNTED, f"{gone} in all")
    trail.publish(context, context.settings.today().date())
    again = trail.verify(context)
    return Witnessed(again.entries, again.heads)
