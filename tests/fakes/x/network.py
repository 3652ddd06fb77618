"""The network behind the fake X: accounts, posts, replies, edits, deletions. Ids are real snowflakes."""

from __future__ import annotations

import html
import re
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime

from youthvoice.channels.x.collecting import EPOCH_MS
from youthvoice.channels.x.measure import extract_urls_with_indices


@dataclass
class Account:
    id: str
    handle: str
    suspended: bool = False
    protected: bool = False
    premium: bool = False


@dataclass
class Post:
    id: str
    author: str
    text: str
    conversation: str
    parent: str | None
    made: float
    versions: list[str]
    retweet_of: str | None = None
    gone: bool = False
    hidden_reply: bool = False
    tags: set[str] = field(default_factory=set)
    mentions: set[str] = field(default_factory=set)

    @property
    def instant(self) -> datetime:
        return datetime.fromtimestamp(self.made, UTC)


class XNetwork:
    def __init__(self) -> None:
        self.accounts: dict[str, Account] = {}
        self.posts: dict[str, Post] = {}
        self._sequence = 0

    def account(self, handle: str, **values: bool) -> Account:
        for found in self.accounts.values():
            if found.handle.lower() == handle.lower():
                return found
        made = Account(str(1_000_000_000 + len(self.accounts)), handle, **values)
        self.accounts[made.id] = made
        return made

    def new_id(self, at: float | None = None, jitter_ms: int = 0) -> str:
        self._sequence += 1
        milliseconds = int((time.time() if at is None else at) * 1000) - EPOCH_MS + jitter_ms
        return str((milliseconds << 22) | (self._sequence & 0x3FFFFF))

    def write(
        self,
        author: str,
        text: str,
        parent: str | None = None,
        at: float | None = None,
        jitter_ms: int = 0,
    ) -> str:
        """Post as the account with this id. Ids only roughly ascend where `jitter_ms` says so."""
        key = self.new_id(at, jitter_ms)
        above = self.posts.get(parent or "")
        self.posts[key] = Post(
            key,
            author,
            text,
            above.conversation if above else key,
            parent,
            time.time() if at is None else at,
            [key],
            tags={tag.lower() for tag in re.findall(r"#(\w+)", text)},
            mentions=self._mentions(text, above),
        )
        return key

    def _mentions(self, text: str, above: Post | None) -> set[str]:
        named = {handle.lower() for handle in re.findall(r"@(\w+)", text)}
        found = {one.id for one in self.accounts.values() if one.handle.lower() in named}
        return found | ({above.author} if above else set())  # a reply calls whom it answers

    def say(self, handle: str, text: str, parent: str | None = None, **more: object) -> str:
        return self.write(self.account(handle).id, text, parent, **more)  # type: ignore[arg-type]

    def edit(self, key: str, text: str) -> str:
        """A new version: a new id; the old ones show that there is a newer one."""
        old = self.posts[key]
        fresh = self.new_id()
        versions = [*old.versions, fresh]
        for one in old.versions:
            self.posts[one].versions = versions
        self.posts[fresh] = Post(
            fresh,
            old.author,
            text,
            old.conversation,
            old.parent,
            time.time(),
            versions,
            tags=old.tags,
            mentions=old.mentions,
        )
        return fresh

    def delete(self, key: str) -> None:
        """Deleting one version deletes all."""
        for one in self.posts[key].versions:
            self.posts[one].gone = True

    def retweet(self, handle: str, key: str) -> str:
        old = self.posts[key]
        fresh = self.say(handle, f"RT @{self.accounts[old.author].handle}: {old.text}"[:140])
        self.posts[fresh].retweet_of = key
        self.posts[fresh].conversation = old.conversation
        self.posts[fresh].mentions = {old.author}
        return fresh

    def visible(self, post: Post) -> bool:
        author = self.accounts[post.author]
        return not (post.gone or author.suspended or author.protected)

    def newest_version(self, post: Post) -> bool:
        return post.versions[-1] == post.id

    def live(self, handle: str) -> list[Post]:
        key = self.account(handle).id
        return [post for post in self.posts.values() if post.author == key and not post.gone]

    @staticmethod
    def shown(text: str) -> tuple[str, list[dict[str, object]]]:
        """Text as the interface shows it: links wrapped, signs escaped; and the wrapped links."""
        urls: list[dict[str, object]] = []
        shown, at = "", 0
        # Bare domains too, as X does: "ontario.ca" is a link there.
        for link in extract_urls_with_indices(text, {"extract_urls_without_protocol": True}):
            start, end = link["indices"]
            short = f"https://t.co/{abs(hash(link['url'])) % 10**10:010d}"
            urls.append(
                {
                    "start": start,
                    "end": end,
                    "url": short,
                    "expanded_url": link["url"],
                    "display_url": link["url"][:30],
                }
            )
            shown, at = shown + html.escape(text[at:start], quote=False) + short, end
        return shown + html.escape(text[at:], quote=False), urls
