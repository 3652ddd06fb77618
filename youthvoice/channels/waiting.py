"""Own waiting, with stamina: short waits happen inside a call, long ones are handed to the caller.

No library's own waiting is used: tweepy's repeats a thousand times when a reset is missing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import stamina
from stamina.instrumentation import set_on_retry_hooks

from youthvoice.errors import RetryAt, Unavailable

set_on_retry_hooks([])  # its log lines would hold the arguments of the call

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Patience:
    """How long a call may wait: `seconds` at most for what the platform asks, `attempts` in all."""

    seconds: float = 5.0
    attempts: int = 3

    def call(self, once: Callable[[], Answer]) -> Answer:
        """Call until it answers; only failures after which nothing was posted are tried again.

        Raises the last failure, and at once a `RetryAt` that is longer than our patience.
        """

        def wait(problem: Exception) -> bool | float:
            if isinstance(problem, RetryAt):
                return problem.seconds if problem.seconds <= self.seconds else False
            return isinstance(problem, Unavailable)

        for attempt in stamina.retry_context(
            on=wait, attempts=self.attempts, timeout=None, wait_initial=0.3, wait_max=self.seconds
        ):
            with attempt:
                return once()
        raise Unavailable("no_attempt")


IMPATIENT = Patience(0, 1)
"""One call, no waiting."""

USUAL = Patience()
