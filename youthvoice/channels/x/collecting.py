"""Reading replies on X: mentions first, then search by conversation, then by hashtag.

One page a call. A source's newest id comes from its first page and is kept only after its last one, to
the minute; each window begins a little before the end of the one before, because ids only roughly ascend.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from youthvoice.channels.base import Cursor, Scope

SEARCH_REACH = timedelta(days=7)
"""How far back recent search looks."""

OVERLAP = timedelta(minutes=10)
"""How far a window reaches back into the one before."""

QUERY_LONGEST = 500
"""Characters of a search query; the smallest plan allows 512."""

EPOCH_MS = 1288834974657
"""The instant (milliseconds) from which X counts in its ids (the upper 42 bits of 64)."""

MENTIONS = "mentions"
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
        """The id after which to read: the earliest of its parts; empty if one of them is new."""
        kept = [cursor.get(f"since:{key}", "") for key in self.keys]
        return min(kept, key=lambda one: int(one or 0)) if kept else ""


def sources(scope: Scope, handle: str) -> list[Source]:
    """What to read for a scope, in this order."""
    found = [Source(MENTIONS, "", (MENTIONS,))]
    chunk: list[str] = []
    for root in [*scope.roots, ""]:
        wider = [*chunk, root]
        if chunk and (not root or len(_conversations(wider, handle)) > QUERY_LONGEST):
            found.append(Source(f"search:{chunk[0]}", _conversations(chunk, handle), tuple(chunk)))
            wider = [root]
        chunk = [one for one in wider if one]
    tags = [f"#{tag}" for tag in sorted(scope.hashtags)]
    if tags:
        query = f"({' OR '.join(tags)}) -is:retweet -from:{handle}"
        found.append(Source(TAGS, query, (TAGS,)))
    return found


def _conversations(roots: Sequence[str], handle: str) -> str:
    either = " OR ".join(f"conversation_id:{root}" for root in roots if root)
    return f"({either}) -is:retweet -from:{handle}"


def instant_of(post_id: str) -> datetime:
    """When a post with this id was made."""
    return datetime.fromtimestamp(((int(post_id) >> 22) + EPOCH_MS) / 1000, UTC)


def before(post_id: str, gap: timedelta) -> str:
    """An id `gap` earlier than this one."""
    return str(max(1, int(post_id) - (int(gap.total_seconds() * 1000) << 22)))


def window(source: Source, cursor: Cursor) -> dict[str, str]:
    """The parameters that say from where to read."""
    since = source.position(cursor)
    if not since and source.key.startswith("search:"):
        since = min(source.keys, key=int)  # nothing is older than the conversation itself
    elif since:
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
    cursor: Cursor, every: Sequence[Source], source: Source, newest: str, token: str
) -> tuple[dict[str, str], bool]:
    """The cursor after a page of `source`, and whether that was the last page of all.

    `newest`: the newest id that its first page told; `token`: of its next page, or empty.
    """
    after = {key: value for key, value in cursor.items() if key.startswith("since:")}
    if token:
        return {
            **after,
            "source": source.key,
            "query": source.query,
            "newest": newest,
            "token": token,
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


def newest_of(meta: Mapping[str, object], ids: Sequence[str]) -> str:
    """The minute of the newest id of a first page, as told or as seen, as an id; empty for an empty page."""
    told = str(meta.get("newest_id") or "")
    every = [one for one in (told, *ids) if one.isdigit()]
    return rounded(max(every, key=int)) if every else ""
