"""A labelled message as a file gives it, and the set it belongs to. Neither shows any text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from youthvoice.errors import BadInput, Note, note
from youthvoice.model import CodebookTheme
from youthvoice.nlp.evaluation.words import is_unicode


class Wrong(Exception):
    """What is wrong with a line."""

    def __init__(self, why: Note) -> None:
        super().__init__()
        self.why = why


@dataclass(frozen=True)
class Example:
    """A message with the labels that people gave it, and the `line` of the `file` that says so.

    `language` is what the set says, None where it says nothing. `single`: the form holds one label a message.
    `signals` are those of our own risk sets.
    """

    text: str = field(repr=False)
    labels: tuple[str, ...] = field(repr=False)
    file: str
    line: int
    language: str | None = None
    single: bool = True
    signals: tuple[str, ...] = ()


@dataclass(frozen=True)
class LabelledSet:
    """The messages of one file or consultation; `name` is how it is called in tables.

    A consultation brings its `codebook` and `question` along; `paths` are the files that were read.
    """

    name: str
    examples: Sequence[Example]
    codebook: Sequence[CodebookTheme] = ()
    question: str = ""
    paths: Sequence[str] = ()


def refuse(file: str, line: int, why: Note) -> BadInput:
    """The error that names a line which cannot be used, and never what stands in it."""
    return BadInput(
        note(
            "Line %(line)s of %(file)s cannot be used: %(why)s",
            line=line,
            file=file,
            why=why,
        ),
        note("Mend that line and run the same command again. Nothing was changed."),
    )


def said(value: object) -> str:
    """A message's text. Raises `Wrong` where there is none."""
    if not isinstance(value, str) or not value.strip() or not is_unicode(value):
        raise Wrong(note("the text is missing."))
    return value


def label(value: object) -> str:
    """One label as a word: numbers and yes or no are taken too. Raises `Wrong`."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    word = str(value).strip() if isinstance(value, str | int) else ""
    if not word or not is_unicode(word):
        raise Wrong(note("the label is missing, or is neither a word nor a whole number."))
    return word
