"""This project's invented consultations: questions, themes, answers with their labels."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

TEXTS = Path(__file__).parents[1] / "texts"
EVERY = 12
"""One consultation in so many is kept back from the vectors of themes, to choose their cuts."""


def read() -> list[dict[str, Any]]:
    """All of them, in the order of the files."""
    return [
        json.loads(line)
        for path in sorted(TEXTS.glob("themes*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]


def kept_back(number: int) -> bool:
    """Whether the consultation of this place in `read` is kept back."""
    return number % EVERY == 3
