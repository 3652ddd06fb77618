"""X's interface, as far as we use it: the same paths, parameters, answers, limits and refusals."""

from __future__ import annotations

import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.fakes.x.network import Post, XNetwork
from youthvoice.channels.x.measure import weighted_length

WINDOW = 900
PROBLEMS = "https://api.x.com/2/problems/"
LIMITS = {"search": 450, "mentions": 450, "lookup": 3500, "create": 100, "timeline": 900}


class Refuse(Exception):
    def __init__(self, status: int, body: Any, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status)
        self.status, self.body, self.headers = status, body, dict(headers or {})


def problem(status: int, kind: str, detail: str, **more: Any) -> Refuse:
    body = {"title": kind, "type": PROBLEMS + kind, "detail": detail, "status": status, **more}
    return Refuse(status, body)


class XApi:
    """`spelling`: tweet (2.166) or post (2.167). `fault` names what goes wrong with a request.

    `lag`: seconds after which a new post is shown by timelines and searches. `nasty`: pages come
    shuffled, with repeats, and of uneven length.
    """

    def __init__(
        self,
        network: XNetwork,
        spelling: str = "tweet",
        fault: Callable[[str], str | None] = lambda _endpoint: None,
        lag: float = 0.0,
        nasty: random.Random | None = None,
    ) -> None:
        self.network = network
        self.spelling = spelling
        self.fault = fault
        self.lag = lag
        self.nasty = nasty
        self.tokens: dict[str, str] = {}
        self.read_only = False
        self.limit_seconds = 60.0
        self.limits = dict(LIMITS)
        self.used: dict[tuple[str, str, int], int] = {}
        self.blocked_until: dict[tuple[str, str], float] = {}
        self.calls: Counter[str] = Counter()
        self.before_reset: Counter[tuple[str, str, float]] = Counter()
        self.posts_read = 0
        self.pages: dict[str, tuple[list[str], int]] = {}

    def sign_up(self, handle: str, access_token: str, bearer: str) -> str:
        account = self.network.account(handle)
        self.tokens[access_token] = account.id
        self.tokens[bearer] = account.id
        return account.id

    # -- one request -------------------------------------------------------------------------------
    def answer(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | str | None
    ) -> tuple[int, dict[str, str], Any]:
        parts = urlsplit(url)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        try:
            user, user_auth = self._who(headers)
            endpoint, run = self._route(method, parts.path, query, body, user, user_auth)
            self.calls[endpoint] += 1
            limit_headers = self._limit(endpoint, user)
            found = run()
            return (201 if endpoint == "create" else 200), limit_headers, found
        except Refuse as refused:
            return refused.status, refused.headers, refused.body

    def endpoint_of(self, method: str, path: str) -> str:
        if path == "/2/tweets":
            return "create" if method == "POST" else "lookup"
        for end, name in (
            ("/mentions", "mentions"),
            ("/tweets", "timeline"),
            ("/search/recent", "search"),
            ("/counts/recent", "count"),
            ("/users/me", "me"),
        ):
            if path.endswith(end):
                return name
        return path

    def _route(
        self,
        method: str,
        path: str,
        query: dict[str, str],
        body: bytes | str | None,
        user: str,
        user_auth: bool,
    ) -> tuple[str, Callable[[], Any]]:
        endpoint = self.endpoint_of(method, path)
        owner = path.split("/")[3] if path.startswith("/2/users/") else ""
        known: dict[str, Callable[[], Any]] = {
            "create": lambda: self._create(json.loads(body or "{}"), user, user_auth),
            "lookup": lambda: self._lookup(query),
            "mentions": lambda: self._mentions(query, owner),
            "timeline": lambda: self._timeline(query, owner),
            "search": lambda: self._search(query),
            "count": lambda: {
                "data": [
                    {
                        "start": _stamp(time.time() - 60),
                        "end": _stamp(time.time()),
                        f"{self.spelling}_count": 3,
                    }
                ],
                "meta": {f"total_{self.spelling}_count": 3},
            },
            "me": lambda: {
                "data": {
                    "id": user,
                    "name": "Youth Voice",
                    "username": self.network.accounts[user].handle,
                }
            },
        }
        if endpoint not in known:
            raise Refuse(404, {"title": "Not Found", "detail": "Not Found", "type": "about:blank"})
        return endpoint, known[endpoint]

    def _who(self, headers: Mapping[str, str]) -> tuple[str, bool]:
        given = headers.get("Authorization", "")
        given = given.decode() if isinstance(given, bytes) else given
        signed = re.search(r'oauth_token="([^"]+)"', given)
        token = signed.group(1) if signed else given.removeprefix("Bearer ")
        user = self.tokens.get(token)
        if user is None:
            raise Refuse(
                401,
                {
                    "title": "Unauthorized",
                    "type": "about:blank",
                    "status": 401,
                    "detail": "Unauthorized",
                },
            )
        if self.network.accounts[user].suspended:
            raise problem(403, "client-forbidden", "Your account is suspended.")
        return user, bool(signed)

    # -- limits ------------------------------------------------------------------------------------
    def block(self, endpoint: str, user: str, seconds: float) -> Refuse:
        """A rate limit until then; calls before it are counted."""
        until = time.time() + seconds
        self.blocked_until[endpoint, user] = until
        return self._too_many(until)

    @staticmethod
    def _too_many(until: float | None) -> Refuse:
        headers = {} if until is None else {
            "x-rate-limit-reset": str(int(until)),
            "x-rate-limit-remaining": "0",
            "x-rate-limit-limit": "450",
        }  # fmt: skip
        return Refuse(
            429,
            {
                "title": "Too Many Requests",
                "detail": "Too Many Requests",
                "type": "about:blank",
                "status": 429,
            },
            headers,
        )

    def _limit(self, endpoint: str, user: str) -> dict[str, str]:
        blocked = self.blocked_until.get((endpoint, user), 0.0)
        if time.time() < int(blocked):
            self.before_reset[endpoint, user, blocked] += 1
            raise self._too_many(blocked)
        slot = int(time.time()) // WINDOW
        key = (endpoint, user, slot)
        self.used[key] = self.used.get(key, 0) + 1
        left = self.limits.get(endpoint, 10_000) - self.used[key]
        if left < 0:
            raise self.block(endpoint, user, (slot + 1) * WINDOW - time.time())
        return {
            "x-rate-limit-remaining": str(left),
            "x-rate-limit-reset": str((slot + 1) * WINDOW),
            "x-access-level": "read" if self.read_only else "read-write",
        }

    # -- writing -----------------------------------------------------------------------------------
    def _create(self, said: dict[str, Any], user: str, user_auth: bool) -> Any:
        if not user_auth or self.read_only:
            raise problem(403, "oauth1-permissions", "Your app is not permitted to do this.")
        text = str(said.get("text") or "")
        parent = (said.get("reply") or {}).get("in_reply_to_tweet_id")
        if weighted_length(text) > 280:
            raise problem(403, "invalid-request", "Your Tweet text is too long.")
        if parent is not None:
            target = self.network.posts.get(parent)
            if target is None or not self.network.visible(target):
                raise problem(
                    403,
                    "invalid-request",
                    "You attempted to reply to a Tweet that is deleted or not visible to you.",
                )
            if target.author != user and user not in target.mentions:
                raise problem(
                    403,
                    "client-forbidden-reply",
                    "Reply to this conversation is not allowed because you have not been mentioned "
                    "or otherwise engaged by the author of the post you are replying to.",
                )
        day = time.time() - 86_400
        for post in self.network.posts.values():
            if (post.author, post.text, post.parent) == (user, text, parent) and (
                not post.gone and post.made > day
            ):
                raise problem(
                    403,
                    "invalid-request",
                    "You are not allowed to create a Tweet with duplicate content.",
                )
        key = self.network.write(user, text, parent)
        return {"data": {"id": key, "text": XNetwork.shown(text)[0]}}

    # -- reading -----------------------------------------------------------------------------------
    def _asked(self, query: Mapping[str, str]) -> tuple[set[str], set[str]]:
        """The fields and expansions of a request in this version's spelling; refuses the other's."""
        mine, other = (
            ("tweet.fields", "post.fields")
            if self.spelling == "tweet"
            else ("post.fields", "tweet.fields")
        )
        if self.spelling not in ("tweet", "post"):
            other = next((name for name in (mine, other) if name in query), other)
        if other in query:
            raise Refuse(
                400,
                {
                    "errors": [
                        {
                            "parameters": {other: [query[other]]},
                            "message": f"The query parameter [{other}] is not one of [ids,{mine}]",
                        }
                    ],
                    "title": "Invalid Request",
                    "detail": "One or more parameters to your request was invalid.",
                    "type": PROBLEMS + "invalid-request",
                },
            )
        fields = set(query.get(mine, "").split(",")) - {""}
        return fields, set(query.get("expansions", "").split(",")) - {""}

    def _shown(self, post: Post, fields: set[str], expansions: set[str]) -> dict[str, Any]:
        new = self.spelling == "post"
        text, urls = XNetwork.shown(post.text)
        long_text = weighted_length(post.text) > 280
        shown: dict[str, Any] = {
            "id": post.id,
            "text": text[:276] + "… https://t.co/more" if long_text else text,
        }
        if not new or "edit_history_post_ids" in expansions:
            shown["edit_history_post_ids" if new else "edit_history_tweet_ids"] = post.versions
        if "author_id" in (expansions if new else fields):
            shown["author_id"] = post.author
        if "conversation_id" in fields:
            shown["conversation_id"] = post.conversation
        if "created_at" in fields:
            shown["created_at"] = _stamp(post.made)
        references = []
        if post.parent:
            references.append({"type": "replied_to", "id": post.parent})
        if post.retweet_of:
            references.append({"type": "retweeted", "id": post.retweet_of})
        if references and (
            "referenced_posts" in expansions if new else "referenced_tweets" in fields
        ):
            shown["referenced_posts" if new else "referenced_tweets"] = references
        if long_text and ("note_post" if new else "note_tweet") in fields:
            shown["note_post" if new else "note_tweet"] = {"text": text}
        if "entities" in fields and (post.tags or urls):
            entities: dict[str, Any] = {}
            if post.tags:
                entities["hashtags"] = [
                    {"start": 0, "end": len(tag) + 1, "tag": tag} for tag in sorted(post.tags)
                ]
            if urls:
                entities["urls"] = urls
            shown["entities"] = entities
        if "public_metrics" in fields:
            replies = sum(1 for one in self.network.posts.values() if one.parent == post.id)
            shown["public_metrics"] = {
                "reply_count": replies,
                "retweet_count": 0,
                "like_count": 0,
                "quote_count": 0,
                "bookmark_count": 0,
                "impression_count": 7 * replies,
            }
            if new:
                shown["public_metrics"]["repost_count"] = 0
        return shown

    def _answer(self, posts: list[Post], query: Mapping[str, str]) -> dict[str, Any]:
        fields, expansions = self._asked(query)
        self.posts_read += len(posts)
        found: dict[str, Any] = {}
        if posts:
            found["data"] = [self._shown(post, fields, expansions) for post in posts]
        if "referenced_posts" in expansions:
            above = {post.parent or post.retweet_of for post in posts}
            known = [self.network.posts[key] for key in above if key in self.network.posts]
            shown = [
                self._shown(one, {"text"}, set()) for one in known if self.network.visible(one)
            ]
            if shown:
                found["includes"] = {"posts": shown}
        return found

    def _lookup(self, query: Mapping[str, str]) -> Any:
        present, errors = [], []
        for key in query["ids"].split(","):
            post = self.network.posts.get(key)
            if post is not None and self.network.visible(post):
                present.append(post)
                continue
            kind = (
                "not-authorized-for-resource"
                if post is not None and not post.gone
                else "resource-not-found"
            )
            errors.append(
                {
                    "value": key,
                    "detail": f"Could not find tweet with ids: [{key}].",
                    "title": kind,
                    "resource_type": "tweet" if self.spelling == "tweet" else "post",
                    "parameter": "ids",
                    "resource_id": key,
                    "type": PROBLEMS + kind,
                }
            )
        found = self._answer(present, query)
        if errors:
            found["errors"] = errors
        return found

    def _mentions(self, query: Mapping[str, str], owner: str) -> Any:
        return self._page(
            lambda: [p for p in self._indexed() if owner in p.mentions and p.author != owner], query
        )

    def _timeline(self, query: Mapping[str, str], owner: str) -> Any:
        return self._page(lambda: [p for p in self._indexed() if p.author == owner], query)

    def _search(self, query: Mapping[str, str]) -> Any:
        asked = query["query"]
        oldest = time.time() - 7 * 86_400
        since = query.get("since_id")
        if since is not None and self._made(since) < oldest:
            raise Refuse(
                400,
                {
                    "errors": [
                        {
                            "parameters": {"since_id": [since]},
                            "message": "'since_id' must be a tweet id created after a week ago.",
                        }
                    ],
                    "title": "Invalid Request",
                    "detail": "One or more parameters to your request was invalid.",
                    "type": PROBLEMS + "invalid-request",
                },
            )
        start = query.get("start_time")
        if start and datetime.fromisoformat(start).timestamp() < oldest - 1:
            raise problem(400, "invalid-request", "'start_time' must be within the last week.")
        conversations = set(re.findall(r"conversation_id:(\d+)", asked))
        tags = {tag.lower() for tag in re.findall(r"#(\w+)", asked)}
        without = {
            one.id
            for one in self.network.accounts.values()
            if one.handle.lower() in {h.lower() for h in re.findall(r"-from:(\w+)", asked)}
        }
        return self._page(
            lambda: [
                post
                for post in self._indexed()
                if (post.conversation in conversations or post.tags & tags)
                and post.author not in without
                and not ("-is:retweet" in asked and post.retweet_of)
                and post.made >= oldest
            ],
            query,
        )

    def _indexed(self) -> list[Post]:
        newest = time.time() - self.lag
        return [
            post
            for post in self.network.posts.values()
            if post.made <= newest
            and self.network.visible(post)
            and self.network.newest_version(post)
        ]

    @staticmethod
    def _made(key: str) -> float:
        from youthvoice.channels.x.collecting import instant_of

        return instant_of(key).timestamp()

    def _page(self, find: Callable[[], list[Post]], query: Mapping[str, str]) -> Any:
        self._asked(query)
        size = int(query.get("max_results", "10"))
        token = query.get("next_token") or query.get("pagination_token")
        if token is not None:
            if token not in self.pages:
                raise problem(400, "invalid-request", "Invalid pagination token.")
            keys, start = self.pages[token]
        else:
            since = int(query.get("since_id", "0"))
            start_time = query.get("start_time")
            after = datetime.fromisoformat(start_time).timestamp() if start_time else 0.0
            # Newest first, by the time they were made: ids only roughly follow it.
            ordered = sorted(find(), key=lambda post: (post.made, int(post.id)), reverse=True)
            keys = [p.id for p in ordered if int(p.id) > since and p.made >= after]
            start = 0
        if self.nasty is not None:
            size = self.nasty.randint(max(10, size // 2), size)
        chunk = keys[start : start + size]
        end = start + len(chunk)
        meta: dict[str, Any] = {"result_count": len(chunk)}
        if chunk:
            meta |= {"newest_id": max(chunk, key=int), "oldest_id": min(chunk, key=int)}
        shown = list(chunk)
        if self.nasty is not None and chunk:
            shown += self.nasty.sample(
                keys[:end], min(5, end)
            )  # repeats of what was on earlier pages
            self.nasty.shuffle(shown)
            shown = shown[:100]
            missing = set(chunk) - set(shown)
            shown = [*missing, *[key for key in shown if key not in missing]][:105]
        if end < len(keys):
            fresh = f"t{len(self.pages) + 1:x}x{abs(hash((start, end))) % 10**6}"
            self.pages[fresh] = (keys, end)
            meta["next_token"] = fresh
        live = [self.network.posts[key] for key in shown]
        found = self._answer([post for post in live if not post.gone], query)
        found["meta"] = meta
        return found


def _stamp(moment: float) -> str:
    return (
        datetime.fromtimestamp(moment, UTC)
        .isoformat(timespec="milliseconds")
        .replace("+00:00", "Z")
    )
