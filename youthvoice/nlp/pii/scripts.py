"""Letters that no detector here was trained on: a name in them would be overlooked."""

from __future__ import annotations

import re
import unicodedata

LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]")
MOST = 2
"""So many letters of another script may stand in a message (a symbol, an initial)."""


def unread(text: str) -> bool:
    """Whether the text holds a word in letters other than Latin ones."""
    others = [
        sign for sign in text if ord(sign) > 127 and sign.isalpha() and not LATIN.match(sign)
        and not unicodedata.name(sign, "").startswith(("LATIN", "MODIFIER", "FEMININE", "MASCULINE"))
    ]  # fmt: skip
    return len(others) > MOST
