"""One form for every text: NFKC, no invisible or control characters, plain line ends."""

from __future__ import annotations

import re
import unicodedata

# Kept inside emoji sequences: the joiner and the two variation selectors that make 👩‍🏫 one picture.
_JOINER = "\u200d"
_SELECTORS = ("\ufe0e", "\ufe0f")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\n{3,}")


def normalise(text: str) -> str:
    """The text in NFKC without zero-width, bidirectional and control characters; lines end with \\n."""
    text = unicodedata.normalize("NFKC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept: list[str] = []
    for position, sign in enumerate(text):
        category = unicodedata.category(sign)
        if sign in "\n\t":
            kept.append(sign)
        elif sign == _JOINER or sign in _SELECTORS:
            # A joiner between two letters only hides something; between pictures it is spelling.
            before = text[position - 1] if position else " "
            if unicodedata.category(before) in ("So", "Sk") or before in _SELECTORS:
                kept.append(sign)
        elif category not in ("Cc", "Cf", "Cs", "Co", "Cn"):
            kept.append(sign)
    text = _SPACES.sub(" ", "".join(kept))
    return _LINES.sub("\n\n", "\n".join(line.strip() for line in text.split("\n"))).strip()


def text_key_form(text: str) -> str:
    """The letters and digits of a text in lower case: two messages with the same are one text."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())
