"""`youthvoice campaign …`: codes for postcards, posters and workshops."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from youthvoice.cli.common import By, JsonFlag, console, context, editor, report, translator
from youthvoice.errors import BadInput, note
from youthvoice.flow import campaigns
from youthvoice.flow.context import Context
from youthvoice.model import LANGUAGES, Campaign, Topic
from youthvoice.strings import Translator
from youthvoice.trust import codes

if TYPE_CHECKING:
    from youthvoice.export.postcard import Side

app = typer.Typer(help="Codes for postcards, posters and workshops.", no_args_is_help=True)


@app.command()
def new(
    topic: Annotated[str, typer.Argument(help="The topic that the code leads to.")],
    by: By,
    name: Annotated[str, typer.Option("--name", help="Where it is used, for your own eyes.")],
    json: JsonFlag = False,
) -> None:
    """Make a campaign: a short code that leads to a topic's form."""
    built = context()
    made = campaigns.new(built, topic, name, editor(by))
    report(
        {"code": made.code, "topic": topic, "address": campaigns.address(built, made, "en")},
        json,
        translator()(
            "The code is %(code)s. Print its postcard with: youthvoice campaign print %(plain)s",
            code=codes.grouped(made.code),
            plain=made.code,
        ),
    )


@app.command("print")
def print_card(
    code: Annotated[str, typer.Argument(help="A campaign's code.")],
    out: Annotated[
        Path | None, typer.Option("--out", help="The PDF to write (postcard-CODE.pdf).")
    ] = None,
    json: JsonFlag = False,
) -> None:
    """Write a campaign's postcard: a PDF for the printer, English on one side and French on the other."""
    from youthvoice.export import postcard  # only this command draws

    built = context()
    campaign, topic = campaigns.get(built, code)
    path = out or Path(f"postcard-{campaign.code}.pdf")
    if path.suffix.lower() != ".pdf":
        raise BadInput(note("“%(path)s” does not end in .pdf.", path=path.name))
    postcard.draw([_side(built, campaign, topic, language) for language in LANGUAGES], path)
    report(
        {"code": campaign.code, "file": str(path)},
        json,
        translator()(
            "Written: %(path)s (A6, 3 mm bleed, crop marks). Print one and scan it before you order more.",
            path=str(path),
        ),
    )


def _side(built: Context, campaign: Campaign, topic: Topic, language: str) -> Side:
    from youthvoice.export.postcard import PROMISE, SCAN, Side

    said = topic.texts[language]
    t = Translator(language)
    host = built.settings.public_address.partition("://")[2]
    return Side(
        language,
        said.title,
        said.influence,
        said.questions[0],
        t(SCAN),
        campaigns.address(built, campaign, language),
        f"{host}/q/",
        codes.grouped(campaign.code),
        t(PROMISE),
    )


@app.command("report")
def show_report(
    topic: Annotated[str | None, typer.Option("--topic", help="Only this topic.")] = None,
    json: JsonFlag = False,
) -> None:
    """List every campaign with the messages that came with its code (small counts withheld)."""
    t = translator()
    found = campaigns.report(context(), topic)
    if json:
        report({"campaigns": [row._asdict() for row in found]}, True, "")
        return
    if not found:
        console.print(t("There is no campaign yet. Make one with: youthvoice campaign new TOPIC"))
        return
    table = Table(t("Code"), t("Topic"), t("Name"), t("Made on"), t("Messages"), box=None)
    for row in found:
        table.add_row(
            codes.grouped(row.code),
            row.topic,
            row.name,
            row.made_on,
            t("withheld") if row.messages is None else t.number(row.messages),
        )
    console.print(table)
