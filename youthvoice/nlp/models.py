"""Which models look at messages, and how they are used: said once, by the settings or by a measurement."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from youthvoice.settings import Settings

SETTINGS = ("thorough", "fast")
"""`thorough` runs every detector; `fast` (spaCy, lists, patterns) is a first screening only."""
LARGE_PLACE = 50_000
SECONDS = 60.0


class Models(NamedTuple):
    """What an analyser or an anonymiser loads; see the settings of the same names.

    `large_place`: a place where at least so many people live stays. `detector_seconds`: how long one
    detector may take for one call before its texts are held. `threads`: of the second detector, 0 as many as
    there are cores (four at most). `feelings`: whether feelings are read.
    """

    spacy_en: str
    spacy_fr: str
    home: Path | None = None
    masking: str = "thorough"
    large_place: int = LARGE_PLACE
    detector_seconds: float = SECONDS
    threads: int = 0
    feelings: bool = True

    @classmethod
    def of(cls, settings: Settings) -> Models:
        """Those that the settings name."""
        return cls(
            settings.spacy_en,
            settings.spacy_fr,
            settings.home,
            settings.masking,
            settings.large_place,
            settings.detector_seconds,
            feelings=settings.feelings,
        )
