"""The store: opens transactions to read and to write, and speaks of its failures in sentences."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from youthvoice.database import build_engine, explained, is_current, migrate
from youthvoice.store.tables import metadata

SHREDDED = frozenset(
    {"contribution", "masked_key", "data_key", "sealed_original", "receipt", "self_description",
     "thread_message", "proposed_theme", "likeness", "likeness_band"}
)  # fmt: skip
"""Tables of which destroyed rows must not stay in a file."""

KEYS = frozenset({"masked_key", "data_key"})
"""The tables whose rows open all others."""
PATIENCE_MS = 50
"""Milliseconds that emptying the journal waits for readers; writers would wait behind it."""

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
        """Create or update the tables."""
        migrate(self._engine, MIGRATIONS)

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
