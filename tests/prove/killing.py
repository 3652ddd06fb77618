"""No acknowledged message is lost: processes that take messages in are killed, again and again.

A process is forked, takes messages in with several threads (as the form does: those that come together
are committed together), and says of each one, through a pipe and only once `send` has returned, that
it is stored. Beside that it releases batches to reviewers, which writes their rows anew. It is killed
at a random moment (SIGKILL: nothing of it runs any more); the next one opens the same file on the same
real disk.
"""

from __future__ import annotations

import itertools
import os
import random
import signal
import threading
import time
from pathlib import Path
from typing import NamedTuple, NoReturn

from tests.prove import voices
from tests.prove.rows import Row
from youthvoice.flow import receipts, release
from youthvoice.flow.context import Context
from youthvoice.flow.mailroom import Mailroom
from youthvoice.flow.submit import receipt_key
from youthvoice.settings import Settings
from youthvoice.trust import receipts as codes

THREADS = 3
SHORTEST, LONGEST = 0.01, 0.75
"""Seconds that a process lives: long enough for many messages, short enough for many deaths."""
A_BATCH = 0.3
"""Seconds, at most, between two turns of the process' other work."""
MOST_LIVES = 30
"""For each kill that was asked for so many at most, to reach the number of messages."""
LOOKED_AT = 200
"""Of so many messages everything is opened, through the page's own way."""


class Outcome(NamedTuple):
    """What the lives came to. `lost`: acknowledged and not there, or not whole.

    `unheard`: stored when their process died just before it could say so.
    """

    kills: int
    acknowledged: int
    unheard: int
    lost: int
    half: int
    sound: bool

    @property
    def failures(self) -> int:
        return self.lost + self.half + (not self.sound)


def _speak(context: Context, mailroom: Mailroom, out: int, name: str) -> None:
    try:
        for number in itertools.count():
            receipt = voices.say(context, f"{name}.{number}: the bus", mailroom)
            os.write(out, receipt.encode() + b"\n")
    finally:
        os._exit(3)  # a thread that ends is a failure; nobody but the parent ends this process


def _release(context: Context) -> None:
    """Let what has come in reach reviewers, which writes every row of it anew."""
    while True:
        time.sleep(random.uniform(0.0, A_BATCH))
        release.release(context)


def _live(context: Context, out: int) -> NoReturn:
    try:
        mailroom = Mailroom(context.store)
        for number in range(THREADS):
            given = (context, mailroom, out, f"{os.getpid()}.{number}")
            threading.Thread(target=_speak, args=given, daemon=True).start()
        _release(context)
    finally:
        os._exit(3)


def warmed(settings: Settings) -> tuple[Context, str]:
    """A context that is ready at once in a forked process, without a connection; and one receipt.

    Its statements are compiled once here and not in each short life.
    """
    context = voices.opened(settings)
    receipt = voices.say(context, "the first one: the bus")
    context.store.close()
    return context, receipt


def life(context: Context, seconds: float) -> list[str]:
    """One process from its start to its death; the receipts that it gave."""
    readable, writable = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(readable)
        _live(context, writable)
    os.close(writable)
    try:
        time.sleep(seconds)
    finally:
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        with os.fdopen(readable) as given:
            acknowledged = given.read().split()
    if not os.WIFSIGNALED(status):
        raise RuntimeError("a process that takes messages in ended by itself")
    return acknowledged


def run(kills: int, enough: int, seed: int, folder: Path) -> Outcome:
    """At least so many deaths and so many acknowledged messages, on the disk that `folder` is on."""
    dice = random.Random(f"kill:{seed}")
    settings = voices.prepared(folder / "killed")
    context, first = warmed(settings)
    acknowledged = [first]
    deaths = 0
    while deaths < kills or len(acknowledged) < enough:
        acknowledged += life(context, dice.uniform(SHORTEST, LONGEST))
        deaths += 1
        if deaths > MOST_LIVES * kills:
            raise RuntimeError("these processes take too little in")
    return _judge(settings, deaths, acknowledged, dice)


def _judge(
    settings: Settings, deaths: int, acknowledged: list[str], dice: random.Random
) -> Outcome:
    context = voices.opened(settings)
    found = voices.kept(context.store)
    lost = sum(receipt_key(context, code) not in found.whole for code in acknowledged)
    for code in dice.sample(acknowledged, min(LOOKED_AT, len(acknowledged))):
        look = receipts.look(context, codes.grouped(code))
        ident = found.whole.get(receipt_key(context, code), "")
        opens = voices.original_opens(context.store, settings, ident)
        lost += look is None or not look.text or not opens
    context.store.close()
    unheard = len(found.whole) - len(acknowledged) + lost
    return Outcome(deaths, len(acknowledged), unheard, lost, found.half, found.sound)


def prove(kills: int, enough: int, folder: Path) -> list[Row]:
    began = time.perf_counter()
    found = run(kills, enough, 1, folder)
    seen = (
        f"{found.kills:,} kills, {found.acknowledged:,} acknowledged, "
        f"{found.unheard:,} stored in the moment of a kill"
    )
    return [
        Row(
            "no acknowledged message is lost",
            found.acknowledged,
            found.failures,
            seen,
            time.perf_counter() - began,
        )
    ]
