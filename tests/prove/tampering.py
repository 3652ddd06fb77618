"""Every change of the audit log is found: an intruder writes into the database without the key.

In each try a copy is changed with plain SQLite, by one kind of change at a random place, and verified.
The intruder has everything that lies in the database, older copies of it too, but neither the key nor
the file of the published heads. (What was written after the last published head can be cut off with an
older head's help, and nothing but the next published head would tell: that is why one is published each
day, and it is not tried here.)
"""

from __future__ import annotations

import random
import sqlite3
import string
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import time_machine

from tests.prove import voices
from tests.prove.rows import Row, shared
from tests.prove.world import AUTHOR, SECOND
from youthvoice.errors import YouthVoiceError
from youthvoice.flow import trail
from youthvoice.flow.context import Context
from youthvoice.settings import Settings
from youthvoice.store.engine import Store

START = datetime(2026, 11, 20, 15, tzinfo=UTC)
ENTRIES = 40
A_HEAD = 6
"""Entries after which a head is published."""
PUBLISHED = ENTRIES // A_HEAD * A_HEAD
"""The entry of the last published head."""
TEXTS = ("actor", "role", "action", "subject", "reason", "commitment", "mac")


class Log(NamedTuple):
    """A database with a log, and its head as it was after each entry (`heads[0]`: after the first)."""

    settings: Settings
    database: bytes
    heads: list[tuple[int, str, str]]


class Outcome(NamedTuple):
    """How many changes, and the names of those that were not found, or met without a sentence."""

    tries: int
    unseen: list[str]


def written(home: Path) -> Log:
    """A log of steps as they are taken, with heads published on the way; it must verify."""
    settings = voices.prepared(home)
    context = voices.opened(settings)
    heads = []
    with time_machine.travel(START, tick=False) as clock:
        for number in range(ENTRIES):
            clock.shift(timedelta(minutes=7, microseconds=13))
            _step(context, number)
            with context.store.read() as tx:
                row = tx.exec_driver_sql("SELECT entries, mac, seal FROM audit_head").one()
            heads.append((row.entries, row.mac, row.seal))
            if (number + 1) % A_HEAD == 0:
                trail.publish(context, date(2026, 11, 20) + timedelta(days=number))
    verified = trail.verify(context)
    if verified.problems or verified.entries != ENTRIES or not verified.heads:
        raise RuntimeError("the untouched log does not verify")
    context.store.close()
    database = Path(settings.store_url.removeprefix("sqlite:///")).read_bytes()
    return Log(settings, database, heads)


def _step(context: Context, number: int) -> None:
    actor = (AUTHOR, SECOND, None)[number % 3]
    with context.store.write() as tx:
        trail.record(
            context,
            tx,
            actor,
            ("approve", "release", "withdraw", "open original")[number % 4],
            f"message {number:032x}",
            ("", "spam", "off topic")[number % 3],
            f"of message {number}" if number % 5 == 0 else "",
        )


class Intruder(NamedTuple):
    """A connection to the copy, and what somebody may have kept of earlier."""

    db: sqlite3.Connection
    dice: random.Random
    log: Log

    def entry(self) -> int:
        return self.dice.randrange(1, ENTRIES + 1)

    def value(self, name: str, entry: int) -> str:
        found = self.db.execute(f"SELECT {name} FROM audit WHERE id = ?", [entry]).fetchone()
        return str(found[0])


def edit_text(by: Intruder) -> None:
    """Another word in one field, or a single letter of it."""
    name, entry = by.dice.choice(TEXTS), by.entry()
    old = by.value(name, entry)
    new = old
    while new == old:
        place = by.dice.randrange(len(old) + 1)
        letter = by.dice.choice(string.printable + "é\u200b")
        new = by.dice.choice(
            [
                old[:place] + letter + old[place + 1 :],
                old[:place] + letter + old[place:],
                old[:place],
                old.upper(),
                by.value(name, by.entry()),
                "",
            ]
        )
    by.db.execute(f"UPDATE audit SET {name} = ? WHERE id = ?", [new, entry])


