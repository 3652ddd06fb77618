"""Print what was shown, as a table: `python -m tests.prove --size ci|nightly [--only CHANNEL] [--json]`."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from tests.prove import collecting, posting

SIZES = {
    # schedules a channel; posts to collect on X, on Bluesky, on Mastodon (its mock takes 10 ms a post)
    "ci": (60, {"x": 5_000, "bluesky": 1_000, "mastodon": 200}),
    "nightly": (1_000, {"x": 100_000, "bluesky": 10_000, "mastodon": 2_000}),
}
SEED = 1


class Row(NamedTuple):
    """One promise, how often it was tried, how often it did not hold, and what else was seen."""

    promise: str
    tries: int
    failures: int
    seen: str
    seconds: float


def _memory() -> Path | None:
    """A folder in memory where there is one: schedules are many small databases."""
    found = Path("/dev/shm")
    return found if found.is_dir() and os.access(found, os.W_OK) else None


def _ranges(count: int, parts: int) -> Iterator[range]:
    size = max(1, -(-count // parts))
    for start in range(0, count, size):
        yield range(start, min(start + size, count))


def _play(name: str, seeds: range, folder: str) -> posting.Outcome:
    return posting.run(name, seeds, Path(folder))


def posts_once(name: str, schedules: int, folder: Path) -> list[Row]:
    """Every part of a thread is live once, or a person was told; schedules are shared among the cores."""
    began = time.perf_counter()
    total = posting.Outcome()
    parts = list(_ranges(schedules, (os.cpu_count() or 1) * 4))
    with ProcessPoolExecutor() as pool:
        for found in pool.map(_play, [name] * len(parts), parts, [str(folder)] * len(parts)):
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


def main() -> int:
    """Returns 1 if anything was shown not to hold."""
    options = argparse.ArgumentParser(prog="python -m tests.prove")
    options.add_argument("--size", choices=list(SIZES), default="nightly")
    options.add_argument("--only", help="only this channel")
    options.add_argument("--json", action="store_true", help="one object in the last line")
    chosen = options.parse_args()
    schedules, posts = SIZES[chosen.size]
    with tempfile.TemporaryDirectory(prefix="prove-", dir=_memory()) as folder:
        work: list[Callable[[], list[Row]]] = [
            *(
                lambda name=name: posts_once(name, schedules, Path(folder))  # type: ignore[misc]
                for name in posting.CHANNELS
                if chosen.only in (None, name)
            ),
            *(
                lambda name=name, count=count: collects_once(name, count, Path(folder))  # type: ignore[misc]
                for name, count in posts.items()
                if chosen.only in (None, name)
            ),
        ]
        rows = [row for one in work for row in one()]
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
