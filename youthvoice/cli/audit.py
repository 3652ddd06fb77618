"""`youthvoice audit …`: the log of who did what, verified."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from youthvoice.cli.common import By, JsonFlag, console, context, operator, report, translator
from youthvoice.flow import trail
from youthvoice.store import audit

app = typer.Typer(help="Read and verify the audit log.", no_args_is_help=True)


@app.command()
def verify(
    heads: Annotated[
        Path | None,
        typer.Option(help="The published heads, from where they are mirrored. Left out: our file."),
    ] = None,
    json: JsonFlag = False,
) -> None:
    """Find any entry that was edited, removed, swapped, put in or cut off."""
    t = translator()
    found = trail.verify(context(), heads)
    if json:
        report(
            {
                "ok": not found.problems,
                "entries": found.entries,
                "heads": found.heads,
                "problems": [str(one) for one in found.problems],
            },
            True,
            "",
        )
    else:
        for problem in found.problems:
            console.print(t.note(problem), style="bold red", markup=False)
        if not found.problems:
            console.print(
                t(
                    "%(entries)s entries fit, and so do %(heads)s published heads.",
                    entries=t.number(found.entries),
                    heads=t.number(found.heads),
                )
            )
    if found.problems:
        raise typer.Exit(1)


@app.command(name="list")
def list_entries(
    most: Annotated[int, typer.Option("--most", min=1, max=10_000, help="How many.")] = 50,
    json: JsonFlag = False,
) -> None:
    """Show the newest entries: ids and reasons, never a text."""
    with context().store.read() as tx:
        found = audit.newest(tx, most)
    if json:
        report({"entries": [one._asdict() for one in found]}, True, "")
        return
    for one in found:
        console.print(
            f"{one.id:>6}  {one.at:%Y-%m-%d %H:%M}  {one.actor} ({one.role})  {one.action}  "
            f"{one.subject}  {one.reason}",
            markup=False,
            soft_wrap=True,
        )


@app.command(name="begin-heads")
def begin_heads(by: By, json: JsonFlag = False) -> None:
    """Begin the file of published heads anew, after a restore or a loss; the earlier one is kept."""
    first = trail.begin_heads(context(), operator(by))
    report(
        {"entries": first},
        json,
        translator()("The first published head is of entry %(n)s. Mirror the file again.", n=first),
    )
