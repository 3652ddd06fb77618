"""Care of the role keys: how they stand, a new pair while messages come in, shares for escrow."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey

from youthvoice.errors import BadInput, Refused, note
from youthvoice.files import read_words, write_private
from youthvoice.flow import trail
from youthvoice.flow.context import Context
from youthvoice.model import Actor, Role
from youthvoice.store import sealed
from youthvoice.trust import escrow, keys, vault

AT_ONCE = 200
RETIRE_AFTER = timedelta(days=1)
"""A retired private key is kept at least so long: a process may have sealed for it a moment ago."""


class Standing(NamedTuple):
    """How a role's keys stand: data keys of the present pair, of earlier ones that can and cannot be opened."""

    role: str
    pair: str
    private_here: bool
    current: int
    earlier: int
    lost: int
    retired: int


class Rotated(NamedTuple):
    """How many data keys were wrapped anew, and how many no private key here opens."""

    rewrapped: int
    lost: int


def check(context: Context) -> list[Standing]:
    """How the keys of every role stand."""
    folder = context.settings.private_keys_dir
    with context.store.read() as tx:
        counts = sealed.pair_counts(tx)
    found = []
    for role in keys.ROLES:
        present = keys.pair_name(context.keys.present()[role])
        here = (folder / f"{role}.key").exists()
        known = list(keys.private_keys(folder, role)) if here else []  # the one in use first
        mine = {pair: count for (one, pair), count in counts.items() if one == role}
        current = mine.pop(present, 0)
        earlier = sum(count for pair, count in mine.items() if pair in known or pair == "")
        fits = not here or known[0] == present
        lost = (sum(mine.values()) - earlier if here else 0) + (0 if fits else current)
        retired = len(keys.retired(folder, role))
        found.append(Standing(role, present, here, current, earlier, lost, retired))
    return found


def rotate(
    context: Context,
    role: str,
    actor: Actor,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> Rotated:
    """Give a role a new key pair and wrap every data key for it. Texts are not touched.

    Messages may come in meanwhile. A rotation that was interrupted goes on with the pair it had made. Raises
    `Refused`, `BadInput`, `KeysMissing`.
    """
    if actor.role != Role.OPERATOR:
        raise Refused(note("Only an operator rotates keys."))
    if role not in keys.ROLES:
        raise BadInput(note("There is no key of a role “%(role)s”.", role=role))
    folder, public_folder = context.settings.private_keys_dir, context.settings.keys_dir
    present = keys.private_key(folder, role)
    pair = keys.pair_name(present.public_key)
    # The marker names the pair that is left, from the first step to the last: not the data keys, of which
    # one may be sealed for an earlier pair at any time, say whether a rotation was interrupted.
    marker = folder / f"{role}.rotating"
    resumed = marker.exists()
    if not resumed:
        write_private(marker, pair)
    if marker.read_text() == pair:
        keys.write_key(folder / keys.retired_file(role, pair), present)
        present = PrivateKey.generate()
        keys.write_key(folder / f"{role}.key", present)
    with context.store.write() as tx:
        # Also when it goes on: the first attempt may have ended before its entry.
        subject = f"role {role}, resumed" if resumed else f"role {role}"
        trail.record(context, tx, actor, "rotate keys", subject)
    keys.write_public(public_folder / f"{role}.pub", present.public_key)
    done = _rewrap(context, role, present, progress)
    marker.unlink()
    return done


def _rewrap(
    context: Context, role: str, present: PrivateKey, progress: Callable[[int, int], None]
) -> Rotated:
    known = keys.private_keys(context.settings.private_keys_dir, role)
    pair = keys.pair_name(present.public_key)
    with context.store.read() as tx:
        counts = sealed.pair_counts(tx)
    total = sum(count for (of, one), count in counts.items() if of == role and one != pair)
    done = lost = 0
    after = ""
    while True:
        with context.store.write() as tx:
            batch = sealed.to_rewrap(tx, role, pair, after, AT_ONCE)
            for one in batch:
                try:
                    data_key = vault.unwrap(one.wrapped, one.pair, known)
                except CryptoError:
                    lost += 1
                    continue
                done += sealed.rewrap(tx, role, one, vault.wrap(data_key, present.public_key), pair)
        progress(done + lost, max(total, done + lost))
        if len(batch) < AT_ONCE:
            return Rotated(done, lost)
        after = batch[-1].item_id


def retire(context: Context, role: str, actor: Actor) -> int:
    """Destroy earlier private keys of a role that nothing is wrapped for any more; how many.

    Kept for a day in any case. Refused while a data key still needs one.
    """
    with context.store.read() as tx:
        counts = sealed.pair_counts(tx)
    present = keys.pair_name(context.keys.present()[role])
    removed = 0
    for path in keys.retired(context.settings.private_keys_dir, role):
        pair = keys.retired_pair(path)
        young = time.time() - path.stat().st_mtime < RETIRE_AFTER.total_seconds()
        if counts.get((role, pair)) or counts.get((role, "")) or young or pair == present:
            continue
        with context.store.write() as tx:
            trail.record(context, tx, actor, "destroy private key", f"role {role}, pair {pair}")
        path.unlink()
        removed += 1
    return removed


def split(context: Context, target: Path, actor: Actor) -> list[Path]:
    """Write the three shares of every role's private key, a file each, into `target`."""
    if actor.role != Role.OPERATOR:
        raise Refused(note("Only an operator makes shares of the keys."))
    folder = context.settings.private_keys_dir
    shares = {role: escrow.split(keys.private_key(folder, role)) for role in keys.ROLES}
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    files = [target / f"share-{number}.txt" for number in range(1, escrow.SHARES + 1)]
    if any(path.exists() for path in files):
        raise Refused(
            note("There are shares in %(path)s already; they are not replaced.", path=str(target)),
            note("Give another folder."),
        )
    with context.store.write() as tx:
        trail.record(
            context, tx, actor, "make shares of the keys", "roles " + ", ".join(keys.ROLES)
        )
    for number, path in enumerate(files):
        lines = [f"{role}: {shares[role][number]}" for role in keys.ROLES]
        write_private(path, "\n".join(lines) + "\n")
    return files


def combine(files: Sequence[Path], target: Path, public: Path) -> list[Path]:
    """Give the private keys back from two shares' files, into `target`.

    Refused where they are not of the pairs in use, whose public keys lie in `public` (if they do).
    """
    if len(files) != escrow.NEEDED:
        raise BadInput(note("Two of the three shares are needed, each in its file."))
    shares: dict[str, list[str]] = {role: [] for role in keys.ROLES}
    for path in files:
        for line in read_words(path).splitlines():
            role, _, words = line.partition(":")
            if role.strip() in shares:
                shares[role.strip()].append(" ".join(words.split()))
    found = {role: escrow.combine(words) for role, words in shares.items()}
    for role, key in found.items():
        pub = public / f"{role}.pub"
        if pub.exists() and pub.read_text().strip() != key.public_key.encode().hex():
            raise Refused(
                note("These shares are of an earlier pair of the role %(role)s.", role=role),
                note("Use the shares that were made after the last rotation."),
            )
    places = {role: target / f"{role}.key" for role in found}
    for (
        path
    ) in places.values():  # all of them first: one key alone is of no use, and stops a second try
        if path.exists():
            raise Refused(note("There is a key %(path)s already.", path=str(path)))
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    for role, key in found.items():
        keys.write_key(places[role], key)
    return list(places.values())
