"""The two spellings of X's fields, in one table (interface 2.166 says tweet, 2.167 says post).

Answers are read in both; requests begin with one and change over when the platform refuses it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Spelling:
    """How one version of the interface names what we ask for and what we read.

    `author_id` is never expanded: each author might be billed, and nothing of a profile is needed.
    """

    name: str
    parameter: str
    fields: tuple[str, ...]
    expansions: tuple[str, ...]
    references: str
    versions: str
    long_text: str
    included: str

    def request(self, *more: str) -> dict[str, str]:
        """The query parameters that ask for what we read, and for the fields `more`."""
        asked = {self.parameter: ",".join((*self.fields, *more))}
        if self.expansions:
            asked["expansions"] = ",".join(self.expansions)
        return asked


TWEET = Spelling(
    name="tweet",
    parameter="tweet.fields",
    fields=(
        "author_id",
        "conversation_id",
        "created_at",
        "edit_history_tweet_ids",
        "entities",
        "note_tweet",
        "referenced_tweets",
        "text",
    ),
    expansions=(),
    references="referenced_tweets",
    versions="edit_history_tweet_ids",
    long_text="note_tweet",
    included="tweets",
)

POST = Spelling(
    name="post",
    parameter="post.fields",
    fields=("conversation_id", "created_at", "entities", "note_post", "text"),
    expansions=("edit_history_post_ids", "referenced_posts"),
    references="referenced_posts",
    versions="edit_history_post_ids",
    long_text="note_post",
    included="posts",
)

SPELLINGS = (TWEET, POST)


def _either(post: Mapping[str, Any], name: str) -> Any:
    for spelling in SPELLINGS:
        found = post.get(getattr(spelling, name))
        if found:
            return found
    return None


def references(post: Mapping[str, Any]) -> dict[str, str]:
    """What a post refers to: kind (`replied_to`, `retweeted`, `quoted`) and id."""
    found = _either(post, "references") or []
    return {str(one["type"]): str(one["id"]) for one in found if "type" in one and "id" in one}


def versions(post: Mapping[str, Any]) -> list[str]:
    """The ids of a post's versions, the first one first; at least its own."""
    return [str(one) for one in _either(post, "versions") or [post["id"]]]


def whole_text(post: Mapping[str, Any]) -> str:
    """What a post says, also beyond the 280 characters at which `text` is cut."""
    long_text = _either(post, "long_text")
    return str((long_text or {}).get("text") or post.get("text") or "")


def hashtags(post: Mapping[str, Any]) -> set[str]:
    """The hashtags of a post, in lower case, without their sign."""
    found: list[Mapping[str, Any]] = list((post.get("entities") or {}).get("hashtags") or [])
    long_text = _either(post, "long_text") or {}
    found += (long_text.get("entities") or {}).get("hashtags") or []
    return {str(one.get("tag", "")).lower() for one in found}


def billed(answer: Mapping[str, Any]) -> int:
    """How many posts an answer holds, those that came along included."""
    data = answer.get("data")
    count = len(data) if isinstance(data, list) else int(bool(data))
    includes = answer.get("includes") or {}
    return count + sum(len(includes.get(one.included) or []) for one in SPELLINGS)
