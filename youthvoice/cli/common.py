"""What every command needs: settings, context, consoles, JSON output and progress."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)

from youthvoice import app as wiring
from youthvoice.flow.context import Context
from youthvoice.model import Actor, Role
from youthvoice.settings import PREFIX, Settings
from youthvoice.strings import Translator

console = Console(highlight=False, emoji=False)
error_console = Console(stderr=True, highlight=False, emoji=False)

JsonFlag = Annotated[
    bool, typer.Option("--json", help="Print one JSON object on standard output, nothing else.")
]
Links = Annotated[
    bool | None,
    typer.Option(
        "--with-links/--without-links",
        help="With or without the form's address where a link costs more.",
    ),
]
By = Annotated[str, typer.Option("--by", help="Who acts; the name goes into the audit log.")]


@cache
def translator() -> Translator:
    """Messages in the language of YOUTHVOICE_LANGUAGE (read directly: settings may be the problem)."""
    return Translator(os.environ.get(PREFIX + "LANGUAGE", "en"))


def settings() -> Settings:
    """The settings, or `BadInput` that names the variable."""
    return Settings.from_env()


def context() -> Context:
    """Everything wired. Refuses to go on where nothing is prepared."""
    chosen = settings()
    wiring.check_prepared(chosen)
    return wiring.build(chosen)


def editor(name: str) -> Actor:
    """A member of the committee acting from the command line."""
    return Actor(name, Role.EDITOR)


def operator(name: str) -> Actor:
    """An operator acting from the command line."""
    return Actor(name, Role.OPERATOR)


def ministry(name: str) -> Actor:
    """A ministry's staff acting from the command line."""
    return Actor(name, Role.MINISTRY)


def report(result: Mapping[str, Any], as_json: bool, sentence: str) -> None:
    """Print a result: one JSON object, or a sentence."""
    if as_json:
        print(json.dumps(result, ensure_ascii=False, default=str))
    else:
        console.print(sentence, markup=False, soft_wrap=True)


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error; call what it gives with rows done and rows in all."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=error_console, transient=True) as bars:
        task = bars.add_task(what, total=None)

        def update(done: int, of: int) -> None:
            bars.update(task, completed=done, total=of)

        yield update
