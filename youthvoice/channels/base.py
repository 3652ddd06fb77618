"""What a channel is: what it can do (`Caps`), what its rules allow (`Policy`), and its verbs.

The rules of a platform are data of its channel, never an `if` elsewhere. Ids are strings. Failures
are the `ChannelError`s of `youthvoice.errors`; a network failure is never "deleted". No profile is
ever fetched: an author arrives as a keyed hash that the channel makes itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

Cursor = Mapping[str, str]
"""Where a collection stands; each channel's own words. Empty: from the beginning."""

Pseudonym = Callable[[str, str], str]
"""Turns ("author", an id of a platform) into a keyed hash."""


class Unit(StrEnum):
    """What a channel counts when it measures a text."""

    CHARACTERS = "characters"
    GRAPHEMES = "graphemes"
    WEIGHTED = "weighted"


class Idempotency(StrEnum):
    """What happens to a post that is sent twice.

    `NATIVE`: the key is honoured, one post stays. `RECONCILE`: look on the own timeline before trying
    again. `NONE`: it cannot be looked up; a person must look.
    """

    NATIVE = "native"
    RECONCILE = "reconcile"
    NONE = "none"


class Deletions(StrEnum):
    """How deletions become known: `PUSH` with a collection, `POLL` by asking with `check`."""

    PUSH = "push"
    POLL = "poll"
    NONE = "none"


@dataclass(frozen=True)
class Caps:
    """What a channel can do.

    `longest` is in `unit`, what `measure` counts. `link_weight`: what every link counts, None as it is
    written. `polls`, `media`: whether the platform has them (drafts are text). `who_may_reply`: the
    settings the platform offers; we always choose the first. `reach`: how far back a collection can
    look, None without limit. `per_account`: whether reading is done through each language's account
    (a collection a language) or once for all.
    """

    longest: int
    unit: Unit
    idempotency: Idempotency
    deletions: Deletions
    threads: bool = True
    link_weight: int | None = None
    polls: bool = False
    media: bool = False
    who_may_reply: tuple[str, ...] = ("everyone",)
    reach: timedelta | None = None
    per_account: bool = False


@dataclass(frozen=True)
class Policy:
    """What may be done with what is collected here.

    `text_in_public`, `text_to_staff`: who may read a masked text. `ids_published`: whether the ids of
    posts may be part of open data. `follow_deletions`: text, original and reference go when the post
    goes, within `deletion_deadline` after a request.
    """

    text_in_public: bool
    text_to_staff: bool
    follow_deletions: bool
    ids_published: bool = False
    deletion_deadline: timedelta | None = None


class Presence(StrEnum):
    """What `check` says of a post.

    `EDITED`: there, with a newer version. `HIDDEN`: it exists, but its author or the platform shows it
    to nobody (protected, suspended, withheld). `UNKNOWN`: could not be asked; never taken for gone.
    """

    PRESENT = "present"
    EDITED = "edited"
    GONE = "gone"
    HIDDEN = "hidden"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class PostDraft:
    """A post to make: `text` in `language`, under `parent` (an id) if given, by that language's account.

    `topic` is the topic's number, to which the cost is charged.
    """

    text: str
    language: str
    parent: str | None = None
    topic: int | None = None


@dataclass(frozen=True)
class Place:
    """What an own post or a known reply belongs to: a topic's number and a question (0: as a whole)."""

    topic: int
    question: int


