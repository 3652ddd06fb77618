"""JSON Lines: `{"text": …, "label": …}`, for themes `"labels": [ids]`, in our own risk sets `"level"` and
`"signals"`; `"language"` may be given.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from youthvoice.errors import note
from youthvoice.nlp.evaluation.labels.examples import Example, Wrong, label, refuse, said


def examples(lines: Sequence[str], file: str) -> list[Example]:
    """The messages of a file's `lines`. Raises `BadInput` with the line that cannot be used and why."""
    found = []
    for number, item in objects(lines, file):
        try:
            found.append(_example(item, file, number))
        except Wrong as problem:
            raise refuse(file, number, problem.why) from None
    return found


def objects(lines: Sequence[str], file: str) -> list[tuple[int, dict[str, object]]]:
    """The object of each line that is not empty, with the line's number. Raises `BadInput`."""
    found = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
        except (ValueError, RecursionError):
            raise refuse(file, number, note("it is not valid JSON.")) from None
        if not isinstance(item, dict):
            raise refuse(file, number, note("it is not a JSON object."))
        found.append((number, item))
    return found


def words(value: object) -> tuple[str, ...]:
    """A list of labels, each once. Raises `Wrong`."""
    if not isinstance(value, list):
        raise Wrong(note("the labels are missing or are not a list."))
    return tuple(dict.fromkeys(label(one) for one in value))


def _example(item: dict[str, object], file: str, line: int) -> Example:
    language = item.get("language")
    if language is not None and not isinstance(language, str):
        raise Wrong(note("“language” is not a text."))
    text = said(item.get("text"))
    several = "label" not in item and "labels" in item
    labels = words(item["labels"]) if several else (label(item.get("label", item.get("level"))),)
    signals = words(item.get("signals", []))
    return Example(text, labels, file, line, language, not several, signals)
