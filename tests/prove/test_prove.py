"""A small part of `make prove` in every run; and that the proofs can fail."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import nullcontext, suppress
from pathlib import Path

import pytest

from tests.prove import __main__ as table
from tests.prove import (
    collecting,
    filling,
    guessing,
    killing,
    posting,
    replaying,
    tampering,
    tearing,
    withdrawing,
)
from youthvoice.channels.mastodon.channel import MastodonChannel
from youthvoice.errors import StoreUnavailable
from youthvoice.flow import backup, mailroom, submit, trail, withdrawals
from youthvoice.flow.mailroom import Letter
from youthvoice.store import engine, receipts
from youthvoice.store.engine import Store, Tx


@pytest.mark.parametrize(
    ("name", "count"), [("x", 40), ("bluesky", 40), ("mastodon", 6), ("mastodon-other", 6)]
)
def test_posting_exactly_once(name: str, count: int, tmp_path: Path) -> None:
    found = posting.run(name, range(5_000, 5_000 + count), tmp_path)
    assert found.schedules == count and found.double == 0 and found.silent == 0
    assert found.deaths > count / 2  # something did happen


def test_the_proof_of_posting_can_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An outbox that does not look before it tries again posts twice, and the proof says so."""
    monkeypatch.setattr(MastodonChannel, "find_published", lambda *_args: None)
    found = posting.run("mastodon-other", range(8), tmp_path)
    assert found.double > 0


@pytest.mark.parametrize(("name", "count"), [("x", 2_500), ("bluesky", 600), ("mastodon", 120)])
def test_collecting_everything_once(name: str, count: int, tmp_path: Path) -> None:
    found = collecting.run(name, count, 7, tmp_path)
    assert (found.missing, found.twice) == (0, 0) and found.early <= 1
    assert found.calls > 20


def test_the_proof_of_collecting_can_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cursor that moves before the last page loses what lies behind it."""
    from youthvoice.channels.x import collecting as reading

    real = reading.turned

    def hasty(cursor, every, source, newest, token, *rest):
        return real(cursor, every, source, newest, "" if random.random() < 0.3 else token, *rest)

    monkeypatch.setattr(reading, "turned", hasty)
    found = collecting.run("x", 1_500, 7, tmp_path)
    assert found.missing > 0


def test_the_table_names_a_promise_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    small = table.Size(0, {}, {"tearing": (20,), "guessing": (40, 5)})
    monkeypatch.setitem(table.SIZES, "ci", small)
    monkeypatch.setattr(sys, "argv", ["prove", "--size", "ci", "--only", "guessing", "--json"])
    assert table.main() == 0
    said = json.loads(capsys.readouterr().out.splitlines()[-1])
    row = {"promise": "no receipt is met by guessing", "tries": 40, "failures": 0}
    assert said == {"promises": 1, "failures": 0, "rows": [row]}


def test_killing_loses_nothing(tmp_path: Path) -> None:
    found = killing.run(5, 150, 7, tmp_path)
    assert (found.lost, found.half, found.sound) == (0, 0, True)
    assert found.kills >= 5 and found.acknowledged >= 150


def test_the_proof_of_killing_can_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A form that answers first and stores a moment later loses what it acknowledged."""
    here, commit = os.getpid(), mailroom._commit

    def hasty(store: Store, batch: Sequence[Letter]) -> set[str]:
        if os.getpid() == here:
            return commit(store, batch)
        threading.Timer(0.05, commit, (store, batch)).start()
        return {letter.item.id for letter in batch}

    monkeypatch.setattr(mailroom, "_commit", hasty)
    assert killing.run(4, 80, 7, tmp_path).lost > 0


def test_a_torn_journal_opens_with_an_exact_prefix(tmp_path: Path) -> None:
    made = tearing.journal(tmp_path / "journal", 20)
    found = tearing.run(range(120), made, tmp_path)
    assert found.wrong == 0 and found.before > 240


