"""A full disk acknowledges nothing that is not kept.

A process takes messages in while its disk fills up at a random moment: on a small file system that is
really full (where this may be mounted), or with a limit on the size of its files. It goes on trying for
a while, then there is room again. Whatever it acknowledged must be there, whole; whatever failed must
have failed with a sentence; and with room, it must go on by itself.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from sqlalchemy import event

from tests.prove import voices
from tests.prove.rows import Row, shared
from youthvoice.errors import StoreUnavailable
from youthvoice.flow.mailroom import Mailroom
from youthvoice.flow.submit import receipt_key
from youthvoice.settings import Settings
from youthvoice.trust import receipts as codes

THREADS = 3
REFUSALS = 6
"""So many messages are refused before there is room again."""
AFTERWARDS = 3
SECONDS = 60
"""A disk that is not full after that long was not filled."""
SMALL = 2**23
"""Bytes of the small file system."""
REFUSED, ODD = "-" * codes.CHECKED, "!" * codes.CHECKED
"""What the process says besides receipts: refused with a sentence; failed otherwise, or with room."""


class Outcome(NamedTuple):
    """What the runs came to. `odd`: failures that were no sentence, or that went on with room."""

    runs: int = 0
    mounted: int = 0
    acknowledged: int = 0
    refused: int = 0
    lost: int = 0
    half: int = 0
    unsound: int = 0
    odd: int = 0

    @property
    def failures(self) -> int:
        return self.lost + self.half + self.unsound + self.odd

    def plus(self, other: Outcome) -> Outcome:
        return Outcome(*(a + b for a, b in zip(self, other, strict=True)))


def can_mount(folder: Path) -> bool:
    """Whether a small file system can be mounted here (by root, outside of most containers)."""
    if os.geteuid() != 0:
        return False
    try:
        with small_disk(folder / "try"):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False


@contextmanager
def small_disk(place: Path) -> Iterator[Path]:
    """A file system of its own, as small as `SMALL`, gone afterwards."""
    place.mkdir(parents=True)
    _run("mount", "-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", str(place))
    try:
        yield place
    finally:
        try:
            _run("umount", str(place))
        except subprocess.CalledProcessError:
            _run("umount", "-l", str(place))
        place.rmdir()


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


def _little_journal(connection: Any, _record: object) -> None:
    """Have the journal taken over often, so that the disk may also fill up while that is done."""
    connection.execute("PRAGMA wal_autocheckpoint=40")


class Full(NamedTuple):
    """How a disk is filled, and how there is room again."""

    fill: Callable[[], None]
    free: Callable[[], None]


def limited(home: Path, room: int) -> Full:
    """No file of this process may grow by more than that."""
    largest = max(path.stat().st_size for path in home.glob("youthvoice.sqlite3*"))
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    return Full(
        lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest + room, hard)),
        lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard)),
    )


def filled(disk: Path, room: int) -> Full:
    """Another file takes what is free but for that much."""
    other = disk / "filler"

    def fill() -> None:
        state = os.statvfs(disk)
        other.write_bytes(bytes(max(0, state.f_bavail * state.f_frsize - room)))

    return Full(fill, other.unlink)


class Process:
    """What takes messages in: several threads, whose messages are committed together."""

    def __init__(self, settings: Settings, out: int, often: bool) -> None:
        self._context = voices.opened(settings)
        if often:
            event.listen(self._context.store._engine, "connect", _little_journal)
        self._mailroom = Mailroom(self._context.store)
        self._out = out
        self._refused = 0

    def say(self) -> bool:
        """Write one message and say what became of it; whether it was taken in."""
        try:
            said = voices.say(self._context, "the bus", self._mailroom)
        except StoreUnavailable:
            said = REFUSED
        except BaseException:
            said = ODD
        self.tell(said)
        return said not in (REFUSED, ODD)

    def tell(self, said: str) -> None:
        os.write(self._out, said.encode() + b"\n")

    def _until_full(self) -> None:
        until = time.monotonic() + SECONDS
        while self._refused < REFUSALS and time.monotonic() < until:
            self._refused += not self.say()

    def live(self, full: Full) -> None:
        """Go on until the disk has been full for a while; then there is room again."""
        full.fill()
        threads = [threading.Thread(target=self._until_full) for _ in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        full.free()
        for _ in range(AFTERWARDS):
            if not self.say():
                self.tell(ODD)


def _live(settings: Settings, full: Full, out: int, often: bool) -> NoReturn:
    try:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(3 * SECONDS)  # a process that hangs is one that did not come to its end
        Process(settings, out, often).live(full)
        os._exit(0)
    finally:
        os._exit(3)


def _life(settings: Settings, full: Full, often: bool) -> tuple[list[str], bool]:
    """One process from its start to its end: what it said, and whether it came to its end."""
    readable, writable = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(readable)
        _live(settings, full, writable, often)
    os.close(writable)
    with os.fdopen(readable) as given:
        said = given.read().split()
    _, status = os.waitpid(child, 0)
    return said, status == 0


def _one(source: Path, home: Path, make: Callable[[int], Full], dice: random.Random) -> Outcome:
    """Fill the disk under a copy of an installation, and look at what is left of it."""
    shutil.copytree(source, home)
    settings = voices.settings_of(home)
    full = make(int(2 ** dice.uniform(14, 21)))  # from a part of a message to hundreds
    said, ended = _life(settings, full, dice.random() < 0.5)
    given = [one for one in said if one not in (REFUSED, ODD)]
    context = voices.opened(settings)
    found = voices.kept(context.store)
    lost = sum(receipt_key(context, one) not in found.whole for one in given)
    context.store.close()
    odd = said.count(ODD) + (not ended) + (REFUSED not in said)
    return Outcome(
        1, 0, len(given), said.count(REFUSED), lost, found.half, int(not found.sound), odd
    )


def run(seeds: range, source: Path, folder: Path, mounting: bool) -> Outcome:
    """Many full disks; every second one is really full, if `mounting`."""
    total = Outcome()
    for seed in seeds:
        dice = random.Random(f"fill:{seed}")
        place = folder / f"full-{seed}"
        if mounting and seed % 2:
            with small_disk(place) as disk:
                home = disk / "home"
                found = _one(source, home, lambda room, disk=disk: filled(disk, room), dice)  # type: ignore[misc]
                total = total.plus(found._replace(mounted=1))
        else:
            home = place / "home"
            total = total.plus(
                _one(source, home, lambda room, home=home: limited(home, room), dice)  # type: ignore[misc]
            )
            shutil.rmtree(place)
    return total


def template(home: Path) -> Path:
    """An installation that is copied for each run."""
    settings = voices.prepared(home)
    context = voices.opened(settings)
    voices.say(context, "the first one: the bus")
    context.store.close()
    return home


def prove(runs: int, folder: Path) -> list[Row]:
    began = time.perf_counter()
    source = template(folder / "to-fill")
    mounting = can_mount(folder)
    total = Outcome()
    for one in shared(run, runs, source, folder, mounting):
        total = total.plus(one)
    seen = (
        f"{total.mounted} on a full file system, {total.runs - total.mounted} at a file's limit; "
        f"{total.acknowledged:,} acknowledged, {total.refused:,} refused"
    )
    return [
        Row(
            "a full disk acknowledges nothing that is not kept",
            total.runs,
            total.failures,
            seen,
            time.perf_counter() - began,
        )
    ]
