"""Texts as numbers of word pieces, as the encoder learned them (XLM-RoBERTa's unigram vocabulary).

Normalisation is the table inside the weights; the segmentation is the library's. A text longer than
`WINDOW` pieces is read in windows that overlap, so that nothing at its end is missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from youthvoice.nlp.sentences.weights import Weights

WINDOW = 126
OVERLAP = 26
PREFIX = "query:"
"""The encoder was trained with it (Wang et al. 2024, multilingual E5)."""
_SPACES = re.compile(" {2,}")
_LONGEST_RUN = 400
"""Signs without a space: the segmentation's time grows with the square of a run."""
_RUN = re.compile(rf"(\S{{{_LONGEST_RUN}}})")


class Pieces:
    """Cuts texts. Thread-safe."""

    def __init__(self, weights: Weights) -> None:
        from tokenizers import Tokenizer, models  # a command that reads no text need not load it

        known: set[str] = set()
        vocabulary = []
        for number, (word, score) in enumerate(weights.vocabulary):
            # The library wants each piece once. Marks, though somebody types "<s>", and bytes that are no text are
            # never to be met: a space is in no text that is cut (`_ids`).
            met = word and word not in known and number not in weights.marks
            unique = word if met else f" {number}"
            known.add(unique)
            vocabulary.append((unique, score))
        self._marks = weights.marks
        self._normal = dict(weights.normal)
        self._cut = Tokenizer(models.Unigram(vocabulary, weights.marks.unknown, False))

    def windows(self, text: str) -> Iterator[tuple[int, ...]]:
        """The pieces of a text with its marks, a window at a time; at least one."""
        prefix, ids = self._ids(PREFIX), self._ids(text)
        for start in range(0, max(1, len(ids) - OVERLAP), WINDOW - OVERLAP):
            yield (
                self._marks.first,
                *prefix,
                *ids[start : start + WINDOW],
                self._marks.last,
            )

    def pairs(self, text: str, second: str) -> Iterator[tuple[int, ...]]:
        """Each window of a text followed by a second text (cut at `WINDOW` pieces) after a mark."""
        after = self._ids(second)[:WINDOW]
        for window in self.windows(text):
            yield (*window, self._marks.last, *after, self._marks.last)

    def _ids(self, text: str) -> Sequence[int]:
        plain = _SPACES.sub(" ", _RUN.sub(r"\1 ", text.translate(self._normal)))
        spaced = plain if plain.startswith(" ") else f" {plain}"
        encoded = self._cut.encode(spaced.replace(" ", "▁"), add_special_tokens=False)
        return list(encoded.ids)
