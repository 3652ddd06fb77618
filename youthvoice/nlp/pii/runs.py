"""Long runs of signs without a space are broken before a model reads them; every place stays where it was.

spaCy cuts words off at both ends, again and again: ten thousand signs in a row took it 26 s. The encoder's
tokenizer takes a run of over 100 as one unknown word.
"""

from __future__ import annotations

import re

LONGEST_RUN = 80
_RUN = re.compile(rf"\S{{{LONGEST_RUN},}}")


def broken(text: str) -> str:
    """The text, as long as before, with a space in place of every eightieth sign of a run without one."""
    return _RUN.sub(_with_spaces, text)


def _with_spaces(found: re.Match[str]) -> str:
    run = found.group()
    kept = LONGEST_RUN - 1
    parts = [run[start : start + kept] for start in range(0, len(run), LONGEST_RUN)]
    return " ".join(parts).ljust(len(run))
