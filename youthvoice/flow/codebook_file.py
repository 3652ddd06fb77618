"""A codebook as a file that people edit: TOML or JSON, a table a theme (docs/committee/themes.md).

A theme of level 1 has no `parent`; where a file leaves one of them out, it stays as it is.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from youthvoice.errors import BadInput, Note, note
from youthvoice.files import read_words, unreadable
from youthvoice.model import LANGUAGES, CodebookTheme

FIELDS = ("id", "parent", "name", "description", "examples", "not_meant")
LONGEST_REASON = 200
_SPACES = re.compile(r"[ \t\r\n]+")


def read(path: Path) -> tuple[CodebookTheme, ...]:
    """The themes of a file, as they stand there. Raises `BadInput` that names what cannot be taken."""
    try:
        words = read_words(path)
    except OSError as problem:
        raise unreadable(path, problem) from None
    table = _table(path.name, words)
    listed = table.get("theme", table.get("themes")) if isinstance(table, dict) else table
    if not isinstance(listed, list) or not listed:
        raise _wrong(note("The file %(file)s holds no list of themes.", file=path.name))
    return tuple(_theme(place, one) for place, one in enumerate(listed, start=1))


def _table(name: str, words: str) -> Any:
    is_json = name.lower().endswith(".json")
    try:
        return json.loads(words) if is_json else tomllib.loads(words)
    except (ValueError, RecursionError) as problem:
        why = str(problem)[:LONGEST_REASON]
        said = (
            note("The file %(file)s is not JSON: %(why)s.", file=name, why=why)
            if is_json
            else note("The file %(file)s is not TOML: %(why)s.", file=name, why=why)
        )
        raise _wrong(said) from None


def _wrong(what: Note) -> BadInput:
    return BadInput(
        what, note("docs/committee/themes.md shows a complete one. Nothing was changed.")
    )


def _theme(place: int, one: Any) -> CodebookTheme:
    if not isinstance(one, dict) or not isinstance(one.get("id"), str) or not one["id"].strip():
        raise _wrong(note("Theme %(n)s of the file has no “id”.", n=place))
    ident = one["id"].strip()
    unknown = sorted(str(key) for key in one if key not in FIELDS)
    if unknown:
        raise _wrong(
            note(
                "“%(key)s” of theme “%(theme)s” is nothing that a theme has.",
                key=unknown[0][:60],
                theme=ident[:60],
            )
        )
    parent = one.get("parent") or None
    if parent is not None and not isinstance(parent, str):
        raise _of(ident, "parent")
    return CodebookTheme(
        id=ident,
        level=2 if parent else 1,
        parent=parent.strip() if parent else None,
        name=_both(ident, one, "name"),
        description=_both(ident, one, "description"),
        examples=_examples(ident, one),
        not_meant=_both(ident, one, "not_meant"),
    )


def _both(ident: str, one: dict[str, Any], field: str) -> dict[str, str]:
    found = _languages(ident, one, field)
    if not all(isinstance(text, str) for text in found.values()):
        raise _of(ident, field)
    return {language: _line(text) for language, text in found.items() if text.strip()}


def _examples(ident: str, one: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    found = _languages(ident, one, "examples")
    for said in found.values():
        if not isinstance(said, list) or not all(isinstance(text, str) for text in said):
            raise _of(ident, "examples")
    return {
        language: tuple(_line(text) for text in said if text.strip())
        for language, said in found.items()
    }


def _line(text: str) -> str:
    """On one line; French no-break spaces stay."""
    return _SPACES.sub(" ", text.strip())


def _languages(ident: str, one: dict[str, Any], field: str) -> dict[str, Any]:
    found = one.get(field, {})
    if not isinstance(found, dict) or not set(found) <= set(LANGUAGES):
        raise _of(ident, field)
    return found


def _of(ident: str, field: str) -> BadInput:
    return _wrong(
        note(
            "“%(field)s” of theme “%(theme)s” is not written as it must be: once for “en”, once for “fr”.",
            field=field,
            theme=ident[:60],
        )
    )


def as_table(theme: CodebookTheme) -> dict[str, Any]:
    """A theme as JSON values, in the shape that `read` takes."""
    return {
        "id": theme.id,
        "parent": theme.parent,
        "name": {language: theme.name.get(language, "") for language in LANGUAGES},
        "description": {language: theme.description.get(language, "") for language in LANGUAGES},
        "examples": {language: list(theme.examples.get(language, ())) for language in LANGUAGES},
        "not_meant": {language: theme.not_meant.get(language, "") for language in LANGUAGES},
    }


def as_json(themes: Sequence[CodebookTheme]) -> str:
    """A codebook as JSON."""
    listed = [as_table(theme) for theme in themes]
    return json.dumps({"themes": listed}, ensure_ascii=False, indent=2) + "\n"


def as_toml(themes: Sequence[CodebookTheme], head: Iterable[str] = ()) -> str:
    """A codebook as TOML; `head`: lines of explanation at its top."""
    parts = ["".join(f"# {line}\n" for line in head)] + [_as_toml(theme) for theme in themes]
    return "\n".join(part for part in parts if part)


def _as_toml(theme: CodebookTheme) -> str:
    table = as_table(theme)
    lines = ["[[theme]]", f"id = {_quoted(theme.id)}"]
    if theme.parent:
        lines.append(f"parent = {_quoted(theme.parent)}")
    for field in ("name", "description", "not_meant"):
        lines += [f"{field}.{lang} = {_quoted(table[field][lang])}" for lang in LANGUAGES]
    for language in LANGUAGES:
        said = ", ".join(_quoted(text) for text in table["examples"][language])
        lines.append(f"examples.{language} = [{said}]")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    # TOML's basic strings are JSON's, but for one sign that JSON leaves as it is.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def written(path: Path, themes: Sequence[CodebookTheme], head: Iterable[str] = ()) -> str:
    """What a file of this name would hold: JSON where it ends so, else TOML."""
    return as_json(themes) if path.suffix.lower() == ".json" else as_toml(themes, head)
