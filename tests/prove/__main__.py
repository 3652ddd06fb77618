"""Print what was shown, as a table: `python -m tests.prove --size ci|nightly [--only NAME] [--json]`."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

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
from tests.prove.rows import Row, shared


class Size(NamedTuple):
    """How often each promise is tried. Each row of `safekeeping` is what that module's `prove` takes."""

    schedules: int
    posts: dict[str, int]
    safekeeping: dict[str, tuple[int, ...]]


SIZES = {
    # schedules a channel; posts to collect on X, on Bluesky, on Mastodon (its mock takes 10 ms a post);
    # kills and acknowledged messages, cuts, tries, guesses and receipts, changes, withdrawals, full disks
    "ci": Size(
        60,
        {"x": 5_000, "bluesky": 1_000, "mastodon": 200},
        {
            "killing": (15, 1_500),
            "tearing": (300,),
            "replaying": (500,),
            "guessing": (20_000, 1_000),
            "tampering": (500,),
            "withdrawing": (60,),
            "filling": (12,),
        },
    ),
    "nightly": Size(
        1_000,
        {"x": 100_000, "bluesky": 10_000, "mastodon": 2_000},
        {
            "killing": (1_000, 100_000),
            "tearing": (5_000,),
            "replaying": (10_000,),
            "guessing": (1_000_000, 5_000),
            "tampering": (10_000,),
            "withdrawing": (1_000,),
            "filling": (200,),
        },
    ),
}
SAFEKEEPING: dict[str, Callable[..., list[Row]]] = {
    "killing": killing.prove,
    "tearing": tearing.prove,
    "replaying": replaying.prove,
    "guessing": guessing.prove,
    "tampering": tampering.prove,
    "withdrawing": withdrawing.prove,
    "filling": filling.prove,
}
ON_DISK = ("killing", "filling")
"""What is about a real disk, and not about many small databases."""
NAMES = (*posting.CHANNELS, *SAFEKEEPING)
SEED = 1


def _memory() -> Path | None:
    """A folder in memory where there is one: schedules are many small databases."""
    found = Path("/dev/shm")
    return found if found.is_dir() and os.access(found, os.W_OK) else None


def _play(seeds: range, name: str, folder: str) -> posting.Outcome:
    return posting.run(name, seeds, Path(folder))


def posts_once(name: str, schedules: int, folder: Path) -> list[Row]:
    """Every part of a thread is live once, or a person was told; schedules are shared among the cores."""
    began = time.perf_counter()
    total = posting.Outcome()
    for found in shared(_play, schedules, name, str(folder)):
        total = total.plus(found)
    seconds = time.perf_counter() - began
    seen = f"{total.schedules:,} schedules, {total.deaths:,} deaths, {total.asked} times asked a person"
    return [
        Row(f"{name}: no post goes out twice", total.posts, total.double, seen, seconds),
        Row(f"{name}: no post is silently lost", total.posts, total.silent, seen, seconds),
    ]


def collects_once(name: str, posts: int, folder: Path) -> list[Row]:
    """Every reply is stored once, and a platform that asks to wait is left alone."""
    found = collecting.run(name, posts, SEED, folder)
    seen = f"{found.calls:,} calls, {found.deaths} deaths"
    return [
        Row(f"{name}: no reply is missing", found.posts, found.missing, seen, found.seconds),
        Row(f"{name}: no reply is stored twice", found.posts, found.twice, seen, found.seconds),
        Row(
            f"{name}: at most one call before a reset",
            found.limits,
            max(0, found.early - 1),
            f"{found.early} at most",
            found.seconds,
        ),
    ]


def keeps_safe(name: str, numbers: tuple[int, ...], folder: Path) -> list[Row]:
    """One of the promises about what was given to be kept."""
    if name not in ON_DISK:
        return SAFEKEEPING[name](*numbers, folder)
    with tempfile.TemporaryDirectory(prefix="prove-") as disk:
        return SAFEKEEPING[name](*numbers, Path(disk))


def rows_of(size: Size, only: str | None, folder: Path) -> Iterator[Row]:
    """Every row of the table, or those of one name."""
    for name in NAMES:
        if only not in (None, name):
            continue
        if name in posting.CHANNELS:
            yield from posts_once(name, size.schedules, folder)
        if name in size.posts:
            yield from collects_once(name, size.posts[name], folder)
        if name in SAFEKEEPING:
            yield from keeps_safe(name, size.safekeeping[name], folder)


def main() -> int:
    """Returns 1 if anything was shown not to hold."""
    options = argparse.ArgumentParser(prog="python -m tests.prove")
    options.add_argument("--size", choices=list(SIZES), default="nightly")
    options.add_argument("--only", choices=NAMES, help="only this channel, or this promise")
    options.add_argument("--json", action="store_true", help="one object in the last line")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="prove-", dir=_memory()) as folder:
        rows = list(rows_of(SIZES[chosen.size], chosen.only, Path(folder)))
    table = Table(title=f"make prove SIZE={chosen.size}", title_justify="left")
    for column in ("promise", "tries", "failures", "s", "seen"):
        table.add_column(column, justify="left" if column in ("promise", "seen") else "right")
    for row in rows:
        cells = (row.promise, f"{row.tries:,}", f"{row.failures:,}", f"{row.seconds:.0f}", row.seen)
        table.add_row(*cells, style="bold red" if row.failures else None)
    Console(width=150).print(table)
    failures = sum(row.failures > 0 for row in rows)
    if chosen.json:
        listed = [{"promise": r.promise, "tries": r.tries, "failures": r.failures} for r in rows]
        print(json.dumps({"promises": len(rows), "failures": failures, "rows": listed}))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
