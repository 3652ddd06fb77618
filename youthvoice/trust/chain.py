"""The audit log's chain: each entry's keyed hash covers the one before, the head covers how many there are.

What is edited, removed, swapped, put in or cut off no longer fits, unless somebody has the key; and what
somebody with the key rewrites no longer fits the heads that were published before.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Sequence

START = "0" * 64


def _mac(key: bytes, *parts: object) -> str:
    return hmac.new(key, json.dumps(parts).encode(), hashlib.sha256).hexdigest()


def link(key: bytes, before: str, fields: Sequence[object]) -> str:
    """The keyed hash of an entry with these fields, after the entry whose hash is `before`."""
    return _mac(key, "entry", before, *fields)


def head(key: bytes, entries: int, mac: str) -> str:
    """The keyed hash over how many entries there are and the last one's."""
    return _mac(key, "head", entries, mac)


def commitment(key: bytes, *parts: str) -> str:
    """A keyed hash of something that must not stand in the log but must be provable later."""
    return _mac(key, "commitment", *parts)
