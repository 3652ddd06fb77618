"""eldc (Apache-2.0), the identifier of languages, behind one function. It keeps its tables per process."""

from __future__ import annotations

import threading
from typing import NamedTuple

import eldc

_lock = threading.Lock()
_ready = False


class Guess(NamedTuple):
    """The likeliest language (its code, None if it has no idea), whether it is sure, and how likely ours are."""

    best: str | None
    reliable: bool
    top: float
    english: float
    french: float


def guess(text: str) -> Guess:
    """What eldc says of a text; likelihoods from 0 to 1."""
    global _ready
    with _lock:
        if not _ready:
            eldc.init()
            _ready = True
        found = eldc.detect_details(text)
        scores = dict(found.scores or {})
    top = max(scores.values(), default=0.0)
    return Guess(
        found.language, bool(found.reliable), top, scores.get("en", 0.0), scores.get("fr", 0.0)
    )
