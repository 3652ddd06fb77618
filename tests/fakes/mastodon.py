"""A Mastodon instance from the registry in this process, and servers that behave otherwise.

The mock is reached through an adapter behind the client's session: its ASGI application runs in a
thread of its own, each request waits for its answer. `ulids`: ids are letters; `ignores_keys`: the
idempotency key is thrown away, as GoToSocial does.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import requests
from mastodon_mock.app import create_app
from mastodon_mock.config import (
    DatabaseConfig,
    MastodonMockConfig,
    SeedAccount,
    SeedConfig,
    StreamingConfig,
)
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict
from starlette.testclient import TestClient
from urllib3.exceptions import MaxRetryError, NewConnectionError

DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
NUMBER = re.compile(r"\b(1[789]\d{11})\b")
ULID = re.compile(r"\b01YV([0-9A-Z]{22})\b")


def to_ulid(number: str) -> str:
    value, found = int(number), ""
    for _ in range(22):
        value, digit = divmod(value, 32)
        found = DIGITS[digit] + found
    return "01YV" + found


def from_ulid(found: re.Match[str]) -> str:
    value = 0
    for letter in found.group(1):
        value = value * 32 + DIGITS.index(letter)
    return str(value)


class MastodonInstance:
    """`people` besides our two accounts: names, each with the token NAME_token."""

    def __init__(self, people: tuple[str, ...] = ("kid", "kid2", "robot")) -> None:
        names = ("youthvoice", "voixdesjeunes", *people)
        config = MastodonMockConfig(
            database=DatabaseConfig(path=":memory:"),
            seed=SeedConfig(
                accounts=[
                    SeedAccount(
                        username=name,
                        display_name=name,
                        access_token=f"{name}_token",
                        bot=name in ("youthvoice", "voixdesjeunes", "robot"),
                    )
                    for name in names
                ]
            ),
            streaming=StreamingConfig(enabled=False),
        )
        self._context = TestClient(create_app(config), base_url="http://mastodon.test")
        self.http = self._context.__enter__()

    def close(self) -> None:
        self._context.__exit__(None, None, None)

    def say(
        self, who: str, text: str, parent: str | None = None, visibility: str = "public"
    ) -> str:
        """Post as one of the people."""
        answer = self.http.post(
            "/api/v1/statuses",
            headers={"Authorization": f"Bearer {who}_token"},
            json={"status": text, "in_reply_to_id": parent, "visibility": visibility},
        )
        assert answer.status_code == 200, answer.text
        return str(answer.json()["id"])

    def edit(self, who: str, key: str, text: str) -> None:
        answer = self.http.put(
            f"/api/v1/statuses/{key}",
            headers={"Authorization": f"Bearer {who}_token"},
            json={"status": text},
        )
        assert answer.status_code == 200, answer.text

    def delete(self, who: str, key: str) -> None:
        answer = self.http.delete(
            f"/api/v1/statuses/{key}", headers={"Authorization": f"Bearer {who}_token"}
        )
        assert answer.status_code == 200, answer.text

    def live(self, who: str) -> list[str]:
        """The texts of somebody's live statuses."""
        headers = {"Authorization": f"Bearer {who}_token"}
        me = self.http.get("/api/v1/accounts/verify_credentials", headers=headers).json()
        found: list[dict[str, Any]] = []
        older = ""
        while True:
            page = self.http.get(
                f"/api/v1/accounts/{me['id']}/statuses?limit=40{older}", headers=headers
            ).json()
            found += page
            if len(page) < 40:
                return [one["id"] for one in found]
            older = f"&max_id={page[-1]['id']}"

    def fault(self, **spec: Any) -> None:
        """Add a fault rule of the mock's own."""
        answer = self.http.post("/api/v1/_mock/faults", json=spec)
        assert answer.status_code < 300, answer.text


class MastodonAdapter(BaseAdapter):
    """`fault` names what goes wrong: before the call (`refused`) or after it (`lost`)."""

    def __init__(
        self,
        instance: MastodonInstance,
        ulids: bool = False,
        ignores_keys: bool = False,
        fault: Callable[[str, str], str | None] = lambda _method, _path: None,
    ) -> None:
        super().__init__()
        self.instance = instance
        self.ulids = ulids
        self.ignores_keys = ignores_keys
        self.fault = fault
        self.calls = 0

    def send(self, request: requests.PreparedRequest, **_more: Any) -> requests.Response:
        assert request.method
        self.calls += 1
        path = request.path_url
        fault = self.fault(request.method, path.partition("?")[0])
        if fault == "refused":
            reason = NewConnectionError(None, "refused")  # type: ignore[arg-type]
            raise requests.ConnectionError(MaxRetryError(None, path, reason), request=request)  # type: ignore[arg-type]
        if fault == "timeout":
            raise requests.ReadTimeout(request=request)
        if fault == "page of a proxy":
            return self._response(request, 404, {}, b"<html>gone fishing</html>")
        if fault in ("429", "500", "503"):
            return self._response(request, int(fault), {}, b'{"error": "fault"}')
        headers = dict(request.headers)
        if self.ignores_keys:
            headers.pop("Idempotency-Key", None)
        body = request.body or b""
        body = body.encode() if isinstance(body, str) else body
        if self.ulids:
            path = ULID.sub(from_ulid, path)
            body = ULID.sub(from_ulid, body.decode()).encode()
            headers.pop("Content-Length", None)
        answer = self.instance.http.request(request.method, path, headers=headers, content=body)
        if fault == "lost":
            raise requests.ReadTimeout(request=request)
        content = answer.content
        if self.ulids:
            content = NUMBER.sub(lambda found: to_ulid(found.group(1)), content.decode()).encode()
        return self._response(request, answer.status_code, dict(answer.headers), content)

    def _response(
        self,
        request: requests.PreparedRequest,
        status: int,
        headers: dict[str, str],
        content: bytes,
    ) -> requests.Response:
        answer = requests.Response()
        answer.status_code = status
        answer.reason = "mock"
        answer.headers = CaseInsensitiveDict(headers)
        answer._content = content
        answer.url = str(request.url)
        answer.request = request
        answer.encoding = "utf-8"
        return answer

    def close(self) -> None:
        pass
