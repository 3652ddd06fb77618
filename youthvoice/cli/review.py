"""`youthvoice review …`: the queue, and a person's decision on one message."""

from __future__ import annotations

from typing import Annotated

import typer

from youthvoice.cli.common import By, JsonFlag, console, context, editor, report, translator
from youthvoice.editorial import STATUS_NAMES
from youthvoice.errors import BadInput, note
from youthvoice.flow import corrections, mask_evaluation, originals, remask, review
from youthvoice.intervals import Share
from youthvoice.model import Actor, ReviewItem, ReviewStatus, Role

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
        "attention": str(item.attention) if item.attention else None,
        "objections": list(item.objections),
        "alike": item.alike,
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
    alike: Annotated[
        bool, typer.Option("--alike", help="Also for all messages that say nearly the same.")
    ] = False,
    json: JsonFlag = False,
) -> None:
    """Release, hold or reject a message, and accept or correct its themes."""
    built = context()
    given = (
        [part.strip() for part in themes.split(",") if part.strip()]
        if themes is not None
        else list(review.proposed_themes(built, ident))
    )
    deciding = review.decide_alike if alike else review.decide
    decided = deciding(built, ident, status, given, editor(by), reason) or 1
    report(
        {"id": ident, "status": str(status), "themes": sorted(given), "decided": decided},
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


@app.command()
def masks(
    evaluate: Annotated[
        bool,
        typer.Option(
            "--evaluate",
            help="Measure the machine of now on the originals whose masks people corrected; needs "
            "--by and the moderator's private key.",
        ),
    ] = False,
    by: Annotated[
        str | None, typer.Option("--by", help="Who has it measured; goes into the audit log.")
    ] = None,
    json: JsonFlag = False,
) -> None:
    """Show how good the masks are, by language, on what people read and corrected."""
    if not evaluate:
        _show_figures(corrections.figures(context()), json)
        return
    if not by:
        raise BadInput(note("Say who has the masks measured: --by NAME"))
    _show_evaluation(mask_evaluation.evaluate(context(), editor(by)), json)


def _show_figures(found: list[corrections.Figure], json: bool) -> None:
    if json:
        report({"least": corrections.LEAST, "languages": [_plain(one) for one in found]}, True, "")
        return
    t = translator()
    for one in found:
        head = t(
            "%(language)s: %(messages)s messages, %(spans)s places decided",
            language=one.language,
            messages=t.number(one.messages),
            spans=t.number(one.spans),
        )
        if one.messages < corrections.LEAST:
            console.print(f"{head}; {t('not yet checked')}", markup=False, soft_wrap=True)
            continue
        console.print(
            f"{head}\n    {t('precision')} {_said(one.precision)}\n    {t('recall')} {_said(one.recall)}",
            markup=False,
            soft_wrap=True,
        )


def _show_evaluation(done: mask_evaluation.Evaluation, json: bool) -> None:
    if json:
        listed = [_plain(one) for one in done.languages]
        report({**done._asdict(), "languages": listed}, True, "")
        return
    t = translator()
    if not done.languages:
        console.print(t("There is no original here whose masks people corrected."))
    for one in done.languages:
        console.print(
            t(
                "%(language)s: %(messages)s messages whose masks people corrected",
                language=one.language,
                messages=t.number(one.messages),
            )
            + f"\n    {t('recall, a part hidden')} {_said(one.recall_any)}"
            f"\n    {t('recall, wholly hidden')} {_said(one.recall_full)}"
            f"\n    {t('precision')} {_said(one.precision)}",
            markup=False,
            soft_wrap=True,
        )
    if done.gone or done.unfit or done.failed:
        console.print(
            t(
                "Not measured: %(gone)s whose original is gone, %(unfit)s that an earlier version "
                "masked, %(failed)s that a detector failed on.",
                gone=done.gone,
                unfit=done.unfit,
                failed=done.failed,
            ),
            markup=False,
            soft_wrap=True,
        )


def _said(share: Share | None) -> str:
    t = translator()
    return share.said(t) if share else t("nothing to decide")


def _plain(one: corrections.Figure | mask_evaluation.Measured) -> dict[str, object]:
    """A figure for JSON: each share with its parts and the ends of its interval."""
    return {
        name: value._asdict() if isinstance(value, Share) else value
        for name, value in one._asdict().items()
    }


@app.command()
def ask(
    ident: Annotated[str, typer.Argument(help="The message's id, from `youthvoice review list`.")],
    text: Annotated[str, typer.Argument(help="The question, in the language of the message.")],
    by: By,
    json: JsonFlag = False,
) -> None:
    """Ask the writer of a message something; they see it when they come back with their receipt."""
    review.ask(context(), ident, text, editor(by))
    report({"id": ident}, json, translator()("Asked. The answer appears in the queue."))


@app.command()
def thread(
    ident: Annotated[str, typer.Argument(help="The message's id, from `youthvoice review list`.")],
    json: JsonFlag = False,
) -> None:
    """Show what was asked about a message, and what its writer answered (masked)."""
    found = review.thread(context(), ident)
    if json:
        listed = [
            {"id": one.id, "author": str(one.author), "day": one.day.isoformat(), "text": one.text}
            for one in found
        ]
        report({"thread": listed}, True, "")
        return
    for one in found:
        console.print(f"{one.day}  {one.author}: {one.text or '-'}", markup=False, soft_wrap=True)


@app.command(name="open")
def open_one(
    ident: Annotated[str, typer.Argument(help="Id of a message, or of an answer in a thread.")],
    by: By,
    reason: Annotated[str, typer.Option(help="Why: one of " + ", ".join(originals.REASONS))],
    safety: Annotated[
        bool, typer.Option("--safety", help="As a safety officer, with that role's key.")
    ] = False,
) -> None:
    """Open an original. Needs the role's private key and a reason; it is written into the audit log."""
    actor = Actor(by, Role.SAFETY if safety else Role.EDITOR)
    print(originals.open_original(context(), ident, actor, reason))
