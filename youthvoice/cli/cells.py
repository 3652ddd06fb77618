"""How figures with their intervals stand in tables, and how wide these are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console

from youthvoice.cli.common import console
from youthvoice.strings import Translator

if TYPE_CHECKING:
    from youthvoice.nlp.evaluation.figures import Figure

WIDTH = 100


def wide() -> Console:
    """The console for tables: where no terminal says how wide it is, they keep their shape."""
    return console if console.is_terminal else Console(width=WIDTH, highlight=False, emoji=False)


def beside(one: Figure, t: Translator) -> str:
    """A figure and its interval on one line."""
    if one.value is None:
        return "-"
    return f"{decimal(one.value, t)} ({decimal(one.low, t)}–{decimal(one.high, t)})"


def below(one: Figure, t: Translator) -> str:
    """A figure, and its interval on the next line."""
    if one.value is None:
        return "-"
    return f"{decimal(one.value, t)}\n{decimal(one.low, t)}–{decimal(one.high, t)}"


def decimal(value: float | None, t: Translator) -> str:
    """A number with one decimal."""
    return "-" if value is None else t.number(round(value, 1))
