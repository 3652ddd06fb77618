"""Two files side by side, as UMSAB has them: `x_text.txt` with a message and `x_labels.txt` with its label
on each line.
"""

from __future__ import annotations

from pathlib import Path

from youthvoice.errors import BadInput, note
from youthvoice.nlp.evaluation.labels.examples import Example, Wrong, label, refuse, said

TEXTS = "_text.txt"
LABELS = "_labels.txt"


def of(path: Path) -> tuple[Path, Path] | None:
    """The file of texts and that of labels, of which `path` is one; None where its name is no such one."""
    for end in (TEXTS, LABELS):
        if path.name.endswith(end):
            stem = path.name.removesuffix(end)
            return path.with_name(stem + TEXTS), path.with_name(stem + LABELS)
    return None


def examples(
    texts: list[str], labels: list[str], files: tuple[str, str], language: str | None
) -> list[Example]:
    """The messages of two files' lines. Raises `BadInput` with file and line."""
    texts, labels = _without_end(texts), _without_end(labels)
    if len(texts) != len(labels):
        raise BadInput(
            note(
                "%(texts)s has %(n)s lines but %(labels)s has %(m)s: they do not belong together.",
                texts=files[0],
                n=len(texts),
                labels=files[1],
                m=len(labels),
            ),
            note("Give the files that were meant. Nothing was changed."),
        )
    return [
        _example(*pair, files, line, language)
        for line, pair in enumerate(zip(texts, labels, strict=True), start=1)
    ]


def _example(
    text: str, word: str, files: tuple[str, str], line: int, language: str | None
) -> Example:
    file = files[1]
    try:
        given = label(word)
        file = files[0]
        return Example(said(text), (given,), files[1], line, language)
    except Wrong as problem:
        raise refuse(file, line, problem.why) from None


def _without_end(lines: list[str]) -> list[str]:
    """The lines without empty ones at the end."""
    last = max((place for place, line in enumerate(lines, start=1) if line.strip()), default=0)
    return lines[:last]
