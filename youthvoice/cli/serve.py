"""`youthvoice init` and `youthvoice run`: prepare an installation, and start all of it."""

from __future__ import annotations

from typing import Annotated

import typer

from youthvoice import app as wiring
from youthvoice.cli import supervisor
from youthvoice.cli.common import console, error_console, progress, settings, translator
from youthvoice.demo import life


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command()(init)
    app.command()(run)


def init(
    demo: Annotated[
        bool, typer.Option("--demo", help="Also prepare the invented topic, audience and answers.")
    ] = False,
) -> None:
    """Prepare the home folder: database, keys and, with --demo, the pilot topic `mentoring`.

    Safe to run again: it updates what is old and leaves the rest.
    """
    t = translator()
    chosen = settings()
    made = wiring.prepare(chosen)
    if made:
        error_console.print(
            t(
                "New keys are in %(folder)s, readable by their owner only. For production, move the "
                "two .key files to a place that this machine cannot read.",
                folder=str(chosen.keys_dir),
            ),
            markup=False,
            soft_wrap=True,
        )
    if not demo:
        console.print(t("Ready. Next: youthvoice run"))
        return
    steps = {
        "audience": t("The invented audience writes"),
        "collect": t("Collecting and masking"),
        "committee": t("The invented committee reads"),
    }
    context = wiring.build(chosen)
    with progress(t("Preparing the demo")) as update:
        last = ""

        def say(step: str, done: int, of: int) -> None:
            nonlocal last
            if step != last:
                error_console.print(f"  {steps[step]} …", markup=False)
                last = step
            update(done, of)

        seeded = life.seed(context, say)
    context.store.close()
    console.print(t("The demo is ready.") if seeded else t("The demo goes on where it was."))


def run() -> None:
    """Start the jobs, the public pages and the dashboard; Ctrl-C ends them all."""
    chosen = settings()
    wiring.check_prepared(chosen)
    raise typer.Exit(supervisor.run(chosen, translator()))
