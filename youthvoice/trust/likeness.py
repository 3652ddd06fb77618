"""Nearly the same texts, found without keeping a text: MinHash over keyed hashes of five-character pieces.

The pieces are hashed with a key of this installation, so a stored signature cannot be tested for words.
Two texts of which about 0.7 of the pieces are the same count as one (a form letter with a word changed).
Library: datasketch.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from datasketch import MinHash

PIECE = 5
"""Characters of a piece."""
SHORTEST = 25
"""Characters under which a text is compared as a whole only: too few pieces to tell."""
THRESHOLD = 0.7
PERMUTATIONS = 128
BANDS, ROWS = 14, 9
"""14 bands of 9 values: datasketch's best split of 128 for a threshold of 0.7."""


class Signature(NamedTuple):
    """A text's MinHash (128 values of 4 bytes) and the names of its bands."""

    values: bytes
    bands: tuple[str, ...]


class Comparer:
    """Makes and compares signatures under one key."""

    def __init__(self, key: bytes) -> None:
        self._key = key[:32]
        self._template = MinHash(num_perm=PERMUTATIONS, hashfunc=self._hash, scheme="affine32")

    @property
    def _hash(self) -> Callable[[bytes], int]:
        key = self._key
        return lambda piece: int.from_bytes(
            hashlib.blake2b(piece, digest_size=4, key=key).digest(), "big"
        )

    def signature(self, text: str) -> Signature | None:
        """The signature of a text in its comparable form, or None if it is too short."""
        if len(text) < SHORTEST:
            return None
        pieces = {text[at : at + PIECE].encode("utf-8", "surrogatepass")
                  for at in range(len(text) - PIECE + 1)}  # fmt: skip
        made = self._template.copy()
        made.update_batch(list(pieces))
        values = made.hashvalues.astype("<u4")
        names = tuple(
            hashlib.blake2b(
                values[band * ROWS : (band + 1) * ROWS].tobytes(), digest_size=16, key=self._key
            ).hexdigest()
            + f"{band:02d}"
            for band in range(BANDS)
        )
        return Signature(values.tobytes(), names)

    @staticmethod
    def similarity(one: bytes, other: bytes) -> float:
        """The estimated share of pieces that two texts have in common, from 0 to 1."""
        left, right = np.frombuffer(one, "<u4"), np.frombuffer(other, "<u4")
        return float(np.mean(left == right)) if left.size == right.size else 0.0
