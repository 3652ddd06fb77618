"""Alembic's environment."""

from youthvoice.channels.sandbox.network import metadata
from youthvoice.database import run_migrations

run_migrations(metadata)
