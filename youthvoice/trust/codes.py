"""Short codes that people copy by hand: Crockford's base 32, read forgivingly.

Source of the alphabet and of what is forgiven: https://www.crockford.com/base32.html
"""

from __future__ import annotations

import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
FORGIVEN = str.maketrans({"O": "0", "I": "1", "L": "1"})


def make(length: int) -> str:
    """A random code of `length` characters."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def read(typed: str, length: int) -> str | None:
    """The code that somebody typed, or None if it can be none of that length.

    Lower case, spaces, dashes, and O, I or L for 0 and 1 are forgiven.
    """
    code = "".join(sign for sign in typed if not _is_between(sign)).upper().translate(FORGIVEN)
    return code if len(code) == length and set(code) <= set(ALPHABET) else None


def grouped(code: str, size: int = 3) -> str:
    """A code in groups, for reading aloud."""
    return "-".join(code[start : start + size] for start in range(0, len(code), size))


def _is_between(sign: str) -> bool:
    """Spaces and dashes of every kind: keyboards of phones put in others than they show."""
    return sign.isspace() or unicodedata.category(sign) in ("Pd", "Cf") or sign == "\u2212"
