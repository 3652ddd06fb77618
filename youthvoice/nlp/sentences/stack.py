"""Layers that this project trained over the encoder's first ones: what goes in is `Read`, out come scores."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from youthvoice.errors import ModelMissing, note
from youthvoice.nlp.sentences.encoder import MODELS, Read
from youthvoice.nlp.sentences.weights import Floats
from youthvoice.nlp.sessions import session


class Stack:
    """One trained network, `NAME.onnx`, with what is said of it in `NAME.json`. Thread-safe.

    `about["labels"]` names the columns of the scores. Raises `ModelMissing`.
    """

    def __init__(self, name: str, threads: int = 0, folder: Path = MODELS) -> None:
        try:
            self.about: dict[str, Any] = json.loads((folder / f"{name}.json").read_text("utf-8"))
            self._session = session((folder / f"{name}.onnx").read_bytes(), threads)
        except Exception as problem:  # whatever the runtime raises for a file that is none
            raise ModelMissing(
                note(
                    "The model “%(name)s” cannot be loaded (%(why)s).",
                    name=name,
                    why=type(problem).__name__,
                ),
                note("Install youthvoice again: a file of it is missing or damaged."),
            ) from None

    @property
    def labels(self) -> tuple[str, ...]:
        """What the columns of the scores stand for."""
        return tuple(self.about["labels"])

    @property
    def version(self) -> str:
        """The version of the model, kept beside everything that it says."""
        return str(self.about["version"])

    def scores(self, reads: Iterable[Read], count: int, highest: bool) -> Floats:
        """(count, labels) before any softmax: of a long text's windows the highest, or the mean."""
        total = np.full((count, len(self.labels)), -np.inf if highest else 0.0, np.float32)
        windows = np.zeros((count, 1), np.float32)
        for read in reads:
            found = self._session.run(None, {"hidden": read.hidden, "mask": read.mask})[0]
            if highest:
                np.maximum.at(total, read.texts, found)
            else:
                np.add.at(total, read.texts, found)
                np.add.at(windows, read.texts, 1.0)
        return total if highest else np.asarray(total / np.maximum(windows, 1), np.float32)
