"""X as a channel: threads on the own accounts, replies, deletions."""

from __future__ import annotations

import html
import re
from collections import Counter
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
    Place,
    Policy,
    PostDraft,
    Presence,
    Pseudonym,
    Scope,
    Stats,
    Unit,
)
from youthvoice.channels.http import TimedSession
from youthvoice.channels.metering import Meter, Need
from youthvoice.channels.policies import X
from youthvoice.channels.presence import in_turns
from youthvoice.channels.waiting import USUAL, Patience
from youthvoice.channels.x import collecting
from youthvoice.channels.x.client import Answer, XAccount, XClient
from youthvoice.channels.x.measure import (
    LINK_WEIGHT,
    LONGEST,
    comparable,
    has_link,
    weighted_length,
)
from youthvoice.channels.x.spelling import (
    hashtags,
    references,
    versions,
    whole_text,
)
from youthvoice.errors import Ambiguous, ChannelError, OutOfCredit, Rejected, Unavailable

PAGE = 100
LOOKUP = 100
FEWEST = 5
"""The smallest page of mentions that X gives."""

TIMELINE_PAGES = 5
CLOCK_GAP = timedelta(minutes=5)
"""How far the platform's clock may be from ours when the own timeline is read."""


class XChannel:
    """Posts and reads through one account a language. `meter` prices every call."""

    name = X

    def __init__(
        self,
        accounts: Sequence[XAccount],
        pseudonym: Pseudonym,
        meter: Meter,
        policy: Policy,
        patience: Patience = USUAL,
        timeout: float = 20.0,
        prepare: Callable[[TimedSession], None] | None = None,
    ) -> None:
        logs.hush_libraries()
        self.policy = policy
        self.caps = Caps(
            longest=LONGEST,
            unit=Unit.WEIGHTED,
            idempotency=Idempotency.RECONCILE,
            deletions=Deletions.POLL,
            link_weight=LINK_WEIGHT,
            polls=True,
            media=True,
            who_may_reply=("everyone", "following", "mentionedUsers", "subscribers", "verified"),
            reach=collecting.SEARCH_REACH,
            per_account=True,
        )
        self._pseudonym = pseudonym
        self._meter = meter
        self._clients = {
            account.language: XClient(account, meter, patience, timeout, prepare)
            for account in accounts
        }
        self._own_ids = {account.user_id for account in accounts}
        ours = "|".join(re.escape(account.handle) for account in accounts)
        self._own_handles = re.compile(rf"^(?:@(?:{ours})\b\s*)+", re.IGNORECASE)

    def measure(self, text: str) -> int:
        """X's weighted length."""
        return weighted_length(text)

    def operation(self, text: str) -> str:
        """What posting `text` is called in the price list: a link makes it dearer."""
        return "publish_with_link" if has_link(text) else "publish"

    def price(self, text: str) -> float:
        """What posting `text` costs, in US dollars."""
        return self._meter.price(self.operation(text), 1)

    def publish(self, draft: PostDraft, key: str) -> str:
        """Post on the account of the draft's language, replies open to everyone."""
        answer = self._client(draft.language).write(
            self.operation(draft.text),
            draft.topic,
            lambda client: client.create_tweet(
                text=draft.text, in_reply_to_tweet_id=draft.parent, user_auth=True
            ),
        )
        return _made(answer)

    def find_published(self, key: str, draft: PostDraft, since: datetime | None) -> str | None:
        """Look on the own timeline for the same words under the same parent."""
        client = self._client(draft.language)
        asked: dict[str, Any] = {"max_results": PAGE}
        if since is not None:
            asked["start_time"] = (since.astimezone(UTC) - CLOCK_GAP).strftime("%Y-%m-%dT%H:%M:%SZ")
        for _ in range(TIMELINE_PAGES):
            answer = client.read(
                "timeline",
                PAGE,
                Need.DUTY,
                lambda api, fields: api.get_users_tweets(
                    client.account.user_id, user_auth=client.reads_as_user, **asked, **fields
                ),
            )
            for post in answer.get("data") or []:
                if references(post).get("replied_to") == draft.parent and (
                    comparable(whole_text(post)) == comparable(draft.text)
                ):
                    return str(post["id"])
            token = (answer.get("meta") or {}).get("next_token")
            if not token:
                return None
            asked["pagination_token"] = token
        # Our post may lie further back than we looked: that is not "not there".
        raise Unavailable("timeline_too_long")

    def collect(self, scope: Scope, cursor: Cursor) -> Batch:
        """The next page of mentions or of a search, through the account of the scope's language."""
        client = self._client(scope.language)
        every = collecting.sources(scope, client.account.handle)
        source, token = collecting.started(cursor, every)
        window = collecting.window(source, cursor, first=not token)
        restarted = cursor.get("restarted") == source.key
        try:
            answer = self._page(client, source, window, token, scope)
        except (OutOfCredit, Rejected) as problem:
            if source.is_extra:
                # What is not affordable or not understood here must not keep the rest: this source ends
                # where it stood.
                after, complete = collecting.turned(cursor, every, source, "", "", window)
                return Batch([], [], after, complete, client.quota)
            if not token or restarted or problem.code != "bad_request":
                raise
            # A page's token does not live for ever: begin this source again, once.
            token, restarted = "", True
            window = collecting.window(source, cursor, first=True)
            answer = self._page(client, source, window, token, scope)
        found = answer.get("data") or []
        meta = answer.get("meta") or {}
        newest = (
            cursor.get("newest", "")
            if token
            else collecting.newest_of(meta, [str(post["id"]) for post in found])
        )
        items = [item for post in found if (item := self._item(post, scope)) is not None]
        following = str(meta.get("next_token") or "")
        after, complete = collecting.turned(
            cursor, every, source, newest, following, window, restarted
        )
        return Batch(items, [], after, complete, client.quota, len(found) - len(items))

    def _page(
        self,
        client: XClient,
        source: collecting.Source,
        window: Mapping[str, str],
        token: str,
        scope: Scope,
    ) -> Answer:
        asked: dict[str, Any] = {"max_results": PAGE, **window}
        as_user = client.reads_as_user
        if token:
            asked["pagination_token" if source.key == collecting.MENTIONS else "next_token"] = token

        def shares(answer: Answer) -> dict[int | None, int]:
            places = (self._place(post, scope) for post in answer.get("data") or [])
            return dict(Counter(place.topic if place else None for place in places))

        if source.key == collecting.MENTIONS:
            return client.read(
                "mentions",
                PAGE,
                Need.WORK,
                lambda api, fields: api.get_users_mentions(
                    client.account.user_id, user_auth=as_user, **asked, **fields
                ),
                shares,
            )
        return client.read(
            "search",
            PAGE,
            Need.EXTRA if source.is_extra else Need.WORK,
            lambda api, fields: api.search_recent_tweets(
                source.query, user_auth=as_user, **asked, **fields
            ),
            shares,
        )

    def _place(self, post: Mapping[str, Any], scope: Scope) -> Place | None:
        conversation = str(post.get("conversation_id") or "")
        return scope.place(references(post).get("replied_to"), conversation) or scope.named(
            hashtags(post)
        )

    def _item(self, post: Mapping[str, Any], scope: Scope) -> Item | None:
        place = self._place(post, scope)
        author = str(post.get("author_id") or "")
        if place is None or author in self._own_ids or "retweeted" in references(post):
            return None
        written = post.get("created_at")
        history = versions(post)
        ref = str(post["id"])
        return Item(
            id=history[0],
            text=self._own_handles.sub("", html.unescape(whole_text(post))).strip(),
            written_at=datetime.fromisoformat(written) if written else collecting.instant_of(ref),
            place=place,
            author_key=self._pseudonym("author", f"{self.name}:{author}") if author else None,
            ref=ref,
            version="" if ref == history[0] else ref,
        )

    def check(self, refs: Sequence[str], asked: bool = True) -> Mapping[str, Presence]:
        """Ask for up to a hundred at a time; what X does not speak of stays unknown."""
        client = self._reader()
        return in_turns(
            refs, LOOKUP, lambda some, found: found.update(self._presence(client, some, asked))
        )

    def _presence(self, client: XClient, refs: list[str], asked: bool) -> dict[str, Presence]:
        answer = client.read(
            "lookup",
            len(refs),
            Need.DUTY if asked else Need.WORK,
            lambda api, fields: api.get_tweets(refs, user_auth=client.reads_as_user, **fields),
        )
        found = {
            str(post["id"]): (
                Presence.PRESENT if versions(post)[-1] == str(post["id"]) else Presence.EDITED
            )
            for post in answer.get("data") or []
        }
        for problem in answer.get("errors") or []:
            ref = str(problem.get("resource_id") or problem.get("value") or "")
            kind = str(problem.get("type") or "")
            if ref in found:
                continue
            if kind.endswith("resource-not-found"):
                found[ref] = Presence.GONE
            elif kind.endswith(("not-authorized-for-resource", "resource-unavailable")):
                found[ref] = Presence.HIDDEN
        return {ref: presence for ref, presence in found.items() if ref in refs}

    def stats(self, refs: Sequence[str]) -> Mapping[str, Stats]:
        """Replies and views as X counts them."""
        client = self._reader()
        found: dict[str, Stats] = {}
        for start in range(0, len(refs), LOOKUP):
            asked = list(refs[start : start + LOOKUP])
            answer = client.read(
                "lookup",
                len(asked),
                Need.EXTRA,
                lambda api, fields, asked=asked: api.get_tweets(  # type: ignore[misc]
                    asked, user_auth=client.reads_as_user, **fields
                ),
                more_fields=("public_metrics",),
            )
            for post in answer.get("data") or []:
                counts = post.get("public_metrics") or {}
                found[str(post["id"])] = Stats(
                    int(counts.get("reply_count") or 0), counts.get("impression_count")
                )
        return found

    def ref_of(self, typed: str, language: str) -> str | None:
        """An id, or the address of a post."""
        found = re.search(r"(?:/status/|^)(\d{1,19})(?:[/?#].*)?$", typed.strip())
        return found.group(1) if found else None

    def refresh(self) -> None:
        """X's limits do not change by themselves."""

    def where(self, language: str) -> str:
        """The account's page with its replies."""
        return f"https://x.com/{self._client(language).account.handle}/with_replies"

    def examine(self) -> Sequence[Finding]:
        """Ask who we are and count our own posts of the last days (no post is read or made)."""
        found: list[Finding] = []
        for language, client in self._clients.items():
            found += _examine(language, client)
        return found

    def _client(self, language: str) -> XClient:
        return self._clients[language]

    def _reader(self) -> XClient:
        return next(iter(self._clients.values()))


