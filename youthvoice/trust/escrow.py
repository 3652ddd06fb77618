"""Escrow: a private key in three shares of words, any two of which give it back (SLIP-39, Shamir's scheme).

Library: shamir-mnemonic, the reference implementation of https://github.com/satoshilabs/slips (SLIP-0039).
"""

from __future__ import annotations

from collections.abc import Sequence

from nacl.public import PrivateKey
from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics

from youthvoice.errors import BadInput, note

SHARES, NEEDED = 3, 2


def split(key: PrivateKey) -> list[str]:
    """The three shares of a private key, 33 words each."""
    (shares,) = generate_mnemonics(1, [(NEEDED, SHARES)], key.encode())
    return list(shares)


def combine(shares: Sequence[str]) -> PrivateKey:
    """The private key from two of its shares. Raises `BadInput` where they do not belong together."""
    try:
        return PrivateKey(combine_mnemonics(list(shares)))
    except (MnemonicError, ValueError):
        raise BadInput(
            note("These shares do not give a key: a word is wrong, or they are not of one key."),
            note("Two different shares of the same key are needed. Check every word."),
        ) from None
