"""`youthvoice themes …`: a topic's codebook is proposed, edited, signed off, applied, learned and checked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from youthvoice.agreement import Alpha
from youthvoice.cli import theme_tables
from youthvoice.cli.common import (
    By,
    JsonFlag,
    console,
    context,
    editor,
    progress,
    report,
    translator,
)
from youthvoice.errors import BadInput, note
from youthvoice.files import write_private
from youthvoice.flow import agreement, codebook_file, codebooks, mapping, theme_learning
from youthvoice.flow import codebook_proposal as proposing
from youthvoice.flow.codebooks import Drafted
from youthvoice.flow.mapping import Learned
from youthvoice.model import Codebook, CodebookTheme

app = typer.Typer(
    help="A topic’s themes: propose, edit, sign off, apply, learn, check.", no_args_is_help=True
)
Slug = Annotated[str, typer.Argument(help="The topic's short name, for example: mentoring")]
Out = Annotated[
    Path | None,
    typer.Option("--out", help="Write the codebook to this file: TOML, or JSON if it ends so."),
]
Apply = Annotated[
    bool, typer.Option("--apply", help="Do it; without, only show what would change.")
]
Who = Annotated[str | None, typer.Option("--by", help="Who applies it; goes into the audit log.")]


@app.command()
def propose(slug: Slug, out: Out = None, json: JsonFlag = False) -> None:
    """Group what was said, in both languages together, and propose themes for people to edit."""
    check_free(out)
    found = proposing.propose(context(), slug)
    if out is not None:
        _write(out, found.themes)
    if json:
        report(theme_tables.proposal_as_json(found), True, "")
        return
    theme_tables.show_proposal(found)
    if out is not None:
        console.print(
            translator()(
                "The themes are in %(file)s. Edit them, then: youthvoice themes edit %(topic)s %(file)s",
                file=str(out),
                topic=slug,
            ),
            markup=False,
            soft_wrap=True,
        )


def check_free(out: Path | None) -> None:
    """Refuse to write over what is there."""
    if out is not None and out.exists():
        raise BadInput(
            note("The file %(file)s is there already.", file=str(out)),
            note("Name another one. Nothing was written."),
        )


def _write(out: Path, themes: tuple[CodebookTheme, ...]) -> None:
    t = translator()
    head = (
        t("Themes for people to edit; docs/committee/themes.md says how."),
        t("Name and description of every theme in both languages; ids stay once signed off."),
    )
    write_private(out, codebook_file.written(out, themes, head))


@app.command()
def show(
    slug: Slug,
    version: Annotated[
        int | None, typer.Option("--version", min=1, help="Left out: the newest.")
    ] = None,
    out: Out = None,
    json: JsonFlag = False,
) -> None:
    """Show a version of a topic's codebook."""
    check_free(out)
    found = codebooks.show(context(), slug, version)
    if out is not None:
        _write(out, tuple(found.themes))
    if json:
        report(_as_json(slug, found), True, "")
        return
    theme_tables.show_codebook(found)


def _as_json(slug: str, found: Codebook) -> dict[str, Any]:
    return {
        "topic": slug,
        "version": found.version,
        "status": str(found.status),
        "made_by": found.made_by,
        "made_on": found.made_on.isoformat(),
        "signed_by": found.signed_by,
        "signed_on": found.signed_on.isoformat() if found.signed_on else None,
        "themes": [codebook_file.as_table(theme) for theme in found.themes],
    }


@app.command()
def edit(
    slug: Slug,
    file: Annotated[Path, typer.Argument(help="TOML or JSON; docs/committee/themes.md shows one.")],
    by: By,
    json: JsonFlag = False,
) -> None:
    """Put the themes of a file as the topic's draft."""
    themes = codebook_file.read(file)
    _report_draft(slug, codebooks.edit(context(), slug, themes, editor(by)), json)


@app.command()
def merge(
    slug: Slug,
    first: Annotated[str, typer.Argument(help="The id of the theme that goes.")],
    into: Annotated[str, typer.Argument(help="The id of the theme that takes it in.")],
    by: By,
    json: JsonFlag = False,
) -> None:
    """Merge one theme into another, in the topic's draft."""
    _report_draft(slug, codebooks.merge(context(), slug, first, into, editor(by)), json)


