"""Labelled sets from disk: a file is told by its content; a folder means every set that lies in it.

The forms are JSON Lines (`json_lines`), tables (`separated`), two files side by side (`paired`) and folders
of consultations (`consultation`). Nothing is ever changed by reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from youthvoice.errors import BadInput, note
from youthvoice.model import LANGUAGES
from youthvoice.nlp.evaluation.labels import consultation, json_lines, paired, separated
from youthvoice.nlp.evaluation.labels.examples import Example, LabelledSet
from youthvoice.nlp.evaluation.labels.vocabulary import LANGUAGE_WORDS
from youthvoice.nlp.evaluation.words import words

SUFFIXES = (".jsonl", ".tsv", ".csv")
"""What is read from a folder, beside pairs; a file that is named itself may be called anything."""
FIRST_WORD = re.compile(r"[a-z]+", re.IGNORECASE)


def read(paths: Iterable[Path]) -> list[LabelledSet]:
    """Every set that `paths` (files, folders) name, each once.

    Raises `BadInput` with file and line where one cannot be read, and where there is nothing to read.
    """
    found = {path.resolve(): path for given in paths for path in _sets(given)}
    sets = [read_one(path) for path in found.values()]
    for called in (lambda path: f"{path.resolve().parent.name}/{path.name}", str):
        names = [one.name for one in sets]
        sets = [
            one if names.count(one.name) == 1 else replace(one, name=called(path))
            for path, one in zip(found.values(), sets, strict=True)
        ]
    return sets


def read_one(path: Path) -> LabelledSet:
    """The set in one file, in a pair of which `path` is one, or in a consultation's folder."""
    if path.is_dir():
        one = consultation.read(path)
    elif pair := paired.of(path):
        files = (pair[0].name, pair[1].name)
        texts, labels = (words(each).split("\n") for each in pair)
        found = paired.examples(texts, labels, files, _named_language(path))
        one = LabelledSet(files[0], found, paths=files)
    else:
        one = LabelledSet(path.name, _examples(path), paths=(path.name,))
    if not one.examples:
        raise BadInput(
            note("The file %(file)s holds no message.", file=one.name),
            note("Give the file that was meant. Nothing was changed."),
        )
    return one


def _examples(path: Path) -> list[Example]:
    text = words(path)
    first = next(line for line in text.split("\n") if line.strip())
    if first.lstrip().startswith("{"):
        return json_lines.examples(text.split("\n"), path.name)
    if text.startswith(first) and separated.is_table(first):
        return separated.examples(text, path.name, _named_language(path))
    raise BadInput(
        note("Line 1 of %(file)s has no form that is known here.", file=path.name),
        note(
            "Give JSON Lines with text and label, a table with columns of those names, or files "
            "x_text.txt and x_labels.txt. Nothing was changed."
        ),
    )


def _named_language(path: Path) -> str | None:
    """The language that the file's or its folder's name begins with: en_dataset.csv, fra_Latn/dev.tsv."""
    for name in (path.name, path.resolve().parent.name):
        first = FIRST_WORD.match(name)
        language = LANGUAGE_WORDS.get(first.group().lower()) if first else None
        if language in LANGUAGES:
            return language
    return None


def _sets(given: Path) -> list[Path]:
    if not given.is_dir():
        whole = given.name in (consultation.RESPONSES, consultation.MAPPING)
        return [given.parent] if whole and consultation.is_one(given.parent) else [_one_of(given)]
    found = _inside(given)
    if not found:
        raise BadInput(
            note(
                "The folder %(folder)s holds no .jsonl, .tsv or .csv file, no x_text.txt and no consultation.",
                folder=str(given),
            ),
            note("Name the files themselves, or another folder. Nothing was changed."),
        )
    return found


def _one_of(path: Path) -> Path:
    """The file of texts, where a pair's other file was named."""
    pair = paired.of(path)
    return pair[0] if pair else path


def _inside(folder: Path) -> list[Path]:
    """The sets in a folder; those in the folders inside it where itself holds none."""
    if consultation.is_one(folder):
        return [folder]
    inside = sorted(folder.iterdir())
    files = [path for path in inside if path.is_file()]
    found = [p for p in files if p.suffix in SUFFIXES or p.name.endswith(paired.TEXTS)]
    return found or [path for one in inside if one.is_dir() for path in _inside(one)]