def _made(answer: Answer) -> str:
    try:
        return str(answer["data"]["id"])
    except (KeyError, TypeError):
        raise Ambiguous("odd_answer") from None


def _examine(language: str, client: XClient) -> list[Finding]:
    try:
        me = client.read("me", 1, Need.DUTY, lambda api, _fields: api.get_me(user_auth=True))
    except ChannelError as problem:
        return [Finding("credentials", False, problem.code, language)]
    handle = str((me.get("data") or {}).get("username") or "")
    same = handle.lower() == client.account.handle.lower()
    rights = client.rights
    findings = [
        Finding("credentials", same, "" if same else "other_account", language),
        Finding("post", "write" in rights or not rights, rights or "not_told", language),
    ]
    try:
        _try_reading(client)
        findings.append(Finding("read", True, "", language))
    except ChannelError as problem:
        findings.append(Finding("read", False, problem.code, language))
    return findings


def _try_reading(client: XClient) -> None:
    if client.reads_as_user:
        client.read(
            "mentions",
            FEWEST,
            Need.DUTY,
            lambda api, fields: api.get_users_mentions(
                client.account.user_id, max_results=FEWEST, user_auth=True, **fields
            ),
        )
        return
    client.read(  # counting reads no post, and shows that the bearer token works
        "count",
        1,
        Need.DUTY,
        lambda api, _fields: api.get_recent_tweets_count(f"from:{client.account.handle}"),
    )
