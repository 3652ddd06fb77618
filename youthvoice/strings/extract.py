"""Collect every sentence of the code and templates into the catalogues: `make strings`.

New sentences arrive empty; the tests fail until they are translated. Nothing is guessed ("fuzzy").
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from youthvoice.strings import FOLDER

ROOT = Path(__file__).resolve().parents[2]
SINGULAR = ("_", "t", "note", "mark", "gettext", "translator")
PLURAL = ("many", "ngettext")
SOURCES = ("youthvoice", "dashboard", "jobs")
TEMPLATE_KEYWORDS = ["_", "gettext", "many", "ngettext"]


def extract() -> Catalog:
    """All sentences, with the files they stand in."""
    found = Catalog(project="youthvoice", charset="utf-8", fuzzy=False)
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*.*")):
            name = path.relative_to(ROOT).as_posix()
            if path.suffix == ".py":
                messages: Iterator[Any] = _of_code(path)
            elif path.suffix == ".html":
                messages = _of_template(path)
            else:
                continue
            for message in messages:
                found.add(message, locations=[(name, 0)])
    return found


def _of_code(path: Path) -> Iterator[Any]:
    """The sentences of a Python file, read from its syntax tree: also those inside f-strings."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.func if isinstance(node.func, ast.Call) else node.func
        name = getattr(called, "id", getattr(called, "attr", ""))
        texts = [
            one.value
            for one in node.args
            if isinstance(one, ast.Constant) and isinstance(one.value, str)
        ]
        if name in SINGULAR and texts:
            yield texts[0]
        elif name in PLURAL and len(texts) >= 2:
            yield (texts[0], texts[1])


def _of_template(path: Path) -> Iterator[Any]:
    options = {"extensions": "jinja2.ext.i18n", "trimmed": "true"}
    with path.open("rb") as source:
        for _line, function, message, _comments in babel_extract(
            source, TEMPLATE_KEYWORDS, [], options
        ):
            texts = [message] if isinstance(message, str) else [m for m in message or () if m]
            if function in PLURAL and len(texts) >= 2:
                yield (texts[0], texts[1])
            elif function not in PLURAL and texts:
                yield texts[0]


def main() -> None:
    """Update the French catalogue in place: keep translations, add new sentences, drop old ones."""
    found = extract()
    path = FOLDER / "fr" / "LC_MESSAGES" / "messages.po"
    if path.exists():
        with path.open("rb") as source:
            catalogue = read_po(source, locale="fr")
    else:
        catalogue = Catalog(locale="fr", charset="utf-8", project="youthvoice")
    catalogue.update(found, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.fuzzy = False
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as target:
        write_po(
            target,
            catalogue,
            sort_by_file=True,
            width=100,
            ignore_obsolete=True,
            include_lineno=False,
            omit_header=False,
        )


if __name__ == "__main__":
    main()
