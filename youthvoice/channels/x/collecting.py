"""Reading replies on X: mentions first, then search by conversation, then by hashtag.

One page a call. A source's newest id comes from its first page and is kept only after its last one, to
the minute; each window begins a little before the end of the one before, because ids only roughly ascend.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from youthvoice.channels.base import Cursor, Scope

SEARCH_REACH = timedelta(days=7)
"""How far back recent search looks."""

OVERLAP = timedelta(minutes=10)
"""How far a window reaches back into the one before."""

SETTLES = 120
"""Seconds after which a new post is surely in the index (and how far clocks may differ)."""

QUERY_LONGEST = 500
"""Characters of a search query; the smallest plan allows 512."""

EPOCH_MS = 1288834974657
"""The instant (milliseconds) from which X counts in its ids (the upper 42 bits of 64)."""

MENTIONS = "mentions"
SEARCH = "search"
TAGS = "tags"


@dataclass(frozen=True)
class Source:
    """One thing to read: `key` names it in the cursor, `query` is empty for the mentions.

    `keys` are the names under which its position is kept, one a conversation.
    """

    key: str
    query: str
    keys: tuple[str, ...]

    def position(self, cursor: Cursor) -> str:
        """The id after which to read: the earliest of its parts. A conversation that is new begins with
        its own first post; empty if another part is new."""
        kept = [cursor.get(f"since:{key}") or (key if key.isdigit() else "") for key in self.keys]
        return min(kept, key=lambda one: int(one or 0)) if kept else ""

    @property
    def is_extra(self) -> bool:
        """Whether a collection is whole without it (search by hashtag)."""
        return self.key.startswith(TAGS)


def sources(scope: Scope, handle: str) -> list[Source]:
    """What to read for a scope, in this order."""
    found = [Source(MENTIONS, "", (MENTIONS,))]
    for chunk in _chunks(scope.roots, "conversation_id:", handle):
        query = _either(chunk, "conversation_id:", handle)
        found.append(Source(f"{SEARCH}:{chunk[0]}", query, tuple(chunk)))
    for chunk in _chunks(sorted(scope.hashtags), "#", handle):
        keys = tuple(f"#{tag}" for tag in chunk)
        found.append(Source(f"{TAGS}:{chunk[0]}", _either(chunk, "#", handle), keys))
    return found


def _chunks(words: Sequence[str], sign: str, handle: str) -> Iterator[list[str]]:
    """As many words at once as a query may hold."""
    chunk: list[str] = []
    for word in words:
        if chunk and len(_either([*chunk, word], sign, handle)) > QUERY_LONGEST:
            yield chunk
            chunk = []
        chunk.append(word)
    if chunk:
        yield chunk


def _either(words: Sequence[str], sign: str, handle: str) -> str:
    return f"({' OR '.join(sign + word for word in words)}) -is:retweet -from:{handle}"


def instant_of(post_id: str) -> datetime:
    """When a post with this id was made."""
    return datetime.fromtimestamp(((int(post_id) >> 22) + EPOCH_MS) / 1000, UTC)


def before(post_id: str, gap: timedelta) -> str:
    """An id `gap` earlier than this one."""
    return str(max(1, int(post_id) - (int(gap.total_seconds() * 1000) << 22)))


def window(source: Source, cursor: Cursor, first: bool) -> dict[str, str]:
    """The parameters that say from where to read; `first`: for a source's first page, whose window its
    other pages keep."""
    if not first and "window" in cursor:
        name, _, value = cursor["window"].partition("=")
        return {name: value} if name else {}
    since = source.position(cursor)
    if since and since not in source.keys:
        since = before(since, OVERLAP)
    if source.key == MENTIONS:
        return {"since_id": since} if since else {}
    oldest = datetime.fromtimestamp(time.time(), UTC) - SEARCH_REACH + timedelta(minutes=2)
    if since and instant_of(since) > oldest:
        return {"since_id": since}
    return {"start_time": oldest.strftime("%Y-%m-%dT%H:%M:%SZ")}


def started(cursor: Cursor, every: Sequence[Source]) -> tuple[Source, str]:
    """The source to go on with, and its page's token (empty: its first page)."""
    for source in every:
        if source.key == cursor.get("source") and source.query == cursor.get("query"):
            return source, cursor.get("token", "")
        if source.key == cursor.get("source"):
            return source, ""  # it asks something else now, so its pages are no longer these
    return every[0], ""


def turned(
    cursor: Cursor,
    every: Sequence[Source],
    source: Source,
    newest: str,
    token: str,
    asked: Mapping[str, str],
    restarted: bool = False,
) -> tuple[dict[str, str], bool]:
    """The cursor after a page of `source`, and whether that was the last page of all.

    `newest`: the newest id that its first page told; `token`: of its next page, or empty; `asked`: the
    window its pages belong to; `restarted`: whether its pages have been lost once.
    """
    after = {key: value for key, value in cursor.items() if key.startswith("since:")}
    if token:
        return {
            **after,
            "source": source.key,
            "query": source.query,
            "newest": newest,
            "token": token,
            "window": "&".join(f"{name}={value}" for name, value in asked.items()),
            **({"restarted": source.key} if restarted else {}),
        }, False
    if newest:
        for key in source.keys:
            kept = after.get(f"since:{key}", "0")
            after[f"since:{key}"] = str(max(int(kept), int(newest)))
    rest = list(every)[[one.key for one in every].index(source.key) + 1 :]
    if rest:
        return {**after, "source": rest[0].key, "query": rest[0].query}, False
    current = {f"since:{key}" for one in every for key in one.keys}
    return {key: value for key, value in after.items() if key in current}, True


def rounded(post_id: str) -> str:
    """The id that the minute of a post begins with: a position, and no longer that post's reference."""
    minute = (int(post_id) >> 22) // 60_000 * 60_000
    return str(minute << 22)


def id_at(moment: float) -> str:
    """The id that an instant (seconds since 1970) begins with."""
    return str(max(1, int(moment * 1000) - EPOCH_MS) << 22)


def newest_of(meta: Mapping[str, object], ids: Sequence[str]) -> str:
    """How far a first page reaches, to the minute, as an id: its newest post, or a moment ago.

    Without the moment a quiet conversation would have the posts before its last one read, and billed,
    again with every collection.
    """
    told = str(meta.get("newest_id") or "")
    every = [one for one in (told, *ids, id_at(time.time() - SETTLES)) if one.isdigit()]
    return rounded(max(every, key=int))
