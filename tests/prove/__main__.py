"""Print what was shown, as a table: `python -m tests.prove [--schedules N] [--posts N] [--only NAME]`."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.prove import collecting, posting

COLLECTIONS = {"x": 1.0, "bluesky": 0.1, "mastodon": 0.02}
"""Channels, and the part of the posts that each collects (the mock of Mastodon takes 10 ms a post)."""

SEED = 1


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


def posting_rows(names: list[str], schedules: int, folder: Path) -> list[tuple[list[str], bool]]:
    """One row a channel: its schedules shared among the cores."""
    rows = []
    workers = os.cpu_count() or 1
    for name in names:
        began = time.perf_counter()
        total = posting.Outcome()
        with ProcessPoolExecutor(workers) as pool:
            parts = list(_ranges(schedules, workers * 4))
            for found in pool.map(_play, [name] * len(parts), parts, [str(folder)] * len(parts)):
                total = total.plus(found)
        good = total.double == 0 and total.silent == 0
        rows.append(
            (
                [
                    name,
                    f"{total.schedules:,}",
                    f"{total.posts:,}",
                    f"{total.deaths:,}",
                    str(total.asked),
                    str(total.double),
                    str(total.silent),
                    f"{time.perf_counter() - began:.0f}",
                ],
                good,
            )
        )
    return rows


def collecting_rows(names: list[str], posts: int, folder: Path) -> list[tuple[list[str], bool]]:
    """One row a channel."""
    rows = []
    for name in names:
        found = collecting.run(name, max(100, int(posts * COLLECTIONS[name])), SEED, folder)
        good = found.missing == 0 and found.twice == 0 and found.early <= 1
        rows.append(
            (
                [
                    name,
                    f"{found.posts:,}",
                    f"{found.calls:,}",
                    str(found.deaths),
                    str(found.missing),
                    str(found.twice),
                    str(found.early),
                    f"{found.seconds:.0f}",
                ],
                good,
            )
        )
    return rows


def main() -> int:
    """Returns 1 if anything was shown not to hold."""
    options = argparse.ArgumentParser(prog="python -m tests.prove")
    options.add_argument("--schedules", type=int, default=1000, help="schedules for each channel")
    options.add_argument("--posts", type=int, default=100_000, help="posts to collect on X")
    options.add_argument("--only", help="only this channel")
    chosen = options.parse_args()
    senders = [name for name in posting.CHANNELS if chosen.only in (None, name)]
    readers = [name for name in COLLECTIONS if chosen.only in (None, name)]
    with tempfile.TemporaryDirectory(prefix="prove-", dir=_memory()) as folder:
        sent = posting_rows(senders, chosen.schedules, Path(folder))
        collected = collecting_rows(readers, chosen.posts, Path(folder))
    console = Console()
    for title, columns, rows in (
        (
            "Posting exactly once: faults and deaths at every step",
            (
                "channel",
                "schedules",
                "posts",
                "deaths",
                "asked a person",
                "double",
                "silently lost",
                "s",
            ),
            sent,
        ),
        (
            "Collecting: 30 % of calls limited, 10 % failing, pages shuffled and repeated, deaths",
            ("channel", "posts", "calls", "deaths", "missing", "twice", "early calls a reset", "s"),
            collected,
        ),
    ):
        table = Table(title=title, title_justify="left")
        for number, column in enumerate(columns):
            table.add_column(column, justify="left" if number == 0 else "right")
        for cells, good in rows:
            table.add_row(*cells, style=None if good else "bold red")
        console.print(table)
    return 0 if all(good for _cells, good in [*sent, *collected]) else 1


if __name__ == "__main__":
    sys.exit(main())
