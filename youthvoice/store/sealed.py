"""Sealed originals and their data keys, of whatever was sealed: a message, a row kept aside, a reply.

The keys lie in a table of their own, which backups keep apart. Destroying them is withdrawal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import delete, func, insert, select, update

from youthvoice.model import SealedItem
from youthvoice.store.engine import Tx
from youthvoice.store.tables import data_key, sealed_original

CHUNK = 500


class Sealed(NamedTuple):
    """A sealed item to store: its id, what is sealed, and the day after which it is too old to keep."""

    item_id: str
    item: SealedItem
    day: date


class WrappedKey(NamedTuple):
    """A data key as it is wrapped for one role, and for which key pair."""

    item_id: str
    wrapped: bytes
    pair: str


def add_many(tx: Tx, items: Sequence[Sealed]) -> None:
    """Store sealed items with their data keys."""
    if not items:
        return
    tx.execute(
        insert(sealed_original),
        [
            {
                "item_id": one.item_id,
                "nonce": one.item.nonce,
                "ciphertext": one.item.ciphertext,
                "day": one.day,
            }
            for one in items
        ],
    )
    tx.execute(
        insert(data_key),
        [
            {
                "item_id": one.item_id,
                "role": role,
                "wrapped": wrapped,
                "pair": one.item.pairs.get(role, ""),
            }
            for one in items
            for role, wrapped in one.item.wrapped.items()
        ],
    )


def read(tx: Tx, item_id: str) -> SealedItem | None:
    """The sealed original with its wrapped keys, or None where it was destroyed."""
    row = tx.execute(
        select(sealed_original).where(sealed_original.c.item_id == item_id)
    ).one_or_none()
    if row is None:
        return None
    keys = tx.execute(select(data_key).where(data_key.c.item_id == item_id)).all()
    return SealedItem(
        row.nonce,
        row.ciphertext,
        {found.role: found.wrapped for found in keys},
        {found.role: found.pair for found in keys},
    )


def destroy(tx: Tx, item_ids: Iterable[str]) -> None:
    """Destroy these originals and their data keys."""
    ids = list(item_ids)
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        tx.execute(delete(data_key).where(data_key.c.item_id.in_(part)))
        tx.execute(delete(sealed_original).where(sealed_original.c.item_id.in_(part)))


def older(tx: Tx, before: date, most: int) -> list[str]:
    """Ids of originals from before that day."""
    return list(
        tx.execute(
            select(sealed_original.c.item_id).where(sealed_original.c.day < before).limit(most)
        ).scalars()
    )


def count_older(tx: Tx, before: date) -> int:
    """How many originals are from before that day."""
    return int(
        tx.execute(
            select(func.count()).select_from(sealed_original).where(sealed_original.c.day < before)
        ).scalar()
        or 0
    )


def pair_counts(tx: Tx) -> dict[tuple[str, str], int]:
    """How many data keys are wrapped for each (role, key pair)."""
    rows = tx.execute(
        select(data_key.c.role, data_key.c.pair, func.count()).group_by(
            data_key.c.role, data_key.c.pair
        )
    )
    return {(role, pair): int(count) for role, pair, count in rows}


def to_rewrap(tx: Tx, role: str, pair: str, after: str, most: int) -> list[WrappedKey]:
    """Data keys of a role that are not wrapped for `pair`, in the order of their (random) ids."""
    rows = tx.execute(
        select(data_key.c.item_id, data_key.c.wrapped, data_key.c.pair)
        .where(data_key.c.role == role, data_key.c.pair != pair, data_key.c.item_id > after)
        .order_by(data_key.c.item_id)
        .limit(most)
    )
    return [WrappedKey(row.item_id, row.wrapped, row.pair) for row in rows]


def rewrap(tx: Tx, role: str, old: WrappedKey, wrapped: bytes, pair: str) -> bool:
    """Put a newly wrapped key in place of the one that was read; False if that one is gone."""
    done = tx.execute(
        update(data_key)
        .where(
            data_key.c.item_id == old.item_id,
            data_key.c.role == role,
            data_key.c.pair == old.pair,
        )
        .values(wrapped=wrapped, pair=pair)
    )
    return bool(done.rowcount)


def drop_keyless(tx: Tx) -> int:
    """Destroy originals that no data key is left of: an older backup's; how many."""
    with_key = select(data_key.c.item_id)
    done = tx.execute(delete(sealed_original).where(sealed_original.c.item_id.not_in(with_key)))
    return int(done.rowcount)
