"""`youthvoice review …`: the queue, and a person's decision on one message."""

from __future__ import annotations

from typing import Annotated

import typer

from youthvoice.cli.common import By, JsonFlag, console, context, editor, report, translator
from youthvoice.editorial import STATUS_NAMES
from youthvoice.flow import remask, review
from youthvoice.model import ReviewItem, ReviewStatus

app = typer.Typer(help="See what waits for a person, and decide.", no_args_is_help=True)


def _as_json(item: ReviewItem) -> dict[str, object]:
    return {
        "id": item.id,
        "topic": item.topic,
        "question": item.question,
        "channel": item.channel,
        "day": item.day.isoformat(),
        "language": item.language,
        "text": item.text,
        "masked": [{"kind": span.kind, "detector": span.detector} for span in item.spans],
        "risk_level": item.risk.level,
        "risk_reasons": list(item.risk.reasons),
        "status": str(item.status),
        "hold": item.hold,
        "proposed": {score.theme: score.score for score in item.proposed},
        "decided": list(item.decided) if item.decided is not None else None,
    }


@app.command("list")
def list_queue(
    topic: Annotated[str | None, typer.Option("--topic", help="Only this topic.")] = None,
    held: Annotated[bool, typer.Option("--held", help="Only messages that are held.")] = False,
    most: Annotated[int, typer.Option("--most", min=1, max=1000, help="How many.")] = 20,
    json: JsonFlag = False,
) -> None:
    """List the masked messages that wait for a person, gravest first."""
    t = translator()
    statuses = (ReviewStatus.HELD,) if held else review.TO_READ
    found = review.queue(context(), topic, statuses, most)
    if json:
        report({"items": [_as_json(item) for item in found]}, True, "")
        return
    for item in found:
        themes = ", ".join(score.theme for score in item.proposed) or "-"
        console.print(
            f"{item.id}  {t('risk')} {item.risk.level}  {t(STATUS_NAMES[item.status])}  "
            f"{item.language}  [{themes}]\n    {item.text or '-'}",
            markup=False,
            soft_wrap=True,
        )
    if not found:
        console.print(t("Nothing waits for a person."))


@app.command()
def decide(
    ident: Annotated[str, typer.Argument(help="The message's id, from `youthvoice review list`.")],
    status: Annotated[
        ReviewStatus, typer.Option("--as", help="released, held or rejected.", case_sensitive=False)
    ],
    by: By,
    themes: Annotated[
        str | None,
        typer.Option(help="The right themes, comma-separated. Left out: as the machine proposed."),
    ] = None,
    reason: Annotated[
        str | None, typer.Option(help="Why: one of " + ", ".join(review.REASONS))
    ] = None,
    json: JsonFlag = False,
) -> None:
    """Release, hold or reject a message, and accept or correct its themes."""
    built = context()
    given = (
        [part.strip() for part in themes.split(",") if part.strip()]
        if themes is not None
        else list(review.proposed_themes(built, ident))
    )
    review.decide(built, ident, status, given, editor(by), reason)
    report(
        {"id": ident, "status": str(status), "themes": sorted(given)},
        json,
        translator()("Decided. The machine’s proposal is kept beside it."),
    )


@app.command("mask-again")
def mask_again(by: By, json: JsonFlag = False) -> None:
    """Look again at messages that a detector failed on; needs the moderator's private key."""
    done = remask.remask(context(), editor(by))
    report(
        done._asdict(),
        json,
        translator()(
            "%(masked)s messages are masked now and wait for a person, %(still_held)s still cannot be.",
            **done._asdict(),
        ),
    )
