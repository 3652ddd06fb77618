"""Engines and migrations, the same for the store and for the sandbox's own database.

SQLite runs in WAL with synchronous=FULL, foreign keys and secure_delete; a writer takes its lock at
BEGIN, so that two processes wait for each other instead of failing half-way. Every driver error
becomes `StoreUnavailable` with a sentence; statements and values never appear in it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command, context
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, Engine, MetaData, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, OperationalError

from youthvoice.errors import StoreUnavailable, note


def build_engine(url: str, busy_seconds: float = 15.0) -> Engine:
    """An engine for `url` (sqlite:///… or postgresql://…), with this project's pragmas and locks."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return create_engine(
            parsed.set(drivername="postgresql+psycopg"),
            hide_parameters=True,
            pool_pre_ping=True,
        )
    engine = create_engine(
        parsed, hide_parameters=True, connect_args={"timeout": busy_seconds}, pool_size=5
    )

    @event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # BEGIN is ours, see below
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
            "temp_store=MEMORY",  # no text in temporary files
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        write = connection.get_execution_options().get("write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


@contextmanager
def explained(url: str) -> Iterator[None]:
    """Turn a database's failure into `StoreUnavailable`, in words, without statement or values."""
    try:
        yield
    except DBAPIError as problem:
        raise explain(problem, url) from None


def explain(problem: DBAPIError, url: str) -> StoreUnavailable:
    """The sentence for a driver's error."""
    text = str(problem.orig).lower()
    where = make_url(url)
    place = where.database or "" if where.get_backend_name() == "sqlite" else "PostgreSQL"
    kept = note("What was stored before is kept; run the same command again when this is mended.")
    if "disk is full" in text or "no space left" in text or "disk i/o error" in text:
        return StoreUnavailable(
            note("The disk that holds %(place)s is full or cannot be written to.", place=place),
            note(
                "Free some space. What was stored before is kept; then run the same command again."
            ),
        )
    if "locked" in text or "busy" in text:
        return StoreUnavailable(
            note("The database %(place)s is locked by another program.", place=place),
            note("Wait until the other program is done or stop it, then run the command again."),
        )
    if "readonly" in text or "read-only" in text:
        return StoreUnavailable(
            note("The database %(place)s is read-only.", place=place),
            note("Give this program's user the right to write to the file and its folder."),
        )
    if "unable to open" in text:
        return StoreUnavailable(
            note("The database %(place)s cannot be opened.", place=place),
            note("Check that the folder exists and may be written to, or set YOUTHVOICE_HOME."),
        )
    if "not a database" in text or "malformed" in text:
        return StoreUnavailable(
            note("The file %(place)s is not a database, or it is damaged.", place=place),
            note("Restore it from a backup, or set YOUTHVOICE_HOME to another folder."),
        )
    if "no such table" in text or "does not exist" in text or "no such column" in text:
        return StoreUnavailable(
            note("The database %(place)s is not prepared for this version.", place=place),
            note("Run: youthvoice init"),
        )
    if isinstance(problem, OperationalError):
        return StoreUnavailable(
            note("The database %(place)s does not answer.", place=place),
            note("Check that it runs and that YOUTHVOICE_DATABASE_URL is right."),
        )
    return StoreUnavailable(
        note("The database refused a step (%(code)s).", code=type(problem.orig).__name__),
        kept,
    )


def alembic_config(engine: Engine, scripts: Path) -> Config:
    """Alembic's configuration for one engine and one folder of migrations."""
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["engine"] = engine
    return config


def run_migrations(metadata: MetaData) -> None:
    """What an Alembic environment does: one connection of the engine that `alembic_config` names."""
    engine: Engine = context.config.attributes["engine"]
    with engine.connect() as opened:
        connection = opened.execution_options(write=True)
        context.configure(
            connection=connection,
            target_metadata=metadata,
            render_as_batch=True,
            transactional_ddl=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


def migrate(engine: Engine, scripts: Path) -> None:
    """Bring the database to the newest migration; creates its folder for SQLite."""
    url = engine.url
    if url.get_backend_name() == "sqlite" and url.database:
        folder = Path(url.database).parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise StoreUnavailable(
                note(
                    "The folder %(place)s cannot be made: %(why)s.",
                    place=str(folder),
                    why=problem.strerror or type(problem).__name__,
                ),
                note("Give this program's user the right to write there, or set YOUTHVOICE_HOME."),
            ) from None
        if not Path(url.database).exists():
            # Owner only, from the first byte on.
            os.close(os.open(url.database, os.O_CREAT | os.O_WRONLY, 0o600))
    try:
        with explained(str(url)):
            command.upgrade(alembic_config(engine, scripts), "head")
    except CommandError:
        raise StoreUnavailable(
            note("The database was made by a newer version of youthvoice."),
            note(
                "Install that version, or set YOUTHVOICE_HOME to another folder. Nothing was changed."
            ),
        ) from None


def is_current(engine: Engine, scripts: Path) -> bool:
    """Whether the database stands at the newest migration."""
    head = ScriptDirectory.from_config(alembic_config(engine, scripts)).get_current_head()
    with explained(str(engine.url)), engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == head
