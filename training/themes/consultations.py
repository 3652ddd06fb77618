"""This project's invented consultations: questions, themes, answers with their labels."""

from __future__ import annotations

from typing import Any

from training.files import TEXTS, objects

EVERY = 12
"""One consultation in so many is kept back from the vectors of themes, to choose their cuts."""


def read() -> list[dict[str, Any]]:
    """All of them, in the order of the files."""
    return objects(sorted(TEXTS.glob("themes*.jsonl")))


def kept_back(number: int) -> bool:
    """Whether the consultation of this place in `read` is kept back."""
    return number % EVERY == 3
