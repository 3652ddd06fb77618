"""Names and places found by a spaCy model (NER only: tagger, parser and lemmatiser stay off).

The models are settings, so that an operator can name the publisher's own wheels; a model that is
missing raises `ModelMissing` and nothing is let through.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from youthvoice.errors import ModelMissing, note
from youthvoice.model import Span

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline
    from spacy.tokens import Doc

UNUSED = ["tagger", "parser", "attribute_ruler", "lemmatizer", "morphologizer", "senter"]
KINDS = {
    "PERSON": "name",
    "PER": "name",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "ORG": "organisation",
}


def locate(name: str) -> str:
    """Where the model called `name` is: its folder, or the package that spaCy loads by name.

    Raises `ModelMissing`. Nothing is loaded, so this also serves as a quick check beforehand.
    """
    if Path(name).is_dir():
        return name
    try:
        module = importlib.import_module(name)
        return str(module.model_path()) if hasattr(module, "model_path") else name
    except (ImportError, OSError, ValueError) as problem:
        raise _missing(name, problem) from None


def load(name: str) -> Pipeline:
    """The spaCy pipeline called `name`: a package (with or without `model_path()`) or a folder."""
    where = locate(name)
    import spacy  # two seconds, which a command that reads no text need not pay

    try:
        return spacy.load(where, exclude=UNUSED)
    except (ImportError, OSError, ValueError) as problem:
        raise _missing(name, problem) from None


def _missing(name: str, problem: Exception) -> ModelMissing:
    return ModelMissing(
        note(
            "The language model %(name)s cannot be loaded (%(why)s). No text is let through without it.",
            name=name,
            why=type(problem).__name__,
        ),
        note(
            "Install it (pip install -r requirements/models.lock) or name another model in "
            "YOUTHVOICE_SPACY_EN or YOUTHVOICE_SPACY_FR."
        ),
    )


LONGEST_RUN = 80
_RUN = re.compile(rf"\S{{{LONGEST_RUN},}}")


def _breathing(text: str) -> str:
    """The text with a space in place of every eightieth sign of a run without one; places stay the same.

    The pipeline cuts words off at both ends, again and again: ten thousand signs in a row took it 26 s.
    """

    def broken(found: re.Match[str]) -> str:
        run = found.group()
        return " ".join(
            run[start : start + LONGEST_RUN - 1] for start in range(0, len(run), LONGEST_RUN)
        )

    return _RUN.sub(lambda found: broken(found).ljust(len(found.group())), text)


class NameDetector:
    """Finds persons, places and organisations in many texts at once."""

    def __init__(self, pipeline: Pipeline, kept: frozenset[str]) -> None:
        self._pipeline = pipeline
        self._kept = kept
        meta = pipeline.meta
        self.version = f"{meta.get('lang')}_{meta.get('name')}-{meta.get('version')}"

    def find(self, texts: Iterable[str]) -> list[list[Span]]:
        """For each text, its spans; names in the list of kept names are left out."""
        # Without the zone the pipeline would remember every new word of every message: memory would
        # grow with an import, and the words of young people would stay in it.
        with self._pipeline.memory_zone():
            found = self._pipeline.pipe((_breathing(text) for text in texts), batch_size=128)
            return [self._spans(document) for document in found]

    def _spans(self, document: Doc) -> list[Span]:
        return [
            Span(
                entity.start_char,
                entity.end_char,
                KINDS[entity.label_],
                0.7,
                self.version,
                f"labelled {entity.label_}",
            )
            for entity in document.ents
            if entity.label_ in KINDS
            and entity.text.lower().strip() not in self._kept
            and any(sign.isalpha() for sign in entity.text)
            and not entity.text.startswith("#")
        ]
