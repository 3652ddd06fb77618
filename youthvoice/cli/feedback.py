"""`youthvoice feedback …`: the ministry's answer, its approval, and its way back to young people."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Any

import typer

from youthvoice.cli.common import (
    By,
    JsonFlag,
    console,
    context,
    editor,
    ministry,
    report,
    translator,
)
from youthvoice.editorial import STATUS_NAMES
from youthvoice.errors import BadInput, note
from youthvoice.flow import feed_back
from youthvoice.model import DecisionKind, Response, ResponseStatus
from youthvoice.store import responses

app = typer.Typer(
    help="Write, approve and publish the answers of ministries.", no_args_is_help=True
)
Ident = Annotated[int, typer.Argument(help="The answer's number, from `youthvoice feedback list`.")]


@app.command("list")
def list_responses(json: JsonFlag = False) -> None:
    """List the answers with their status, and the topics that wait for one."""
    t = translator()
    built = context()
    with built.store.read() as tx:
        found = responses.every(tx)
    waiting = feed_back.worklist(built)
    if json:
        report(
            {
                "answers": [
                    {
                        "id": one.id,
                        "topic": one.topic,
                        "theme": one.theme,
                        "kind": str(one.kind),
                        "status": str(one.status),
                        "said": dict(one.said),
                        "did": dict(one.did),
                        "reason": dict(one.reason),
                        "messages": one.messages,
                        "texts": one.texts,
                    }
                    for one in found
                ],
                "waiting": [{"topic": topic.slug, "days_left": days} for topic, days in waiting],
            },
            True,
            "",
        )
        return
    for one in found:
        console.print(
            f"{one.id}  {one.topic}/{one.theme or '*'}  {t(STATUS_NAMES[one.status])}  {one.did[t.language]}",
            markup=False,
            soft_wrap=True,
        )
    for topic, days in waiting:
        console.print(
            t("“%(slug)s” waits for an answer: %(days)s days left.", slug=topic.slug, days=days),
            markup=False,
        )


@app.command()
def write(
    slug: Annotated[str, typer.Argument(help="The topic.")],
    file: Annotated[Path, typer.Argument(help="A TOML file; docs/policy/answers.md shows one.")],
    by: By,
    replaces: Annotated[
        int | None, typer.Option("--replaces", help="The number of an answer that was sent back.")
    ] = None,
    json: JsonFlag = False,
) -> None:
    """Write and submit a ministry's answer, in both languages."""
    built = context()
    response = _read(file, slug, by, built.settings.today().date())
    key = feed_back.write(built, slug, response, ministry(by), replaces)
    report(
        {"id": key, "status": "submitted"},
        json,
        translator()(
            "Submitted. The committee approves it: youthvoice feedback approve %(id)s", id=key
        ),
    )


@app.command()
def approve(ident: Ident, by: By, json: JsonFlag = False) -> None:
    """Approve a submitted answer and plan its announcement."""
    feed_back.approve(context(), ident, editor(by))
    report(
        {"id": ident, "status": "approved"},
        json,
        translator()("Approved. It is public once its announcement is out: youthvoice post"),
    )


@app.command()
def publish(json: JsonFlag = False) -> None:
    """Make approved answers public whose announcements are out."""
    done = feed_back.feed_back(context())
    report(
        done._asdict(),
        json,
        translator().many(
            "%(n)s answer is public now.", "%(n)s answers are public now.", done.published
        ),
    )


def _read(path: Path, slug: str, by: str, today: Any) -> Response:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        for name in ("said", "did", "reason"):
            if not isinstance(table[name], dict):
                raise ValueError(f"[{name}] must hold en and fr")
        return Response(
            id=0,
            topic_id=0,
            topic=slug,
            theme=table.get("theme"),
            kind=DecisionKind(table["kind"]),
            said=table["said"],
            did=table["did"],
            reason=table["reason"],
            status=ResponseStatus.DRAFT,
            written_by=by,
            decided_on=table.get("decided_on", today),
        )
    except OSError as problem:
        why: object = problem.strerror or type(problem).__name__
    except KeyError as problem:
        why = note("“%(key)s” is missing", key=problem.args[0])
    except (ValueError, TypeError) as problem:
        why = str(problem)[:200]
    raise BadInput(
        note("The file %(file)s is not an answer: %(why)s.", file=path.name, why=why),
        note("docs/policy/answers.md shows a complete one."),
    )
