"""One account of ours on a Mastodon instance, and calls that fail with a `ChannelError`."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

import mastodon
import requests
from mastodon import Mastodon

from youthvoice.channels.http import TimedSession, never_sent
from youthvoice.channels.waiting import Patience
from youthvoice.errors import (
    Ambiguous,
    AuthFailed,
    ChannelError,
    NotAllowedToReply,
    Rejected,
    RetryAt,
    Unavailable,
)

WINDOW = 5 * 60
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class MastodonAccount:
    """An account's access token."""

    language: str
    token: str = field(repr=False)


class Missing(Rejected):
    """The instance says that there is no such status."""


class Limits(NamedTuple):
    """What an instance allows: characters of a status, and what a link counts (None: as written)."""

    longest: int
    link: int | None


COMMON = Limits(500, 23)
"""Mastodon's own limits, where the instance cannot be asked."""


def explain(problem: Exception, reset: float | None, writing: bool) -> ChannelError:
    """What a failed call means. `reset`: the instant at which the rate limit is refilled, if told."""
    if isinstance(problem, ChannelError):
        return problem
    if isinstance(problem, mastodon.MastodonRatelimitError):
        return RetryAt("rate_limit", max(1.0, reset - time.time()) if reset else WINDOW)
    if isinstance(problem, mastodon.MastodonNetworkError):
        cause = problem.__context__
        if isinstance(cause, requests.RequestException) and never_sent(cause):
            return Unavailable("network")
        return Ambiguous("timeout") if writing else Unavailable("network")
    if isinstance(problem, mastodon.MastodonServerError):
        return Ambiguous("server_error") if writing else Unavailable("server_error")
    if isinstance(problem, mastodon.MastodonUnauthorizedError):
        return AuthFailed("unauthorized")
    if isinstance(problem, mastodon.MastodonAPIError):
        status = problem.args[1] if len(problem.args) > 2 else None
        if status in (404, 410):
            # Only the instance itself says that a status is not there. A page of a proxy, or of another
            # server under this address, says nothing (the library then says so in its own words).
            said = str(problem.args[3] or "") if len(problem.args) > 3 else ""
            if said and said != "Endpoint not found.":
                return Missing("not_found" if status == 404 else "gone")
            return Ambiguous("odd_answer") if writing else Unavailable("odd_answer")
        if status == 403:
            return AuthFailed("not_permitted")
        if isinstance(status, int):
            return Rejected(f"http_{status}")
    # An answer that is no answer: the call was made all the same.
    return Ambiguous("odd_answer") if writing else Unavailable("odd_answer")


class MastodonClient:
    """Makes calls as one account. `prepare` may change the session (a proxy, tests)."""

    def __init__(
        self,
        account: MastodonAccount,
        url: str,
        patience: Patience,
        timeout: float,
        prepare: Callable[[TimedSession], None] | None = None,
    ) -> None:
        self.account = account
        self._patience = patience
        session = TimedSession(timeout)
        if prepare is not None:
            prepare(session)
        self._api = Mastodon(
            access_token=account.token,
            api_base_url=url,
            session=session,
            request_timeout=timeout,
            ratelimit_method="throw",
            version_check_mode="none",
        )
        self._me: str | None = None
        self._name = ""

    @property
    def account_id(self) -> str:
        """The account's id on its instance; asked for once."""
        if self._me is None:
            me = self.read(lambda api: api.account_verify_credentials())
            self._me, self._name = str(me["id"]), str(me["acct"])
        return self._me

    @property
    def handle(self) -> str:
        """The account's name on its instance."""
        return self._name if self.account_id else ""

    def read(self, call: Callable[[Mastodon], Answer]) -> Answer:
        """Make a call that reads."""
        return self._patience.call(lambda: self._once(call, writing=False))

    def write(self, call: Callable[[Mastodon], Answer]) -> Answer:
        """Make a call that posts. Raises `Ambiguous` where the post may be live."""
        try:
            return self._patience.call(lambda: self._once(call, writing=True))
        except Missing:
            raise NotAllowedToReply("parent_gone") from None

    def limits(self) -> Limits:
        """What the instance allows."""
        said = self.read(lambda api: api.instance_v2())
        try:
            statuses = said["configuration"]["statuses"]
            link = statuses.get("characters_reserved_per_url")
            return Limits(int(statuses["max_characters"]), int(link) if link else None)
        except (KeyError, TypeError, ValueError):
            return COMMON

    def _once(self, call: Callable[[Mastodon], Answer], writing: bool) -> Answer:
        try:
            return call(self._api)
        except Exception as problem:  # the boundary to a library that lets anything through
            raise explain(problem, self._api.ratelimit_reset, writing) from None
