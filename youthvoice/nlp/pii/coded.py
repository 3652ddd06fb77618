"""Names written in base64 or hexadecimal."""

from __future__ import annotations

import base64
import binascii
import re

from youthvoice.model import Span

DETECTOR = "plain-1"

_CODED = re.compile(r"(?<![\w+/=-])(?:[A-Za-z0-9+/]{8,}|[A-Za-z0-9_-]{8,})={0,2}(?![\w+/=])")
_HEXADECIMAL = re.compile(r"(?:0x)?((?:[0-9a-fA-F]{2}){4,})")
_READABLE = re.compile(r"[^\W_]|[ .,'’@\-!?:\n]")
_LEAST_LETTERS = 4


def encoded(text: str) -> list[Span]:
    """The parts of `text` that are readable once decoded from base64 or hexadecimal, of kind `encoded`.

    Four letters at least, and hardly anything but letters, digits and spaces; rot13 is not looked for.
    """
    return [
        Span(found.start(), found.end(), "encoded", 0.9, DETECTOR, f"letters in disguise: {how}")
        for found in _CODED.finditer(text)
        if (how := _hides(found.group()))
    ]


def _hides(run: str) -> str:
    """How a run of signs hides something readable: `base64`, `hex`, or empty if it does not."""
    coded = _HEXADECIMAL.fullmatch(run)
    if run.isdigit():  # a number, whatever its digits might also spell
        return ""
    if coded is not None:
        return "hex" if _readable(bytes.fromhex(coded[1])) else ""
    # Words decode to noise as a rule; a run without capitals, or of one case, is a word.
    plain = run.rstrip("=").replace("-", "+").replace("_", "/")
    if len(plain) % 4 == 1 or run.islower():
        return ""
    try:
        told = base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except (binascii.Error, ValueError):
        return ""
    return "base64" if _readable(told) else ""


def _readable(told: bytes) -> bool:
    try:
        words = told.decode("utf-8")
    except UnicodeDecodeError:
        return False
    signs = sum(1 for _ in _READABLE.finditer(words))
    letters = sum(sign.isalpha() and sign < "\u0250" for sign in words)
    return letters >= _LEAST_LETTERS and signs * 10 >= len(words) * 9 and words.isprintable()
