"""The network behind the fake: repositories of records, and an index that lags and forgets as the real one."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

POST = "app.bsky.feed.post"


def stamp(moment: float | None = None) -> str:
    found = datetime.fromtimestamp(time.time() if moment is None else moment, UTC)
    return found.isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass
class Account:
    did: str
    handle: str
    password: str = "pw"
    active: bool = True
    records: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    cids: dict[tuple[str, str], str] = field(default_factory=dict)
    notifications: list[dict[str, Any]] = field(default_factory=list)
    blocks: set[str] = field(default_factory=set)


@dataclass
class Indexed:
    uri: str
    cid: str
    author: str
    record: dict[str, Any]
    at: float
    gone: bool = False


class BlueskyNetwork:
    """`lag`: seconds until the index shows a post."""

    def __init__(self, lag: float = 0.0) -> None:
        self.accounts: dict[str, Account] = {}
        self.posts: dict[str, Indexed] = {}
        self.lag = lag
        self._count = 0
        self._below: dict[str, list[str]] = {}

    def account(self, handle: str) -> Account:
        for found in self.accounts.values():
            if found.handle == handle:
                return found
        did = "did:plc:" + hashlib.sha256(handle.encode()).hexdigest()[:24]
        self.accounts[did] = Account(did, handle)
        return self.accounts[did]

    def put(self, did: str, collection: str, rkey: str, record: dict[str, Any]) -> dict[str, str]:
        account = self.accounts[did]
        key = (collection, rkey)
        cid = (
            "bafyrei" + hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()[:52]
        )
        uri = f"at://{did}/{collection}/{rkey}"
        account.records[key] = record
        account.cids[key] = cid
        if collection == POST:
            at = time.time()
            old = self.posts.get(uri)
            self.posts[uri] = Indexed(uri, cid, did, record, old.at if old and not old.gone else at)
            if old is None:
                parent = ((record.get("reply") or {}).get("parent") or {}).get("uri")
                self._below.setdefault(parent or "", []).append(uri)
                self._notify(self.posts[uri])
        return {"uri": uri, "cid": cid}

    def _notify(self, post: Indexed) -> None:
        reply = post.record.get("reply") or {}
        told: dict[str, str] = {}
        for link in ("root", "parent"):
            uri = (reply.get(link) or {}).get("uri")
            # Whoever answers a post that is not indexed yet is never announced to its author.
            above = self.posts.get(uri or "")
            if above is not None and (post.at - above.at >= self.lag):
                told[above.author] = "reply"
        for handle in {
            word.strip("@.,") for word in post.record["text"].split() if word[:1] == "@"
        }:
            for account in self.accounts.values():
                if account.handle == handle:
                    told.setdefault(account.did, "mention")
        for did, why in told.items():
            if did != post.author:
                self.accounts[did].notifications.append({"post": post.uri, "reason": why})

    def say(
        self,
        handle: str,
        text: str,
        parent: str | None = None,
        created: float | None = None,
        **more: Any,
    ) -> str:
        """Post as `handle`, as an app does it."""
        self._count += 1
        record: dict[str, Any] = {
            "$type": POST,
            "text": text,
            "createdAt": stamp(created),
            **more,
        }
        if parent is not None:
            above = self.posts[parent]
            link = {"uri": above.uri, "cid": above.cid}
            root = (above.record.get("reply") or {}).get("root") or link
            record["reply"] = {"root": root, "parent": link}
        return self.put(self.account(handle).did, POST, f"kid{self._count:09d}", record)["uri"]

    def delete(self, uri: str) -> None:
        did, collection, rkey = uri.removeprefix("at://").split("/")
        self.accounts[did].records.pop((collection, rkey), None)
        self.posts[uri].gone = True

    def shown(self, uri: str, viewer: str) -> Indexed | None:
        """A post as the index shows it to an account, or None."""
        found = self.posts.get(uri)
        if found is None or found.gone or not self.accounts[found.author].active:
            return None
        if found.author != viewer and found.at > time.time() - self.lag:
            return None
        return found

    def children(self, uri: str, viewer: str) -> list[Indexed]:
        every = (self.shown(one, viewer) for one in self._below.get(uri, []))
        return [post for post in every if post is not None]

    def replies_ever(self, uri: str) -> int:
        """Deleted ones count too, as on the real network."""
        return len(self._below.get(uri, []))

    def live(self, handle: str) -> list[str]:
        did = self.account(handle).did
        return [post.uri for post in self.posts.values() if post.author == did and not post.gone]
