"""This installation's keys: two role key pairs that open originals, and the secrets of keyed hashes.

The embedded default makes them at first start, readable by their owner only. A production keeps the
private keys elsewhere: processes that receive messages need the public keys and the secrets only.

    moderator.pub  safety.pub         public: what seals
    moderator.key  safety.key         private: what opens; only here in the embedded default
    moderator.retired-<pair>.key      an earlier private key, until nothing is wrapped for it any more
    moderator.rotating                while a rotation is not finished: the pair that it leaves
    pepper                            of keyed hashes; without it they tell nothing
    audit                             of the audit log's chain
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from nacl.public import PrivateKey, PublicKey

from youthvoice.errors import YouthVoiceError, note
from youthvoice.files import write_private

ROLES = ("moderator", "safety")
PEPPER = "pepper"
AUDIT = "audit"


class KeysMissing(YouthVoiceError):
    """The keys that the settings point to are not there or cannot be read."""


def pair_name(key: PublicKey) -> str:
    """A short name of a key pair: 16 hexadecimal digits of the public key's SHA-256."""
    return hashlib.sha256(bytes(key)).hexdigest()[:16]


@dataclass
class PublicKeys:
    """What a process needs to receive messages: a public key a role, and the secrets of keyed hashes.

    With a `folder`, a public key that was rotated is noticed at the next use: a process that runs on
    does not go on sealing for the earlier pair.
    """

    roles: Mapping[str, PublicKey] = field(repr=False)
    pepper: bytes = field(repr=False)
    folder: Path | None = None
    stamps: dict[str, int] = field(default_factory=dict, repr=False)

    def audit_key(self) -> bytes:
        """The secret of the audit log's chain; read when something is recorded. Receiving needs it not."""
        if self.folder is None:
            raise ValueError("keys without a folder record nothing")
        return _read(self.folder / AUDIT)

    def present(self) -> Mapping[str, PublicKey]:
        """The public keys as they are now."""
        if self.folder is not None:
            stamps = {role: _stamp(self.folder / f"{role}.pub") for role in ROLES}
            if stamps != self.stamps:
                self.roles = {role: PublicKey(_read(self.folder / f"{role}.pub")) for role in ROLES}
                self.stamps = stamps
        return self.roles

    def pseudonym(self, *parts: str) -> str:
        """A keyed hash (HMAC-SHA-256, hexadecimal) of `parts`; without the pepper it tells nothing."""
        message = b"\x00".join(part.encode("utf-8", "surrogatepass") for part in parts)
        return hmac.new(self.pepper, message, hashlib.sha256).hexdigest()

    def derived(self, purpose: str) -> bytes:
        """A 256-bit key for one purpose, the same in every process of this installation."""
        return hmac.new(self.pepper, b"key\x00" + purpose.encode(), hashlib.sha256).digest()


def _stamp(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def make(folder: Path) -> bool:
    """Make the keys that are missing in `folder`. Returns whether any was made; never replaces one."""
    made = False
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for role in ROLES:
        private = folder / f"{role}.key"
        public = folder / f"{role}.pub"
        if not private.exists() and not public.exists():
            write_key(private, PrivateKey.generate())
            made = True
        if private.exists() and not public.exists():
            # Also after a start that was killed between the two.
            write_public(public, PrivateKey(_read(private)).public_key)
    for secret in (PEPPER, AUDIT):
        if not (folder / secret).exists():
            write_private(folder / secret, secrets.token_hex(32))
            made = True
    return made


def write_key(path: Path, key: PrivateKey) -> None:
    """Write a private key, readable by its owner only."""
    write_private(path, key.encode().hex())


def write_public(path: Path, key: PublicKey) -> None:
    """Write a public key."""
    write_private(path, key.encode().hex(), 0o644)


def public_keys(folder: Path) -> PublicKeys:
    """Read the public keys and the secrets of `folder`."""
    stamps = {role: _stamp(folder / f"{role}.pub") for role in ROLES}
    roles = {role: PublicKey(_read(folder / f"{role}.pub")) for role in ROLES}
    return PublicKeys(roles, _read(folder / PEPPER), folder, stamps)


def pepper_mark(folder: Path) -> str | None:
    """A keyed hash that tells one pepper from another, or None where there is none."""
    path = folder / PEPPER
    return PublicKeys({}, _read(path)).pseudonym("check") if path.exists() else None


def private_key(folder: Path, role: str) -> PrivateKey:
    """Read one role's present private key; only a process that opens originals calls this."""
    return PrivateKey(_read(folder / f"{role}.key"))


def private_keys(folder: Path, role: str) -> dict[str, PrivateKey]:
    """Every private key of a role that is here, by its pair's name; the present one first.

    Raises `KeysMissing` where there is none.
    """
    found = [private_key(folder, role)]
    found += [PrivateKey(_read(path)) for path in retired(folder, role)]
    return {pair_name(key.public_key): key for key in found}


def retired(folder: Path, role: str) -> list[Path]:
    """The files of a role's earlier private keys."""
    return sorted(folder.glob(retired_file(role, "*")))


def retired_file(role: str, pair: str) -> str:
    """The name of the file of an earlier private key."""
    return f"{role}.retired-{pair}.key"


def retired_pair(path: Path) -> str:
    """Which pair's private key is in such a file."""
    return path.name.removesuffix(".key").rpartition(".retired-")[2]


def _read(path: Path) -> bytes:
    try:
        return bytes.fromhex(path.read_text().strip())
    except (OSError, ValueError):
        if path.suffix == ".key":
            raise KeysMissing(
                note("The private key %(path)s is not here or cannot be read.", path=str(path)),
                note("Run this where the private keys are, or set YOUTHVOICE_PRIVATE_KEYS."),
            ) from None
        raise KeysMissing(
            note("The key file %(path)s is missing or cannot be read.", path=str(path)),
            note("Run: youthvoice init. If it existed before, restore it from your backup first."),
        ) from None
