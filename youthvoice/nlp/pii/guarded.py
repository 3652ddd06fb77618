"""Run a detector so that its failure harms one text only: errors and overlong runs give None, never silence."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

Result = TypeVar("Result")


class Guarded(Generic[Result]):
    """A function over many texts, run in a thread of its own with a limit of `seconds` for each call.

    What runs longer is left behind in its thread (a thread cannot be stopped) and a new one is begun.
    """

    def __init__(self, run: Callable[[Sequence[str]], Sequence[Result]], seconds: float) -> None:
        self._run = run
        self._seconds = seconds
        self._lock = threading.Lock()
        self._pool = _pool()

    def __call__(self, texts: Sequence[str]) -> list[Result | None]:
        """The result of each text; None for one that the detector errs on or takes too long for."""
        if not texts:
            return []
        try:
            found = self._in_time(texts)
            if len(found) != len(texts):
                raise ValueError("one result a text")
            return list(found)
        except Exception:  # whatever a model raises: one bad text must not hold all the others
            if len(texts) == 1:
                return [None]
            return [result for text in texts for result in self([text])]

    def _in_time(self, texts: Sequence[str]) -> Sequence[Result]:
        with self._lock:
            pool = self._pool
        future = pool.submit(self._run, texts)
        try:
            return future.result(self._seconds)
        except TimeoutError:
            future.cancel()
            with self._lock:
                if self._pool is pool:
                    self._pool = _pool()
            raise


def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, thread_name_prefix="detector")
