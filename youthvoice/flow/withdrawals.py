"""What is withdrawn or deleted is destroyed here, and written down apart, so that no backup brings it back.

The journal holds random ids and nothing else. A restore reads it (`flow/backup.py`).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime, time
from pathlib import Path

from youthvoice.files import read_words, write_private
from youthvoice.flow.context import Context
from youthvoice.store import contributions, destruction
from youthvoice.store.engine import Tx

JOURNAL = "withdrawn.txt"


def withdraw(context: Context, tx: Tx, ids: Sequence[str]) -> int:
    """Destroy what these messages said, with its keys; how many there were.

    Written down before it is done: a restore destroys rather one too many than one too few.
    """
    if ids:
        write_down(context.settings.home, ids)
        destruction.forget(tx, ids)
    return len(ids)


def withdraw_posts(context: Context, tx: Tx, channel: str, refs: Sequence[str]) -> int:
    """The same for posts of a platform; how many were here."""
    return withdraw(context, tx, contributions.with_refs(tx, channel, refs))


def write_down(home: Path, ids: Sequence[str]) -> None:
    """Add ids to the journal of an installation."""
    known = set(journalled(journal(home)))
    new = sorted({one for one in ids if one not in known})
    if new:
        # Sorted, and dated to the day: neither order nor moment is anybody's business.
        write_private(journal(home), "\n".join(sorted(known | set(new))) + "\n")
        midnight = datetime.combine(datetime.now(UTC).date(), time(), UTC).timestamp()
        os.utime(journal(home), (midnight, midnight))


def journal(home: Path) -> Path:
    """The file of withdrawn ids."""
    return home / JOURNAL


def journalled(path: Path) -> list[str]:
    """The ids that the journal names. Raises `BadInput` where it is no text."""
    return read_words(path).split() if path.exists() else []
