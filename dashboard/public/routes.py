"""The public routes, one list: plain HTML that works without JavaScript and asks nobody else.

The address carries the language. Nothing of a visitor is read but what they send in the form; nothing
is logged.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from dashboard.public import pages
from dashboard.public.render import Renderer
from youthvoice import __version__, defaults
from youthvoice.app import build_network
from youthvoice.errors import BadInput, Refused, YouthVoiceError
from youthvoice.flow import campaigns
from youthvoice.flow.context import Context
from youthvoice.flow.submit import submit
from youthvoice.model import LANGUAGES, TopicStatus

STATIC = Path(__file__).parent / "static"
LARGEST_BODY = 300_000
"""Bytes of a form: the longest text, percent-encoded, and room to spare."""
TIMELINE = 60
LONGEST_CODE = 20


class PublicPages:
    """The pages of one installation."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._renderer = Renderer(context.settings)

    def routes(self) -> list[BaseRoute]:
        """Every public route."""
        return [
            Route("/", self.entry),
            Route("/healthz", self.health),
            Route("/robots.txt", self.robots),
            Route("/q/{code}", self.code),
            Route("/{language:lang}/", self.home),
            Route("/{language:lang}/topics/{slug}", self.topic),
            Route("/{language:lang}/topics/{slug}/say", self.form, methods=["GET"]),
            Route("/{language:lang}/topics/{slug}/say", self.send, methods=["POST"]),
            Route("/{language:lang}/you-said-we-did", self.answers),
            Route("/{language:lang}/privacy", self.privacy),
            Route("/{language:lang}/sandbox", self.sandbox),
            Mount("/static", StaticFiles(directory=STATIC)),
        ]

    async def entry(self, request: Request) -> Response:
        """Send a visitor to their browser's language; it is not kept."""
        wanted = request.headers.get("accept-language", "").lower()
        language = "fr" if wanted.startswith("fr") else "en"
        return RedirectResponse(
            f"/{language}/", status_code=302, headers={"Vary": "Accept-Language"}
        )

    async def code(self, request: Request) -> Response:
        """A code from a postcard: to its topic's form, in the card's language or the browser's."""
        wanted = request.url.query or request.headers.get("accept-language", "").lower()
        language = "fr" if wanted.startswith("fr") else "en"
        found = await run_in_threadpool(campaigns.find, self._context, request.path_params["code"])
        if found is None or found[1].status not in pages.PUBLIC:
            return self._page("unknown_code.html", request, status=404, language=language)
        campaign, topic = found
        return RedirectResponse(
            f"/{language}/topics/{topic.slug}/say?from={campaign.code}",
            status_code=302,
            headers={"Vary": "Accept-Language", "Cache-Control": "no-cache"},
        )

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
        language = _language(request)
        page = await run_in_threadpool(pages.home_page, self._context, language)
        return self._page("home.html", request, page=page)

    async def topic(self, request: Request) -> Response:
        """One topic: why, the questions, what was said so far, who must answer."""
        page = await run_in_threadpool(
            pages.topic_page, self._context, request.path_params["slug"], _language(request)
        )
        if page is None:
            return self.not_found(request)
        return self._page("topic.html", request, page=page)

    async def form(self, request: Request) -> Response:
        """The anonymous form. Nothing of it is in the address but the question's number."""
        given = {
            "question": request.query_params.get("question", "0"),
            "from": request.query_params.get("from", "")[:LONGEST_CODE],
        }
        return await self._form(request, given)

    async def _form(
        self, request: Request, given: dict[str, str], problem: str | None = None
    ) -> Response:
        topic = await run_in_threadpool(
            pages.public_topic, self._context, request.path_params["slug"]
        )
        if topic is None:
            return self.not_found(request)
        return self._page(
            "form.html" if topic.status == TopicStatus.OPEN else "closed.html",
            request,
            status=400 if problem else 200,
            topic=topic,
            given=given,
            problem=problem,
            most=self._context.settings.max_text,
        )

    async def send(self, request: Request) -> Response:
        """Take what was written; say what happens next, with the help lines, to everybody."""
        language = _language(request)
        given = await _fields(request)
        t = self._renderer.translator(language)
        if given is None:
            return await self._form(
                request, {}, t("This is too long to send. Send it in parts; nothing was stored.")
            )
        if given.get("step") == "start":  # from the field on the first page
            return await self._form(request, given)
        try:
            question = int(given.get("question", "0"))
        except ValueError:
            question = 0
        slug = request.path_params["slug"]
        try:
            await run_in_threadpool(
                submit, self._context, slug, question, given.get("text", ""), given.get("from")
            )
        except (BadInput, Refused) as problem:
            return await self._form(request, given, t.note(problem.what))
        except YouthVoiceError:
            # What is wrong with our machine is not for a visitor; their words stay in the field.
            sorry = t("Our side did not work just now. Your words are still here; try again soon.")
            return await self._form(request, given, sorry)
        return self._page("thanks.html", request, slug=slug, help_lines=self._help(), no_store=True)

    async def answers(self, request: Request) -> Response:
        """You said, we did."""
        answered, waiting = await run_in_threadpool(
            pages.answers_page, self._context, _language(request)
        )
        return self._page("answers.html", request, answered=answered, waiting=waiting)

    async def privacy(self, request: Request) -> Response:
        """What is kept, what is not, in plain words."""
        return self._page("privacy.html", request, help_lines=self._help())

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

        return self._page("sandbox.html", request, threads=await run_in_threadpool(read))

    def not_found(self, request: Request) -> Response:
        """There is no such page."""
        return self._page("not_found.html", request, status=404)

    def broken(self, request: Request) -> Response:
        """Something failed: say so, and that nothing else was lost; what exactly is not for visitors."""
        return self._page("broken.html", request, status=503)

    def _help(self) -> tuple[defaults.HelpLine, ...]:
        return defaults.help_lines(self._context.settings.home)

    def _page(
        self,
        template: str,
        request: Request,
        status: int = 200,
        no_store: bool = False,
        language: str = "",
        **values: Any,
    ) -> Response:
        language = language or _language(request)
        other = "fr" if language == "en" else "en"
        path = request.url.path
        here = path if path.startswith(f"/{language}/") else f"/{language}/"
        html = self._renderer.render(
            template,
            language,
            other_language=f"/{other}{here[3:]}",
            path=here,
            **values,
        )
        headers = {
            "Cache-Control": "no-store" if no_store or request.method == "POST" else "no-cache"
        }
        return Response(html, status, headers, media_type="text/html")


def _language(request: Request) -> str:
    found = request.path_params.get("language") or request.url.path[1:3]
    return found if found in LANGUAGES else "en"


async def _fields(request: Request) -> dict[str, str] | None:
    """The form's fields, or None if the body is larger than any form of ours."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_BODY:
            return None
    try:
        found = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=20)
    except ValueError:
        return None
    return {name: values[0] for name, values in found.items()}
