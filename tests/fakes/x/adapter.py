"""Stands behind tweepy's public `session`: every request goes to a fake X in this process."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict
from urllib3.exceptions import MaxRetryError, NewConnectionError

from tests.fakes.x.api import PROBLEMS, Refuse, XApi

Validate = Callable[[requests.PreparedRequest, requests.Response], None]

BEFORE = {"429", "429-no-reset", "usage-cap", "402", "500", "503", "timeout", "refused", "401"}
"""Faults after which nothing has happened at X. The others come after it did what was asked."""


class XAdapter(BaseAdapter):
    """`validate` sees every exchange that is no fault of the network."""

    def __init__(self, api: XApi, validate: Validate | None = None) -> None:
        super().__init__()
        self.api = api
        self.validate = validate
        self.requests: list[requests.PreparedRequest] = []
        self.timeouts: list[Any] = []

    def send(
        self, request: requests.PreparedRequest, timeout: Any = None, **_more: Any
    ) -> requests.Response:
        self.requests.append(request)
        self.timeouts.append(timeout)
        assert request.method and request.url
        endpoint = self.api.endpoint_of(request.method, request.path_url.partition("?")[0])
        fault = self.api.fault(endpoint)
        if fault in BEFORE:
            return self._before(fault, request, endpoint)
        status, headers, body = self.api.answer(
            request.method, request.url, request.headers, request.body
        )
        if fault == "lost":
            raise requests.ReadTimeout(request=request)
        if fault == "cut":
            raise requests.ConnectionError("connection reset by peer", request=request)
        if fault == "null":
            body = None
        answer = self._response(request, status, headers, body)
        if self.validate is not None and fault is None:
            self.validate(request, answer)
        return answer

    def _before(
        self, fault: str, request: requests.PreparedRequest, endpoint: str
    ) -> requests.Response:
        if fault == "timeout":
            raise requests.ReadTimeout(request=request)
        if fault == "refused":
            reason = NewConnectionError(None, "refused")  # type: ignore[arg-type]
            raise requests.ConnectionError(
                MaxRetryError(None, request.url or "", reason),  # type: ignore[arg-type]
                request=request,
            )
        refused = {
            "429": lambda: self._limited(request, endpoint),
            "429-no-reset": lambda: XApi._too_many(None),
            "usage-cap": lambda: Refuse(
                429,
                {
                    "title": "UsageCapExceeded",
                    "detail": "Usage cap exceeded: Monthly product cap",
                    "type": PROBLEMS + "usage-capped",
                    "period": "Monthly",
                    "scope": "Product",
                },
                {"x-rate-limit-reset": "1"},
            ),
            "402": lambda: Refuse(402, {"title": "CreditsDepleted", "type": "about:blank"}),
            "401": lambda: Refuse(401, {"title": "Unauthorized", "detail": "Unauthorized"}),
            "500": lambda: Refuse(500, {"title": "Internal Server Error"}),
            "503": lambda: Refuse(503, "over capacity"),
        }[fault]()
        return self._response(request, refused.status, refused.headers, refused.body)

    def _limited(self, request: requests.PreparedRequest, endpoint: str) -> Refuse:
        user, _ = self.api._who(request.headers)
        if self.api.blocked_until.get((endpoint, user), 0) > 0:
            self.api._limit(endpoint, user)
        return self.api.block(endpoint, user, self.api.limit_seconds)

    def _response(
        self, request: requests.PreparedRequest, status: int, headers: dict[str, str], body: Any
    ) -> requests.Response:
        answer = requests.Response()
        answer.status_code = status
        answer.reason = "fake"
        kind = "application/problem+json" if status >= 400 else "application/json"
        answer.headers = CaseInsensitiveDict({"content-type": kind, **headers})
        answer._content = json.dumps(body).encode()
        answer.url = str(request.url)
        answer.request = request
        answer.encoding = "utf-8"
        return answer

    def close(self) -> None:
        pass