def _report_draft(slug: str, done: Drafted, json: bool) -> None:
    t = translator()
    said = t(
        "Version %(version)s of the themes of “%(topic)s” is a draft. Somebody else signs it off: "
        "youthvoice themes sign-off %(topic)s",
        version=done.codebook.version,
        topic=slug,
    )
    if done.gone:
        said += "\n" + t(
            "No longer in it: %(themes)s. What people decided with them stays.",
            themes=", ".join(done.gone),
        )
    report({**_as_json(slug, done.codebook), "gone": list(done.gone)}, json, said)


@app.command("sign-off")
def sign_off(slug: Slug, by: By, json: JsonFlag = False) -> None:
    """Sign off a draft that somebody else made; from then on it is frozen."""
    found = codebooks.sign_off(context(), slug, editor(by))
    report(
        _as_json(slug, found),
        json,
        translator()(
            "Version %(version)s of the themes of “%(topic)s” is signed off. See what it would change: "
            "youthvoice themes map %(topic)s",
            version=found.version,
            topic=slug,
        ),
    )


@app.command("map")
def map_themes(slug: Slug, apply: Apply = False, by: Who = None, json: JsonFlag = False) -> None:
    """Show what the newest signed-off themes would change for the topic's messages, or apply them."""
    if apply:
        _apply(slug, by, None, json)
    else:
        _preview(slug, None, json)


@app.command()
def learn(slug: Slug, apply: Apply = False, by: Who = None, json: JsonFlag = False) -> None:
    """Learn the themes from what people decided and coded; show what would change, or apply it."""
    if apply:
        _check_named(by)
    learned = theme_learning.learn(context(), slug)
    if apply:
        _apply(slug, by, learned, json)
    else:
        _preview(slug, learned, json)


def _preview(slug: str, learned: Learned | None, json: bool) -> None:
    with progress(translator()("Messages")) as step:
        found = mapping.preview(context(), slug, learned, step)
    if json:
        changes = [change._asdict() for change in found.changes]
        report({**found._asdict(), "changes": changes, "applied": False}, True, "")
        return
    theme_tables.show_preview(found)


def _apply(slug: str, by: str | None, learned: Learned | None, json: bool) -> None:
    name = _check_named(by)
    with progress(translator()("Messages")) as step:
        done = mapping.apply(context(), slug, editor(name), learned, step)
    t = translator()
    said = t.many(
        "Version %(version)s of the themes is applied; %(n)s message has new proposals.",
        "Version %(version)s of the themes is applied; %(n)s messages have new proposals.",
        done.messages,
        version=done.version,
    )
    report({**done._asdict(), "applied": True}, json, said)


def _check_named(by: str | None) -> str:
    if not by:
        raise BadInput(note("Say who applies it: --by NAME"))
    return by


@app.command()
def check(slug: Slug, json: JsonFlag = False) -> None:
    """Show how well two people agree on the same messages: Krippendorff's alpha, for each theme."""
    found = agreement.agreement(context(), slug)
    rows: list[tuple[str, Alpha]] = [
        ("themes", found.every),
        *found.themes.items(),
        ("position", found.position),
        ("feeling", found.feeling),
    ]
    if json:
        report(
            {
                "topic": slug,
                "version": found.version,
                "messages": found.messages,
                "themes": {name: one._asdict() for name, one in found.themes.items()},
                "every": found.every._asdict(),
                "position": found.position._asdict(),
                "feeling": found.feeling._asdict(),
            },
            True,
            "",
        )
        return
    t = translator()
    console.print(
        t.many(
            "Version %(version)s: %(n)s message that two people coded.",
            "Version %(version)s: %(n)s messages that two people coded.",
            found.messages,
            version=found.version,
        ),
        markup=False,
    )
    table = Table(t("Theme"), t("Alpha"), t("95 %% interval"), t("Messages"), box=None)
    names = {"themes": t("All themes"), "position": t("Position"), "feeling": t("Feeling")}
    for name, one in rows:
        table.add_row(names.get(name, name), *theme_tables.alpha_cells(one))
    console.print(table)
    console.print(
        t("From 0.80 on people agree well, from 0.667 enough for a first conclusion."),
        markup=False,
        soft_wrap=True,
    )
