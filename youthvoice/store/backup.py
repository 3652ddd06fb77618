"""Copies of a database for a backup: everything without the keys, and the keys in a file of their own.

SQLite is copied with its backup interface, PostgreSQL with pg_dump. The keys are always a small SQLite
file, so that both kinds of database restore them the same way.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Table, insert, make_url, select, text
from sqlalchemy.engine import URL

from youthvoice import processes
from youthvoice.errors import StoreUnavailable, note
from youthvoice.model import ReviewStatus
from youthvoice.store.engine import Store, Tx
from youthvoice.store.tables import contribution, data_key, masked_key

KEYS: tuple[Table, ...] = (data_key, masked_key)
CHUNK = 5_000


def copy_content(url: str, target: Path) -> None:
    """Write the database without its keys to `target`."""
    found = make_url(url)
    if found.get_backend_name() == "postgresql":
        left_out = [f"--exclude-table-data={table.name}" for table in KEYS]
        _run(found, "pg_dump", "--format=custom", "--no-owner", f"--file={target}", *left_out)
        return
    with (
        closing(sqlite3.connect(f"file:{found.database}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute("PRAGMA secure_delete=ON")
        for table in KEYS:
            copy.execute(f"DELETE FROM {table.name}")  # noqa: S608 (a name of ours)
        copy.commit()
        copy.execute("VACUUM")


def copy_keys(tx: Tx, target: Path) -> int:
    """Write the keys to `target`; how many."""
    written = 0
    with closing(sqlite3.connect(target)) as copy:
        for table in KEYS:
            names = [column.name for column in table.columns]
            copy.execute(f"CREATE TABLE {table.name} ({', '.join(names)})")
            marks = ", ".join("?" * len(names))
            found = tx.execution_options(yield_per=CHUNK).execute(select(table))
            for rows in found.partitions(CHUNK):
                copy.executemany(
                    f"INSERT INTO {table.name} VALUES ({marks})",  # noqa: S608
                    [tuple(row) for row in rows],
                )
                written += len(rows)
        copy.execute("CREATE TABLE withdrawn (id)")
        gone = select(contribution.c.id).where(contribution.c.status == str(ReviewStatus.WITHDRAWN))
        copy.executemany(
            "INSERT INTO withdrawn VALUES (?)", [tuple(row) for row in tx.execute(gone)]
        )
        copy.commit()
    return written


def withdrawn(source: Path) -> list[str]:
    """The ids of messages that were withdrawn when these keys were copied."""
    with closing(sqlite3.connect(source)) as copy:
        known = copy.execute("SELECT 1 FROM sqlite_master WHERE name = 'withdrawn'").fetchone()
        return [row[0] for row in copy.execute("SELECT id FROM withdrawn")] if known else []


def restore_content(source: Path, url: str) -> None:
    """Make a database from a copy. The caller has seen to it that there is none yet, or an empty one."""
    found = make_url(url)
    if found.get_backend_name() == "postgresql":
        _run(found, "pg_restore", "--no-owner", "--exit-on-error", f"--dbname={found.database}",
             str(source))  # fmt: skip
        return
    target = Path(found.database or "")
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.copyfile(source, target)
    target.chmod(0o600)


def building(url: str) -> str:
    """Where a restore is built: an SQLite file gets its name at the end, so that none is half restored."""
    found = make_url(url)
    if found.get_backend_name() != "sqlite":
        return url
    half = Path(f"{found.database}.restoring")
    for ending in ("", "-wal", "-shm"):
        Path(f"{half}{ending}").unlink(missing_ok=True)
    return f"sqlite:///{half}"


def put_in_place(building: str, url: str) -> None:
    """Give a restored SQLite file its name."""
    if building != url:
        Path(make_url(building).database or "").replace(make_url(url).database or "")


def move(source: Path, target: Path) -> None:
    """Put an encrypted file in its place, also on another disk, never half."""
    half = target.with_name(target.name + ".new")
    shutil.copyfile(source, half)
    half.chmod(0o600)
    half.replace(target)


def restore_keys(store: Store, source: Path) -> int:
    """Bring keys back whose message is here; how many."""
    restored = 0
    with closing(sqlite3.connect(source)) as copy, store.write() as tx:
        for table, here in (
            (masked_key, "SELECT id FROM contribution"),
            (data_key, "SELECT item_id FROM sealed_original"),
        ):
            present = set(tx.execute(text(here)).scalars())
            names = [column.name for column in table.columns]
            for rows in _pieces(copy, table.name, names):
                mine = [row for row in rows if row[names[0]] in present]
                if mine:
                    tx.execute(insert(table), mine)
                restored += len(mine)
    return restored


def _pieces(
    copy: sqlite3.Connection, name: str, names: list[str]
) -> Iterator[list[dict[str, object]]]:
    found = copy.execute(f"SELECT {', '.join(names)} FROM {name}")  # noqa: S608
    while rows := found.fetchmany(CHUNK):
        yield [dict(zip(names, row, strict=True)) for row in rows]


def is_empty(url: str) -> bool:
    """Whether there is no database at this address yet, or one without a table."""
    found = make_url(url)
    if found.get_backend_name() == "sqlite":
        return not Path(found.database or "").exists()
    store = Store(url)
    with store.read() as tx:
        tables = tx.execute(
            text("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'")
        ).scalar()
    store.close()
    return not tables


def _run(url: URL, program: str, *arguments: str) -> None:
    """One of PostgreSQL's own programs; where to connect goes through the environment, not the arguments."""
    place = {
        "PGHOST": url.host or str(url.query.get("host", "")),
        "PGPORT": str(url.port or url.query.get("port", "") or ""),
        "PGUSER": url.username or "",
        "PGPASSWORD": url.password or "",
        "PGDATABASE": url.database or "",
    }
    environment = {**os.environ, **{name: value for name, value in place.items() if value}}
    found = shutil.which(program)
    if found is None:
        raise StoreUnavailable(
            note("The program %(name)s of PostgreSQL is not here.", name=program),
            note("Install PostgreSQL’s client programs of your server’s version."),
        )
    done = subprocess.run([found, *arguments], env=environment, capture_output=True, check=False)
    if done.returncode != 0:
        # What the program printed may hold values of rows.
        raise StoreUnavailable(
            note("%(name)s ended with code %(code)s.", name=program, code=done.returncode),
            note("Run it by hand to see why. Nothing was changed."),
        )


@contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """A folder for copies, readable by its owner only and gone afterwards."""
    # What a backup that was killed left behind goes first.
    for left in folder.glob(".scratch-*"):
        if not processes.another_runs(left.name.removeprefix(".scratch-")):
            shutil.rmtree(left, ignore_errors=True)
    place = folder / f".scratch-{os.getpid()}"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True, mode=0o700)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
