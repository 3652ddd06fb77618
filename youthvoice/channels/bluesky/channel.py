"""Bluesky as a channel.

A collection walks through threads (`channels.walking`; children of a deleted reply hang on nothing but
themselves), then reads notifications, which alone would miss replies.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from youthvoice import logs
from youthvoice.channels.base import (
    Batch,
    Caps,
    Cursor,
    Deletions,
    Finding,
    Idempotency,
    Item,
    Policy,
    PostDraft,
    Presence,
    Pseudonym,
    Scope,
    Stats,
    Unit,
)
from youthvoice.channels.bluesky import records
from youthvoice.channels.bluesky.client import (
    BlueskyAccount,
    BlueskyClient,
    NotFound,
    Swapped,
)
from youthvoice.channels.policies import BLUESKY
from youthvoice.channels.presence import in_turns
from youthvoice.channels.waiting import USUAL, Patience
from youthvoice.channels.walking import Step, Walked, in_turn
from youthvoice.errors import (
    Ambiguous,
    ChannelError,
    Duplicate,
    NotAllowedToReply,
)

DEPTH = 1000
LOOKUP = 25
NOTIFIED = "notifications"
NOTIFICATIONS = 100
NOTIFICATION_PAGES = 10
OVERLAP = timedelta(days=2)
"""How far back notifications are read again: a backdated reply is sorted among older ones."""


class BlueskyChannel:
    """Posts through one account a language, reads through the first."""

    name = BLUESKY

    def __init__(
        self,
        accounts: Sequence[BlueskyAccount],
        service: str,
        pseudonym: Pseudonym,
        policy: Policy,
        sessions: Path | None = None,
        patience: Patience = USUAL,
        timeout: float = 20.0,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        logs.hush_libraries()
        self.policy = policy
        self.caps = Caps(
            longest=records.LONGEST,
            unit=Unit.GRAPHEMES,
            idempotency=Idempotency.NATIVE,
            deletions=Deletions.POLL,
            media=True,
            who_may_reply=("everyone", "mentioned", "followers", "following", "nobody"),
        )
        self._pseudonym = pseudonym
        self._clients = {
            account.language: BlueskyClient(
                account,
                service,
                sessions / f"bluesky-{account.language}.session" if sessions else None,
                patience,
                timeout,
                transport,
            )
            for account in accounts
        }
        self._labelled: set[str] = set()
        self._walked = Walked(pseudonym)

    def measure(self, text: str) -> int:
        """Graphemes, or a tenth of the bytes where that is more."""
        return records.measure(text)

    def price(self, text: str) -> float:
        """Nothing."""
        return 0.0

    def publish(self, draft: PostDraft, key: str) -> str:
        """Put the record under the key's own record key; the same key never makes a second post."""
        client = self._client(draft.language)
        self._say_bot(client)
        rkey = records.record_key(key)
        record = records.build(draft, self._reply(client, draft.parent))
        try:
            made = client.write(
                "com.atproto.repo.putRecord",
                {
                    "repo": client.did,
                    "collection": records.POST,
                    "rkey": rkey,
                    "record": record,
                    "swapRecord": None,  # only if there is none
                },
            )
        except Swapped:
            return self._existing(client, rkey, draft)
        if "uri" not in made:
            raise Ambiguous("odd_answer")
        return str(made["uri"])

    def _existing(self, client: BlueskyClient, rkey: str, draft: PostDraft) -> str:
        found = self._own_record(client, client.did, rkey)
        if found is None or (found.get("value") or {}).get("text") != draft.text:
            raise Duplicate("other_record")
        return str(found["uri"])

    def _own_record(self, client: BlueskyClient, repo: str, rkey: str) -> Mapping[str, Any] | None:
        try:
            return client.query(
                "com.atproto.repo.getRecord", repo=repo, collection=records.POST, rkey=rkey
            )
        except NotFound:
            return None

    def _reply(self, client: BlueskyClient, parent: str | None) -> dict[str, Any] | None:
        if parent is None:
            return None
        repo, _collection, rkey = parent.removeprefix("at://").split("/")
        found = self._own_record(client, repo, rkey)
        if found is None:
            raise NotAllowedToReply("parent_gone")
        above = {"uri": found["uri"], "cid": found["cid"]}
        value = found.get("value") or {}
        return {"root": (value.get("reply") or {}).get("root") or above, "parent": above}

    def find_published(self, key: str, draft: PostDraft, since: datetime | None) -> str | None:
        """Ask the own server for the record; no index is involved."""
        client = self._client(draft.language)
        found = self._own_record(client, client.did, records.record_key(key))
        return str(found["uri"]) if found is not None else None

    def _say_bot(self, client: BlueskyClient) -> None:
        """Label the account as automated, once; what else its profile says stays."""
        if client.account.language in self._labelled:
            return
        place = {"repo": client.did, "collection": "app.bsky.actor.profile", "rkey": "self"}
        try:
            found: Mapping[str, Any] = client.query("com.atproto.repo.getRecord", **place)
        except NotFound:
            found = {}
        profile = dict(found.get("value") or {"$type": "app.bsky.actor.profile"})
        values = list((profile.get("labels") or {}).get("values") or [])
        if not any(one.get("val") == "bot" for one in values):
            profile["labels"] = {
                "$type": "com.atproto.label.defs#selfLabels",
                "values": [*values, {"val": "bot"}],
            }
            client.write(
                "com.atproto.repo.putRecord",
                {**place, "record": profile, "swapRecord": found.get("cid")},
            )
        self._labelled.add(client.account.language)

    def collect(self, scope: Scope, cursor: Cursor) -> Batch:
        """The next page: of the walk, then of notifications."""
        client = self._reader()
        kept = {"since": cursor["since"]} if "since" in cursor else {}
        page = self._walked.batch(
            scope, cursor, kept, NOTIFIED, lambda uri: self._step(client, uri, scope)
        )
        return page or self._notification_page(scope, cursor, kept)

    def _step(self, client: BlueskyClient, start: str, scope: Scope) -> Step:
        """Every reply that the index shows below a post, itself included."""
        items: list[Item] = []
        cut_off: list[str] = []
        others = 0
        self._walked.reach(start)
        try:
            answer = client.query(
                "app.bsky.feed.getPostThread", uri=start, depth=DEPTH, parentHeight=0
            )
        except NotFound:
            return Step([], 0, [])
        for node in records.nodes(answer.get("thread")):
            post = node["post"]
            here = str(post["uri"])
            if int(post.get("replyCount") or 0) > 0 and not node.get("replies") and here != start:
                cut_off.append(here)
            self._walked.reach(here)
            item = self._item(post, scope)
            if item is None:
                others += 1
            else:
                items.append(item)
                self._walked.put(item.id, item.place)
        return Step(items, others, cut_off)

    def _notification_page(self, scope: Scope, cursor: Cursor, kept: Mapping[str, str]) -> Batch:
        """Replies and mentions that the server tells of, of every account in turn."""
        language, following = in_turn(list(self._clients), cursor)
        page = int(cursor.get("page", "0"))
        asked: dict[str, Any] = {"limit": NOTIFICATIONS}
        if cursor.get("token"):
            asked["cursor"] = cursor["token"]
        answer = self._client(language).query("app.bsky.notification.listNotifications", **asked)
        items, left_out, oldest = [], 0, None
        newest = cursor.get("newest", "")
        for told in answer.get("notifications") or []:
            oldest = records.instant(told.get("indexedAt"))
            newest = max(newest, oldest.replace(minute=0, second=0, microsecond=0).isoformat())
            if told.get("reason") not in ("reply", "mention"):
                continue
            item = self._item(told, scope)
            left_out += item is None
            items += [item] if item is not None else []
        since = cursor.get("since")
        over = oldest is None or (
            since is not None and oldest < datetime.fromisoformat(since) - OVERLAP
        )
        token = str(answer.get("cursor") or "")
        stage = {"stage": NOTIFIED, "newest": newest}
        if token and not over and page < NOTIFICATION_PAGES:
            after = {**kept, **stage, "language": language, "token": token, "page": str(page + 1)}
            return Batch(items, [], after, complete=False, left_out=left_out)
        if following:
            after = {**kept, **stage, "language": following}
            return Batch(items, [], after, complete=False, left_out=left_out)
        latest = newest or since
        over_all = {"since": latest} if latest else {}
        return Batch(items, [], over_all, complete=True, left_out=left_out)

    def _item(self, post: Mapping[str, Any], scope: Scope) -> Item | None:
        """A post of an answer (a thread's, or a notification's) as an item, if it is a reply to us."""
        record = post.get("record") or {}
        author = post.get("author") or {}
        did = str(author.get("did") or "")
        if any(did == client.did for client in self._clients.values()) or records.is_bot(author):
            return None
        parent, root = records.parents(record)
        place = (
            scope.known.get(str(post["uri"]))
            or self._walked.place(parent)
            or scope.place(parent, root)
            or scope.named(records.tags(record))
        )
        if place is None:
            return None
        return Item(
            id=str(post["uri"]),
            text=str(record.get("text") or ""),
            written_at=min(
                records.instant(record.get("createdAt"), post.get("indexedAt")),
                records.instant(post.get("indexedAt")),
            ),
            place=place,
            author_key=self._pseudonym("author", f"{self.name}:{did}") if did else None,
            ref=str(post["uri"]),
            version=str(post.get("cid") or ""),
        )

    def check(self, refs: Sequence[str], asked: bool = True) -> Mapping[str, Presence]:
        """Ask for the posts together; what is missing is asked for by itself before it counts as gone."""
        client = self._reader()

        def ask(some: list[str], found: dict[str, Presence]) -> None:
            answer = client.query("app.bsky.feed.getPosts", uris=some)
            there = {str(post["uri"]) for post in answer.get("posts") or []}
            for ref in some:
                found[ref] = Presence.PRESENT if ref in there else self._alone(client, ref)

        return in_turns(refs, LOOKUP, ask)

    def _alone(self, client: BlueskyClient, ref: str) -> Presence:
        try:
            answer = client.query("app.bsky.feed.getPostThread", uri=ref, depth=0, parentHeight=0)
        except NotFound:
            return Presence.GONE
        thread = answer.get("thread") or {}
        if thread.get("notFound"):
            return Presence.GONE
        return Presence.HIDDEN if thread.get("blocked") else Presence.PRESENT

    def stats(self, refs: Sequence[str]) -> Mapping[str, Stats]:
        """Replies as Bluesky counts them (deleted ones included)."""
        found: dict[str, Stats] = {}
        for start in range(0, len(refs), LOOKUP):
            answer = self._reader().query(
                "app.bsky.feed.getPosts", uris=list(refs[start : start + LOOKUP])
            )
            for post in answer.get("posts") or []:
                found[str(post["uri"])] = Stats(int(post.get("replyCount") or 0))
        return found

    def ref_of(self, typed: str, language: str) -> str | None:
        """An at:// address, or the address of a post's page."""
        given = typed.strip()
        if re.fullmatch(r"at://[^/]+/app\.bsky\.feed\.post/[^/?#]+", given):
            return given
        page = re.search(r"/profile/([^/]+)/post/([0-9a-z]+)", given)
        if page is None:
            return None
        who, rkey = page.groups()
        client = self._client(language)
        did = client.did if who.lower() == client.account.handle.lower() else who
        return f"at://{did}/{records.POST}/{rkey}" if did.startswith("did:") else None

    def refresh(self) -> None:
        """Bluesky's limits do not change by themselves."""

    def where(self, language: str) -> str:
        """The account's page with its replies."""
        return f"https://bsky.app/profile/{self._client(language).account.handle}"

    def examine(self) -> Sequence[Finding]:
        """Sign in, and read one's own notifications; nothing is posted."""
        findings = []
        for language, client in self._clients.items():
            try:
                session = client.query("com.atproto.server.getSession")
                same = str(session.get("handle", "")).lower() == client.account.handle.lower()
                findings.append(
                    Finding("credentials", same, "" if same else "other_account", language)
                )
                active = session.get("active", True)
                findings.append(
                    Finding("post", bool(active), "" if active else "inactive", language)
                )
                client.query("app.bsky.notification.listNotifications", limit=1)
                findings.append(Finding("read", True, "", language))
            except ChannelError as problem:
                findings.append(Finding("credentials", False, problem.code, language))
        return findings

    def _client(self, language: str) -> BlueskyClient:
        return self._clients[language]

    def _reader(self) -> BlueskyClient:
        return next(iter(self._clients.values()))