def edit_moment(by: Intruder) -> None:
    """Another moment, from a millionth of a second away to years."""
    entry = by.entry()
    old = datetime.fromisoformat(by.value("at", entry))
    away = timedelta(microseconds=by.dice.choice([1, -1]) * 10 ** by.dice.randrange(15))
    new = (old + away).strftime("%Y-%m-%d %H:%M:%S.%f")
    by.db.execute("UPDATE audit SET at = ? WHERE id = ?", [new, entry])


def edit_kind(by: Intruder) -> None:
    """A value of another kind, as a column of SQLite's takes any."""
    name, entry = by.dice.choice([*TEXTS, "at"]), by.entry()
    new = by.dice.choice([by.value(name, entry).encode(), b"\xff\x00", 7, 0.5, "\x00", "yesterday"])
    mark = by.dice.choice(["?", "?", "CAST(? AS TEXT)"])
    by.db.execute(f"UPDATE audit SET {name} = {mark} WHERE id = ?", [new, entry])


def delete(by: Intruder) -> None:
    """An entry, or some in a row, taken out."""
    first = by.entry()
    last = first + by.dice.choice([0, 0, 1, 5])
    by.db.execute("DELETE FROM audit WHERE id BETWEEN ? AND ?", [first, last])


def delete_and_close(by: Intruder) -> None:
    """An entry taken out, the later ones given the numbers that follow."""
    entry = by.entry()
    by.db.execute("DELETE FROM audit WHERE id = ?", [entry])
    _shift(by, entry, -1)
    by.db.execute("UPDATE audit_head SET entries = entries - 1")


def _shift(by: Intruder, after: int, places: int) -> None:
    by.db.execute("UPDATE audit SET id = -id WHERE id > ?", [after])
    by.db.execute("UPDATE audit SET id = -id + ? WHERE id < 0", [places])


def swap(by: Intruder) -> None:
    """Two entries in each other's place."""
    first, second = by.dice.sample(range(1, ENTRIES + 1), 2)
    for old, new in ((first, -1), (second, first), (-1, second)):
        by.db.execute("UPDATE audit SET id = ? WHERE id = ?", [new, old])


def swap_without_hashes(by: Intruder) -> None:
    """What two entries say exchanged, each place keeping its hash."""
    names = "at, actor, role, action, subject, reason, commitment"
    first, second = by.dice.sample(range(1, ENTRIES + 1), 2)
    query = f"SELECT {names} FROM audit WHERE id = ?"
    one, two = (by.db.execute(query, [entry]).fetchone() for entry in (first, second))
    for entry, row in ((first, two), (second, one)):
        marks = ", ".join(f"{name} = ?" for name in names.split(", "))
        by.db.execute(f"UPDATE audit SET {marks} WHERE id = ?", [*row, entry])


def insert(by: Intruder) -> None:
    """An entry put in between, or at the end, with a hash of the intruder's or a copied one."""
    entry = by.dice.choice([by.entry(), ENTRIES + 1, ENTRIES + 1])
    mac = by.dice.choice([by.dice.randbytes(32).hex(), by.value("mac", by.entry()), ""])
    _shift(by, entry - 1, 1)
    by.db.execute(
        "INSERT INTO audit (id, at, actor, role, action, subject, reason, commitment, mac) "
        "SELECT ?, at, actor, role, action, 'message 0', reason, commitment, ? FROM audit LIMIT 1",
        [entry, mac],
    )
    if by.dice.random() < 0.7:
        last = by.db.execute("SELECT mac FROM audit ORDER BY id DESC LIMIT 1").fetchone()[0]
        by.db.execute("UPDATE audit_head SET entries = ?, mac = ?", [ENTRIES + 1, last])


def renumber(by: Intruder) -> None:
    """Another number for an entry, or for all of them."""
    if by.dice.random() < 0.5:
        _shift(by, by.dice.randrange(ENTRIES), by.dice.choice([1, 2, 100, 2**40]))
        return
    new = by.dice.choice([0, -1, ENTRIES + 1, 2**62])
    by.db.execute("UPDATE audit SET id = ? WHERE id = ?", [new, by.entry()])


def cut(by: Intruder) -> None:
    """The last entries cut off, the head left as it is."""
    by.db.execute("DELETE FROM audit WHERE id > ?", [by.dice.randrange(ENTRIES)])


