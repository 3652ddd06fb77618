"""The audit trail as a whole: whoever edits, removes, swaps, adds or cuts off is found."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, update

from tests.factories import AUTHOR, SECOND
from youthvoice.errors import BadInput
from youthvoice.flow import trail
from youthvoice.flow.context import Context
from youthvoice.model import Actor, Role
from youthvoice.store import audit
from youthvoice.store.tables import audit as entries
from youthvoice.store.tables import audit_head
from youthvoice.trust import chain

DAY = date(2030, 1, 1)
OPERATOR = Actor("op", Role.OPERATOR)


def record(context: Context, times: int, action: str = "approve") -> None:
    for number in range(times):
        with context.store.write() as tx:
            trail.record(context, tx, SECOND, action, f"topic number-{number}", "why", "content")


@pytest.fixture
def six(context: Context) -> Context:
    """A trail of six entries whose head was published."""
    record(context, 6)
    assert trail.publish(context, DAY)
    return context


def fits(context: Context, published: Path | None = None) -> tuple[int, int]:
    """How many entries and heads there are; all of them fit."""
    found = trail.verify(context, published)
    assert found.problems == []
    return found.entries, found.heads


def problems(context: Context) -> str:
    return " / ".join(str(one) for one in trail.verify(context).problems)


def test_what_nobody_touched_fits(six: Context) -> None:
    assert fits(six) == (6, 2)
    with six.store.read() as tx:
        found = audit.newest(tx)
    assert [one.id for one in found] == [6, 5, 4, 3, 2, 1]
    assert (found[0].actor, found[0].role, found[0].reason) == ("second", "editor", "why")
    assert found[0].commitment and "content" not in repr(found)


def test_a_trail_of_nothing_fits(context: Context) -> None:
    assert fits(context) == (0, 1)  # that it began is published


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("actor", "somebody else"),
        ("role", "operator"),
        ("action", "send back"),
        ("subject", "topic other"),
        ("reason", "because"),
        ("commitment", "0" * 64),
        ("at", datetime(2020, 1, 1, tzinfo=UTC)),
        ("mac", "0" * 64),
    ],
)
def test_an_edited_entry_is_found(six: Context, column: str, value: object) -> None:
    with six.store.write() as tx:
        tx.execute(update(entries).where(entries.c.id == 3).values(**{column: value}))
    assert "Entry 3 was changed" in problems(six)


@pytest.mark.parametrize("number", [1, 3])
def test_a_removed_entry_is_found(six: Context, number: int) -> None:
    with six.store.write() as tx:
        tx.execute(delete(entries).where(entries.c.id == number))
    assert f"Entry {number} is missing" in problems(six)


def test_swapped_entries_are_found(six: Context) -> None:
    with six.store.write() as tx:
        for old, new in ((3, 100), (4, 3), (100, 4)):
            tx.execute(update(entries).where(entries.c.id == old).values(id=new))
    assert "Entry 3 was changed" in problems(six)


def test_an_entry_that_was_put_in_is_found(six: Context) -> None:
    with six.store.write() as tx:
        row = tx.execute(select(entries).where(entries.c.id == 6)).one()
        tx.execute(insert(entries).values(**{**row._mapping, "id": 7}))
    assert "Entry 7 was changed" in problems(six) and "last entry is 7" in problems(six)


def test_what_was_cut_off_is_found(six: Context) -> None:
    with six.store.write() as tx:
        tx.execute(delete(entries).where(entries.c.id > 4))
    assert "head is of entry 6, the last entry is 4" in problems(six)
    assert "Line 2 of the published heads does not fit entry 6" in problems(six)


def test_a_head_that_was_moved_along_is_found(six: Context) -> None:
    with six.store.write() as tx:
        tx.execute(delete(entries).where(entries.c.id > 4))
        last = tx.execute(select(entries.c.mac).where(entries.c.id == 4)).scalar()
        tx.execute(update(audit_head).values(entries=4, mac=last))
    assert "The head was changed" in problems(six)


def begin(context: Context) -> bool:
    """What `youthvoice init` does."""
    key = context.keys.audit_key()
    return trail.begin(context.store, key, trail.heads_file(context), DAY)


def test_without_its_head_nothing_is_done_any_more(six: Context) -> None:
    with six.store.write() as tx:
        tx.execute(delete(audit_head))
    assert "no head" in problems(six)
    with pytest.raises(trail.NoChain, match="lost its head"):
        record(six, 1)
    assert not begin(six)  # nor does an update begin another one
    with pytest.raises(trail.NoChain):
        trail.begin_heads(six, OPERATOR)


def test_what_somebody_with_the_key_rewrites_does_not_fit_what_was_published(six: Context) -> None:
    seal = chain.head(six.keys.audit_key(), 0, chain.START)
    with six.store.write() as tx:
        tx.execute(delete(entries))
        tx.execute(update(audit_head).values(entries=0, mac=chain.START, seal=seal))
    record(six, 6, "another story")
    assert problems(six) == "Line 2 of the published heads does not fit entry 6."


def test_everything_thrown_away_does_not_fit_what_was_published(six: Context) -> None:
    with six.store.write() as tx:
        tx.execute(delete(entries))
        tx.execute(delete(audit_head))
    assert "published heads" in problems(six)


def test_another_key_does_not_fit(six: Context) -> None:
    (six.settings.keys_dir / "audit").write_text("0" * 64)
    assert "Entry 1 was changed" in problems(six)


def test_a_head_a_day_is_published_outside(six: Context, tmp_path: Path) -> None:
    assert not trail.publish(six, DAY)  # once a day
    record(six, 1)
    assert trail.publish(six, date(2030, 1, 2))
    lines = trail.heads_file(six).read_text().splitlines()
    assert [line.split()[:2] for line in lines[1:]] == [["2030-01-01", "6"], ["2030-01-02", "7"]]
    assert fits(six) == (7, 3)
    mirrored = tmp_path / "mirror.txt"
    mirrored.write_text("\n".join(lines[:2]))
    assert fits(six, mirrored) == (7, 2)
    mirrored.write_text(lines[1][:-4] + "0000")
    assert trail.verify(six, mirrored).problems


@pytest.mark.parametrize("line", ["2026-11-22 six abc", "words", "2026-11-22 6"])
def test_a_line_that_is_no_head_is_named(six: Context, line: str) -> None:
    target = trail.heads_file(six)
    target.write_text(target.read_text() + line + "\n")
    with pytest.raises(BadInput, match="Line 3"):
        trail.verify(six)


@pytest.mark.parametrize("numbers", [(1, 2, 3), (1, 4, 9)])
def test_entries_from_before_there_was_a_chain_are_taken_in(
    context: Context, numbers: tuple[int, ...]
) -> None:
    """Also where numbers are missing, as PostgreSQL leaves them out after a step that failed."""
    old = [
        {"id": number, "at": datetime(2026, 11, number, tzinfo=UTC), "actor": "ana",
         "role": "editor", "action": "approve", "subject": "topic old"}
        for number in numbers
    ]  # fmt: skip
    with context.store.write() as tx:
        tx.execute(delete(audit_head))
        tx.execute(insert(entries), old)
    trail.heads_file(context).unlink()
    assert begin(context) and not begin(context)
    record(context, 2)
    assert fits(context) == (5, 1)
    with context.store.read() as tx:
        days = [entry.at.day for entry in reversed(audit.newest(tx)) if entry.actor == "ana"]
    assert days == list(numbers)
    with context.store.write() as tx:
        tx.execute(update(entries).where(entries.c.id == 2).values(actor="ben"))
    assert "Entry 2 was changed" in problems(context)


def test_heads_are_begun_anew_after_a_loss_and_that_is_written_down(six: Context) -> None:
    target = trail.heads_file(six)
    earlier = target.read_text()
    assert trail.begin_heads(six, OPERATOR) == 7
    assert fits(six) == (7, 1)
    with six.store.read() as tx:
        assert audit.newest(tx)[0].actor == "op"
    (kept,) = [path for path in target.parent.iterdir() if path != target]
    assert kept.read_text() == earlier


def test_a_step_that_fails_leaves_no_entry(six: Context) -> None:
    with pytest.raises(RuntimeError), six.store.write() as tx:
        trail.record(six, tx, AUTHOR, "approve", "topic transit")
        raise RuntimeError
    assert fits(six) == (6, 2)
    record(six, 1)
    assert fits(six) == (7, 2)


@pytest.mark.parametrize("before", [0, 2])
def test_many_at_once_make_one_chain(context: Context, before: int) -> None:
    record(context, before)
    workers = [threading.Thread(target=record, args=(context, 8)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert fits(context)[0] == before + 32


def test_what_an_entry_commits_to_can_be_shown_later(context: Context) -> None:
    record(context, 1)
    with context.store.read() as tx:
        (entry,) = audit.newest(tx)
    assert entry.commitment == chain.commitment(context.keys.audit_key(), "content")
