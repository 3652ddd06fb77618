"""What a channel is: what it can do (`Caps`), what its rules allow (`Policy`), and its verbs.

The rules of a platform are data of its channel, never an `if` elsewhere. Ids are strings. Failures
are the `ChannelError`s of `youthvoice.errors`; a network failure is never "deleted".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

Cursor = Mapping[str, str]
"""Where a collection stands; each channel's own words. Empty: from the beginning."""


@dataclass(frozen=True)
class Caps:
    """What a channel can do. `longest` is in the unit that `measure` counts.

    `idempotency`: `native` (the key is honoured), `reconcile` (look before trying again) or `none`.
    `deletions`: `push` (tombstones arrive with a collection), `poll` (ask with `check`) or `none`.
    """

    longest: int
    threads: bool
    idempotency: str
    deletions: str


@dataclass(frozen=True)
class Policy:
    """What may be done with what is collected here."""

    text_in_public: bool
    text_to_staff: bool
    follow_deletions: bool


class Presence(StrEnum):
    """What `check` says of a post. `UNKNOWN`: could not be asked; never taken for gone."""

    PRESENT = "present"
    GONE = "gone"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class PostDraft:
    """A post to make: `text` in `language`, under `parent` (an id) if given, by that language's account."""

    text: str
    language: str
    parent: str | None = None


@dataclass(frozen=True)
class Scope:
    """What to collect: replies under these own posts. `roots` maps a post's id to its question number."""

    roots: Mapping[str, int]


@dataclass(frozen=True)
class Item:
    """One reply found. `author_key` is already a keyed hash; `question` comes from the post replied to."""

    id: str
    text: str = field(repr=False)
    written_at: datetime = field(repr=False)
    author_key: str = field(repr=False)
    question: int = 0


@dataclass(frozen=True)
class Batch:
    """A page of a collection. `complete`: the last page, only then `next_cursor` may be kept."""

    items: Sequence[Item]
    tombstones: Sequence[str]
    next_cursor: Cursor
    complete: bool


@dataclass(frozen=True)
class Stats:
    """What the platform counts of one own post."""

    replies: int


class Channel(Protocol):
    """A place where topics are posted and replies are collected."""

    name: str
    caps: Caps
    policy: Policy

    def measure(self, text: str) -> int:
        """The length of `text` in this channel's own unit."""
        ...

    def publish(self, draft: PostDraft, key: str) -> str:
        """Post `draft` and return its id. `key` names the attempt where idempotency is native.

        Raises RetryAt, Ambiguous (it may be live), Rejected or Unavailable.
        """
        ...

    def find_published(self, draft: PostDraft) -> str | None:
        """The id of an own post equal to `draft`, if the own timeline holds one."""
        ...

    def collect(self, scope: Scope, cursor: Cursor) -> Batch:
        """The next page of replies and deletions after `cursor`."""
        ...

    def check(self, refs: Sequence[str]) -> Mapping[str, Presence]:
        """Whether these posts still exist."""
        ...

    def stats(self, refs: Sequence[str]) -> Mapping[str, Stats]:
        """The platform's counts for own posts."""
        ...
