"""What every detector offers, however it works. One file a detector; `anonymiser` runs them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from youthvoice.model import Span


class Detector(Protocol):
    """Finds spans in normalised texts. May raise anything: whoever runs it holds the text then."""

    @property
    def version(self) -> str:
        """What is stored with every span that it finds: its name and version."""
        ...

    def find(self, texts: Sequence[str]) -> list[list[Span]]:
        """For each text, in order, its spans (character offsets into that text, end exclusive)."""
        ...
