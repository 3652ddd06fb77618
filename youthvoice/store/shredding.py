"""Masked texts are kept under a key of their own, so that destroying 32 bytes destroys the text.

The key lies in a table that backups keep apart (`flow/backup.py`): what was withdrawn cannot be read in
an older backup either. AES-256-GCM with the row's identity as associated data; sizes are padded.
"""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from youthvoice.padding import pad, unpad

BLOCK = 64
"""Texts are padded to multiples of this many bytes."""
NONCE = 12


def new_key() -> bytes:
    """A random 256-bit key."""
    return AESGCM.generate_key(bit_length=256)


def lock(text: str, identity: str, key: bytes) -> bytes:
    """`text` under `key`: nonce, then ciphertext."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, pad(text, BLOCK), identity.encode())


def unlock(locked: bytes | None, identity: str, key: bytes | None) -> str | None:
    """The text, or None where the text or its key is gone (or they do not belong together)."""
    if locked is None or key is None:
        return None
    try:
        padded = AESGCM(key).decrypt(locked[:NONCE], locked[NONCE:], identity.encode())
    except (InvalidTag, ValueError):
        return None
    return unpad(padded)
