"""The dashboard as a server: `streamlit run dashboard/asgi.py` (not raw uvicorn, which would ignore
Streamlit's settings and log addresses).

A small middleware gives the page the right language and title before any script runs, and a way to
the plain pages for browsers without JavaScript.
"""

from __future__ import annotations

from urllib.parse import parse_qs

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.starlette import App

from dashboard import french
from youthvoice import __version__, logs
from youthvoice.settings import Settings
from youthvoice.strings import Translator

logs.configure()
log = logs.get("dashboard")
settings = Settings.from_env()


class PageLanguage:
    """Rewrites the shell that Streamlit serves: `lang`, title, `noscript`; and adds safe headers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; rewrite the answer if it is a page."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
        language = "fr" if query.get("lang") == ["fr"] else "en"
        page = not scope["path"].rsplit("/", 1)[-1].count(".")
        if page:
            headers = MutableHeaders(scope=scope)
            del headers["accept-encoding"]  # a compressed shell could not be rewritten
        start: Message | None = None
        body = b""

        async def rewrite(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["referrer-policy"] = "no-referrer"
                MutableHeaders(scope=message)["x-content-type-options"] = "nosniff"
                kind = MutableHeaders(scope=message).get("content-type", "")
                if page and kind.startswith("text/html"):
                    start = message
                    return
                await send(message)
                return
            if start is None:
                await send(message)
                return
            body += message.get("body", b"")
            if message.get("more_body"):
                return
            body = _shell(body.decode("utf-8"), language).encode("utf-8")
            MutableHeaders(scope=start)["content-length"] = str(len(body))
            await send(start)
            await send({"type": "http.response.body", "body": body})

        await self.app(scope, receive, rewrite)


def _shell(html: str, language: str) -> str:
    t = Translator(language)
    plain = f"{settings.public_address}/{language}/"
    html = html.replace('<html lang="en">', f'<html lang="{language}">', 1)
    html = html.replace("<title>Streamlit</title>", f"<title>{t('YouthVoice Ontario')}</title>", 1)
    note = t("The dashboard needs JavaScript. Everything for young people works without it here:")
    start, _, rest = html.partition("<noscript>")
    _old, _, end = rest.partition("</noscript>")
    if end:
        html = f'{start}<noscript>{note} <a href="{plain}">{plain}</a></noscript>{end}'
    if language == "fr":
        html = html.replace("</body>", f'<script src="{french.PATH}"></script></body>', 1)
    return html


def health(_request: Request) -> JSONResponse:
    """Whether this process answers."""
    return JSONResponse({"youthvoice": __version__})


def script_failed(problem: Exception) -> bool:
    """Note the kind of a failure, never its text, and keep Streamlit's own error box away."""
    log.error("page failed", type=type(problem).__name__)
    return True


app = App(
    "main.py",
    routes=[
        Route("/dashboard/healthz", health),
        Route("/healthz", health),
        Route(french.PATH, french.script),
    ],
    middleware=[Middleware(PageLanguage)],
    on_script_error=script_failed,
)
