"""Sealed text: one 256-bit data key an item, AES-256-GCM, the key wrapped for each role's public key.

The item's identity is the associated data, so a ciphertext moved to another row does not open.
Destroying the wrapped keys is withdrawal. (Not Fernet: its tokens carry the time in the clear.)
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from youthvoice.errors import YouthVoiceError, note
from youthvoice.model import SealedItem
from youthvoice.padding import pad, unpad
from youthvoice.trust.keys import PublicKeys, pair_name

BLOCK = 256
"""Plaintexts are padded to multiples of this many bytes, so a stored size tells little."""


class CannotOpen(YouthVoiceError):
    """A sealed item does not open: wrong key, wrong row, or altered."""


def seal(text: str, identity: str, keys: PublicKeys) -> SealedItem:
    """Seal `text` for the item called `identity`."""
    data_key = AESGCM.generate_key(bit_length=256)
    nonce = secrets.token_bytes(12)
    ciphertext = AESGCM(data_key).encrypt(nonce, pad(text, BLOCK), identity.encode())
    roles = keys.present()
    return SealedItem(
        nonce,
        ciphertext,
        {role: SealedBox(key).encrypt(data_key) for role, key in roles.items()},
        {role: pair_name(key) for role, key in roles.items()},
    )


def unseal(item: SealedItem, identity: str, role: str, keys: Mapping[str, PrivateKey]) -> str:
    """The text of a sealed item, for `role` with its private keys by pair. Raises `CannotOpen`."""
    try:
        data_key = unwrap(item.wrapped[role], item.pairs.get(role, ""), keys)
        padded = AESGCM(data_key).decrypt(item.nonce, item.ciphertext, identity.encode())
    except (KeyError, CryptoError, InvalidTag):
        raise CannotOpen(
            note("This original cannot be opened with the key of this role.")
        ) from None
    return unpad(padded)


def unwrap(wrapped: bytes, pair: str, keys: Mapping[str, PrivateKey]) -> bytes:
    """A data key, unwrapped with the private key of `pair` (unknown: with any of `keys` that fits).

    Raises nacl's `CryptoError` where none does.
    """
    tried = [keys[pair]] if pair in keys else list(keys.values())
    for key in tried[:-1]:
        try:
            return SealedBox(key).decrypt(wrapped)
        except CryptoError:
            continue
    return SealedBox(tried[-1]).decrypt(wrapped)


def wrap(data_key: bytes, key: PublicKey) -> bytes:
    """A data key in a sealed box for a public key."""
    return SealedBox(key).encrypt(data_key)
