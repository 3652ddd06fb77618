"""Labelled sets from disk: a file is told by its content; a folder means every set that lies in it.

The forms are CoNLL (`conll`) and JSON Lines (`spans_file`). Nothing is ever changed by reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from youthvoice.errors import BadInput, note
from youthvoice.nlp.evaluation import conll, spans_file
from youthvoice.nlp.evaluation.labelled import Message
from youthvoice.nlp.evaluation.words import lines

SUFFIXES = (".conll", ".jsonl")
"""What is read from a folder; a file that is named itself may be called anything."""


@dataclass(frozen=True)
class Dataset:
    """One file's messages; `name` is how the file is called in tables."""

    name: str
    messages: Sequence[Message]


def read(paths: Iterable[Path]) -> list[Dataset]:
    """Every set that `paths` (files, folders) name, each file once.

    Raises `BadInput` with file and line where one cannot be read, and where there is nothing to read.
    """
    files = list({path.resolve(): path for given in paths for path in _files(given)}.values())
    called = [path.name for path in files]
    return [
        Dataset(path.name if called.count(path.name) == 1 else str(path), read_file(path))
        for path in files
    ]


def read_file(path: Path) -> list[Message]:
    """The messages of one file. Raises `BadInput`."""
    found_lines = lines(path)
    first = next(line for line in found_lines if line.strip())
    parse = spans_file.messages if _is_json(first) else conll.messages
    found = parse(found_lines, path.name)
    if not found:
        raise BadInput(
            note("The file %(file)s holds no message.", file=path.name),
            note("Give the file that was meant. Nothing was changed."),
        )
    return found


def _is_json(line: str) -> bool:
    # A brace may be a token too: then its line ends with a label.
    return line.lstrip().startswith("{") and not conll.is_label(line.split()[-1])


def _files(given: Path) -> list[Path]:
    if not given.is_dir():
        return [given]
    found = sorted(path for path in given.iterdir() if path.suffix in SUFFIXES and path.is_file())
    if not found:
        raise BadInput(
            note("The folder %(folder)s holds no .conll or .jsonl file.", folder=str(given)),
            note("Name the files themselves, or another folder. Nothing was changed."),
        )
    return found
