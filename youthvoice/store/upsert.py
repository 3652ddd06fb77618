"""Insert what is new and say what was: the one difference between the two databases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Table
from sqlalchemy.dialects import postgresql, sqlite

from youthvoice.store.engine import Tx


def insert_new(
    tx: Tx,
    table: Table,
    rows: Sequence[Mapping[str, Any]],
    unique: Sequence[str],
    returning: Column[Any],
) -> set[Any]:
    """Insert `rows`, leaving out those whose `unique` columns exist; the `returning` of the new ones."""
    if not rows:
        return set()
    if tx.dialect.name == "postgresql":
        statement = (
            postgresql.insert(table)
            .on_conflict_do_nothing(index_elements=list(unique))
            .returning(returning)
        )
        return set(tx.execute(statement, list(rows)).scalars())
    lite = sqlite.insert(table).on_conflict_do_nothing(index_elements=list(unique))
    return set(tx.execute(lite.returning(returning), list(rows)).scalars())
