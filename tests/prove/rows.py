"""A row of the table that `make prove` prints, and how a proof is shared among the cores."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Any, NamedTuple


class Row(NamedTuple):
    """One promise, how often it was tried, how often it did not hold, and what else was seen."""

    promise: str
    tries: int
    failures: int
    seen: str
    seconds: float


def ranges(count: int, parts: int) -> Iterator[range]:
    """`count` seeds in about that many parts."""
    size = max(1, -(-count // parts))
    for start in range(0, count, size):
        yield range(start, min(start + size, count))


def shared(work: Callable[..., Any], count: int, *given: Any) -> Iterator[Any]:
    """What `work(seeds, *given)` gives for each part of the seeds, the parts shared among the cores."""
    parts = list(ranges(count, (os.cpu_count() or 1) * 4))
    with ProcessPoolExecutor() as pool:
        yield from pool.map(work, parts, *([one] * len(parts) for one in given))
