"""The public routes, one list: plain HTML that works without JavaScript and asks nobody else.

The address carries the language. Nothing of a visitor is read but what they send in the form, and their
network's address for the limits, which forget it (`trust/limits.py`); nothing is logged.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from dashboard.public import pages
from dashboard.public.form import FormPages
from dashboard.public.receipt import ReceiptPages
from dashboard.public.render import Renderer
from dashboard.public.web import Pages, language_of, wished_language
from youthvoice import __version__
from youthvoice.app import build_network
from youthvoice.errors import YouthVoiceError
from youthvoice.flow import campaigns
from youthvoice.flow.context import Context
from youthvoice.settings import Settings
from youthvoice.trust.limits import Limits, Rate

STATIC = Path(__file__).parent / "static"
TIMELINE = 60


def limits(settings: Settings) -> Limits:
    """How often a network may do what costs something."""
    own = Rate(settings.form_burst, settings.form_per_minute)
    slow = Rate(settings.slow_burst, settings.slow_per_minute)
    every = Rate(max(60, int(settings.all_per_minute / 2)), settings.all_per_minute)
    return Limits(
        {
            "preview": Rate(own.burst * 2, own.per_minute * 2),
            "send": own,
            "plain": slow,
            "receipt": own,
            "everybody preview": Rate(every.burst * 2, every.per_minute * 2),
            "everybody send": every,
            "everybody receipt": every,
            "everybody plain": Rate(slow.burst * 10, slow.per_minute * 10),
        }
    )


class PublicPages(Pages):
    """The pages of one installation."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, Renderer(context.settings), limits(context.settings))
        self._form = FormPages(context, self._renderer, self._limits)
        self._receipt = ReceiptPages(context, self._renderer, self._limits)

    def routes(self) -> list[BaseRoute]:
        """Every public route."""
        return [
            Route("/", self.entry),
            Route("/healthz", self.health),
            Route("/robots.txt", self.robots),
            Route("/q/{code}", self.code),
            Route("/r", self.receipt),
            Route("/{language:lang}/", self.home),
            Route("/{language:lang}/topics/{slug}", self.topic),
            Route("/{language:lang}/topics/{slug}/say", self._form.show, methods=["GET"]),
            Route("/{language:lang}/topics/{slug}/say", self._form.take, methods=["POST"]),
            Route("/{language:lang}/receipt", self._receipt.show, methods=["GET"]),
            Route("/{language:lang}/receipt", self._receipt.take, methods=["POST"]),
            Route("/{language:lang}/you-said-we-did", self.answers),
            Route("/{language:lang}/privacy", self.privacy),
            Route("/{language:lang}/sandbox", self.sandbox),
            Mount("/static", StaticFiles(directory=STATIC)),
        ]

    async def entry(self, request: Request) -> Response:
        """Send a visitor to their browser's language; it is not kept."""
        return _by_language(f"/{wished_language(request)}/")

    async def receipt(self, request: Request) -> Response:
        """The short address of the receipt's page, for a printed one."""
        return _by_language(f"/{wished_language(request)}/receipt")

    async def code(self, request: Request) -> Response:
        """A code from a postcard: to its topic's form, in the card's language or the browser's."""
        language = wished_language(request, request.url.query)
        found = await run_in_threadpool(campaigns.find, self._context, request.path_params["code"])
        if found is None or found[1].status not in pages.PUBLIC:
            return self.page("unknown_code.html", request, status=404, language=language)
        campaign, topic = found
        return _by_language(f"/{language}/topics/{topic.slug}/say?from={campaign.code}")

    async def health(self, _request: Request) -> Response:
        """Whether this process answers and can read its database."""
        try:
            await run_in_threadpool(pages.home_page, self._context, "en")
        except YouthVoiceError:
            return JSONResponse({"youthvoice": __version__, "database": False}, status_code=503)
        return JSONResponse({"youthvoice": __version__, "database": True})

    async def robots(self, _request: Request) -> Response:
        """Nothing of a demo belongs in a search engine."""
        rule = "Disallow: /" if self._context.settings.demo else "Disallow:"
        return PlainTextResponse(f"User-agent: *\n{rule}\n")

    async def home(self, request: Request) -> Response:
        """The first page."""
        language = language_of(request)
        page = await run_in_threadpool(pages.home_page, self._context, language)
        most = self._context.settings.max_text
        # Not kept anywhere: its field may hold words when somebody else presses "Back".
        return self.page("home.html", request, page=page, most=most, no_store=True)

    async def topic(self, request: Request) -> Response:
        """One topic: why, the questions, what was said so far, who must answer."""
        page = await run_in_threadpool(
            pages.topic_page, self._context, request.path_params["slug"], language_of(request)
        )
        if page is None:
            return self.not_found(request)
        return self.page("topic.html", request, page=page)

    async def answers(self, request: Request) -> Response:
        """You said, we did."""
        answered, waiting = await run_in_threadpool(
            pages.answers_page, self._context, language_of(request)
        )
        return self.page("answers.html", request, answered=answered, waiting=waiting)

    async def privacy(self, request: Request) -> Response:
        """What is kept, what is not, in plain words."""
        return self.page("privacy.html", request, help_lines=self.help_lines())

    async def sandbox(self, request: Request) -> Response:
        """Demo only: the timeline of the sandbox network."""
        if not self._context.settings.demo:
            return self.not_found(request)
        network = build_network(self._context.settings)

        def read() -> list[tuple[Any, int, list[Any]]]:
            return [
                (root, network.count(root.id), network.thread(root.id, TIMELINE)[::-1])
                for root in network.roots()
            ]

        return self.page("sandbox.html", request, threads=await run_in_threadpool(read))

    def broken(self, request: Request) -> Response:
        """Something failed: say so, and that nothing else was lost; what exactly is not for visitors."""
        return self.page("broken.html", request, status=503)


def _by_language(address: str) -> Response:
    headers = {"Vary": "Accept-Language", "Cache-Control": "no-cache"}
    return RedirectResponse(address, status_code=302, headers=headers)
