"""`youthvoice topic …`: propose, read, approve and close topics."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from youthvoice import editorial
from youthvoice.cli.common import By, JsonFlag, Links, console, context, editor, report, translator
from youthvoice.flow import preview, review
from youthvoice.flow.context import Context
from youthvoice.flow.topic_file import read_topic
from youthvoice.model import Topic
from youthvoice.store import topics

app = typer.Typer(help="Propose, read, approve and close topics.", no_args_is_help=True)
Slug = Annotated[str, typer.Argument(help="The topic's short name, for example: mentoring")]


def _as_json(topic: Topic) -> dict[str, object]:
    return {
        "slug": topic.slug,
        "status": str(topic.status),
        "ministry": topic.ministry,
        "opens_on": topic.opens_on.isoformat(),
        "closes_on": topic.closes_on.isoformat(),
        "answer_due_on": topic.answer_due_on.isoformat(),
        "proposed_by": topic.proposed_by,
        "positions": list(topic.positions),
        "texts": {
            language: {
                "title": text.title,
                "context": text.context,
                "influence": text.influence,
                "hashtag": text.hashtag,
                "questions": list(text.questions),
            }
            for language, text in topic.texts.items()
        },
    }


@app.command("list")
def list_topics(json: JsonFlag = False) -> None:
    """List every topic with its status and dates."""
    t = translator()
    with context().store.read() as tx:
        found = topics.every(tx, with_standing=True)
    if json:
        report({"topics": [_as_json(topic) for topic in found]}, True, "")
        return
    table = Table(
        t("Topic"), t("Status"), t("Opens"), t("Closes"), t("Answer due"), t("Title"), box=None
    )
    for topic in found:
        table.add_row(
            topic.slug,
            t(editorial.STATUS_NAMES[topic.status]),
            topic.opens_on.isoformat(),
            topic.closes_on.isoformat(),
            topic.answer_due_on.isoformat(),
            topic.texts[t.language].title,
        )
    console.print(table)


@app.command()
def show(slug: Slug, json: JsonFlag = False) -> None:
    """Show a topic in both languages."""
    t = translator()
    with context().store.read() as tx:
        topic = topics.get(tx, slug)
    if json:
        report(_as_json(topic), True, "")
        return
    console.print(f"{topic.slug}: {t(editorial.STATUS_NAMES[topic.status])}", markup=False)
    for language, text in topic.texts.items():
        console.print(
            f"\n[{language}] {text.title}\n{text.context}\n{text.influence}", markup=False
        )
        for number, question in enumerate(text.questions, start=1):
            console.print(f"  {number}. {question}", markup=False)


@app.command()
def propose(
    file: Annotated[Path, typer.Argument(help="A TOML file; docs/committee/topics.md shows one.")],
    by: By,
    json: JsonFlag = False,
) -> None:
    """Propose a topic from a file: context, influence and questions in both languages."""
    topic = read_topic(file, by)
    review.propose_topic(context(), topic, editor(by))
    report(
        {"slug": topic.slug, "status": "proposed"},
        json,
        translator()(
            "“%(slug)s” is proposed. A second person approves it: youthvoice topic approve %(slug)s",
            slug=topic.slug,
        ),
    )


@app.command()
def approve(
    slug: Slug,
    by: By,
    links: Links = None,
    json: JsonFlag = False,
) -> None:
    """Approve a proposed topic (not your own) and plan its posts."""
    built = context()
    planned = review.approve_topic(built, slug, editor(by), links)
    report(
        {"slug": slug, "status": "approved", "planned": planned},
        json,
        translator().many(
            "“%(slug)s” is approved; %(n)s post waits to go out.",
            "“%(slug)s” is approved; %(n)s posts wait to go out.",
            planned,
            slug=slug,
        ),
    )
    if not json and links is not False:
        _say_price_of_links(built, slug)


def _say_price_of_links(built: Context, slug: str) -> None:
    """What leaving the form's address out would have saved, where a link costs more."""
    t = translator()
    with built.store.read() as tx:
        topic = topics.get(tx, slug)
    for offer in preview.link_offers(preview.preview(built, topic)):
        console.print(
            t(
                "%(channel)s: this thread costs %(dear)s; without the form's address it would cost "
                "%(cheap)s (--without-links, or YOUTHVOICE_X_LINKS=false).",
                channel=offer.channel,
                dear=t.money(offer.with_link),
                cheap=t.money(offer.without),
            ),
            markup=False,
            soft_wrap=True,
        )


@app.command("send-back")
def send_back(slug: Slug, by: By, json: JsonFlag = False) -> None:
    """Send a proposed topic back to its author."""
    review.send_back_topic(context(), slug, editor(by))
    report(
        {"slug": slug, "status": "draft"},
        json,
        translator()("“%(slug)s” is a draft again.", slug=slug),
    )


@app.command()
def close(slug: Slug, by: By, json: JsonFlag = False) -> None:
    """Close an open topic: the form takes no more messages on it."""
    review.close_topic(context(), slug, editor(by))
    report(
        {"slug": slug, "status": "closed"}, json, translator()("“%(slug)s” is closed.", slug=slug)
    )


@app.command()
def workflow() -> None:
    """Print the editorial workflow as diagrams (Mermaid), as docs/design.md shows them."""
    for name in editorial.TABLES:
        console.print(f"### {name}\n\n```mermaid\n{editorial.diagram(name)}\n```\n", markup=False)
