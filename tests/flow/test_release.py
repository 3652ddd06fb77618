"""The pool: nobody can tell who wrote by when a message appeared."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, text

from tests.factories import SECOND, open_topic, said, topic, voice
from youthvoice.flow import aggregate, quotes, receipts, release, review, withdrawals
from youthvoice.flow.context import Context
from youthvoice.model import ReviewStatus, SelfDescription, Stage
from youthvoice.store import contributions, pool, rollups, tables
from youthvoice.store.engine import Tx

BUS = "the bus is late again, says number"


@pytest.fixture
def strict(context: Context) -> Context:
    """As in production: a batch has at least five."""
    open_topic(context)
    settings = context.settings.model_copy(update={"demo": False, "release_least": 5})
    return replace(context, settings=settings)


def counted(context: Context) -> int:
    aggregate.aggregate(context)
    with context.store.read() as tx:
        found = rollups.totals(tx, topic(context).id)
    return found.messages if found else 0


def test_in_the_pool_nobody_sees_or_counts_it(strict: Context) -> None:
    for number in range(4):
        said(strict, f"{BUS} {number}")
    assert release.release(strict).released == 0
    assert review.queue(strict) == [] and counted(strict) == 0
    with strict.store.read() as tx:
        assert contributions.status_counts(tx)["waiting"] == 0
        assert contributions.voices(tx) == {}


def test_a_batch_appears_together(strict: Context) -> None:
    for number in range(5):
        said(strict, f"{BUS} {number}")
    assert release.release(strict).released == 5
    assert len(review.queue(strict)) == 5 and counted(strict) == 5
    said(strict, f"{BUS} 6")
    assert release.release(strict).released == 0
    assert counted(strict) == 5


def test_what_is_left_over_goes_the_next_day(strict: Context) -> None:
    with time_machine.travel(strict.settings.today().replace(hour=12), tick=False) as clock:
        said(strict, f"{BUS} 1")
        assert release.release(strict, leftover=True).released == 0
        clock.shift(timedelta(days=1))
        said(strict, f"{BUS} 2")
        assert release.release(strict, leftover=True).released == 1
    assert len(review.queue(strict)) == 1


def test_the_demo_waits_for_none(context: Context) -> None:
    open_topic(context)
    said(context, f"{BUS} 1")
    assert release.release(context).released == 1
    assert release.release(context).released == 0


def test_danger_is_read_at_once_and_counted_with_the_others(strict: Context) -> None:
    mine = said(strict, "i am going to kill myself tonight")
    other = said(strict, "i dont want to be here anymore")
    said(strict, f"{BUS} 0")
    assert [item.id for item in review.queue(strict)] == [
        voice(strict, one).id for one in (mine, other)
    ]
    assert counted(strict) == 0
    ident = voice(strict, mine).id
    review.decide(strict, ident, ReviewStatus.RELEASED, [], SECOND, "safe now")
    found = receipts.look(strict, mine)
    assert found is not None and found.stage == Stage.RECEIVED
    with strict.store.read() as tx:
        assert quotes.quotes(tx, topic(strict).id) == []
    for number in range(2):
        said(strict, f"{BUS} {number}")
    assert release.release(strict).released == 5
    assert counted(strict) == 5


def test_a_withdrawal_is_before_the_batch_or_after_it(
    strict: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What its writer was told is taken back does not leave the pool, and never counts."""
    given = [said(strict, f"{BUS} {number}") for number in range(6)]
    real, first = pool.release, []
    taking = threading.Thread(target=receipts.withdraw, args=(strict, given[0]))

    def meanwhile(tx: Tx, ids: Sequence[str]) -> None:
        taking.start()
        taking.join(1.0)
        first.append(not taking.is_alive())
        real(tx, ids)

    monkeypatch.setattr(pool, "release", meanwhile)
    release.release(strict)
    taking.join()
    assert voice(strict, given[0]).status == ReviewStatus.WITHDRAWN
    assert counted(strict) == (5 if first[0] else 6)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_batch_goes_without_what_is_just_taken_back(strict: Context) -> None:
    given = [said(strict, f"{BUS} {number}") for number in range(6)]
    with strict.store.write() as tx:
        withdrawals.withdraw(strict, tx, [voice(strict, given[0]).id])
        released = []
        batch = threading.Thread(target=lambda: released.append(release.release(strict)))
        batch.start()
        batch.join(5.0)
        waited = batch.is_alive()
    batch.join()
    assert not waited and released[0].released == 5 and counted(strict) == 5


def test_every_part_of_a_message_survives_the_shuffle(strict: Context) -> None:
    """PostgreSQL writes the rows again; what is in them must be what was."""
    tables_of_it = (tables.masked_key, tables.receipt, tables.self_description,
                    tables.sealed_original, tables.data_key)  # fmt: skip
    about = SelfDescription("16-18", "P0", "fr", ("rural",))
    given = [said(strict, f"{BUS} {number}", about=about) for number in range(6)]

    def kept() -> list[set[str]]:
        with strict.store.read() as tx:
            return [{repr(tuple(row)) for row in tx.execute(select(one))} for one in tables_of_it]

    before = kept()
    release.release(strict)
    same = kept() == before
    assert same
    for number, receipt in enumerate(given):
        assert str(voice(strict, receipt).text).endswith(str(number))


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_the_order_of_arrival_is_not_in_the_file(strict: Context) -> None:
    """On PostgreSQL rows lie where they were written."""
    given = [voice(strict, said(strict, f"{BUS} {number}")).id for number in range(12)]
    release.release(strict)
    for table, column in (
        ("contribution", "id"),
        ("receipt", "contribution_id"),
        ("masked_key", "contribution_id"),
        ("sealed_original", "item_id"),
        ("data_key", "item_id"),
    ):
        with strict.store.read() as tx:
            rows = tx.execute(text(f"SELECT {column} FROM {table} ORDER BY ctid")).scalars()
            lying = list(dict.fromkeys(rows))
        assert sorted(lying) == sorted(given)
        assert lying != given
