"""Backups that forget what was withdrawn.

A backup is two files, both encrypted to an age key whose other half is kept elsewhere:

    youthvoice-2026-11-22.backup.age   everything but the keys; those of the last days are kept
    keys.age                           the keys as they are now; each backup replaces the last one

Texts are readable with their keys only, so an old backup gives back what still has its key today, and
nothing that was withdrawn since. The journal of withdrawals covers what happened after the last backup.
"""

from __future__ import annotations

import time
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from youthvoice.errors import BadInput, Refused, note
from youthvoice.flow import trail, withdrawals
from youthvoice.flow.context import Context
from youthvoice.settings import Settings
from youthvoice.store import backup as copies
from youthvoice.store import contributions, destruction, sealed
from youthvoice.store.engine import Store
from youthvoice.trust import age

KEYS_FILE = "keys.age"
BEGINNING, ENDING = "youthvoice-", ".backup.age"


class BackedUp(NamedTuple):
    """Where the two files are, how many keys are in the second, how many earlier backups were deleted for
    their age, and how long it took.
    """

    content: Path
    keys: Path
    written: int
    pruned: int
    seconds: float


class Restored(NamedTuple):
    """How many keys came back, how many messages stay destroyed because they were withdrawn, and how many
    can no longer be read because the keys' file is older than they are (or they were too old to keep).
    """

    written: int
    withdrawn: int
    unreadable: int


def make(context: Context) -> BackedUp:
    """Write a backup into the backups' folder; then those go that are older than the settings keep them.

    Raises `BadInput`, `StoreUnavailable`; then none was deleted.
    """
    settings = context.settings
    if not settings.backup_recipient:
        raise BadInput(
            note("There is no key to encrypt a backup to."),
            note("Run: youthvoice backup keygen FILE, then set YOUTHVOICE_BACKUP_RECIPIENT."),
        )
    began = time.monotonic()
    folder = settings.backups_dir
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    content = folder / f"{BEGINNING}{settings.today().date().isoformat()}{ENDING}"
    keys = folder / KEYS_FILE
    with copies.scratch(settings.home) as place:
        copies.copy_content(settings.store_url, place / "content")
        age.encrypt_file(place / "content", place / "content.age", settings.backup_recipient)
        # After the content: a message that is withdrawn meanwhile has no key any more.
        with context.store.read() as tx:
            written = copies.copy_keys(tx, place / "keys")
        age.encrypt_file(place / "keys", place / "keys.age", settings.backup_recipient)
        copies.move(place / "content.age", content)
        copies.move(place / "keys.age", keys)
    with context.store.write() as tx:
        trail.record(context, tx, None, "back up", f"backup {content.name}")
    pruned = _prune(context)
    return BackedUp(content, keys, written, pruned, round(time.monotonic() - began, 3))


def _prune(context: Context) -> int:
    """Delete dated backups that are too old; how many. Never the newest, whatever the clock says."""
    settings = context.settings
    if not settings.keep_backups_days:
        return 0
    last = settings.today().date() - timedelta(days=settings.keep_backups_days)
    dated = sorted(
        (day, path)
        for path in settings.backups_dir.glob(f"{BEGINNING}*{ENDING}")
        if (day := _day_of(path)) is not None
    )
    old = [path for day, path in dated[:-1] if day < last]
    for path in old:
        path.unlink(missing_ok=True)
    if old:
        with context.store.write() as tx:
            trail.record(context, tx, None, "delete old backups", f"{len(old)} backups")
    return len(old)


def _day_of(path: Path) -> date | None:
    """The day in a backup's name: copying a file may change its times. None where it is not one of ours."""
    try:
        return date.fromisoformat(path.name.removeprefix(BEGINNING).removesuffix(ENDING))
    except ValueError:
        return None


def restore(
    url: str, home: Path, content: Path, keys: Path, identity: Path, journal: Path | None = None
) -> Restored:
    """Make the database at `url` from a backup, with the newest keys; refuses where one is already.

    `journal`: the journal of withdrawals, if it was saved; the one in `home` is read as well.
    """
    for path in (content, keys, identity, *((journal,) if journal else ())):
        if not path.is_file():
            raise BadInput(note("There is no file %(path)s.", path=str(path)))
    if not copies.is_empty(url):
        raise Refused(
            note("There is a database already; a restore never replaces one."),
            note("Move it away, or set YOUTHVOICE_HOME to another folder."),
        )
    # Read before anything is made: what cannot be read leaves nothing behind.
    saved = withdrawals.journalled(journal) if journal else []
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with copies.scratch(home) as place:
        age.decrypt_file(content, place / "content", identity)
        age.decrypt_file(keys, place / "keys", identity)
        building = copies.building(url)
        copies.restore_content(place / "content", building)
        store = Store(building)
        try:
            store.migrate()
            written = copies.restore_keys(store, place / "keys")
            gone = [
                *withdrawals.journalled(withdrawals.journal(home)),
                *saved,
                *copies.withdrawn(place / "keys"),
            ]
            with store.write() as tx:
                before = contributions.status_counts(tx)["withdrawn"]
                destruction.forget(tx, gone)
                # What has no key for another reason was destroyed for its age: its text only.
                unreadable = destruction.without_key(tx)
                destruction.drop_text(tx, unreadable)
                sealed.drop_keyless(tx)
                after = contributions.status_counts(tx)["withdrawn"]
            withdrawals.write_down(home, gone)
            store.tidy()
        finally:
            store.close()
        copies.put_in_place(building, url)
    return Restored(written, after - before, len(unreadable))


def is_late(settings: Settings, after: timedelta = timedelta(days=2)) -> bool:
    """Whether backups are set up but the newest one is older than that."""
    if not settings.backup_recipient:
        return False
    newest = max(
        (path.stat().st_mtime for path in settings.backups_dir.glob(f"*{ENDING}")), default=0.0
    )
    return time.time() - newest > after.total_seconds()
