"""Mastodon as a channel. Only public and unlisted replies are collected: the rest was not said to all.

A collection walks through contexts (`channels.walking`; a deleted reply takes what hangs below it out of
the context), then reads mentions.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

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
from youthvoice.channels.http import TimedSession
from youthvoice.channels.mastodon.client import (
    COMMON,
    Limits,
    MastodonAccount,
    MastodonClient,
    Missing,
)
from youthvoice.channels.mastodon.text import comparable, measure, plain
from youthvoice.channels.policies import MASTODON
from youthvoice.channels.presence import in_turns
from youthvoice.channels.waiting import USUAL, Patience
from youthvoice.channels.walking import Step, Walked, in_turn
from youthvoice.errors import AuthFailed, ChannelError, NotAllowedToReply, Unavailable

OPEN = ("public", "unlisted")
PAGE = 40
TIMELINE_PAGES = 10
MENTIONED = "mentions"
ASK_LIMITS_EVERY = 24 * 3600.0
CLOCK_GAP = timedelta(minutes=5)


class MastodonChannel:
    """Posts through one account a language, reads through the first."""

    name = MASTODON

    def __init__(
        self,
        accounts: Sequence[MastodonAccount],
        url: str,
        pseudonym: Pseudonym,
        policy: Policy,
        visibility: str = "public",
        patience: Patience = USUAL,
        timeout: float = 20.0,
        prepare: Callable[[TimedSession], None] | None = None,
    ) -> None:
        logs.hush_libraries()
        self.policy = policy
        self._url = url.rstrip("/")
        self._visibility = visibility
        self._pseudonym = pseudonym
        self._clients = {
            account.language: MastodonClient(account, self._url, patience, timeout, prepare)
            for account in accounts
        }
        self._limits: Limits = COMMON
        self._limits_until = 0.0
        self._walked = Walked(pseudonym)

    @property
    def caps(self) -> Caps:
        """What the instance allows; Mastodon's usual limits until `refresh` has asked it."""
        return Caps(
            longest=self._limits.longest,
            unit=Unit.GRAPHEMES,
            # The key is sent along, but servers may ignore it, and forget it after an hour.
            idempotency=Idempotency.RECONCILE,
            deletions=Deletions.POLL,
            link_weight=self._limits.link,
            polls=True,
            media=True,
        )

    def refresh(self) -> None:
        """Ask the instance for its limits, once a day; what is known stays while it cannot be asked."""
        if time.monotonic() < self._limits_until:
            return
        try:
            self._limits = self._reader().limits()
            self._limits_until = time.monotonic() + ASK_LIMITS_EVERY
        except ChannelError:
            self._limits_until = time.monotonic() + 60

    def measure(self, text: str) -> int:
        """Graphemes, links as the instance counts them."""
        return measure(text, self.caps.link_weight)

    def price(self, text: str) -> float:
        """Nothing."""
        return 0.0

    def publish(self, draft: PostDraft, key: str) -> str:
        """Post a status, always with its visibility and its language."""
        if draft.parent is not None and self._presence(draft.parent) == Presence.GONE:
            # Some servers would make a post that answers nothing.
            raise NotAllowedToReply("parent_gone")
        made = self._client(draft.language).write(
            lambda api: api.status_post(
                draft.text,
                in_reply_to_id=draft.parent,
                visibility=self._visibility,
                language=draft.language,
                idempotency_key=key,
            )
        )
        return str(made["id"])

    def find_published(self, key: str, draft: PostDraft, since: datetime | None) -> str | None:
        """Look on the own timeline for the same words under the same parent."""
        client = self._client(draft.language)
        account = client.account_id
        older: str | None = None
        for _ in range(TIMELINE_PAGES):
            page = client.read(
                lambda api, older=older: api.account_statuses(  # type: ignore[misc]
                    account, exclude_reblogs=True, limit=PAGE, max_id=older
                )
            )
            for status in page:
                parent = status.get("in_reply_to_id")
                if (str(parent) if parent is not None else None) == draft.parent and (
                    comparable(plain(status["content"])) == comparable(draft.text)
                ):
                    return str(status["id"])
            if not page or (since is not None and _written(page[-1]) < since - CLOCK_GAP):
                return None
            older = str(page[-1]["id"])
        raise Unavailable("timeline_too_long")

    def collect(self, scope: Scope, cursor: Cursor) -> Batch:
        """The next page: of the walk, then of mentions."""
        self.refresh()
        kept = {key: value for key, value in cursor.items() if key.startswith("min:")}
        page = self._walked.batch(
            scope, cursor, kept, MENTIONED, lambda ref: self._step(ref, scope)
        )
        return page or self._mention_page(scope, cursor, kept)

    def _step(self, start: str, scope: Scope) -> Step:
        """Every open reply that the instance shows below a status."""
        items: list[Item] = []
        others = 0
        self._walked.reach(start)
        try:
            context = self._reader().read(lambda api: api.status_context(start))
        except Missing:
            return Step([], 0, [])
        below = context["descendants"]
        parents = {str(status.get("in_reply_to_id")) for status in below}
        cut_off = [
            str(status["id"])
            for status in below
            if int(status.get("replies_count") or 0) > 0 and str(status["id"]) not in parents
        ]
        for status in below:
            self._walked.reach(str(status["id"]))
            item = self._item(status, scope)
            if item is None:
                others += 1
            else:
                items.append(item)
                self._walked.put(item.id, item.place)
        return Step(items, others, cut_off)

    def _mention_page(self, scope: Scope, cursor: Cursor, kept: Mapping[str, str]) -> Batch:
        """Who called us, oldest first, of every account in turn; the page's newest id is where to go on."""
        language, following = in_turn(list(self._clients), cursor)
        after_id = kept.get(f"min:{language}") or "0"
        page = self._client(language).read(
            lambda api: api.notifications(types=["mention"], min_id=after_id, limit=PAGE)
        )
        items, left_out = [], 0
        for told in page:
            status = told.get("status")
            item = self._item(status, scope) if status else None
            left_out += item is None
            items += [item] if item is not None else []
        after = dict(kept)
        if page:
            after[f"min:{language}"] = str(page[0]["id"])
            if len(page) >= PAGE:
                after |= {"stage": MENTIONED, "language": language}
                return Batch(items, [], after, complete=False, left_out=left_out)
        if following:
            after |= {"stage": MENTIONED, "language": following}
            return Batch(items, [], after, complete=False, left_out=left_out)
        return Batch(items, [], after, complete=True, left_out=left_out)

    def _item(self, status: Mapping[str, Any], scope: Scope) -> Item | None:
        account = status["account"]
        own = {client.account_id for client in self._clients.values()}
        if (
            status["visibility"] not in OPEN
            or str(account["id"]) in own
            or account.get("bot")
            or status.get("reblog")
        ):
            return None
        parent = status.get("in_reply_to_id")
        above = str(parent) if parent is not None else None
        place = (
            scope.known.get(str(status["id"]))
            or self._walked.place(above)
            or scope.place(above)
            or scope.named(str(tag["name"]).lower() for tag in status.get("tags") or [])
        )
        if place is None:
            return None
        edited = status.get("edited_at")
        return Item(
            id=str(status["id"]),
            text=self._without_us(plain(str(status["content"]))),
            written_at=_written(status),
            place=place,
            author_key=self._pseudonym("author", f"{self.name}:{account['id']}"),
            ref=str(status["id"]),
            version=str(edited) if edited else "",
        )

    def _without_us(self, text: str) -> str:
        """A reply begins with whom it answers; that is not what was said."""
        ours = "|".join(re.escape(client.handle) for client in self._clients.values())
        return re.sub(rf"^(?:@(?:{ours})(?:@[\w.-]+)?\b\s*)+", "", text, flags=re.IGNORECASE)

    def check(self, refs: Sequence[str], asked: bool = True) -> Mapping[str, Presence]:
        """Ask for each (asking for many at once is not understood everywhere)."""
        return in_turns(
            refs, 1, lambda one, found: found.update({ref: self._presence(ref) for ref in one})
        )

    def _presence(self, ref: str) -> Presence:
        try:
            status = self._reader().read(lambda api: api.status(ref))
        except Missing:
            return Presence.GONE
        return Presence.PRESENT if status["visibility"] in OPEN else Presence.HIDDEN

    def stats(self, refs: Sequence[str]) -> Mapping[str, Stats]:
        """Replies as the instance counts them."""
        found: dict[str, Stats] = {}
        for ref in refs:
            try:
                status = self._reader().read(lambda api, ref=ref: api.status(ref))  # type: ignore[misc]
            except Missing:
                continue
            found[ref] = Stats(int(status.get("replies_count") or 0))
        return found

    def ref_of(self, typed: str, language: str) -> str | None:
        """An id, or the address of a status."""
        found = re.search(r"(?:^|/)([0-9A-Za-z]{1,40})/?(?:[?#].*)?$", typed.strip())
        return found.group(1) if found else None

    def where(self, language: str) -> str:
        """The account's page with its replies."""
        try:
            return f"{self._url}/@{self._client(language).handle}/with_replies"
        except ChannelError:
            return self._url

    def examine(self) -> Sequence[Finding]:
        """Ask who we are and what the token may; nothing is posted."""
        self.refresh()
        findings = []
        for language, client in self._clients.items():
            try:
                me = client.read(lambda api: api.account_verify_credentials())
                findings.append(Finding("credentials", True, "", language))
                findings.append(
                    Finding("bot", bool(me.get("bot")), "" if me.get("bot") else "no_bot", language)
                )
                findings.append(_may_post(client, language))
                client.read(lambda api: api.notifications(types=["mention"], limit=1))
                findings.append(Finding("read", True, "", language))
            except ChannelError as problem:
                findings.append(Finding("credentials", False, problem.code, language))
        return findings

    def _client(self, language: str) -> MastodonClient:
        return self._clients[language]

    def _reader(self) -> MastodonClient:
        return next(iter(self._clients.values()))


def _written(status: Mapping[str, Any]) -> datetime:
    written = status["created_at"]
    found = written if isinstance(written, datetime) else datetime.fromisoformat(str(written))
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _may_post(client: MastodonClient, language: str) -> Finding:
    """What the token's scopes say; older instances do not tell."""
    try:
        app = client.read(lambda api: api.app_verify_credentials())
    except AuthFailed:
        return Finding("post", True, "not_told", language)
    scopes = app.get("scopes")
    if not scopes:
        return Finding("post", True, "not_told", language)
    may = any(str(one) in ("write", "write:statuses") for one in scopes)
    return Finding("post", may, "" if may else "no_write", language)
