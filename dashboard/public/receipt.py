"""Coming back with a receipt. The code is in the body, never in an address; nothing of the page is kept.

A code that is not known gets a page of the same shape, size and time as one that is: who watches the line,
or tries codes, learns nothing. The page is sent as it is, because compressed sizes tell what is in it.
"""

from __future__ import annotations

import asyncio
import time

import segno
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from dashboard.public.marks import parts
from dashboard.public.web import Fields, Pages, fields_of, first, language_of
from youthvoice import logs
from youthvoice.errors import BadInput, Refused, mark
from youthvoice.flow import receipts
from youthvoice.trust import receipts as codes

log = logs.get("public")

FLOOR_SECONDS = 0.15
"""Every answer to a code takes this long; looking takes a few milliseconds of it."""
BLOCK = 16_384
"""Bytes; a page is filled up to a multiple."""


DONE = {
    "withdraw": mark("Your words are gone, with the key that could open them."),
    "wrong": mark("Thank you. A person looks at it again."),
    "reply": mark("Your answer arrived. What could point to you is hidden before anybody sees it."),
}
"""What is said after a step; message ids of the catalogue."""


class ReceiptPages(Pages):
    """What became of a voice."""

    async def show(self, request: Request) -> Response:
        """The field for the code."""
        return self._page(request, "", None)

    async def take(self, request: Request) -> Response:
        """Look, or do what a button says: withdraw, call a theme wrong, answer a question."""
        began = time.monotonic()
        fields = await fields_of(request) or {}
        answer = await self._answer(request, fields)
        answer.body = padded(bytes(answer.body))
        answer.headers["content-length"] = str(len(answer.body))
        await asyncio.sleep(max(0.0, began + FLOOR_SECONDS - time.monotonic()))
        return answer

    async def _answer(self, request: Request, fields: Fields) -> Response:
        t = self._renderer.translator(language_of(request))
        typed = first(fields, "code")
        wait = self.wait(request, "receipt")
        if wait:
            sentence = t.many(
                "Many codes come from your network just now. Try again in %(n)s second.",
                "Many codes come from your network just now. Try again in %(n)s seconds.",
                wait,
            )
            return self._page(request, typed, sentence, status=429, words=first(fields, "text"))
        try:
            codes.read(typed)
        except BadInput as problem:
            return self._page(request, typed, t.note(problem.what), status=400)
        step = first(fields, "step")
        if step == "picture":
            return self._picture(request, typed)
        if step == "really":
            return self._page(request, typed, None, confirm=True)
        said: str | None = None
        words = first(fields, "text") if step == "reply" else ""
        try:
            done = await run_in_threadpool(self._do, fields, typed)
            said, words = (t(done), "") if done else (None, words)
        except (BadInput, Refused) as problem:
            said = t.note(problem.what)
        except Exception as problem:  # our machine's fault; what was done before stays said
            log.error("receipt failed", type=type(problem).__name__)
            said = t("Our side did not work just now. Try again soon.")
        try:
            look = await run_in_threadpool(receipts.look, self._context, typed)
        except Exception as problem:
            log.error("receipt failed", type=type(problem).__name__)
            sorry = said or t("Our side did not work just now. Try again soon.")
            return self._page(request, typed, sorry, status=503, words=words)
        return self._page(request, typed, None, look=look, asked=True, said=said, words=words)

    def _picture(self, request: Request, typed: str) -> Response:
        """The code as a picture: it alone and no address, because a scanned link stays in a history."""
        code = codes.read(typed)
        made = segno.make(code, error="m", micro=False)
        picture = made.svg_inline(scale=4, border=4, dark="#000", light="#fff", omitsize=True)
        return self.page(
            "picture.html",
            request,
            headers={"Content-Encoding": "identity"},
            code=codes.grouped(code),
            picture=picture,
        )

    def _do(self, fields: Fields, typed: str) -> str | None:
        step = first(fields, "step", "look")
        if step == "withdraw" and receipts.withdraw(self._context, typed):
            return DONE["withdraw"]
        if step == "wrong" and receipts.object_to(self._context, typed, first(fields, "theme")):
            return DONE["wrong"]
        if step == "reply" and receipts.reply(self._context, typed, first(fields, "text")):
            return DONE["reply"]
        return None

    def _page(
        self,
        request: Request,
        typed: str,
        problem: str | None,
        status: int = 200,
        look: receipts.Look | None = None,
        asked: bool = False,
        said: str | None = None,
        confirm: bool = False,
        words: str = "",
    ) -> Response:
        themes = {theme.id: theme.name[language_of(request)] for theme in self._context.themes}
        return self.page(
            "receipt.html",
            request,
            status=status,
            no_store=True,
            headers={"Content-Encoding": "identity"},
            code=typed[:60],
            problem=problem,
            asked=asked,
            confirm=confirm,
            look=look,
            said=said,
            themes=themes,
            parts=parts(look.text or "") if look else [],
            thread=[(one, parts(one.text)) for one in look.thread] if look else [],
            longest=receipts.LONGEST_REPLY,
            typed=words,
            help_lines=self.help_lines(),
        )


def padded(html: bytes) -> bytes:
    """A page filled up to a full block, after its end."""
    missing = -(len(html) + 9) % BLOCK
    return html + b"\n<!-- " + b"." * missing + b"-->"
