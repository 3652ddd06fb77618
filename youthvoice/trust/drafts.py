"""Drafts: what a writer has seen in the preview, sealed, carried by the page until it is sent.

Nothing is stored before somebody sends. The page holds the text and what the machine said of it as
ciphertext under a key of this installation, so that what is stored is what the preview showed, nobody
can put in an analysis of their own, and no other process needs to remember anything.
"""

from __future__ import annotations

import base64
import json
import secrets
import zlib
from datetime import datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

LIFE = timedelta(hours=1)
"""How long a draft may be sent, and sent again where the line broke (the same receipt is shown then); after
that the writer sees the preview once more."""
PURPOSE = b"youthvoice draft"
READABLE = timedelta(hours=3)
"""How long the page gives the words back; then nobody who finds it open can have them."""
SKEW = 300
"""Seconds by which the clocks of two servers may differ."""
LARGEST = 20_000_000
"""Bytes that a draft may unpack to."""


def carry(content: dict[str, Any], key: bytes) -> str:
    """A draft for a hidden field of the page."""
    nonce = secrets.token_bytes(12)
    packed = zlib.compress(json.dumps(content, separators=(",", ":")).encode("utf-8"), 6)
    return base64.urlsafe_b64encode(nonce + AESGCM(key).encrypt(nonce, packed, PURPOSE)).decode()


def read(carried: str, key: bytes, now: datetime) -> dict[str, Any] | None:
    """The draft's content, or None if it is not one of ours, was changed on its way, or is too old."""
    try:
        raw = base64.urlsafe_b64decode(carried.encode("ascii"))
        packed = AESGCM(key).decrypt(raw[:12], raw[12:], PURPOSE)
        unpacked = zlib.decompressobj().decompress(packed, LARGEST)
        content = json.loads(unpacked)
    except (ValueError, InvalidTag, zlib.error):
        return None
    if not isinstance(content, dict) or not is_within(content.get("at", 0), now, READABLE):
        return None
    return content


def is_within(made_at: int, now: datetime, life: timedelta = LIFE) -> bool:
    """Whether a draft made at that second is no older than `life`."""
    return -SKEW <= now.timestamp() - made_at <= life.total_seconds()
