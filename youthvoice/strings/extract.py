"""Collect every sentence of the code and templates into the catalogues: `make strings`.

New sentences arrive empty; the tests fail until they are translated. Nothing is guessed ("fuzzy").
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from youthvoice.strings import FOLDER

ROOT = Path(__file__).resolve().parents[2]
KEYWORDS: dict[str, Any] = {
    "_": None,
    "t": None,
    "note": None,
    "mark": None,
    "gettext": None,
    "many": (1, 2),
    "ngettext": (1, 2),
}
METHODS = [("**.py", "python"), ("**.html", "jinja2.ext:babel_extract")]
OPTIONS: dict[str, Any] = {"**.html": {"extensions": "jinja2.ext.i18n", "trimmed": "true"}}
SOURCES = ("youthvoice", "dashboard", "jobs")


def extract() -> Catalog:
    """All sentences, with the files they stand in."""
    found = Catalog(project="youthvoice", charset="utf-8", fuzzy=False)
    for folder in SOURCES:
        for filename, _line, message, _comments, context in _messages(ROOT / folder):
            found.add(message, locations=[(f"{folder}/{filename}", 0)], context=context)
    return found


def _messages(folder: Path) -> Iterator[tuple[str, int, Any, list[str], str | None]]:
    yield from extract_from_dir(str(folder), METHODS, OPTIONS, keywords=KEYWORDS)


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
