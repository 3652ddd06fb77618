"""Tables with a heading line: tab-separated `index_id, category, text` (SIB-200) and comma-separated
`tweet, sentiment` (MLMA, where one cell joins several labels with “_”); `text` and `label` as well.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO

from youthvoice.errors import BadInput, note
from youthvoice.nlp.evaluation.labels.examples import Example, Wrong, label, refuse, said

TEXTS = ("text", "tweet", "comment-body", "comment", "response")
LABELS = ("label", "category", "sentiment")
JOINED = "sentiment"
"""The column in which several labels are joined."""
LONGEST_CELL = 131_072
"""Characters; a longer cell is a quote that is never closed (the csv module's own limit)."""


def is_table(first: str) -> bool:
    """Whether a file that begins with this line is a table of messages, with labels or without."""
    heading = _heading(first)
    return len(heading) > 1 and bool(set(TEXTS) & set(heading))


def examples(content: str, file: str, language: str | None) -> list[Example]:
    """The messages of a table. Raises `BadInput` with file and line, or where no column holds labels."""
    first = content.split("\n", 1)[0]
    heading = _heading(first)
    text = next(name for name in TEXTS if name in heading)
    column = next((name for name in LABELS if name in heading), None)
    if column is None:
        raise BadInput(
            note(
                "The file %(file)s holds messages without labels: nothing can be measured with it.",
                file=file,
            ),
            note("Give a file in which people labelled each message. Nothing was changed."),
        )
    return [
        _example(row, heading, (text, column), (file, line), language)
        for line, row in _rows(content, _delimiter(first), file)
    ]


def _rows(content: str, delimiter: str, file: str) -> list[tuple[int, list[str]]]:
    """The rows below the heading, each with the number of the line that it begins on."""
    # The limit belongs to the process: an import before this one may have raised it.
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(StringIO(content, newline=""), delimiter=delimiter)
    found, begin = [], 1
    try:
        for row in reader:
            if row and begin > 1:
                found.append((begin, row))
            begin = reader.line_num + 1
    except csv.Error:
        raise refuse(file, begin, note("its columns cannot be told apart.")) from None
    return found


def _example(
    row: Sequence[str],
    heading: Sequence[str],
    columns: tuple[str, str],
    at: tuple[str, int],
    language: str | None,
) -> Example:
    try:
        if len(row) != len(heading):
            raise Wrong(
                note(
                    "it has %(n)s columns where the first line has %(wanted)s.",
                    n=len(row),
                    wanted=len(heading),
                )
            )
        text, word = (row[heading.index(name)] for name in columns)
        parts = word.split("_") if columns[1] == JOINED else [word]
        labels = tuple(dict.fromkeys(label(part) for part in parts))
        return Example(said(text), labels, *at, language, columns[1] != JOINED)
    except Wrong as problem:
        raise refuse(*at, problem.why) from None


def _heading(first: str) -> list[str]:
    try:
        return [name.strip() for name in next(csv.reader([first], delimiter=_delimiter(first)), [])]
    except csv.Error:
        return []


def _delimiter(first: str) -> str:
    return "\t" if "\t" in first else ","
