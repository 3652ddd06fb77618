"""Files encrypted to an age key, so that a copied backup is of no use without the key kept elsewhere.

Library: pyrage, the Rust implementation of https://age-encryption.org/v1.
"""

from __future__ import annotations

from pathlib import Path

import pyrage

from youthvoice.errors import BadInput, YouthVoiceError, note
from youthvoice.files import read_words


class WrongKey(YouthVoiceError):
    """A file does not open with this key, or it is damaged."""


def new_identity() -> tuple[str, str]:
    """A new key pair: (identity, to be kept secret; recipient, public)."""
    made = pyrage.x25519.Identity.generate()
    return str(made), str(made.to_public())


def encrypt_file(source: Path, target: Path, recipient: str) -> None:
    """Encrypt a file. Raises `BadInput` where the recipient is no age key."""
    try:
        known = pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError:
        raise BadInput(
            note("The backup’s recipient is not a public age key."),
            note("Make one with: youthvoice backup keygen FILE"),
        ) from None
    pyrage.encrypt_file(str(source), str(target), [known])


def decrypt_file(source: Path, target: Path, identity_file: Path) -> None:
    """Decrypt a file with the identity in a file. Raises `BadInput` or `WrongKey`."""
    lines = read_words(identity_file).splitlines()
    found = next((line.strip() for line in lines if line.startswith("AGE-SECRET-KEY-")), "")
    try:
        identity = pyrage.x25519.Identity.from_str(found)
    except pyrage.IdentityError:
        raise BadInput(
            note("There is no age identity in the file %(path)s.", path=str(identity_file)),
            note("It has a line that begins with AGE-SECRET-KEY-."),
        ) from None
    try:
        pyrage.decrypt_file(str(source), str(target), [identity])
    except (pyrage.DecryptError, OSError):
        raise WrongKey(
            note("The file %(path)s does not open with this key, or is damaged.", path=str(source)),
            note("Try the other identity, or an older backup. Nothing was changed."),
        ) from None
