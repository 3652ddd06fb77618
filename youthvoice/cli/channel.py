"""`youthvoice channel …`: is a channel right, what would it post, what would that cost."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from youthvoice import platforms
from youthvoice.channels.base import Channel, Finding
from youthvoice.channels.codes import meaning
from youthvoice.cli.common import (
    By,
    JsonFlag,
    Links,
    console,
    context,
    operator,
    report,
    translator,
)
from youthvoice.demo import pilot
from youthvoice.errors import BadInput, Refused, mark, note
from youthvoice.flow import preview as previewing
from youthvoice.flow import recheck as rechecking
from youthvoice.flow import spending
from youthvoice.flow.context import Context
from youthvoice.model import Topic
from youthvoice.settings import PLATFORMS
from youthvoice.store import topics
from youthvoice.strings import Translator

UNITS = {
    "characters": mark("characters"),
    "graphemes": mark("characters as people see them"),
    "weighted": mark("weighted characters"),
}
WHAT = {
    "credentials": mark("The credentials are right"),
    "post": mark("It may post"),
    "read": mark("It may read"),
    "bot": mark("The account says that it is automated"),
}

app = typer.Typer(
    help="Look at a channel: credentials, what it would post, what that costs.",
    no_args_is_help=True,
)
Name = Annotated[str, typer.Argument(help="x, bluesky, mastodon or sandbox.")]


def _channel(built: Context, name: str) -> Channel:
    if name in PLATFORMS and name not in built.channels:
        lacking = platforms.missing(built.settings, name)
        raise BadInput(
            note("The channel %(name)s has no credentials here.", name=name),
            note(
                "Set %(settings)s. The guide is docs/operators/%(name)s.md.",
                settings=", ".join(lacking),
                name=name,
            ),
        )
    return built.channel(name)


def _example(built: Context) -> Topic:
    """The newest topic of this installation, or the pilot of 2017."""
    with built.store.read() as tx:
        found = topics.every(tx)
    return found[0] if found else pilot.mentoring(built.settings.today().date(), "-")


@app.command("list")
def list_channels(json: JsonFlag = False) -> None:
    """List the channels: set up or not, live or dry."""
    t = translator()
    built = context()
    rows = [
        {
            "channel": name,
            "set_up": name in built.channels,
            "live": name in built.channels and built.settings.is_live(name),
        }
        for name in sorted({*PLATFORMS, *built.channels})
    ]
    if json:
        report({"channels": rows}, True, "")
        return
    table = Table(t("Channel"), t("Credentials"), t("Posts and reads"), box=None)
    for row in rows:
        table.add_row(
            str(row["channel"]),
            t("yes") if row["set_up"] else t("no"),
            t("yes") if row["live"] else t("no (dry run)") if row["set_up"] else "-",
        )
    console.print(table)


@app.command()
def check(name: Name, json: JsonFlag = False) -> None:
    """Check a channel's credentials and rights, and what a topic would cost there. Nothing is posted."""
    t = translator()
    built = context()
    channel = _channel(built, name)
    before = _spent(built, name)
    findings = list(channel.examine())
    own_cost = _spent(built, name) - before
    ok = all(one.ok for one in findings)
    topic = _example(built)
    try:
        cost = sum(row.price for row in previewing.preview(built, topic) if row.channel == name)
    except Refused:
        cost = None
    caps = channel.caps
    if json:
        report(
            {
                "channel": name,
                "ok": ok,
                "live": built.settings.is_live(name),
                "findings": [_plain(one) for one in findings],
                "longest": caps.longest,
                "unit": str(caps.unit),
                "topic": topic.slug,
                "topic_cost_usd": cost,
                "check_cost_usd": round(own_cost, 6),
            },
            True,
            "",
        )
    else:
        _say(findings, t)
        console.print(
            t(
                "Longest post: %(longest)s %(unit)s.",
                longest=caps.longest,
                unit=t(UNITS[caps.unit]),
            ),
            markup=False,
        )
        if cost is not None:
            console.print(
                t(
                    "Posting “%(topic)s” in both languages would cost %(cost)s; this check cost %(own)s.",
                    topic=topic.slug,
                    cost=t.money(cost),
                    own=t.money(own_cost),
                ),
                markup=False,
                soft_wrap=True,
            )
        for one in spending.budgets(built):
            if one.channel == name:
                console.print(
                    t(
                        "Account %(account)s: %(spent)s of %(cap)s spent this month.",
                        account=one.account,
                        spent=t.money(one.spent),
                        cap=t.money(one.cap),
                    ),
                    markup=False,
                )
        if not built.settings.is_live(name):
            console.print(
                t(
                    "This channel is dry: nothing is posted or collected until YOUTHVOICE_LIVE names it."
                ),
                soft_wrap=True,
            )
    if not ok:
        raise typer.Exit(1)