def cut_with_head(by: Intruder) -> None:
    """The last entries cut off, the head set to the last one that is left, its seal a guess."""
    left = by.dice.randrange(1, ENTRIES)
    by.db.execute("DELETE FROM audit WHERE id > ?", [left])
    mac = by.value("mac", left)
    by.db.execute("UPDATE audit_head SET entries = ?, mac = ?", [left, mac])
    if by.dice.random() < 0.5:
        guess = by.dice.choice([mac, by.dice.randbytes(32).hex(), ""])
        by.db.execute("UPDATE audit_head SET seal = ?", [guess])


def cut_to_older(by: Intruder) -> None:
    """The last entries cut off, with the true head of an older copy: only a published head tells."""
    entries, mac, seal = by.log.heads[by.dice.randrange(PUBLISHED - 1)]
    by.db.execute("DELETE FROM audit WHERE id > ?", [entries])
    by.db.execute("UPDATE audit_head SET entries = ?, mac = ?, seal = ?", [entries, mac, seal])


def edit_head(by: Intruder) -> None:
    """The head changed, taken from an older copy, or gone."""
    kind = by.dice.randrange(4)
    if kind == 0:
        by.db.execute("DELETE FROM audit_head")
    elif kind == 1:
        name = by.dice.choice(["mac", "seal"])
        by.db.execute(f"UPDATE audit_head SET {name} = ?", [by.dice.randbytes(32).hex()])
    elif kind == 2:
        by.db.execute("UPDATE audit_head SET entries = ?", [by.dice.choice([0, -1, 39, 41])])
    else:
        older = by.log.heads[by.dice.randrange(ENTRIES - 1)]
        by.db.execute("UPDATE audit_head SET entries = ?, mac = ?, seal = ?", older)


def empty(by: Intruder) -> None:
    """Nothing left at all."""
    by.db.execute("DELETE FROM audit")
    if by.dice.random() < 0.5:
        by.db.execute("DELETE FROM audit_head")
    else:
        by.db.execute("UPDATE audit_head SET entries = 0, mac = ?", ["0" * 64])


CHANGES: tuple[Callable[[Intruder], None], ...] = (
    edit_text,
    edit_moment,
    edit_kind,
    delete,
    delete_and_close,
    swap,
    swap_without_hashes,
    insert,
    renumber,
    cut,
    cut_with_head,
    cut_to_older,
    edit_head,
    empty,
)


def _is_found(context: Context, database: Path) -> bool:
    """Whether somebody who verifies is told: by a problem, or that the log cannot be read."""
    store = Store(f"sqlite:///{database}")
    try:
        return bool(trail.verify(replace(context, store=store)).problems)
    except YouthVoiceError:
        return True
    except Exception:
        return False
    finally:
        store.close()


def run(seeds: range, log: Log, folder: Path) -> Outcome:
    """Many changes, each on a copy of its own; a copy that nobody changed verifies."""
    context = voices.opened(log.settings)
    home = folder / f"tampered-{seeds.start}"
    home.mkdir(parents=True)
    database = home / "youthvoice.sqlite3"
    database.write_bytes(log.database)
    unseen = ["untouched"] if _is_found(context, database) else []
    for seed in seeds:
        dice = random.Random(f"tamper:{seed}")
        change = dice.choice(CHANGES)
        database.write_bytes(log.database)
        with closing(sqlite3.connect(database)) as db, db:
            change(Intruder(db, dice, log))
        if not _is_found(context, database):
            unseen.append(change.__name__)
    return Outcome(len(seeds), unseen)


def prove(tries: int, folder: Path) -> list[Row]:
    began = time.perf_counter()
    log = written(folder / "log")
    found: list[Outcome] = list(shared(run, tries, log, folder))
    unseen = sorted(name for one in found for name in one.unseen)
    seen = (
        f"{len(CHANGES)} kinds, {ENTRIES} entries, {len(range(A_HEAD, ENTRIES + 1, A_HEAD))} heads"
    )
    if unseen:
        seen += f"; not found: {', '.join(sorted(set(unseen)))}"
    seconds = time.perf_counter() - began
    return [Row("every change of the audit log is found", tries, len(unseen), seen, seconds)]
