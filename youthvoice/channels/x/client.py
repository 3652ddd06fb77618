"""One account of ours on X: its tweepy client, and the one way in which calls are made with it.

A call is priced first, ends after a timeout, waits as `Patience` allows, and fails with a
`ChannelError`. tweepy's own waiting stays off.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import tweepy

from youthvoice.channels.base import Quota
from youthvoice.channels.http import TimedSession
from youthvoice.channels.metering import Meter, Need
from youthvoice.channels.waiting import Patience
from youthvoice.channels.x.failures import about, explain
from youthvoice.channels.x.spelling import SPELLINGS, Spelling, billed
from youthvoice.errors import Ambiguous, ChannelError

Answer = Mapping[str, Any]

MAYBE_BILLED = ("network", "odd_answer")
"""Failures of a read after which X may have served, and billed, what we never saw."""


@dataclass(frozen=True)
class XAccount:
    """An account's name and its credentials; `bearer_token` may be empty (then the user's are used)."""

    language: str
    handle: str
    consumer_key: str = field(repr=False)
    consumer_secret: str = field(repr=False)
    access_token: str = field(repr=False)
    access_token_secret: str = field(repr=False)
    bearer_token: str = field(default="", repr=False)

    @property
    def user_id(self) -> str:
        """The account's id; an access token begins with it."""
        return self.access_token.partition("-")[0]


class XClient:
    """Makes calls as one account. `prepare` may change the session (a proxy, or a network for tests)."""

    def __init__(
        self,
        account: XAccount,
        meter: Meter,
        patience: Patience,
        timeout: float,
        prepare: Callable[[TimedSession], None] | None = None,
    ) -> None:
        self.account = account
        self._meter = meter
        self._patience = patience
        self._session = TimedSession(timeout)
        if prepare is not None:
            prepare(self._session)
        self._tweepy = tweepy.Client(
            bearer_token=account.bearer_token or None,
            consumer_key=account.consumer_key,
            consumer_secret=account.consumer_secret,
            access_token=account.access_token,
            access_token_secret=account.access_token_secret,
            return_type=dict,
            wait_on_rate_limit=False,
        )
        self._tweepy.session = self._session
        self._spelling: Spelling = SPELLINGS[0]
        self._spelling_known = False

    @property
    def quota(self) -> Quota | None:
        """What the last answer said about its rate limit."""
        return self._session.quota()

    @property
    def rights(self) -> str:
        """What the last answer said the credentials may do (`read`, `read-write`…), if it did."""
        return self._session.last_headers.get("x-access-level", "")

    @property
    def reads_as_user(self) -> bool:
        """Whether reading uses the user's credentials because there is no bearer token."""
        return not self.account.bearer_token

    def write(
        self,
        operation: str,
        topic: int | None,
        call: Callable[[tweepy.Client], Any],
    ) -> Answer:
        """Make a call that posts. Raises `Ambiguous` where the post may be live."""
        reservation = self._meter.reserve(self.account.language, operation, 1, Need.DUTY)
        try:
            answer = self._patience.call(lambda: self._once(call, writing=True))
        except Ambiguous:
            reservation.settle({topic: 1})  # if it went live it is billed
            raise
        except ChannelError:
            reservation.settle({})
            raise
        reservation.settle({topic: 1})
        return answer

    def read(
        self,
        operation: str,
        most: int,
        need: Need,
        call: Callable[[tweepy.Client, Mapping[str, str]], Any],
        topics: Callable[[Answer], Mapping[int | None, int]] | None = None,
        more_fields: tuple[str, ...] = (),
    ) -> Answer:
        """Make a call that reads at most `most` posts.

        `call` gets the client and the parameters that ask for our fields. `topics` tells how many of
        the posts that came belong to which topic; without it the cost is shared by all.
        """
        units = most * (2 if self._spelling.expansions or not self._spelling_known else 1)
        reservation = self._meter.reserve(self.account.language, operation, units, need)
        try:
            answer = self._patience.call(lambda: self._in_either_spelling(call, more_fields))
        except ChannelError as problem:
            if problem.code not in MAYBE_BILLED:
                reservation.settle({})  # a refused read is not billed; a lost one may be
            raise
        split = dict(topics(answer)) if topics else {}
        rest = billed(answer) - sum(split.values())
        reservation.settle({**split, None: split.get(None, 0) + max(0, rest)})
        return answer

    def _in_either_spelling(
        self,
        call: Callable[[tweepy.Client, Mapping[str, str]], Any],
        more_fields: tuple[str, ...],
    ) -> Answer:
        first = self._spelling
        for spelling in (first, *(other for other in SPELLINGS if other is not first)):
            asked = spelling.request(*more_fields)
            try:
                answer = self._once(lambda client, asked=asked: call(client, asked), writing=False)  # type: ignore[misc]
            except _WrongSpelling:
                continue
            self._spelling, self._spelling_known = spelling, True
            return answer
        raise ChannelError("fields_refused")

    def _once(self, call: Callable[[tweepy.Client], Any], writing: bool) -> Answer:
        try:
            answer = call(self._tweepy)
        except tweepy.HTTPException as problem:
            if not writing and about(problem, ".fields", "expansions"):
                raise _WrongSpelling("fields_refused") from None
            raise explain(problem, writing) from None
        except ChannelError:
            raise
        except Exception as problem:  # the boundary to a library that lets anything through
            raise explain(problem, writing) from None
        if not isinstance(answer, Mapping):
            raise explain(ValueError("no object"), writing)
        return answer


class _WrongSpelling(ChannelError):
    """The platform does not know the names of the fields that we asked for."""
