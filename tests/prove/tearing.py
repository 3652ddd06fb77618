"""A torn journal opens with an exact prefix: the write-ahead log is cut and overwritten at any byte.

What a power cut may leave behind: a journal that ends anywhere, or whose end holds something else
(zeros, noise, older frames of its own). Whatever was wholly written before that place must be there,
each message with everything that belongs to it, and nothing of what came after.
"""

from __future__ import annotations

import random
import shutil
import time
from bisect import bisect_right
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import event

from tests.prove import voices
from tests.prove.rows import Row, shared
from youthvoice.errors import YouthVoiceError
from youthvoice.flow.submit import receipt_key
from youthvoice.settings import Settings
from youthvoice.store import pool
from youthvoice.store.engine import Store

COMMITS = 60
A_BATCH = 8
"""Each eighth commit releases what has come in to reviewers."""
HEADER, FRAME = 32, 24 + 4096
"""Bytes of the journal's header, and of each of its frames (https://sqlite.org/fileformat2.html#walformat)."""


class Journal(NamedTuple):
    """A database with all its writes still in the journal.

    `ends`: its bytes after each commit; `stored`: how many of `keys` (in their order) were stored then.
    """

    settings: Settings
    database: bytes
    journal: bytes
    ends: list[int]
    stored: list[int]
    keys: list[str]

    def expected(self, left: bytes) -> int:
        """How many messages were stored by what is the same in a torn journal."""
        whole = bisect_right(self.ends, _first_difference(left, self.journal))
        return self.stored[whole - 1] if whole else 0


class Outcome(NamedTuple):
    """How many cuts, how many opened otherwise than promised, how many messages lay before them."""

    cuts: int
    wrong: int
    before: int


def journal(home: Path, commits: int = COMMITS) -> Journal:
    """Write messages, and release batches, into a journal that the database's own file never takes over."""
    settings = voices.prepared(home)
    database = Path(settings.store_url.removeprefix("sqlite:///"))
    log = database.with_name(database.name + "-wal")
    context = voices.opened(settings)
    event.listen(context.store._engine, "connect", _keep_the_journal)
    ends, stored, keys = [], [], []
    for number in range(1, commits + 1):
        if number % A_BATCH:
            said = voices.say(context, f"message {number}: the bus")
            keys.append(receipt_key(context, said))
        else:
            with context.store.write() as tx:  # writes every row of them anew
                pool.release(tx, pool.waiting(tx))
        ends.append(log.stat().st_size)
        stored.append(len(keys))
    made = Journal(settings, database.read_bytes(), log.read_bytes(), ends, stored, keys)
    context.store.close()
    return made


def _keep_the_journal(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA wal_autocheckpoint=0")


def torn(made: Journal, dice: random.Random) -> bytes:
    """The journal up to a random byte; in half of the cases with something else in its last part."""
    cut = made.journal[: dice.randrange(len(made.journal) + 1)]
    kind = dice.choice(["cut", "cut", "zeros", "noise", "frames"])
    begin = dice.randrange(len(cut) + 1)
    size = len(cut) - begin
    if kind == "zeros":
        return cut[:begin] + bytes(size)
    if kind == "noise":
        return cut[:begin] + dice.randbytes(size)
    if (
        kind == "frames"
    ):  # frames of its own from further ahead, as of a disk that wrote in any order
        begin -= (begin - HEADER) % FRAME
        ahead = begin + FRAME * dice.randrange(1, 40)
        return (cut[: max(begin, 0)] + made.journal[ahead:])[: len(cut)]
    return cut


def _first_difference(left: bytes, right: bytes) -> int:
    """Where two texts of bytes begin to differ, found by halves."""
    low, high = 0, min(len(left), len(right))
    while low < high:
        middle = (low + high + 1) // 2
        if left[:middle] == right[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def opens_as_promised(made: Journal, seed: int, home: Path) -> tuple[bool, int]:
    """Whether one torn journal opens with exactly what was whole in it; how many messages that were."""
    dice = random.Random(f"tear:{seed}")
    left = torn(made, dice)
    expected = made.expected(left)
    home.mkdir(parents=True)
    database = home / "youthvoice.sqlite3"
    database.write_bytes(made.database)
    database.with_name(database.name + "-wal").write_bytes(left)
    store = Store(f"sqlite:///{database}")
    try:
        found = voices.kept(store)
        good = found.sound and not found.half and set(found.whole) == set(made.keys[:expected])
        if good and expected:
            newest = found.whole[made.keys[expected - 1]]
            good = voices.original_opens(store, made.settings, newest)
    except YouthVoiceError:
        good = False
    finally:
        store.close()
        shutil.rmtree(home)
    return good, expected


def run(seeds: range, made: Journal, folder: Path) -> Outcome:
    """Many cuts of one journal."""
    wrong = before = 0
    for seed in seeds:
        good, expected = opens_as_promised(made, seed, folder / f"torn-{seed}")
        wrong += not good
        before += expected
    return Outcome(len(seeds), wrong, before)


def prove(cuts: int, folder: Path) -> list[Row]:
    began = time.perf_counter()
    made = journal(folder / "journal")
    found = list(shared(run, cuts, made, folder))
    before = sum(one.before for one in found)
    seen = f"{len(made.keys)} messages, {before / cuts:.0f} of them before the place on average"
    wrong = sum(one.wrong for one in found)
    seconds = time.perf_counter() - began
    return [Row("a torn journal opens with an exact prefix", cuts, wrong, seen, seconds)]
