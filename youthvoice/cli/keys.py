"""`youthvoice keys …`: the key pairs that open originals: new ones, rotation, escrow, how they stand."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from youthvoice.cli.common import (
    By,
    JsonFlag,
    console,
    context,
    operator,
    progress,
    report,
    settings,
    translator,
)
from youthvoice.errors import BadInput, note
from youthvoice.flow import key_care
from youthvoice.trust import keys

app = typer.Typer(help="Care for the keys that open originals.", no_args_is_help=True)

RoleName = Annotated[str, typer.Option("--role", help="moderator or safety.")]


@app.command()
def new(json: JsonFlag = False) -> None:
    """Make the keys that are missing; never replaces one."""
    chosen = settings()
    made = keys.make(chosen.keys_dir)
    t = translator()
    sentence = (
        t("Keys are in %(path)s. A production keeps the private ones elsewhere.",
          path=str(chosen.keys_dir))
        if made
        else t("Nothing was missing in %(path)s.", path=str(chosen.keys_dir))
    )  # fmt: skip
    report({"made": made, "folder": str(chosen.keys_dir)}, json, sentence)


@app.command()
def check(json: JsonFlag = False) -> None:
    """Say how the keys stand: which pair is in use, what still needs an earlier one, what is lost."""
    t = translator()
    found = key_care.check(context())
    if json:
        report({"keys": [one._asdict() for one in found]}, True, "")
    for one in found if not json else ():
        console.print(
            t(
                "%(role)s: pair %(pair)s, %(current)s data keys; %(earlier)s of earlier pairs, "
                "%(lost)s that no private key here opens.",
                role=one.role,
                pair=one.pair,
                current=t.number(one.current),
                earlier=t.number(one.earlier),
                lost=t.number(one.lost),
            ),
            markup=False,
            soft_wrap=True,
        )
        if one.private_here and not context().settings.demo:
            console.print(
                t("  The private key lies on this machine. A production keeps it elsewhere.")
            )
        if one.earlier:
            console.print(
                t(
                    "  The next rotation wraps those too: youthvoice keys rotate --role %(role)s --by NAME",
                    role=one.role,
                )
            )
    if any(one.lost for one in found):
        raise typer.Exit(1)


@app.command()
def rotate(role: RoleName, by: By, json: JsonFlag = False) -> None:
    """Give a role a new key pair and wrap every data key for it; texts are not touched.

    Messages may come in meanwhile; an interrupted rotation goes on with the same command.
    """
    t = translator()
    built = context()
    if json:
        done = key_care.rotate(built, role, operator(by))
    else:
        with progress(t("Wrapping data keys")) as update:
            done = key_care.rotate(built, role, operator(by), update)
    report(
        done._asdict(),
        json,
        t(
            "%(rewrapped)s data keys are wrapped for the new pair; %(lost)s could not be opened. The "
            "earlier private key stays until: youthvoice keys retire --role %(role)s --by NAME. "
            "Make new shares now: youthvoice keys escrow",
            rewrapped=t.number(done.rewrapped),
            lost=t.number(done.lost),
            role=role,
        ),
    )
    if done.lost:
        raise typer.Exit(1)


@app.command()
def retire(role: RoleName, by: By, json: JsonFlag = False) -> None:
    """Destroy earlier private keys that nothing needs any more (kept for a day in any case)."""
    removed = key_care.retire(context(), role, operator(by))
    t = translator()
    report({"removed": removed}, json, t("%(n)s earlier private keys destroyed.", n=removed))


@app.command(name="escrow")
def escrow_keys(
    to: Annotated[Path, typer.Option("--to", help="Folder for the files that are written.")],
    restore: Annotated[
        list[Path] | None,
        typer.Option("--from", help="A share's file, given twice: gives the private keys back."),
    ] = None,
    by: Annotated[str, typer.Option("--by", help="Who acts (not needed with --from).")] = "",
    json: JsonFlag = False,
) -> None:
    """Write the private keys as three shares of words, of which any two give them back."""
    t = translator()
    if restore:
        written = key_care.combine(restore, to, settings().keys_dir)
        sentence = t("The private keys are in %(path)s again.", path=str(to))
    elif not by:
        raise BadInput(note("Say who acts, with --by NAME; the name goes into the audit log."))
    else:
        written = key_care.split(context(), to, operator(by))
        sentence = t(
            "Three shares are in %(path)s. Give each to another person, on paper, then delete the "
            "files: two of them together open every original.",
            path=str(to),
        )
    report({"files": [path.name for path in written]}, json, sentence)
