"""What every platform's HTTP session gets: a timeout on each call, and the headers of the last answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import requests

from youthvoice.channels.base import Quota


class TimedSession(requests.Session):
    """A session whose calls end after `seconds`; `last_headers` are those of its last answer."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._seconds = seconds
        self.last_headers: Mapping[str, str] = {}
        self.max_redirects = 3
        self.hooks["response"].append(self._remember)

    def _remember(self, answer: requests.Response, *_args: Any, **_more: Any) -> None:
        self.last_headers = answer.headers

    def request(self, *args: Any, **values: Any) -> requests.Response:
        """As `requests`, with our timeout where none is given."""
        if values.get("timeout") is None:
            values["timeout"] = self._seconds
        return super().request(*args, **values)

    def quota(self) -> Quota | None:
        """What the last answer said about its rate limit, if it did."""
        try:
            return Quota(
                int(self.last_headers["x-rate-limit-remaining"]),
                datetime.fromtimestamp(int(self.last_headers["x-rate-limit-reset"]), UTC),
            )
        except (KeyError, ValueError, OverflowError):
            return None


def never_sent(problem: requests.RequestException) -> bool:
    """Whether a failed request certainly never reached the other side."""
    if isinstance(problem, requests.ConnectTimeout):
        return True
    if isinstance(problem, requests.Timeout):
        return False
    if isinstance(problem, requests.ConnectionError):
        reason = getattr(problem.args[0], "reason", None) if problem.args else None
        return type(reason).__name__ in ("NewConnectionError", "NameResolutionError")
    return False
