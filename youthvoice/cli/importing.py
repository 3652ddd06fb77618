"""`youthvoice import FILE …`: comments gathered elsewhere, each taken once."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from youthvoice.cli.common import JsonFlag, console, context, progress, report, translator
from youthvoice.errors import BadInput, note
from youthvoice.flow.import_file import check_any, import_file
from youthvoice.store import kept


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("import")(import_comments)


def import_comments(
    file: Annotated[Path | None, typer.Argument(help="A CSV or JSON Lines file.")] = None,
    topic: Annotated[str | None, typer.Option("--topic", help="The topic it belongs to.")] = None,
    mapping: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            help="text=COLUMN (needed) and id=COLUMN; give it once for each.",
            metavar="FIELD=COLUMN",
        ),
    ] = None,
    encoding: Annotated[
        str | None, typer.Option(help="The file's encoding, if it is not UTF-8.")
    ] = None,
    day: Annotated[
        datetime | None,
        typer.Option(help="The day the comments were gathered (today).", formats=["%Y-%m-%d"]),
    ] = None,
    campaign: Annotated[
        str | None, typer.Option(help="The code of the postcards or workshop they came from.")
    ] = None,
    list_kept: Annotated[
        bool, typer.Option("--kept", help="List what earlier imports kept aside, and why.")
    ] = False,
    json: JsonFlag = False,
) -> None:
    """Import comments from a file. Every row is accepted once, whatever is run again; a row that cannot
    be taken is kept aside with its line and the reason.
    """
    if list_kept:
        _list_kept(json)
        return
    if file is None or topic is None:
        raise BadInput(
            note("Name a file and a topic: youthvoice import FILE --topic TOPIC --map text=COLUMN")
        )
    pairs = dict(_pair(one) for one in mapping or [])
    t = translator()
    with progress(t("Importing")) as update:
        done = import_file(
            context(), file, topic, pairs, encoding, day.date() if day else None, update, campaign
        )
    report(
        done._asdict(),
        json,
        t(
            "%(read)s rows read: %(accepted)s accepted, %(seen)s seen before, %(kept_aside)s kept "
            "aside, in %(seconds)s seconds.",
            **done._asdict(),
        ),
    )
    if done.kept_aside and not json:
        console.print(t("See what was kept aside, and why: youthvoice import --kept"))
    check_any(done, file.name)


def _pair(text: str) -> tuple[str, str]:
    field, sign, column = text.partition("=")
    if not sign or field not in ("text", "id") or not column:
        raise BadInput(
            note("“%(given)s” is no mapping.", given=text[:80]),
            note("Write for example: --map text=comment-body --map id=comment-id"),
        )
    return field, column


def _list_kept(json: bool) -> None:
    with context().store.read() as tx:
        rows = kept.counts(tx)
    t = translator()
    if json:
        report({"kept_aside": [row._asdict() for row in rows]}, True, "")
        return
    for row in rows:
        console.print(
            t(
                "%(topic)s, %(source)s: %(rows)s rows (%(reason)s), the first at line %(first_line)s",
                **row._asdict(),
            ),
            markup=False,
        )
    if not rows:
        console.print(t("Nothing was kept aside."))