def _spent(built: Context, name: str) -> float:
    return sum(one.spent for one in spending.budgets(built) if one.channel == name)


def _plain(one: Finding) -> dict[str, object]:
    return {"what": one.what, "ok": one.ok, "code": one.code, "language": one.language}


def _say(findings: list[Finding], t: Translator) -> None:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for one in findings:
        table.add_row(
            "✓" if one.ok else "✗",
            one.language or "-",
            t(WHAT.get(one.what, one.what)),
            t(meaning(one.code)) if one.code else "",
        )
    console.print(table)


@app.command()
def preview(
    topic: Annotated[str, typer.Argument(help="The topic's short name.")],
    links: Links = None,
    json: JsonFlag = False,
) -> None:
    """Show every part of a topic on every channel, with its measured length and its price."""
    t = translator()
    built = context()
    with built.store.read() as tx:
        found = topics.get(tx, topic)
    shown = previewing.preview(built, found, links)
    offers = previewing.link_offers(shown)
    if json:
        report(
            {
                "topic": topic,
                "posts": [row._asdict() for row in shown],
                "cost_usd": round(sum(row.price for row in shown), 6),
                "links": [offer._asdict() for offer in offers],
            },
            True,
            "",
        )
        return
    for row in shown:
        console.rule(
            t(
                "%(channel)s, %(language)s, part %(part)s: %(length)s of %(longest)s %(unit)s, %(price)s",
                channel=row.channel,
                language=row.language,
                part=row.part,
                length=row.length,
                longest=row.longest,
                unit=t(UNITS[row.unit]),
                price=t.money(row.price),
            ),
            align="left",
        )
        console.print(row.text, markup=False, soft_wrap=True)
    console.print(
        t("In all: %(cost)s. Nothing was posted.", cost=t.money(sum(row.price for row in shown)))
    )
    for offer in offers:
        console.print(
            t(
                "%(channel)s: %(dear)s with the form's address, %(cheap)s without it. Choose with: "
                "youthvoice topic approve %(slug)s --without-links",
                channel=offer.channel,
                dear=t.money(offer.with_link),
                cheap=t.money(offer.without),
                slug=topic,
            ),
            markup=False,
            soft_wrap=True,
        )


@app.command()
def recheck(json: JsonFlag = False) -> None:
    """Look again at stored posts where a platform does not tell deletions by itself."""
    done = rechecking.recheck(context())
    report(
        done._asdict(),
        json,
        translator()(
            "%(checked)s posts looked at: %(tombstones)s gone and forgotten here, %(edited)s edited, "
            "%(unknown)s could not be asked, %(held)s hidden until they can.",
            **done._asdict(),
        ),
    )


@app.command()
def forget(
    name: Name,
    posts: Annotated[list[str], typer.Argument(help="Ids of posts that somebody asked about.")],
    by: By,
    json: JsonFlag = False,
) -> None:
    """Have posts looked at within 24 hours because their author or the platform asked."""
    done = rechecking.request(context(), name, posts, operator(by))
    if done.hidden and not json:
        console.print(
            translator().many(
                "%(n)s of them is hidden from now on: this channel is not live, so the platform cannot be "
                "asked.",
                "%(n)s of them are hidden from now on: this channel is not live, so the platform cannot be "
                "asked.",
                done.hidden,
            ),
            soft_wrap=True,
        )
    report(
        {"channel": name, "found": done.found, "hidden": done.hidden, "asked": len(posts)},
        json,
        translator().many(
            "%(n)s of these posts is kept here and will be looked at within 24 hours.",
            "%(n)s of these posts are kept here and will be looked at within 24 hours.",
            done.found,
        ),
    )


@app.command()
def leave(
    name: Name,
    by: By,
    yes: Annotated[bool, typer.Option("--yes", help="Yes, forget all of it.")] = False,
    json: JsonFlag = False,
) -> None:
    """Forget every text, original and reference of a platform because our access ends; totals stay."""
    if not yes:
        raise BadInput(
            note("This forgets everything that came from %(name)s, for ever.", name=name),
            note("If that is meant, add --yes."),
        )
    gone = rechecking.leave(context(), name, operator(by))
    report(
        {"channel": name, "forgotten": gone},
        json,
        translator().many(
            "%(n)s message is forgotten; the totals stay.",
            "%(n)s messages are forgotten; the totals stay.",
            gone,
        ),
    )
