"""The public pages as a server: headers that forbid what a page must not do, and no access log."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.convertors import Convertor, register_url_convertor
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.public.routes import PublicPages
from youthvoice import app as wiring
from youthvoice import logs
from youthvoice.errors import YouthVoiceError
from youthvoice.flow.context import Context
from youthvoice.settings import Settings

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self'; "
        "form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cross-origin-opener-policy": "same-origin",
}

log = logs.get("public")


class LanguageConvertor(Convertor[str]):
    """`en` or `fr` in an address."""

    regex = "en|fr"

    def convert(self, value: str) -> str:
        """As it is."""
        return value

    def to_string(self, value: str) -> str:
        """As it is."""
        return value


register_url_convertor("lang", LanguageConvertor())


class SafeHeaders:
    """Adds the protective headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message["headers"],
                    *((name.encode(), value.encode()) for name, value in HEADERS.items()),
                ]
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


def build(context: Context, warm: bool = False) -> ASGIApp:
    """The application. `warm`: load the language models in the background at the start."""
    pages = PublicPages(context)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        if warm:
            threading.Thread(target=_warm, args=(context,), daemon=True).start()
        yield

    async def not_found(request: Request, _problem: Exception) -> Response:
        return pages.not_found(request)

    async def broken(request: Request, problem: Exception) -> Response:
        # The kind of a failure, never its text: it may hold what somebody wrote.
        log.error("request failed", type=type(problem).__name__)
        return pages.broken(request)

    # The headers go around everything, so that the page of a failure has them too.
    return SafeHeaders(
        Starlette(
            routes=pages.routes(),
            lifespan=lifespan,
            middleware=[Middleware(GZipMiddleware, minimum_size=600)],
            exception_handlers={
                404: not_found,
                405: not_found,
                YouthVoiceError: broken,
                500: broken,
            },
        )
    )


def _warm(context: Context) -> None:
    try:
        context.analyser()
    except YouthVoiceError as problem:
        log.error("models missing", type=type(problem).__name__)


def serve(settings: Settings) -> None:
    """Serve until a signal."""
    uvicorn.run(
        build(wiring.build(settings), warm=True),
        host=settings.public_host,
        port=settings.public_port,
        access_log=False,
        log_level="critical",
        # The visitor's network, for the limits only; never logged, never stored.
        proxy_headers=True,
        forwarded_allow_ips=settings.trusted_proxies,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=3,
    )
