"""Requests and answers held against X's published interface description, where it is at hand."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import requests
from openapi_core import OpenAPI
from openapi_core.contrib.requests import RequestsOpenAPIRequest, RequestsOpenAPIResponse
from openapi_core.exceptions import OpenAPIError

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "data" / "x-openapi"
VERSIONS = {"tweet": "2.166", "post": "2.167"}
UNDESCRIBED = ("/2/users/",)
"""Beginnings of paths whose description the development data leaves out (the own timeline)."""


def available() -> bool:
    return FOLDER.exists()


@cache
def description(spelling: str) -> OpenAPI:
    path = FOLDER / f"openapi-{VERSIONS[spelling]}.json"
    return OpenAPI.from_dict(json.loads(path.read_text()))


class Contract:
    """Validates exchanges in one spelling and counts them."""

    def __init__(self, spelling: str) -> None:
        self.spelling = spelling
        self.validated = 0
        self.left_out = 0
        self.problems: list[str] = []

    def __call__(self, request: requests.PreparedRequest, answer: requests.Response) -> None:
        path = request.path_url.partition("?")[0]
        if path.endswith("/tweets") and path.startswith(UNDESCRIBED):
            self.left_out += 1
            return
        if answer.status_code == 400:
            return  # a refusal for the other spelling is no valid request by definition
        url = str(request.url).replace("https://api.twitter.com", "https://api.x.com")
        described = description(self.spelling)
        copy = request.copy()
        copy.url = url
        asked = RequestsOpenAPIRequest(copy)  # type: ignore[arg-type]
        try:
            described.validate_request(asked)
            if answer.ok:
                described.validate_response(asked, RequestsOpenAPIResponse(answer))
        except OpenAPIError as problem:  # kept, because the channel would take it for an odd answer
            self.problems.append(f"{request.method} {path}: {problem!r} {problem.__cause__!r}")
        self.validated += 1
