"""`youthvoice backup …`: encrypted copies that forget what was withdrawn."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from youthvoice.cli.common import JsonFlag, context, report, settings, translator
from youthvoice.errors import Refused, note
from youthvoice.files import write_private
from youthvoice.flow import backup
from youthvoice.trust import age, keys

app = typer.Typer(help="Make and restore encrypted backups.", no_args_is_help=True)


@app.command()
def keygen(
    target: Annotated[Path, typer.Argument(help="File for the secret half; keep it elsewhere.")],
    json: JsonFlag = False,
) -> None:
    """Make the key pair that backups are encrypted to."""
    if target.exists():
        raise Refused(note("There is a file %(path)s already.", path=str(target)))
    identity, recipient = age.new_identity()
    write_private(target, f"# public key: {recipient}\n{identity}\n")
    report(
        {"recipient": recipient, "file": str(target)},
        json,
        translator()(
            "The secret half is in %(path)s: move it to another place. Set "
            "YOUTHVOICE_BACKUP_RECIPIENT=%(recipient)s",
            path=str(target),
            recipient=recipient,
        ),
    )


@app.command()
def make(json: JsonFlag = False) -> None:
    """Write a backup now (the daily job does, where a key is set)."""
    done = backup.make(context())
    t = translator()
    sentence = t(
        "Written: %(content)s and %(keys)s. Copy both away, the second one over its earlier "
        "copy: it is what forgets.",
        content=str(done.content),
        keys=str(done.keys),
    )
    if done.pruned:
        sentence += " " + t(
            "Earlier backups deleted for their age: %(n)s.", n=t.number(done.pruned)
        )
    report(
        {
            "content": str(done.content),
            "keys": str(done.keys),
            "written": done.written,
            "pruned": done.pruned,
        },
        json,
        sentence,
    )


@app.command()
def restore(
    content: Annotated[Path, typer.Argument(help="The backup's file (….backup.age).")],
    keys_file: Annotated[Path, typer.Option("--keys", help="The newest keys.age.")],
    identity: Annotated[Path, typer.Option("--identity", help="File of the secret age key.")],
    journal: Annotated[
        Path | None, typer.Option("--journal", help="The journal of withdrawals, if it was saved.")
    ] = None,
    json: JsonFlag = False,
) -> None:
    """Make the database from a backup, into a home that has none; withdrawn texts stay gone."""
    chosen = settings()
    done = backup.restore(chosen.store_url, chosen.home, content, keys_file, identity, journal)
    t = translator()
    sentence = t(
        "Restored: %(written)s keys. Withdrawn messages that stay destroyed: %(withdrawn)s. Messages "
        "without a key in this file, so that nobody can read them: %(unreadable)s.",
        written=t.number(done.written),
        withdrawn=t.number(done.withdrawn),
        unreadable=t.number(done.unreadable),
    )
    if not (chosen.keys_dir / keys.PEPPER).exists():
        sentence += " " + t("Now bring the keys folder back, then run: youthvoice init")
    report(done._asdict(), json, sentence)
