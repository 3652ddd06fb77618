"""The encoder: its first layers are run once a text, and every question asked goes on from there.

`Sentences.read` gives what the first `SHARED` layers say of each piece; the package's own last layers make
a sentence's vector of it (`vectors`), and layers that this project trained answer one question each
(`stack`). The graphs under `models/` hold no weights: those come from the package when it is loaded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from youthvoice.nlp.sentences.pieces import Pieces
from youthvoice.nlp.sentences.weights import Floats, Ints, Weights, missing
from youthvoice.nlp.sessions import session

SHARED = 4
"""So many of the twelve layers are the same for every question; training begins above them."""
BATCH = 32
MODELS = Path(__file__).parent / "models"
VERSION = "e5-small-1"
_PARTS = ("q", "k", "v", "ao", "fi", "fo")
_NORMS = ("aln", "oln")


@dataclass(frozen=True)
class Read:
    """Windows of about one length, read together: rows are windows, columns pieces.

    `texts` says which text each row is of.
    """

    texts: Ints
    mask: Ints
    hidden: Floats


class Sentences:
    """Reads texts of both languages. Raises `ModelMissing`. Thread-safe; one per process."""

    def __init__(self, threads: int = 0) -> None:
        weights = Weights()
        self._weights = weights
        self._width = weights.sizes.width
        try:
            self._pieces = Pieces(weights)
            lower = _layers(weights, 0, SHARED) | _embedding(weights)
            upper = _layers(weights, SHARED, weights.sizes.layers)
            self._lower = session((MODELS / "lower.onnx").read_bytes(), threads, lower)
            self._upper = session((MODELS / "upper.onnx").read_bytes(), threads, upper)
        except Exception as problem:  # whatever the runtime raises for a file that is none
            raise missing(problem) from None

    def read(self, texts: Sequence[str]) -> Iterator[Read]:
        """Every window of the texts, in batches of about one length, not in the texts' order."""
        return self._read(
            (place, window)
            for place, text in enumerate(texts)
            for window in self._pieces.windows(text)
        )

    def read_pairs(self, pairs: Sequence[tuple[str, str]]) -> Iterator[Read]:
        """The same for texts with a second text each."""
        return self._read(
            (place, window)
            for place, (text, second) in enumerate(pairs)
            for window in self._pieces.pairs(text, second)
        )

    def vectors(self, texts: Sequence[str]) -> Floats:
        """One vector of length 1 a text (n, 384): near each other where texts mean the same, in any language."""
        return self.vectors_of(self.read(texts), len(texts))

    def vectors_of(self, reads: Iterable[Read], count: int) -> Floats:
        """The vectors of texts that were read; a long one's is the mean of its windows'."""
        total = np.zeros((count, self._width), np.float32)
        for read in reads:
            last = self._upper.run(None, {"hidden": read.hidden, "mask": read.mask})[0]
            np.add.at(total, read.texts, mean(last, read.mask))
        return unit(total)

    def _read(self, windows: Iterable[tuple[int, tuple[int, ...]]]) -> Iterator[Read]:
        ordered = sorted(windows, key=lambda one: len(one[1]))
        for start in range(0, len(ordered), BATCH):
            yield self._run(ordered[start : start + BATCH])

    def _run(self, windows: Sequence[tuple[int, tuple[int, ...]]]) -> Read:
        longest = max(len(ids) for _, ids in windows)
        ids = np.full((len(windows), longest), self._weights.marks.empty, np.int64)
        mask = np.zeros_like(ids)
        for row, (_, pieces) in enumerate(windows):
            ids[row, : len(pieces)] = pieces
            mask[row, : len(pieces)] = 1
        words = self._weights.matrix("emb.word", self._width, ids.ravel())
        words = words.reshape(*ids.shape, self._width)
        hidden = self._lower.run(None, {"words": words, "mask": mask})[0]
        return Read(np.array([place for place, _ in windows]), mask, hidden)


def chosen(reads: Iterable[Read], places: Sequence[int]) -> Iterator[Read]:
    """What was read of some of the texts, by themselves: those at `places`, counted from 0 in that order."""
    new = {place: number for number, place in enumerate(places)}
    for read in reads:
        rows = [row for row, place in enumerate(read.texts.tolist()) if place in new]
        if rows:
            texts = np.array([new[place] for place in read.texts[rows].tolist()])
            yield Read(texts, read.mask[rows], read.hidden[rows])


def mean(hidden: Floats, mask: Ints) -> Floats:
    """The mean over the pieces that are there."""
    there = mask[..., None].astype(np.float32)
    return np.asarray((hidden * there).sum(1) / there.sum(1), np.float32)


def unit(vectors: Floats) -> Floats:
    """Each row at length 1."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), np.float32)


def _layers(weights: Weights, start: int, end: int) -> dict[str, Floats]:
    """The package's layers under the names of the graph, counted from 0 there."""
    inner = {"fo": weights.sizes.inner}
    found: dict[str, Floats] = {}
    for place, layer in enumerate(range(start, end)):
        for part in _PARTS:
            matrix = weights.matrix(f"l{layer}.{part}.w", inner.get(part, weights.sizes.width))
            found[f"layers.{place}.{part}.w"] = np.ascontiguousarray(matrix.T)
            found[f"layers.{place}.{part}.b"] = weights.plain(f"l{layer}.{part}.b")
        for part in _NORMS:
            for kind, name in (("w", "weight"), ("b", "bias")):
                found[f"layers.{place}.{part}.{name}"] = weights.plain(f"l{layer}.{part}.{kind}")
    return found


def _embedding(weights: Weights) -> dict[str, Floats]:
    width = weights.sizes.width
    return {
        "places": weights.plain("emb.pos").reshape(-1, width)
        + weights.plain("emb.type").reshape(-1, width)[0],
        "norm.weight": weights.plain("emb.ln.w"),
        "norm.bias": weights.plain("emb.ln.b"),
    }
