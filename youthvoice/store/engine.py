"""The store: opens transactions to read and to write, and speaks of its failures in sentences."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from youthvoice.database import build_engine, explained, is_current, migrate
from youthvoice.errors import StoreUnavailable, note
from youthvoice.store.tables import metadata

SHREDDED = frozenset(
    {"contribution", "masked_key", "data_key", "sealed_original", "receipt", "self_description",
     "thread_message", "proposed_theme", "proposed_label", "coding",
     "codebook_theme", "span_correction", "likeness", "likeness_band"}
)  # fmt: skip
"""Tables of which destroyed rows must not stay in a file."""

KEYS = frozenset({"masked_key", "data_key"})
"""The tables whose rows open all others."""
LOCKED = "55P03"
"""PostgreSQL's code where a lock was not given in time."""
PATIENCE_MS = 50
"""Milliseconds that emptying the journal waits for readers; writers would wait behind it."""

EMPTIED = ("contribution", "kept_aside")
"""Tables out of which a migration took texts and keys."""
TO_REWRITE = "to be written anew"
"""The comment of the table `contribution` by which a migration asks for that (PostgreSQL)."""
REWRITE_SECONDS = 10
"""How long an update waits for tables that are in use."""

MIGRATIONS = Path(__file__).parent / "migrations"

Tx = Connection
"""An open transaction; every function of the store takes one first."""


class Store:
    """One database. Cheap to build; connects when first used."""

    def __init__(self, url: str, busy_seconds: float = 15.0) -> None:
        self._url = url
        self._busy_seconds = busy_seconds
        self._engine = build_engine(url, busy_seconds)

    @property
    def backend(self) -> str:
        """`sqlite` or `postgresql`."""
        return str(self._engine.url.get_backend_name())

    @contextmanager
    def read(self) -> Iterator[Tx]:
        """A transaction that only reads: one consistent picture."""
        with explained(self._url), self._engine.connect() as opened:
            connection = (
                opened.execution_options(isolation_level="REPEATABLE READ")
                if self.backend == "postgresql"
                else opened
            )
            with connection.begin():
                yield connection

    @contextmanager
    def write(self) -> Iterator[Tx]:
        """A transaction that writes: committed as a whole at the end, or not at all."""
        with explained(self._url), self._engine.connect() as connection:
            tx = connection.execution_options(write=True)
            with tx.begin():
                yield tx

    def exists(self) -> bool:
        """Whether an SQLite file is there (a server is asked when it is used)."""
        path = self._engine.url.database
        return (
            self.backend != "sqlite" or not path or path.startswith("file:") or Path(path).exists()
        )

    def migrate(self) -> None:
        """Create or update the tables. Raises `StoreUnavailable`; the next call then goes on."""
        migrate(self._engine, MIGRATIONS)
        if self.backend == "postgresql":
            self._write_anew()

    def _write_anew(self) -> None:
        """After an update, once: what a migration took out of tables leaves their files too.

        PostgreSQL keeps the bytes of a row that was changed, and of a column that was dropped, until the
        table is written anew, which cannot be part of the migration's transaction.
        """
        with explained(self._url), self._engine.connect() as opened:
            connection = opened.execution_options(isolation_level="AUTOCOMMIT")
            asked = "SELECT obj_description('contribution'::regclass, 'pg_class')"
            if connection.exec_driver_sql(asked).scalar() != TO_REWRITE:
                return
            connection.exec_driver_sql(f"SET lock_timeout = '{REWRITE_SECONDS}s'")
            try:
                for name in EMPTIED:
                    connection.exec_driver_sql(f"VACUUM FULL {name}")
            except OperationalError as problem:
                if getattr(problem.orig, "sqlstate", None) != LOCKED:
                    raise
                raise StoreUnavailable(
                    note(
                        "The tables are updated, but in use: texts of before are still in their files."
                    ),
                    note("Stop every process that uses the database, then run: youthvoice init"),
                ) from None
            finally:
                connection.exec_driver_sql("RESET lock_timeout")
            connection.exec_driver_sql("COMMENT ON TABLE contribution IS NULL")

    def is_current(self) -> bool:
        """Whether the tables are those of this version."""
        return is_current(self._engine, MIGRATIONS)

    def check_writable(self) -> None:
        """Raise `StoreUnavailable` unless a row could be written now (nothing is)."""
        with explained(self._url), self._engine.connect() as connection:
            tx = connection.execution_options(write=True)
            with tx.begin() as open_tx:
                tx.execute(text("UPDATE topic SET status = status WHERE id = -1"))
                open_tx.rollback()

    def tidy(self, thorough: bool = False) -> None:
        """Let nothing of what was destroyed stay in the database's files, as far as that is possible now.

        SQLite: empties the journal file, unless somebody is reading; then the next turn does. PostgreSQL:
        marks dead rows as free. `thorough`, once a day: writes the tables of keys anew, because
        PostgreSQL leaves the bytes of free space as they were; nobody can use them meanwhile.
        (Its own write-ahead log is recycled by its settings.)
        """
        with explained(self._url), self._engine.connect() as opened:
            connection = opened.execution_options(isolation_level="AUTOCOMMIT")
            if self.backend == "sqlite":
                connection.exec_driver_sql(f"PRAGMA busy_timeout={PATIENCE_MS}")
                try:
                    connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
                finally:
                    usual = int(1000 * self._busy_seconds)
                    connection.exec_driver_sql(f"PRAGMA busy_timeout={usual}")
                return
            connection.exec_driver_sql(f"SET lock_timeout = {10 * PATIENCE_MS}")
            for table in metadata.tables.values():
                if table.name in SHREDDED:
                    full = "FULL " if thorough and table.name in KEYS else ""
                    with contextlib.suppress(OperationalError):  # in use: the next turn does it
                        connection.exec_driver_sql(f"VACUUM {full}{table.name}")
            connection.exec_driver_sql("RESET lock_timeout")

    def close(self) -> None:
        """Give back every connection."""
        self._engine.dispose()
