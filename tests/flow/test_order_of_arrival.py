"""Nobody reads from a file of the database in which order the voices of a batch came."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select, text

from tests.factories import open_topic
from youthvoice.flow import release, submit
from youthvoice.flow.context import Context
from youthvoice.store.tables import contribution, masked_key, receipt
from youthvoice.trust import proofs

VOICES = 14


def arrivals(context: Context) -> list[str]:
    """Send voices one after the other; the receipts' keyed hashes in that order."""
    found = []
    for number in range(VOICES):
        made = submit.prepare(context, submit.Written("mentoring", 0, f"message {number}"))
        sent = submit.send(context, made.carried, proofs.solve(made.challenge))
        found.append(submit.receipt_key(context, sent.receipt))
    return found


def places(context: Context, keys: list[str], table: str) -> list[int]:
    """Where each voice's row lies in the database's file."""
    if context.store.backend == "postgresql":
        with context.store.read() as tx:
            owner = {row.receipt_key: row.contribution_id for row in tx.execute(select(receipt))}
            column = "id" if table == "contribution" else "contribution_id"
            rows = tx.execute(text(f"SELECT {column}, ctid::text FROM {table}"))
            where = {
                ident: tuple(int(part) for part in place.strip("()").split(","))
                for ident, place in rows
            }
        return [where[owner[key]] for key in keys]  # type: ignore[misc]
    with context.store.read() as tx:
        owner = {row.receipt_key: row.contribution_id for row in tx.execute(select(receipt))}
        mark = {
            "receipt": lambda key: key.encode(),
            "masked_key": lambda key: tx.execute(
                select(masked_key.c.key).where(masked_key.c.contribution_id == owner[key])
            ).scalar_one(),
            "contribution": lambda key: (
                tx.execute(select(contribution.c.source_key).where(contribution.c.id == owner[key]))
                .scalar_one()
                .encode()
            ),
        }[table]
        marks = [mark(key) for key in keys]
    context.store.tidy()
    content = Path(context.settings.store_url.removeprefix("sqlite:///")).read_bytes()
    return [content.index(one) for one in marks]


def test_rows_of_a_batch_lie_in_another_order_than_they_came(context: Context) -> None:
    open_topic(context)
    keys = arrivals(context)
    assert release.release(context).released == VOICES
    for table in ("receipt", "masked_key", "contribution"):
        found = places(context, keys, table)
        assert len(set(found)) == VOICES
        order = sorted(range(VOICES), key=lambda n: found[n])
        # By chance once in forty thousand million.
        assert order not in (list(range(VOICES)), list(reversed(range(VOICES)))), table


def test_nothing_that_was_written_before_the_batch_stays_in_the_journal(lite: Context) -> None:
    open_topic(lite)
    keys = arrivals(lite)
    release.release(lite)
    home = lite.settings.home
    journal = (home / "youthvoice.sqlite3-wal").read_bytes()
    assert not any(key.encode() in journal for key in keys)
