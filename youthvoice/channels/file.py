"""Files of comments: CSV and JSON Lines, read row by row in constant memory.

A first pass over the whole file (`inspect`) refuses what cannot be a file of comments before anything
is stored: unknown encoding, binary content, no rows, a field so long that a quote must be missing.
After it, a bad row never stops the others: it comes out as `BadRow` with its line and a reason.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from youthvoice.errors import BadInput, note
from youthvoice.files import unreadable

LONGEST_FIELD = 1_000_000
"""Characters. No comment is this long: a quote was opened and never closed."""
SAMPLE = 1 << 20
COLUMN = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,29}")

REASON_EMPTY = "empty text"
REASON_LONG = "text too long"
REASON_COLUMNS = "wrong number of columns"
REASON_JSON = "not valid JSON"
REASON_TYPE = "text is not a string"
REASON_ID = "no id"


@dataclass(frozen=True)
class Row:
    """A usable row: `line` where it begins (from 1), its text and id as mapped, and a row digest."""

    line: int
    text: str = field(repr=False)
    id: str = field(repr=False)
    digest: str = field(repr=False)


@dataclass(frozen=True)
class BadRow:
    """A row that cannot be taken: `line`, `reason`, and its content for whoever mends it."""

    line: int
    reason: str
    content: str = field(repr=False)


@dataclass(frozen=True)
class FileFacts:
    """What the first pass found: `rows` of data, the `columns`, the text encoding, the kind of file."""

    path: Path
    rows: int
    columns: tuple[str, ...]
    encoding: str
    kind: str


def inspect(path: Path, encoding: str | None = None) -> FileFacts:
    """Read the whole file once. Raises `BadInput` if it cannot be a file of comments."""
    name = path.name
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            raise BadInput(
                note("%(file)s is no ordinary file; it must be read twice.", file=name),
                note("Save what it gives as a file first, then import that."),
            )
        with path.open("rb") as source:
            head = source.read(SAMPLE)
    except IsADirectoryError:
        raise BadInput(note("%(file)s is a folder, not a file.", file=name)) from None
    except FileNotFoundError:
        raise BadInput(note("There is no file %(file)s.", file=str(path))) from None
    except OSError as problem:
        raise unreadable(name, problem) from None
    if not head.strip(b"\xef\xbb\xbf\r\n\t \x00"):
        raise BadInput(note("The file %(file)s is empty: there is nothing to import.", file=name))
    encoding = _encoding(head, encoding, name)
    _check_readable(path, encoding, name)
    if head.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"[") and _is_json(path):
        raise BadInput(
            note(
                "The file %(file)s is one JSON array; JSON Lines has one object a line.", file=name
            ),
            note("Convert it, for example with: jq -c '.[]' FILE > comments.jsonl"),
        )
    kind = "jsonl" if _is_json(path) else "csv"
    return _inspect_csv(path, encoding) if kind == "csv" else _inspect_jsonl(path, encoding)


def _is_json(path: Path) -> bool:
    return path.suffix.lower() in (".jsonl", ".ndjson", ".json")


def _encoding(head: bytes, named: str | None, name: str) -> str:
    if named is not None:
        try:
            "".encode(named)
        except LookupError:
            raise BadInput(
                note("The encoding “%(encoding)s” is not known.", encoding=named),
                note("Usual ones are utf-8, utf-16, windows-1252 and latin-1."),
            ) from None
        return named
    if head.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b"\x00" in head:
        raise _binary(name)
    return "utf-8"


def _binary(name: str) -> BadInput:
    return BadInput(
        note("The file %(file)s is not a text file, whatever its name says.", file=name),
        note("Nothing was imported. Export the comments as CSV (UTF-8) or JSON Lines."),
    )


def _check_readable(path: Path, encoding: str, name: str) -> None:
    position = 0
    try:
        with path.open(encoding=encoding, newline="") as source:
            while block := source.read(SAMPLE):
                if "\x00" in block:
                    raise _binary(name)
                position += block.count("\n")
    except (UnicodeDecodeError, UnicodeError):
        raise BadInput(
            note(
                "The file %(file)s is not in the encoding %(encoding)s (somewhere after line %(line)s).",
                file=name,
                encoding=encoding.upper(),
                line=position + 1,
            ),
            note(
                "Nothing was imported. Save it as UTF-8, or name its encoding: --encoding windows-1252"
            ),
        ) from None


def _too_long(line: int) -> BadInput:
    return BadInput(
        note(
            "The row that begins at line %(line)s has a field of more than %(most)s characters: "
            "probably a quote that is never closed.",
            line=line,
            most=LONGEST_FIELD,
        ),
        note("Nothing was imported. Mend that line and run the same command again."),
    )


def _reader(source: TextIO) -> Iterator[tuple[int, list[str]]]:
    """(line where the row begins, fields) of a CSV; the delimiter is found in the header."""
    csv.field_size_limit(LONGEST_FIELD)
    header = source.readline()
    source.seek(0)
    # Signs inside quotes separate nothing.
    bare = re.sub(r'"[^"]*"', "", header)
    delimiter = max(",;\t", key=bare.count)
    reader = csv.reader(source, delimiter=delimiter)
    line = 1
    while True:
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise _too_long(line) from None
        yield line, fields
        line = reader.line_num + 1


def _inspect_csv(path: Path, encoding: str) -> FileFacts:
    rows = 0
    columns: tuple[str, ...] = ()
    with path.open(encoding=encoding, newline="") as source:
        for number, (_line, fields) in enumerate(_reader(source)):
            if number == 0:
                columns = tuple(name.strip().lstrip("\ufeff") for name in fields)
            elif fields:
                rows += 1
    if rows == 0:
        raise BadInput(
            note("The file %(file)s has a heading but no rows: nothing to import.", file=path.name)
        )
    return FileFacts(path, rows, columns, encoding, "csv")


def _inspect_jsonl(path: Path, encoding: str) -> FileFacts:
    rows = 0
    columns: dict[str, None] = {}
    with path.open(encoding=encoding) as source:
        line = 0
        while text := source.readline(LONGEST_FIELD + 1):
            line += 1
            if len(text) > LONGEST_FIELD:
                raise _too_long(line)
            if not text.strip():
                continue
            rows += 1
            if rows <= 100:
                try:
                    item = json.loads(text)
                except (ValueError, RecursionError):
                    continue
                if isinstance(item, dict):
                    columns.update(dict.fromkeys(item))
    if not columns:
        raise BadInput(
            note(
                "The file %(file)s is not JSON Lines: no line of its first hundred is an object.",
                file=path.name,
            ),
            note('Write one object a line, for example: {"text": "…"}'),
        )
    return FileFacts(path, rows, tuple(columns), encoding, "jsonl")


def _shown(facts: FileFacts) -> str:
    # A file without a heading has somebody's words in its first row: only what looks like the name
    # of a column is printed.
    return ", ".join(
        name if COLUMN.fullmatch(name) and sum(map(str.isdigit, name)) < 4 else "…"
        for name in facts.columns[:40]
    )


def check_mapping(facts: FileFacts, mapping: Mapping[str, str]) -> None:
    """Refuse a mapping that names no text column, or a column that the file lacks."""
    if "text" not in mapping:
        raise BadInput(
            note("Say which column holds the comments, for example: --map text=comment"),
            note("The columns of the file: %(columns)s", columns=_shown(facts)),
        )
    twice = [column for column in mapping.values() if facts.columns.count(column) > 1]
    if twice:
        raise BadInput(
            note(
                "The file %(file)s has two columns “%(column)s”.",
                file=facts.path.name,
                column=twice[0],
            ),
            note("Give one of them another name. Nothing was imported."),
        )
    missing = [column for column in mapping.values() if column not in facts.columns]
    if missing:
        raise BadInput(
            note(
                "The file %(file)s has no column “%(column)s”.",
                file=facts.path.name,
                column=missing[0],
            ),
            note("The columns of the file: %(columns)s", columns=_shown(facts)),
        )


def read(facts: FileFacts, mapping: Mapping[str, str], longest: int) -> Iterator[Row | BadRow]:
    """Every row of the file in order. `mapping`: `text` and optionally `id` to column names."""
    raw = _csv_rows(facts) if facts.kind == "csv" else _jsonl_rows(facts)
    for line, values, content in raw:
        if isinstance(values, str):
            yield BadRow(line, values, content)
            continue
        text = values.get(mapping["text"])
        if text is None or (isinstance(text, str) and not text.strip()):
            yield BadRow(line, REASON_EMPTY, content)
            continue
        if not isinstance(text, str):
            yield BadRow(line, REASON_TYPE, content)
            continue
        if len(text) > longest:
            yield BadRow(line, REASON_LONG, content)
            continue
        ident = ""
        if "id" in mapping:
            given = values.get(mapping["id"])
            ident = "" if given is None else str(given).strip()
            if not ident:
                yield BadRow(line, REASON_ID, content)
                continue
        yield Row(line, text, ident, hashlib.sha256(content.encode("utf-8", "replace")).hexdigest())


def _csv_rows(facts: FileFacts) -> Iterator[tuple[int, Mapping[str, object] | str, str]]:
    with facts.path.open(encoding=facts.encoding, newline="") as source:
        for number, (line, fields) in enumerate(_reader(source)):
            if number == 0 or not fields:
                continue
            content = json.dumps(fields, ensure_ascii=False)
            if len(fields) != len(facts.columns):
                yield line, REASON_COLUMNS, content
            else:
                yield line, dict(zip(facts.columns, fields, strict=True)), content


def _jsonl_rows(facts: FileFacts) -> Iterator[tuple[int, Mapping[str, object] | str, str]]:
    with facts.path.open(encoding=facts.encoding) as source:
        for line, text in enumerate(source, start=1):
            if not text.strip():
                continue
            content = text.strip()
            try:
                item = json.loads(content)
            except (ValueError, RecursionError):
                yield line, REASON_JSON, content
                continue
            yield line, (item if isinstance(item, dict) else REASON_JSON), content
