"""Our own tagger: three layers over the shared encoder, trained on posts and on texts of our own.

`python -m training.names` trains it; docs/models/tagger.md is its card. Its labels are a name, a place, an
organisation, a handle, or none of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from youthvoice.errors import ModelMissing, note
from youthvoice.nlp.pii.encoder import Floats, Ints, Read, softmax
from youthvoice.nlp.pii.shape import SIZES, Shapes
from youthvoice.nlp.sessions import session

MODEL = Path(__file__).parent / "models" / "tagger.onnx"
VERSION = "tagger-1"
LABELS = ("other", "name", "place", "organisation", "handle")


class Tagger:
    """The trained network. Raises `ModelMissing` when its file cannot be loaded. Thread-safe."""

    def __init__(self, model: Path = MODEL, threads: int = 0) -> None:
        try:
            self._session = session(model.read_bytes(), threads)
        except Exception as problem:  # whatever the runtime raises for a file that is none
            raise ModelMissing(
                note(
                    "The tagger of names cannot be loaded (%(why)s). No text is let through without it.",
                    why=type(problem).__name__,
                ),
                note(
                    "Install youthvoice again: its file %(file)s is missing or damaged.",
                    file=model.name,
                ),
            ) from None

    def probabilities(self, read: Read, shapes: Sequence[Shapes]) -> Floats:
        """For each window (row) and piece (column, after the first mark), the probability of each label.

        `shapes`: those of each text that was read.
        """
        shape: Ints = np.zeros((*read.mask.shape, len(SIZES)), np.int64)
        for row, window in enumerate(read.windows):
            if window.ids:
                found = shapes[window.text].of(window.offsets)
                shape[row, 1 : len(window.ids) + 1] = found
        inputs = {"hidden": read.hidden, "mask": read.mask, "shapes": shape}
        return softmax(self._session.run(None, inputs)[0])
