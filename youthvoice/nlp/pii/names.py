"""Names and places found by a spaCy model (NER only: tagger, parser and lemmatiser stay off).

The models are settings, so that an operator can name the publisher's own wheels; a model that is
missing raises `ModelMissing` and nothing is let through.
"""

from __future__ import annotations

import importlib
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from youthvoice.errors import ModelMissing, note
from youthvoice.model import Span
from youthvoice.nlp.pii.runs import broken

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
        return _only_used(spacy.load(where, exclude=UNUSED))
    except (ImportError, OSError, ValueError) as problem:
        raise _missing(name, problem) from None


def _only_used(pipeline: Pipeline) -> Pipeline:
    """Without the shared vectors' layer where the NER has its own, as the medium models do: a third faster."""
    shared = "tok2vec"
    if pipeline.has_pipe(shared):
        listeners = getattr(pipeline.get_pipe(shared), "listening_components", ["?"])
        if not listeners:
            pipeline.disable_pipe(shared)
    return pipeline


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


class NameDetector:
    """Finds persons, places and organisations in many texts at once."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline
        self._lock = threading.Lock()
        meta = pipeline.meta
        self.version = f"{meta.get('lang')}_{meta.get('name')}-{meta.get('version')}"

    def find(self, texts: Sequence[str]) -> list[list[Span]]:
        """For each text, in order, its spans."""
        # Without the zone the pipeline would remember every new word of every message: memory would
        # grow with an import, and the words of young people would stay in it.
        with self._lock, self._pipeline.memory_zone():
            found = self._pipeline.pipe(map(broken, texts), batch_size=128)
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
            and any(sign.isalpha() for sign in entity.text)
            and not entity.text.startswith("#")
        ]
