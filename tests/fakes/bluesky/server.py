"""The XRPC calls we make, with the answers and refusals that a real local network gave (2026-11)."""

from __future__ import annotations

import base64
import json
import re
import time
from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import httpx

from tests.fakes.bluesky.network import POST, BlueskyNetwork, Indexed, stamp
from youthvoice.channels.bluesky.records import LONGEST_BYTES

TID = re.compile(r"^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$")
REACH = 6
"""How deep a thread view goes before it is cut off."""


class Refuse(Exception):
    def __init__(self, status: int, error: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(error)
        self.status, self.error, self.headers = status, error, headers or {}


def _token(did: str, scope: str, seconds: float) -> str:
    def part(data: dict[str, Any]) -> str:
        return base64.urlsafe_b64encode(json.dumps(data).encode()).decode().rstrip("=")

    now = int(time.time())
    body = {
        "scope": scope,
        "sub": did,
        "iat": now,
        "exp": now + int(seconds),
        "aud": "did:web:fake",
    }
    return f"{part({'alg': 'none', 'typ': 'JWT'})}.{part(body)}.eHg"


class BlueskyServer(httpx.BaseTransport):
    """`fault` names what goes wrong with a call: before it (`refused`, `429`, `500`…) or after (`lost`)."""

    def __init__(
        self,
        network: BlueskyNetwork,
        fault: Callable[[str], str | None] = lambda _name: None,
        reach: int = REACH,
    ) -> None:
        self.network = network
        self.fault = fault
        self.reach = reach
        self.calls: Counter[str] = Counter()
        self.sessions = 0
        self.revoked: set[str] = set()
        self.blocked_until = 0.0
        self.before_reset: Counter[float] = Counter()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        name = request.url.path.rpartition("/")[2]
        self.calls[name] += 1
        fault = self.fault(name)
        if fault == "refused":
            raise httpx.ConnectError("refused", request=request)
        if fault == "timeout":
            raise httpx.ReadTimeout("timeout", request=request)
        try:
            if time.time() < int(self.blocked_until):
                self.before_reset[self.blocked_until] += 1
                raise self._limited()
            if fault == "429":
                self.blocked_until = time.time() + 60
                raise self._limited()
            if fault in ("500", "503"):
                raise Refuse(int(fault), "InternalServerError")
            found = self._answer(name, request)
        except Refuse as refused:
            return httpx.Response(
                refused.status,
                json={"error": refused.error, "message": refused.error},
                headers=refused.headers,
            )
        if fault == "lost":
            raise httpx.ReadTimeout("timeout", request=request)
        if fault == "null":
            return httpx.Response(200, json=None)
        return httpx.Response(200, json=found)

    def _limited(self) -> Refuse:
        return Refuse(
            429,
            "RateLimitExceeded",
            {"ratelimit-reset": str(int(self.blocked_until)), "ratelimit-remaining": "0"},
        )

    def _answer(self, name: str, request: httpx.Request) -> Any:
        if name == "com.atproto.server.createSession":
            return self._sign_in(json.loads(request.content))
        did = self._who(request, refresh=name == "com.atproto.server.refreshSession")
        query = parse_qs(request.url.query.decode())
        body = json.loads(request.content) if request.content else {}
        calls: dict[str, Callable[[], Any]] = {
            "com.atproto.server.getSession": lambda: self._session(did),
            "com.atproto.server.refreshSession": lambda: self._new_session(did),
            "com.atproto.repo.putRecord": lambda: self._put(did, body),
            "com.atproto.repo.getRecord": lambda: self._get(query),
            "app.bsky.feed.getPostThread": lambda: self._thread(did, query),
            "app.bsky.feed.getPosts": lambda: self._posts(did, query),
            "app.bsky.notification.listNotifications": lambda: self._notifications(did, query),
        }
        if name not in calls:
            raise Refuse(501, "MethodNotImplemented")
        return calls[name]()

    # -- sessions ----------------------------------------------------------------------------------
    def _sign_in(self, said: dict[str, str]) -> Any:
        for account in self.network.accounts.values():
            named = said["identifier"] in (account.handle, account.did)
            if named and said["password"] == account.password:
                return self._new_session(account.did)
        raise Refuse(401, "AuthenticationRequired")

    def _new_session(self, did: str) -> Any:
        self.sessions += 1
        return {
            "accessJwt": _token(did, f"com.atproto.access{self.sessions}", 7200),
            "refreshJwt": _token(did, "com.atproto.refresh", 90 * 86400),
            "handle": self.network.accounts[did].handle,
            "did": did,
            "active": True,
        }

    def _session(self, did: str) -> Any:
        account = self.network.accounts[did]
        return {"handle": account.handle, "did": did, "active": account.active}

    def _who(self, request: httpx.Request, refresh: bool) -> str:
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        if not given:
            raise Refuse(401, "AuthMissing")
        if given in self.revoked:
            raise Refuse(400, "ExpiredToken")
        try:
            body = given.split(".")[1]
            found = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
        except (ValueError, IndexError):
            raise Refuse(400, "InvalidToken") from None
        if found["exp"] < time.time():
            raise Refuse(400, "ExpiredToken")
        if found["sub"] not in self.network.accounts:
            raise Refuse(401, "AccountNotFound")
        return str(found["sub"])

    # -- records -----------------------------------------------------------------------------------
    def _put(self, did: str, said: dict[str, Any]) -> Any:
        if said["repo"] != did:
            raise Refuse(401, "AuthenticationRequired")
        account = self.network.accounts[did]
        if not account.active:
            raise Refuse(401, "AccountDeactivated")
        key = (said["collection"], said["rkey"])
        record = said["record"]
        if key[0] == POST:
            import regex

            if not TID.match(said["rkey"]):
                raise Refuse(400, "InvalidRequest")
            graphemes = len(regex.findall(r"\X", record["text"]))
            if graphemes > 300 or len(record["text"].encode()) > LONGEST_BYTES:
                raise Refuse(400, "InvalidRequest")
        if account.records.get(key) == record:
            return {"uri": f"at://{did}/{key[0]}/{key[1]}", "cid": account.cids[key]}
        if "swapRecord" in said:
            now = account.cids.get(key) if key in account.records else None
            if said["swapRecord"] != now:
                raise Refuse(400, "InvalidSwap")
        return self.network.put(did, key[0], key[1], record)

    def _get(self, query: dict[str, list[str]]) -> Any:
        account = self.network.accounts[query["repo"][0]]
        key = (query["collection"][0], query["rkey"][0])
        if key not in account.records:
            raise Refuse(400, "RecordNotFound")
        uri = f"at://{account.did}/{key[0]}/{key[1]}"
        return {"uri": uri, "cid": account.cids[key], "value": account.records[key]}

    # -- the index ---------------------------------------------------------------------------------
    def _view(self, post: Indexed) -> dict[str, Any]:
        author = self.network.accounts[post.author]
        profile = author.records.get(("app.bsky.actor.profile", "self")) or {}
        labels = [
            {"src": author.did, "val": one["val"]}
            for one in (profile.get("labels") or {}).get("values", [])
        ]
        return {
            "uri": post.uri,
            "cid": post.cid,
            "author": {"did": author.did, "handle": author.handle, "labels": labels},
            "record": post.record,
            "indexedAt": stamp(post.at),
            # It counts deleted replies too, as the real one does.
            "replyCount": self.network.replies_ever(post.uri),
        }

    def _thread(self, did: str, query: dict[str, list[str]]) -> Any:
        uri, depth = query["uri"][0], int(query.get("depth", ["6"])[0])
        post = self.network.shown(uri, did)
        if post is None:
            raise Refuse(400, "NotFound")
        if did in self.network.accounts[post.author].blocks:
            return {
                "thread": {"$type": "app.bsky.feed.defs#blockedPost", "uri": uri, "blocked": True}
            }
        node = self._node(post, did, min(depth, self.reach))
        reply = post.record.get("reply")
        if reply and self.network.shown(reply["parent"]["uri"], did) is None:
            node["parent"] = {
                "$type": "app.bsky.feed.defs#notFoundPost",
                "uri": reply["parent"]["uri"],
                "notFound": True,
            }
        return {"thread": node}

    def _node(self, post: Indexed, did: str, depth: int) -> dict[str, Any]:
        node: dict[str, Any] = {
            "$type": "app.bsky.feed.defs#threadViewPost",
            "post": self._view(post),
        }
        if depth > 0:
            node["replies"] = [
                self._node(child, did, depth - 1)
                for child in self.network.children(post.uri, did)
                if did not in self.network.accounts[child.author].blocks
            ]
        return node

    def _posts(self, did: str, query: dict[str, list[str]]) -> Any:
        uris = query.get("uris", [])
        if len(uris) > 25:
            raise Refuse(400, "InvalidRequest")
        found = [self.network.shown(uri, did) for uri in dict.fromkeys(uris)]
        return {"posts": [self._view(post) for post in found if post is not None]}

    def _notifications(self, did: str, query: dict[str, list[str]]) -> Any:
        told = self.network.accounts[did].notifications
        shown = [
            (note, post)
            for note in told
            if (post := self.network.shown(note["post"], did)) is not None
        ]
        shown.sort(key=lambda one: min(one[1].record["createdAt"], stamp(one[1].at)), reverse=True)
        start, limit = int(query.get("cursor", ["0"])[0]), int(query.get("limit", ["50"])[0])
        page = shown[start : start + limit]
        found: dict[str, Any] = {
            "notifications": [
                {**self._view(post), "reason": note["reason"], "isRead": False}
                for note, post in page
            ]
        }
        if start + limit < len(shown):
            found["cursor"] = str(start + limit)
        return found
