"""One account of ours on Bluesky: a session that is reused, and calls that fail with a `ChannelError`.

Sessions are limited (30 in five minutes, 300 a day), so they are kept in a file only its owner may
read, and made anew only when the server says that the old one is over.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from atproto import Client, Request, SessionEvent
from atproto_client import exceptions
from atproto_client.models.dot_dict import DotDict
from atproto_core.exceptions import AtProtocolError
from atproto_server.exceptions import TokenDecodeError

from youthvoice.channels.waiting import Patience
from youthvoice.errors import (
    Ambiguous,
    AuthFailed,
    ChannelError,
    Rejected,
    RetryAt,
    Unavailable,
)
from youthvoice.files import write_private

WINDOW = 5 * 60
SESSION_OVER = ("ExpiredToken", "InvalidToken")

Answer = Mapping[str, Any]


@dataclass(frozen=True)
class BlueskyAccount:
    """An account's name and its app password."""

    language: str
    handle: str
    password: str = field(repr=False)


class NotFound(Rejected):
    """The platform says that there is no such record."""


class Swapped(Rejected):
    """There is another record under this key."""


def reason(problem: Exception) -> str:
    """The name that the server gives its refusal."""
    response = getattr(problem, "response", None)
    content = getattr(response, "content", None)
    return str(getattr(content, "error", "") or "")


def explain(problem: Exception, writing: bool) -> ChannelError:
    """What a failed call means. `writing`: the call may have made a post."""
    said = reason(problem)
    if isinstance(problem, exceptions.RateLimitExceededError):
        reset = problem.reset_at
        wait = problem.retry_after or (reset.timestamp() - time.time() if reset else WINDOW)
        return RetryAt("rate_limit", max(1.0, wait))
    if isinstance(problem, TokenDecodeError):
        return AuthFailed(SESSION_OVER[1])  # the session that was kept is no session
    if isinstance(problem, exceptions.UnauthorizedError):
        return AuthFailed(said or "unauthorized")
    if isinstance(problem, exceptions.BadRequestError):
        if said in SESSION_OVER:
            return AuthFailed(said)
        if said in ("NotFound", "RecordNotFound"):
            return NotFound("not_found")
        if said == "InvalidSwap":
            return Swapped("other_record")
        return Rejected(said or "bad_request")
    if isinstance(problem, httpx.ConnectError | httpx.ConnectTimeout) or isinstance(
        problem.__cause__, httpx.ConnectError | httpx.ConnectTimeout
    ):
        return Unavailable("network")
    if isinstance(problem, exceptions.NetworkError | httpx.HTTPError):
        return Ambiguous("timeout") if writing else Unavailable("network")
    if isinstance(problem, exceptions.RequestException):
        return Ambiguous("server_error") if writing else Unavailable("server_error")
    return Ambiguous("odd_answer") if writing else Unavailable("odd_answer")


class BlueskyClient:
    """Makes calls as one account. `transport` is for a network of one's own in tests."""

    def __init__(
        self,
        account: BlueskyAccount,
        service: str,
        session_file: Path | None,
        patience: Patience,
        timeout: float,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.account = account
        self._service = service.rstrip("/")
        self._session_file = session_file
        self._patience = patience
        self._timeout = timeout
        self._transport = transport
        self._client: Client | None = None
        self._lock = threading.Lock()

    @property
    def did(self) -> str:
        """The account's lasting id; signs in if needed."""
        return str(self._signed_in().me_did)

    def query(self, name: str, **params: Any) -> Answer:
        """Read."""
        return self._call(
            lambda client: client.invoke_query(
                name, params=DotDict(params), output_encoding="application/json"
            ),
            writing=False,
        )

    def write(self, name: str, data: Mapping[str, Any]) -> Answer:
        """Write; null values are sent as null."""
        return self._call(
            lambda client: client.invoke_procedure(
                name,
                content=json.dumps(data),
                input_encoding="application/json",
                output_encoding="application/json",
            ),
            writing=True,
        )

    def _call(self, call: Callable[[Client], Any], writing: bool) -> Answer:
        def once() -> Answer:
            try:
                return self._answer(call, writing)
            except AuthFailed as problem:
                if problem.code not in SESSION_OVER:
                    raise
                self._forget()  # the session is over, not the password
                return self._answer(call, writing)

        return self._patience.call(once)

    def _answer(self, call: Callable[[Client], Any], writing: bool) -> Answer:
        signed_in = self._signed_in()
        try:
            content = call(signed_in.client).content
        except (AtProtocolError, httpx.HTTPError, ValueError) as problem:
            raise explain(problem, writing) from None
        if not isinstance(content, Mapping):
            raise Ambiguous("odd_answer") if writing else Unavailable("odd_answer")
        return content

    def _signed_in(self) -> _SignedIn:
        with self._lock:
            if self._client is None:
                self._client = self._resumed() or self._new_session()
            did = self._client._session.did if self._client._session else ""
            return _SignedIn(self._client, did)

    def _fresh(self) -> Client:
        more: dict[str, Any] = {"transport": self._transport} if self._transport else {}
        client = Client(self._service, request=Request(timeout=self._timeout, **more))
        client.on_session_change(self._keep)
        return client

    def _resumed(self) -> Client | None:
        """The session that was kept, if it is of this server and readable."""
        if self._session_file is None or not self._session_file.exists():
            return None
        kept = self._session_file.read_text()
        whose, _, session = kept.partition("\n")
        if whose != self._whose():
            return None
        client = self._fresh()
        try:
            client.login(session_string=session, fetch_bsky_profile=False)
        except (AtProtocolError, httpx.HTTPError, ValueError):
            return None
        return client

    def _new_session(self) -> Client:
        client = self._fresh()
        try:
            client.login(self.account.handle, self.account.password, fetch_bsky_profile=False)
        except (AtProtocolError, httpx.HTTPError, ValueError) as problem:
            raise explain(problem, writing=False) from None
        return client

    def _whose(self) -> str:
        """What a kept session belongs to: another server, or another account, signs in anew."""
        return f"{self._service} {self.account.handle.lower()}"

    def _forget(self) -> None:
        with self._lock:
            self._client = None
            if self._session_file is not None:
                self._session_file.unlink(missing_ok=True)

    def _keep(self, _event: SessionEvent, session: Any) -> None:
        if self._session_file is None:
            return
        self._session_file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_private(self._session_file, f"{self._whose()}\n{session.encode()}")


@dataclass(frozen=True)
class _SignedIn:
    client: Client = field(repr=False)
    me_did: str = ""
