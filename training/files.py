"""Where the texts lie that we train on and measure with, and how they are read: JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

TEXTS = Path(__file__).parent / "texts"
SETS = Path(__file__).parents[1] / "tests" / "sets"


def objects(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """The object of every line, in the order of the files."""
    return [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]
