"""Names and places found by a spaCy model (NER only: tagger, parser and lemmatiser stay off).

The models are settings, so that an operator can name the publisher's own wheels; a model that is
missing raises `ModelMissing` and nothing is let through.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from youthvoice.errors import ModelMissing, note
from youthvoice.model import Span

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline

UNUSED = ["tagger", "parser", "attribute_ruler", "lemmatizer", "morphologizer", "senter"]
KINDS = {
    "PERSON": "name",
    "PER": "name",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "ORG": "organisation",
}


def load(name: str) -> Pipeline:
    """The spaCy pipeline called `name`: a package (with or without `model_path()`) or a folder."""
    import spacy  # two seconds, which a command that reads no text need not pay

    try:
        if Path(name).is_dir():
            return spacy.load(name, exclude=UNUSED)
        module = importlib.import_module(name)
        where = str(module.model_path()) if hasattr(module, "model_path") else name
        return spacy.load(where, exclude=UNUSED)
    except (ImportError, OSError, ValueError) as problem:
        raise ModelMissing(
            note(
                "The language model %(name)s cannot be loaded (%(why)s). No text is let through without it.",
                name=name,
                why=type(problem).__name__,
            ),
            note(
                "Install it (pip install -r requirements/models.lock) or name another model in "
                "YOUTHVOICE_SPACY_EN or YOUTHVOICE_SPACY_FR."
            ),
        ) from None


class NameDetector:
    """Finds persons, places and organisations in many texts at once."""

    def __init__(self, pipeline: Pipeline, kept: frozenset[str]) -> None:
        self._pipeline = pipeline
        self._kept = kept
        meta = pipeline.meta
        self.version = f"{meta.get('lang')}_{meta.get('name')}-{meta.get('version')}"

    def find(self, texts: Iterable[str]) -> Iterator[list[Span]]:
        """For each text, its spans; names in the list of kept names are left out."""
        for document in self._pipeline.pipe(texts, batch_size=128):
            yield [
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