def test_the_proof_of_tearing_can_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A receipt that is kept in a step of its own can be cut off its message."""
    later: list[dict[str, str]] = []
    add, commit = receipts.add_many, mailroom._commit

    def in_two_steps(store: Store, batch: Sequence[Letter]) -> set[str]:
        new = commit(store, batch)
        with store.write() as tx:
            add(tx, later.pop())
        return new

    monkeypatch.setattr(receipts, "add_many", lambda _tx, given: later.append(given))
    monkeypatch.setattr(mailroom, "_commit", in_two_steps)
    made = tearing.journal(tmp_path / "journal", 10)
    assert tearing.run(range(60), made, tmp_path).wrong > 0


def test_no_proof_of_work_twice(tmp_path: Path) -> None:
    found = replaying.run(range(150), tmp_path)
    assert (found.odd, found.stored) == (0, found.honest)
    assert found.honest > 10


@pytest.mark.parametrize(
    ("broken", "what"), [(submit.proofs, "is_solved"), (submit.drafts, "is_within")]
)
def test_the_proof_of_replaying_can_fail(
    broken: object, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A form that looks at no proof, or at no clock, takes in more than was sent honestly."""
    monkeypatch.setattr(broken, what, lambda *_args: True)
    assert replaying.run(range(200), tmp_path).failures > 0


def test_no_receipt_by_guessing(tmp_path: Path) -> None:
    settings, real = guessing.fill(tmp_path, 60)
    found = guessing.run(range(6_000), settings, real)
    assert (found.hits, found.missed) == (0, 0)


def test_the_proof_of_guessing_can_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hash that is looked for by its beginning only is met; one that is not looked for is missed."""
    settings, real = guessing.fill(tmp_path, 60)

    def short(tx: Tx, key: str) -> object:
        query = "SELECT contribution_id FROM receipt WHERE substr(receipt_key, 1, 2) = ?"
        return tx.exec_driver_sql(query, (key[:2],)).scalar()

    monkeypatch.setattr(receipts, "find", short)
    assert guessing.run(range(500), settings, real).hits > 0
    monkeypatch.setattr(receipts, "find", lambda *_args: None)
    assert guessing.run(range(10), settings, real).missed > 0


def test_every_change_of_the_audit_log_is_found(tmp_path: Path) -> None:
    found = tampering.run(range(200), tampering.written(tmp_path / "log"), tmp_path)
    assert found.unseen == []


def test_the_proof_of_tampering_can_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the published heads a log that was cut off at an older head looks whole."""
    log = tampering.written(tmp_path / "log")
    monkeypatch.setattr(trail, "_published", lambda _path: [])
    assert "cut_to_older" in tampering.run(range(100), log, tmp_path).unseen


def test_what_was_withdrawn_stays_so(tmp_path: Path) -> None:
    for how, found in withdrawing.run(24, 7, tmp_path).items():
        assert not any(found), (how, found)


def _with_keys(url: str, target: Path) -> None:
    with sqlite3.connect(url.removeprefix("sqlite:///")) as source, sqlite3.connect(target) as copy:
        source.backup(copy)


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        # a backup that holds the keys
        (
            ((backup.copies, "copy_content", _with_keys),
             (backup.copies, "restore_keys", lambda *_args: 0),
             (backup.copies, "withdrawn", lambda *_args: [])),
            "with the newest keys",
        ),
        # a restore that does not ask the journal
        (((withdrawals, "journalled", lambda _path: []),), "with older keys and the journal"),
        # a withdrawal that leaves the keys where they are
        (((withdrawals.destruction, "forget", lambda *_args: None),), "at home"),
    ],
)  # fmt: skip
def test_the_proof_of_withdrawing_can_fail(
    changes: tuple[tuple[object, str, Callable[..., object]], ...],
    where: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for owner, name, instead in changes:
        monkeypatch.setattr(owner, name, instead)
    found = withdrawing.run(6, 7, tmp_path)[where]
    assert found.readable and found.rows_left and found.bytes_left


def test_a_full_disk_acknowledges_nothing_that_is_not_kept(tmp_path: Path) -> None:
    source = filling.template(tmp_path / "source")
    found = filling.run(range(6), source, tmp_path, filling.can_mount(tmp_path))
    assert found.failures == 0 and found.acknowledged and found.refused >= 6 * filling.REFUSALS


def test_the_proof_of_filling_can_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A form that takes no notice of a failed write loses; one without sentences is heard of."""
    source = filling.template(tmp_path / "source")
    commit = mailroom._commit

    def careless(store: Store, batch: Sequence[Letter]) -> set[str]:
        with suppress(StoreUnavailable):
            return commit(store, batch)
        return {letter.item.id for letter in batch}

    with monkeypatch.context() as changed:
        changed.setattr(mailroom, "_commit", careless)
        changed.setattr(filling, "SECONDS", 1)
        assert filling.run(range(1), source, tmp_path, False).lost > 0
    monkeypatch.setattr(engine, "explained", lambda _url: nullcontext())
    assert filling.run(range(1), source, tmp_path, False).odd > 0
