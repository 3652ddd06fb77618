"""Alembic's environment."""

from youthvoice.database import run_migrations
from youthvoice.store.tables import metadata

run_migrations(metadata)
