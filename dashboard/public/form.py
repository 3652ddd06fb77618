"""The anonymous form: write, see what will be hidden, send. Nothing is stored before the last step."""

from __future__ import annotations

import time

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from dashboard.public import pages
from dashboard.public.marks import parts
from dashboard.public.render import Renderer
from dashboard.public.web import Fields, Pages, fields_of, first, language_of
from youthvoice import defaults, logs
from youthvoice.errors import BadInput, NotFound, Refused
from youthvoice.flow import submit
from youthvoice.flow.context import Context
from youthvoice.flow.mailroom import Mailroom
from youthvoice.model import TopicStatus
from youthvoice.store.topics import TopicHead
from youthvoice.trust import receipts
from youthvoice.trust.limits import Limits

log = logs.get("public")

LONGEST_CODE = 20
SHELL_SECONDS = 60
CODE, PLAIN = "{{code}}", "{{plain}}"
"""Where the receipt stands in the page of thanks; its letters need no escaping."""


class FormPages(Pages):
    """The form of a topic."""

    def __init__(self, context: Context, renderer: Renderer, limits: Limits) -> None:
        super().__init__(context, renderer, limits)
        self._mailroom = Mailroom(context.store)
        self._shells: dict[tuple[str, TopicHead, int], str] = {}

    async def show(self, request: Request) -> Response:
        """The empty form. Nothing of it is in the address but the question's number and a card's code."""
        given = {
            "question": [request.query_params.get("question", "0")],
            "from": [request.query_params.get("from", "")[:LONGEST_CODE]],
        }
        return await self._form(request, given)

    async def take(self, request: Request) -> Response:
        """One step of the form, as its button says."""
        fields = await fields_of(request)
        t = self._renderer.translator(language_of(request))
        if fields is None:
            return await self._form(
                request, {}, t("This is too long to send. Send it in parts; nothing was stored.")
            )
        step = first(fields, "step", "preview")
        try:
            if step == "start":  # from the field on the first page
                return await self._form(request, fields)
            if step == "change":
                return await self._change(request, fields)
            if step == "send":
                return await self._send(request, fields)
            return await self._preview(request, fields)
        except submit.Settled as problem:
            return self.page("settled.html", request, status=400, what=t.note(problem.what))
        except (BadInput, Refused) as problem:
            # Where a draft was sent, its words are in it.
            written = submit.written_in(self._context, first(fields, "draft"))
            if written is not None:
                fields = {**fields, "text": [written.text], "question": [str(written.question)]}
            return await self._form(request, fields, t.note(problem.what))
        except NotFound:
            return self.not_found(request)
        except Exception as problem:  # our machine's fault, whatever it is: the words are not lost
            log.error("form failed", type=type(problem).__name__)
            return self._try_again(request, fields)

    def _try_again(self, request: Request, fields: Fields) -> Response:
        """A page made of what was sent and nothing else: the store may be what does not work."""
        kept = {name: values for name, values in fields.items() if name != "text"}
        written = submit.written_in(self._context, first(fields, "draft"))
        return self.page(
            "try_again.html",
            request,
            status=503,
            kept=kept,
            text=written.text if written else first(fields, "text"),
            sealed=written is not None,
            alone=True,
        )

    async def _form(
        self, request: Request, fields: Fields, problem: str | None = None, status: int = 400
    ) -> Response:
        topic = await run_in_threadpool(
            pages.public_topic, self._context, request.path_params["slug"]
        )
        if topic is None:
            return self.not_found(request)
        return self.page(
            "form.html" if topic.status == TopicStatus.OPEN else "closed.html",
            request,
            status=status if problem else 200,
            topic=topic,
            given={name: values[0] for name, values in fields.items()},
            groups=fields.get("group", []),
            about=defaults.about_you(self._context.settings.home),
            problem=problem,
            most=self._context.settings.max_text,
            no_store=True,
            alone=request.method == "POST",
        )

    async def _preview(self, request: Request, fields: Fields) -> Response:
        wait = self.wait(request, "preview")
        if wait:
            return await self._too_often(request, fields, wait)
        found = await run_in_threadpool(
            submit.prepare, self._context, self._written(request, fields)
        )
        return self._show_preview(request, found)

    def _written(self, request: Request, fields: Fields) -> submit.Written:
        asked = first(fields, "question", "0")
        return submit.Written(
            request.path_params["slug"],
            int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 0,
            first(fields, "text"),
            first(fields, "from")[:LONGEST_CODE] or None,
            submit.about(
                self._context,
                first(fields, "age_band"),
                first(fields, "region"),
                first(fields, "first_language"),
                fields.get("group", []),
            ),
        )

    def _show_preview(
        self,
        request: Request,
        found: submit.Preview,
        problem: str | None = None,
        status: int = 200,
        headers: dict[str, str] | None = None,
    ) -> Response:
        return self.page(
            "preview.html",
            request,
            status=status,
            headers=headers,
            preview=found,
            topic=found.topic,
            parts=parts(found.masked.text),
            hidden=len(found.masked.spans),
            problem=problem,
            alone=True,
        )

    async def _change(self, request: Request, fields: Fields) -> Response:
        written = submit.written_in(self._context, first(fields, "draft"))
        if written is None:
            return await self._form(request, {})
        about = written.about
        return await self._form(
            request,
            {
                "question": [str(written.question)],
                "text": [written.text],
                "from": [written.campaign or ""],
                "age_band": [about.age_band or ""],
                "region": [about.region or ""],
                "first_language": [about.first_language or ""],
                "group": list(about.groups),
            },
        )

    async def _send(self, request: Request, fields: Fields) -> Response:
        draft, proof = first(fields, "draft"), first(fields, "proof")
        wait = self.wait(request, "send" if proof else "plain")
        if wait:
            return await self._too_often(request, fields, wait)
        try:
            sent = await run_in_threadpool(
                submit.send, self._context, draft, proof, first(fields, "answer"), self._mailroom
            )
        except submit.NotSent as problem:
            t = self._renderer.translator(language_of(request))
            return await self._refused(request, fields, t.note(problem.what), 400)
        return self._thanks(request, sent)

    def _thanks(self, request: Request, sent: submit.Sent) -> Response:
        """The page differs from the last one by the receipt only, so all the rest is kept for a minute."""
        language = language_of(request)
        key = (language, sent.topic, int(time.monotonic() / SHELL_SECONDS))
        if key not in self._shells:
            shell = self.page(
                "thanks.html",
                request,
                topic=sent.topic,
                code=CODE,
                plain=PLAIN,
                help_lines=self.help_lines(),
            )
            self._shells = {key: bytes(shell.body).decode()}
        groups = '<span class="dash">-</span>'.join(
            f"<span>{group}</span>" for group in receipts.grouped(sent.receipt).split("-")
        )
        html = self._shells[key].replace(CODE, groups).replace(PLAIN, sent.receipt)
        # Not compressed: a few kilobytes, and packing them takes longer than keeping the voice.
        headers = {"Cache-Control": "no-store", "Content-Encoding": "identity"}
        return Response(html, headers=headers, media_type="text/html")

    async def _too_often(self, request: Request, fields: Fields, wait: int) -> Response:
        t = self._renderer.translator(language_of(request))
        problem = t.many(
            "Many messages come from your network just now. Your words are here; send them again in "
            "%(n)s second.",
            "Many messages come from your network just now. Your words are here; send them again in "
            "%(n)s seconds.",
            wait,
        )
        return await self._refused(request, fields, problem, 429, {"Retry-After": str(wait)})

    async def _refused(
        self,
        request: Request,
        fields: Fields,
        problem: str,
        status: int = 400,
        headers: dict[str, str] | None = None,
    ) -> Response:
        """The page that was there, with the words and what is wrong."""
        if "draft" in fields:
            found = await run_in_threadpool(submit.again, self._context, first(fields, "draft"))
            if found is not None:
                return self._show_preview(request, found, problem, status, headers)
        answer = await self._form(request, fields, problem, status)
        answer.headers.update(headers or {})
        return answer
