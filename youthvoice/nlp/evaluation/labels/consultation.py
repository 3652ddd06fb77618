"""A consultation as ThemeFinder's evaluation has it: a folder with `responses.jsonl` (response_id, response),
`mapping.jsonl` (response_id, labels), `themes.json` (topic_id, topic_label, topic_description) and
`question.json` (question_text).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from youthvoice.errors import BadInput, note
from youthvoice.model import LANGUAGES, CodebookTheme
from youthvoice.nlp.evaluation.labels import json_lines
from youthvoice.nlp.evaluation.labels.examples import (
    Example,
    LabelledSet,
    Wrong,
    label,
    refuse,
    said,
)
from youthvoice.nlp.evaluation.words import lines, words

RESPONSES = "responses.jsonl"
MAPPING = "mapping.jsonl"
THEMES = "themes.json"
QUESTION = "question.json"


def is_one(folder: Path) -> bool:
    """Whether a folder holds answers and what people said of each."""
    return (folder / RESPONSES).is_file() and (folder / MAPPING).is_file()


def read(folder: Path) -> LabelledSet:
    """The answers that people coded, with codebook and question where they lie there. Raises `BadInput`."""
    themes = folder / THEMES
    mapping, responses = folder / MAPPING, folder / RESPONSES
    texts = _texts(json_lines.objects(lines(responses), RESPONSES))
    found = [
        _example(item, texts, line) for line, item in json_lines.objects(lines(mapping), MAPPING)
    ]
    used = tuple(path.name for path in (responses, mapping, themes) if path.is_file())
    known = codebook(themes) if themes.is_file() else ()
    return LabelledSet(folder.resolve().name, found, known, _question(folder / QUESTION), used)


def codebook(path: Path) -> tuple[CodebookTheme, ...]:
    """The themes of a file in the shape of `themes.json`. Raises `BadInput`.

    Name and description are in one language there: they stand for both.
    """
    try:
        items = json.loads(words(path))
    except (ValueError, RecursionError):
        raise _no_codebook(path) from None
    if not isinstance(items, list) or not items:
        raise _no_codebook(path)
    found = [_theme(item, path, place) for place, item in enumerate(items, start=1)]
    if len({one.id for one in found}) < len(found):
        raise _no_codebook(path)
    return tuple(found)


def theme(key: str, name: str, description: str = "") -> CodebookTheme:
    """A theme of somebody else's codebook."""
    both = dict.fromkeys(LANGUAGES, name), dict.fromkeys(LANGUAGES, description)
    return CodebookTheme(key, 2, None, *both)


def _theme(item: object, path: Path, place: int) -> CodebookTheme:
    given = item if isinstance(item, dict) else {}
    try:
        key, name = label(given.get("topic_id")), said(given.get("topic_label"))
        description = given.get("topic_description") or ""
        return theme(key, name, said(description) if description else "")
    except Wrong:
        raise BadInput(
            note(
                "Theme %(n)s of %(file)s has no topic_id, topic_label or topic_description.",
                n=place,
                file=path.name,
            ),
            note("Mend it and run the same command again. Nothing was changed."),
        ) from None


def _no_codebook(path: Path) -> BadInput:
    return BadInput(
        note(
            "The file %(file)s is no codebook: it must be a JSON list of themes, each id once.",
            file=path.name,
        ),
        note("Give one in the shape of themes.json. Nothing was changed."),
    )


def _question(path: Path) -> str:
    """The question that was asked; empty where no file says it."""
    if not path.is_file():
        return ""
    try:
        item = json.loads(words(path))
    except (ValueError, RecursionError):
        raise refuse(path.name, 1, note("it is not valid JSON.")) from None
    asked = item.get("question_text", "") if isinstance(item, dict) else ""
    return asked if isinstance(asked, str) else ""


def _texts(items: Sequence[tuple[int, dict[str, object]]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line, item in items:
        try:
            key = label(item.get("response_id"))
            if key in found:
                raise Wrong(note("its response_id stands on an earlier line already."))
            found[key] = said(item.get("response"))
        except Wrong as problem:
            raise refuse(RESPONSES, line, problem.why) from None
    return found


def _example(item: dict[str, object], texts: dict[str, str], line: int) -> Example:
    try:
        key = label(item.get("response_id"))
        if key not in texts:
            raise Wrong(note("no answer has its response_id, or an earlier line took it."))
        labels = json_lines.words(item.get("labels"))
        return Example(texts.pop(key), labels, MAPPING, line, single=False)
    except Wrong as problem:
        raise refuse(MAPPING, line, problem.why) from None
