"""What a post is on Bluesky: its key, its record, its length, and how an answer is read."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import regex
from atproto_client.utils.facet_detection import detect_facets

from youthvoice.channels.base import PostDraft

LONGEST = 300
"""Graphemes of a post."""

LONGEST_BYTES = 3_000
POST = "app.bsky.feed.post"
ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"
"""The digits of a record key (a TID), in their order."""

EPOCH = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp() * 1_000_000)
SPREAD = 365 * 24 * 3600 * 1_000_000


def measure(text: str) -> int:
    """Graphemes; or a tenth of the bytes where that is more, because both limits must hold."""
    graphemes = sum(1 for _ in regex.finditer(r"\X", text))
    return max(graphemes, math.ceil(len(text.encode()) * LONGEST / LONGEST_BYTES))


def record_key(key: str) -> str:
    """The fixed record key of the post that we call `key`: 13 digits, a valid TID.

    A TID is 53 bits of microseconds and 10 bits of clock; a hash fills both, within one year, so that
    two keys meet only by a chance of 1 in 2^55.
    """
    number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big")
    value = ((EPOCH + (number >> 10) % SPREAD) << 10) | (number & 0x3FF)
    return "".join(ALPHABET[(value >> shift) & 31] for shift in range(60, -1, -5))


def build(draft: PostDraft, reply: Mapping[str, Any] | None) -> dict[str, Any]:
    """The record of a draft, with its links and hashtags made live."""
    record: dict[str, Any] = {
        "$type": POST,
        "text": draft.text,
        "langs": [draft.language],
        "createdAt": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }
    facets = [
        facet.model_dump(by_alias=True, exclude_none=True) for facet in detect_facets(draft.text)
    ]
    if facets:
        record["facets"] = facets
    if reply is not None:
        record["reply"] = reply
    return record


def instant(written: Any, otherwise: Any = None) -> datetime:
    """When something was written; an impossible time counts as now."""
    for one in (written, otherwise):
        try:
            found = datetime.fromisoformat(str(one))
        except ValueError:
            continue
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    return datetime.now(UTC)


def nodes(thread: Any) -> Iterator[Mapping[str, Any]]:
    """Every post of a thread view, from the top; what was deleted or blocked is left out."""
    waiting = [thread]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, Mapping) or "post" not in node:
            continue
        yield node
        waiting.extend(node.get("replies") or [])


def parents(record: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """(parent, root) of a post's record."""
    reply = record.get("reply") or {}
    return (reply.get("parent") or {}).get("uri"), (reply.get("root") or {}).get("uri")


def tags(record: Mapping[str, Any]) -> set[str]:
    """The hashtags of a post, in lower case."""
    found = {str(tag).lower() for tag in record.get("tags") or []}
    for facet in record.get("facets") or []:
        for feature in facet.get("features") or []:
            if str(feature.get("$type", "")).endswith("#tag"):
                found.add(str(feature.get("tag", "")).lower())
    return found


def is_bot(author: Mapping[str, Any]) -> bool:
    """Whether an account says of itself that it is a bot."""
    return any(
        label.get("val") == "bot" and label.get("src") == author.get("did")
        for label in author.get("labels") or []
    )
