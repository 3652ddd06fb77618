"""Sealed texts are padded, so that a stored size tells little: a one, then noughts up to a full block."""

from __future__ import annotations


def pad(text: str, block: int) -> bytes:
    """The text in UTF-8, padded to a multiple of `block` bytes."""
    plain = text.encode("utf-8", "surrogatepass")
    return plain + b"\x01" + b"\x00" * (-(len(plain) + 1) % block)


def unpad(padded: bytes) -> str:
    """The text that was padded."""
    return padded[: padded.rindex(b"\x01")].decode("utf-8", "surrogatepass")
