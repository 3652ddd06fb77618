"""The bare limit: the same server and database, doing only one durable insert for each request."""

from __future__ import annotations

import secrets
import sys

import uvicorn
from sqlalchemy import Column, LargeBinary, MetaData, String, Table, insert
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from youthvoice.settings import Settings
from youthvoice.store.engine import Store

metadata = MetaData()
bare = Table("bare", metadata, Column("id", String(32), primary_key=True),
             Column("body", LargeBinary, nullable=False), sqlite_with_rowid=False)  # fmt: skip


def main() -> None:
    settings = Settings.from_env()
    store = Store(settings.store_url)
    with store.write() as tx:
        metadata.create_all(tx)

    def keep(body: bytes) -> None:
        with store.write() as tx:
            tx.execute(insert(bare).values(id=secrets.token_hex(16), body=body))

    async def take(request: Request) -> Response:
        await run_in_threadpool(keep, await request.body())
        return PlainTextResponse("kept")

    async def health(_request: Request) -> Response:
        return PlainTextResponse("ok")

    uvicorn.run(
        Starlette(routes=[Route("/", take, methods=["POST"]), Route("/healthz", health)]),
        host="127.0.0.1",
        port=settings.public_port,
        access_log=False,
        log_level="critical",
    )


if __name__ == "__main__":
    sys.exit(main())
