"""This installation's keys: two role key pairs that open originals, and the pepper of keyed hashes.

The embedded default makes them at first start, readable by their owner only. A production keeps the
private keys elsewhere: processes that receive messages need the public keys and the pepper only.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from nacl.public import PrivateKey, PublicKey

from youthvoice.errors import YouthVoiceError, note

ROLES = ("moderator", "safety")
PEPPER = "pepper"


class KeysMissing(YouthVoiceError):
    """The keys that the settings point to are not there or cannot be read."""


@dataclass(frozen=True)
class PublicKeys:
    """What a process needs to receive messages: a public key a role, and the pepper."""

    roles: dict[str, PublicKey] = field(repr=False)
    pepper: bytes = field(repr=False)

    def pseudonym(self, *parts: str) -> str:
        """A keyed hash (HMAC-SHA-256, hexadecimal) of `parts`; without the pepper it tells nothing."""
        message = b"\x00".join(part.encode("utf-8", "surrogatepass") for part in parts)
        return hmac.new(self.pepper, message, hashlib.sha256).hexdigest()


def make(folder: Path) -> bool:
    """Make the keys that are missing in `folder`. Returns whether any was made; never replaces one."""
    made = False
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for role in ROLES:
        private = folder / f"{role}.key"
        public = folder / f"{role}.pub"
        if not private.exists() and not public.exists():
            _write(private, PrivateKey.generate().encode().hex(), 0o600)
            made = True
        if private.exists() and not public.exists():
            # Also after a start that was killed between the two.
            _write(public, PrivateKey(_read(private)).public_key.encode().hex(), 0o644)
    pepper = folder / PEPPER
    if not pepper.exists():
        _write(pepper, secrets.token_hex(32), 0o600)
        made = True
    return made


def _write(path: Path, text: str, mode: int) -> None:
    # Through a temporary name: a start that is killed half-way leaves no half key.
    temporary = path.with_suffix(path.suffix + ".new")
    with os.fdopen(os.open(temporary, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, mode), "w") as target:
        target.write(text)
        target.flush()
        os.fsync(target.fileno())
    temporary.rename(path)


def public_keys(folder: Path) -> PublicKeys:
    """Read the public keys and the pepper of `folder`."""
    roles = {role: PublicKey(_read(folder / f"{role}.pub")) for role in ROLES}
    return PublicKeys(roles, _read(folder / PEPPER))


def private_key(folder: Path, role: str) -> PrivateKey:
    """Read one role's private key; only a process that opens originals calls this."""
    return PrivateKey(_read(folder / f"{role}.key"))


def _read(path: Path) -> bytes:
    try:
        return bytes.fromhex(path.read_text().strip())
    except (OSError, ValueError):
        raise KeysMissing(
            note("The key file %(path)s is missing or cannot be read.", path=str(path)),
            note("Run: youthvoice init. If it existed before, restore it from your backup first."),
        ) from None
