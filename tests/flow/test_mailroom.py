"""Voices that come together are committed together, and nobody is told before it is true."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager

import pytest
from sqlalchemy import select

from tests.factories import open_topic
from youthvoice.errors import StoreUnavailable, note
from youthvoice.flow import mailroom, submit
from youthvoice.flow.context import Context
from youthvoice.flow.mailroom import Mailroom
from youthvoice.store.tables import contribution
from youthvoice.trust import proofs


def drafts(context: Context, count: int) -> list[tuple[str, str]]:
    found = []
    for number in range(count):
        made = submit.prepare(context, submit.Written("mentoring", 0, f"message {number}"))
        found.append((made.carried, proofs.solve(made.challenge)))
    return found


def sent_together(
    context: Context, room: Mailroom, given: list[tuple[str, str]]
) -> list[submit.Sent | BaseException]:
    """Send all at the same moment, a thread each."""
    answers: list[submit.Sent | BaseException] = [RuntimeError("never")] * len(given)
    gate = threading.Barrier(len(given))

    def one(number: int) -> None:
        gate.wait()
        try:
            answers[number] = submit.send(context, *given[number], mailroom=room)
        except BaseException as problem:
            answers[number] = problem

    threads = [threading.Thread(target=one, args=(n,), daemon=True) for n in range(len(given))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def stored(context: Context) -> int:
    with context.store.read() as tx:
        return len(tx.execute(select(contribution.c.id)).all())


def test_all_arrive_in_fewer_commits(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    open_topic(context)
    commits = []
    real = mailroom._commit

    def counted(store, batch):
        commits.append(len(batch))
        return real(store, batch)

    monkeypatch.setattr(mailroom, "_commit", counted)
    answers = sent_together(context, Mailroom(context.store), drafts(context, 12))
    assert all(isinstance(one, submit.Sent) and not one.again for one in answers)
    assert len({one.receipt for one in answers}) == 12 and stored(context) == 12
    assert sum(commits) == 12 and len(commits) < 12


def test_the_same_draft_twice_at_the_same_moment_is_one_voice(context: Context) -> None:
    open_topic(context)
    answers = sent_together(context, Mailroom(context.store), drafts(context, 1) * 6)
    assert sorted(one.again for one in answers) == [False] + [True] * 5
    assert len({one.receipt for one in answers}) == 1 and stored(context) == 1


@pytest.mark.parametrize(
    "problem", [StoreUnavailable(note("Full.")), RuntimeError("pool"), KeyError("x")]
)
def test_a_batch_that_fails_acknowledges_nobody(
    lite: Context, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    open_topic(lite)
    given = drafts(lite, 8)

    def broken(*_args: object) -> set[str]:
        raise problem

    monkeypatch.setattr(mailroom, "_commit", broken)
    room = Mailroom(lite.store)
    answers = sent_together(lite, room, given)
    assert all(isinstance(one, type(problem)) for one in answers) and stored(lite) == 0
    monkeypatch.undo()
    answers = sent_together(lite, room, given)  # the same pages, sent again when it works
    assert all(isinstance(one, submit.Sent) and not one.again for one in answers)
    assert stored(lite) == 8


def test_one_that_cannot_be_stored_does_not_harm_the_others(
    lite: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_topic(lite)
    given = drafts(lite, 6)
    bad = submit.drafts.read(given[2][0], lite.keys.derived("draft"), lite.now())["receipt"]
    key = submit.receipt_key(lite, bad)
    real = mailroom._commit

    def picky(store, batch):
        if any(letter.receipt_key == key for letter in batch):
            raise StoreUnavailable(note("Not this one."))
        return real(store, batch)

    monkeypatch.setattr(mailroom, "_commit", picky)
    answers = sent_together(lite, Mailroom(lite.store), given)
    assert [isinstance(one, submit.Sent) for one in answers] == [
        True,
        True,
        False,
        True,
        True,
        True,
    ]
    assert stored(lite) == 5


def test_a_commit_that_fails_at_its_end_acknowledges_nobody(
    lite: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_topic(lite)
    given = drafts(lite, 3)
    real = type(lite.store).write

    @contextmanager
    def failing(self):
        with real(self) as tx:
            yield tx
            raise StoreUnavailable(note("The disk is full."))

    monkeypatch.setattr(type(lite.store), "write", failing)
    answers = sent_together(lite, Mailroom(lite.store), given)
    assert all(isinstance(one, StoreUnavailable) for one in answers) and stored(lite) == 0


@pytest.mark.parametrize("at", [1, 2, 4])
def test_a_thread_that_is_ended_leaves_nobody_waiting(
    lite: Context, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    """At the commit of all, or at the first or third of those that are tried alone."""
    open_topic(lite)
    given = drafts(lite, 6)
    room, real, calls = Mailroom(lite.store), mailroom._commit, []
    together = threading.Event()

    def ending(store, batch):
        calls.append(len(batch))
        if len(calls) == at:
            raise SystemExit
        if len(batch) > 1:
            raise StoreUnavailable(note("Not together."))
        return real(store, batch)

    def all_at_once() -> list[mailroom.Letter]:
        while len(room._waiting) < len(given) and not together.is_set():
            time.sleep(0.01)  # until every letter is in
        together.set()
        return drain()

    drain = room._drain
    monkeypatch.setattr(room, "_drain", all_at_once)
    monkeypatch.setattr(mailroom, "_commit", ending)
    answers = sent_together(lite, room, given)
    kept = max(0, at - 2)
    told = [one for one in answers if isinstance(one, submit.Sent)]
    refused = [one for one in answers if isinstance(one, StoreUnavailable)]
    assert [type(one) for one in answers if one not in (*told, *refused)] == [SystemExit]
    assert stored(lite) == kept >= len(told)  # the one that was ended may be stored
    assert all("not stored" in str(one) for one in refused) and not room._waiting
    monkeypatch.undo()
    answers = sent_together(lite, room, given)
    assert sum(one.again for one in answers) == kept and stored(lite) == 6
