"""The language of a short message: English, French, another one, or undecided.

Identification is eldc's (Apache-2.0); the thresholds below were set on this project's own demo
messages and on sentences of the development data. Undecided is honest: both languages' detectors
then look at the text.
"""

from __future__ import annotations

import threading

import eldc

from youthvoice.model import Language

CLOSE = 0.08
"""English and French this close to each other (of eldc's 0 to 1) are undecided."""
OTHER_LETTERS = 20
"""A text in another language needs this many letters to be called so: short ones look like any."""

_lock = threading.Lock()
_ready = False


def _scores(text: str) -> tuple[str | None, bool, dict[str, float]]:
    global _ready
    with _lock:  # the library keeps its tables and scheme per process
        if not _ready:
            eldc.init()
            _ready = True
        result = eldc.detect_details(text)
        return result.language, bool(result.reliable), dict(result.scores or {})


def identify(text: str) -> Language:
    """The language of a normalised text. Never fails: what cannot be told is `UNDECIDED`."""
    letters = sum(sign.isalpha() for sign in text)
    if letters < 2:
        return Language.UNDECIDED
    best, reliable, scores = _scores(text)
    english, french = scores.get("en", 0.0), scores.get("fr", 0.0)
    if best == "en" and english - french > CLOSE:
        return Language.EN
    if best == "fr" and french - english > CLOSE:
        return Language.FR
    if best not in ("en", "fr", None) and reliable and letters >= OTHER_LETTERS:
        top = max(scores.values(), default=0.0)
        if top - max(english, french) > CLOSE:
            return Language.OTHER
    return Language.UNDECIDED
