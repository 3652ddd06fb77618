"""What every public page needs: its language, the fields that were sent, and the way to an answer."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import Response

from dashboard.public.render import Renderer
from youthvoice import defaults
from youthvoice.flow.context import Context
from youthvoice.model import LANGUAGES
from youthvoice.trust.limits import Limits

LARGEST_BODY = 600_000
"""Bytes of a form: the longest text as a draft (its masked copy beside it), and room to spare."""
MOST_FIELDS = 60

Fields = dict[str, list[str]]


class Pages:
    """A group of public pages of one installation."""

    def __init__(self, context: Context, renderer: Renderer, limits: Limits) -> None:
        self._context = context
        self._renderer = renderer
        self._limits = limits

    def page(
        self,
        template: str,
        request: Request,
        status: int = 200,
        no_store: bool = False,
        language: str = "",
        headers: dict[str, str] | None = None,
        **values: Any,
    ) -> Response:
        """A page as an answer; nothing that a visitor sent may stay in a cache."""
        language = language or language_of(request)
        other = "fr" if language == "en" else "en"
        path = request.url.path
        here = path if path.startswith(f"/{language}/") else f"/{language}/"
        html = self._renderer.render(
            template,
            language,
            other_language=f"/{other}{here[3:]}",
            path=here,
            **{"alone": False, **values},
        )
        kept = "no-store" if no_store or request.method == "POST" else "no-cache"
        return Response(
            html, status, {"Cache-Control": kept, **(headers or {})}, media_type="text/html"
        )

    def not_found(self, request: Request) -> Response:
        """There is no such page."""
        return self.page("not_found.html", request, status=404)

    def help_lines(self) -> tuple[defaults.HelpLine, ...]:
        """The help card's lines."""
        return defaults.help_lines(self._context.settings.home)

    def wait(self, request: Request, kind: str) -> int:
        """Seconds that this visitor's network must wait now (0: none). The address goes no further."""
        address = request.client.host if request.client else None
        seconds = self._limits.take(kind, address)
        return int(seconds) + 1 if seconds else 0


def language_of(request: Request) -> str:
    """The language in the address."""
    found = request.path_params.get("language") or request.url.path[1:3]
    return found if found in LANGUAGES else "en"


def wished_language(request: Request, query: str = "") -> str:
    """The language that a link or a browser asks for; it is not kept."""
    wanted = query or request.headers.get("accept-language", "").lower()
    return "fr" if wanted.startswith("fr") else "en"


async def fields_of(request: Request) -> Fields | None:
    """The form's fields, or None if the body is larger than any form of ours."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_BODY:
            return None
    try:
        return parse_qs(
            body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS
        )
    except ValueError:
        return None


def first(fields: Fields, name: str, default: str = "") -> str:
    """The first value of a field."""
    return fields.get(name, [default])[0]