@dataclass(frozen=True)
class Scope:
    """What to collect: replies to `posts` (own, by id) and to `known` replies (stored before, by id).

    `roots` are the own posts that begin a thread. `hashtags` (lower case, no sign) name a topic.
    `language` is the account to read through, empty for channels that read once for all.
    """

    posts: Mapping[str, Place]
    roots: Sequence[str] = ()
    hashtags: Mapping[str, int] = field(default_factory=dict)
    known: Mapping[str, Place] = field(default_factory=dict)
    language: str = ""

    def place(self, parent: str | None, root: str | None = None) -> Place | None:
        """What a reply to `parent` in the thread of `root` belongs to, if it is ours."""
        for ref in (parent, root):
            found = (self.posts.get(ref) or self.known.get(ref)) if ref else None
            if found is not None:
                return found if ref == parent else Place(found.topic, 0)
        return None

    def named(self, tags: Iterable[str]) -> Place | None:
        """What a post with these hashtags (lower case) belongs to, if one of them is a topic's."""
        ours = sorted(tag for tag in tags if tag in self.hashtags)
        return Place(self.hashtags[ours[0]], 0) if ours else None


@dataclass(frozen=True)
class Item:
    """One reply found. `id` stays through edits; `ref` is the platform's present id.

    `author_key` is already a keyed hash. `version` names an edited text, empty for the first one.
    """

    id: str
    text: str = field(repr=False)
    written_at: datetime = field(repr=False)
    place: Place
    author_key: str | None = field(default=None, repr=False)
    ref: str = ""
    version: str = ""


@dataclass(frozen=True)
class Quota:
    """What is left of the platform's limit for the call just made, and when it is refilled."""

    remaining: int
    resets_at: datetime


@dataclass(frozen=True)
class Batch:
    """A page of a collection.

    `next_cursor` may be kept after every page: what lies behind it moves only with the last one
    (`complete`), in between it holds where to go on. `left_out`: what was read but is no reply to us
    (own posts, reposts, other conversations).
    """

    items: Sequence[Item]
    tombstones: Sequence[str]
    next_cursor: Cursor
    complete: bool
    quota: Quota | None = None
    left_out: int = 0


@dataclass(frozen=True)
class Stats:
    """What the platform counts of one own post; None where it does not tell."""

    replies: int
    views: int | None = None


@dataclass(frozen=True)
class Finding:
    """One line of a channel's self-examination: what was asked, how it went, and a code."""

    what: str
    ok: bool
    code: str = ""
    language: str = ""


class Channel(Protocol):
    """A place where topics are posted and replies are collected."""

    @property
    def name(self) -> str:
        """What it is called in the database, in settings and on pages."""
        ...

    @property
    def caps(self) -> Caps:
        """What it can do."""
        ...

    @property
    def policy(self) -> Policy:
        """What may be done with what is collected here."""
        ...

    def measure(self, text: str) -> int:
        """The length of `text` in this channel's own unit; it fits up to `caps.longest`."""
        ...

    def price(self, text: str) -> float:
        """What posting `text` costs, in US dollars."""
        ...

    def publish(self, draft: PostDraft, key: str) -> str:
        """Post `draft` and return its id. `key` names the post, the same at every attempt.

        Raises any `ChannelError`; only `Ambiguous` leaves open whether it is live.
        """
        ...

    def find_published(self, key: str, draft: PostDraft, since: datetime | None) -> str | None:
        """The id of an own post made for `key`, or equal to `draft` and made after `since`."""
        ...

    def collect(self, scope: Scope, cursor: Cursor) -> Batch:
        """The next page of replies and deletions after `cursor`."""
        ...

    def check(self, refs: Sequence[str], asked: bool = True) -> Mapping[str, Presence]:
        """Whether these posts still exist; every ref is answered, `UNKNOWN` where nobody could tell.

        `asked`: somebody wants to know; a routine look (False) may use less of a budget.
        """
        ...

    def stats(self, refs: Sequence[str]) -> Mapping[str, Stats]:
        """The platform's counts for own posts."""
        ...

    def ref_of(self, typed: str, language: str) -> str | None:
        """The id of the post that a person means with an id or an address; None if it is neither."""
        ...

    def refresh(self) -> None:
        """Ask the platform for what may have changed (limits). Never fails; what is known stays."""
        ...

    def where(self, language: str) -> str:
        """The address of the own timeline, where a person can look."""
        ...

    def examine(self) -> Sequence[Finding]:
        """Whether credentials are right, and what they may; nothing is posted."""
        ...
