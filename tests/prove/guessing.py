"""No receipt is met by guessing: codes as they are given out, and real ones with a letter changed.

Every guess has a check character that fits, so that it reaches the database, and goes the way that a
page's look goes: the code is read, its keyed hash made, the hash looked for. 100 random bits are what
keeps it from meeting one; what is shown here is that nothing on the way gives bits away.
"""

from __future__ import annotations

import random
import time
from pathlib import Path
from typing import NamedTuple

from tests.prove import voices
from tests.prove.rows import Row, shared
from youthvoice.flow.submit import receipt_key
from youthvoice.settings import Settings
from youthvoice.store import receipts
from youthvoice.trust import receipts as codes
from youthvoice.trust.codes import ALPHABET

A_BATCH = 5_000
"""Guesses in one transaction."""


class Outcome(NamedTuple):
    """How many guesses, how many met a receipt, how many of the real ones were not found."""

    guesses: int
    hits: int
    missed: int


def fill(home: Path, count: int) -> tuple[Settings, list[str]]:
    """An installation with so many messages, and their receipts."""
    settings = voices.prepared(home)
    context = voices.opened(settings)
    given = [voices.say(context, f"message {number}: the bus") for number in range(count)]
    context.store.close()
    return settings, given


def _fresh(dice: random.Random) -> str:
    return "".join(dice.choices(ALPHABET, k=codes.LENGTH))


def _near(dice: random.Random, real: str) -> str:
    """A real code with a letter changed, two swapped, or its letters turned round."""
    letters = list(real[: codes.LENGTH])
    here, there = dice.sample(range(codes.LENGTH), 2)
    kind = dice.randrange(4)
    if kind < 2:
        letters[here] = dice.choice(ALPHABET)
    elif kind == 2:
        letters[here], letters[there] = letters[there], letters[here]
    else:
        letters = letters[here:] + letters[:here]
    return "".join(letters)


def guess(dice: random.Random, real: list[str], known: set[str]) -> str:
    """A code that is no real one, with its check character, as somebody would type it."""
    while True:
        code = _near(dice, dice.choice(real)) if dice.random() < 0.5 else _fresh(dice)
        symbol = codes.check_symbol(code)
        if symbol in ALPHABET and code + symbol not in known:
            return code + symbol


def run(seeds: range, settings: Settings, real: list[str]) -> Outcome:
    """Many guesses; and, so that it is known that they were looked for, some real ones."""
    dice = random.Random(f"guess:{seeds.start}")
    known = set(real)
    context = voices.opened(settings)
    hits = missed = 0
    for start in range(0, len(seeds), A_BATCH):
        with context.store.read() as tx:
            for _seed in seeds[start : start + A_BATCH]:
                code = codes.read(guess(dice, real, known))
                hits += receipts.find(tx, receipt_key(context, code)) is not None
            for code in dice.sample(real, min(20, len(real))):
                missed += receipts.find(tx, receipt_key(context, codes.read(code))) is None
    context.store.close()
    return Outcome(len(seeds), hits, missed)


def prove(guesses: int, given: int, folder: Path) -> list[Row]:
    began = time.perf_counter()
    settings, real = fill(folder / "guessed", given)
    found: list[Outcome] = list(shared(run, guesses, settings, real))
    missed = sum(one.missed for one in found)
    seen = f"{given:,} receipts, {missed} of the real ones not found"
    failures = sum(one.hits for one in found) + missed
    seconds = time.perf_counter() - began
    return [Row("no receipt is met by guessing", guesses, failures, seen, seconds)]
