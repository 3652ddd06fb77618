"""Logs that cannot hold a text: an allow-list of keys, and only short plain values.

Whoever logs names an event and ids, codes or counts. Any other key is dropped and counted, so a
careless line loses a field instead of printing what somebody wrote.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

ALLOWED = frozenset(
    {
        "event", "level", "module", "timestamp",
        "job", "slot", "status", "code", "channel", "topic", "part", "purpose", "posting",
        "accepted", "seen", "kept_aside", "held", "tombstones", "sent", "ambiguous", "failed",
        "messages", "pages", "tagged", "seconds", "process", "pid", "port", "revision",
        "written", "deleted", "waiting", "rows", "model", "topics", "published",
        "exit_code", "type", "place", "verb", "paused", "edited", "unknown", "checked", "dry", "odd",
        "released", "joined", "originals", "masked_texts", "runs", "times", "entries", "heads",
        "pruned",
    }
)  # fmt: skip

LONGEST = 120


def _allow_only(
    _logger: object, _name: str, line: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    dropped = 0
    for key in list(line):
        value = line[key]
        plain = (
            value is None
            or isinstance(value, bool | int | float)
            or (isinstance(value, str) and len(value) <= LONGEST)
        )
        if key not in ALLOWED or not plain:
            del line[key]
            dropped += 1
    if dropped:
        line["dropped_keys"] = dropped
    return line


LIBRARIES = ("tweepy", "requests_oauthlib", "oauthlib", "urllib3", "httpx", "httpx2", "httpcore",
             "atproto", "atproto_client", "mastodon", "stamina", "websockets")  # fmt: skip
"""Libraries whose log lines may hold a token, an address or what somebody wrote."""


def hush_libraries() -> None:
    """Take the words out of these libraries' log lines, whatever level somebody sets."""
    make = logging.getLogRecordFactory()
    if getattr(make, "hushes", False):
        return

    def hushed(name: str, *rest: Any, **more: Any) -> logging.LogRecord:
        record = make(name, *rest, **more)
        if name.partition(".")[0] in LIBRARIES:
            record.msg, record.args = "(left out)", ()
            record.levelno, record.levelname = logging.NOTSET, "NOTSET"  # no handler prints it
            record.exc_info = record.exc_text = record.stack_info = None
        return record

    hushed.hushes = True  # type: ignore[attr-defined]
    logging.setLogRecordFactory(hushed)


def configure(level: str = "INFO") -> None:
    """Write JSON lines to standard error, to the day and hour only; silence chatty libraries."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="%Y-%m-%dT%H:00Z", utc=True),
            _allow_only,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        # Standard error as it is at that moment: it may be another stream by then.
        logger_factory=lambda *_args: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=logging.CRITICAL, force=True)
    hush_libraries()


def get(name: str) -> Any:
    """A logger for the part of the program called `name`."""
    # Bound when first used: a logger bound at import would keep the library's own settings for ever.
    return structlog.get_logger(module=name)
