"""Voices that come in through the form: what the proofs of safekeeping write, and what they find again."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from tests.prove.world import PlainAnalyser
from youthvoice import app
from youthvoice.flow import submit
from youthvoice.flow.context import Context
from youthvoice.flow.mailroom import Mailroom
from youthvoice.settings import Settings
from youthvoice.store import sealed
from youthvoice.store.engine import Store
from youthvoice.store.shredding import unlock
from youthvoice.trust import keys, proofs, vault

SLUG = "own-issue"
"""The topic that every installation has, and that is always open."""

HERE = """
SELECT r.receipt_key, c.id, c.masked, m.key,
       s.item_id IS NOT NULL AND (SELECT count(*) FROM data_key d WHERE d.item_id = c.id) = 2
FROM contribution c
LEFT JOIN receipt r ON r.contribution_id = c.id
LEFT JOIN masked_key m ON m.contribution_id = c.id
LEFT JOIN sealed_original s ON s.item_id = c.id
"""
APART = """
SELECT (SELECT count(*) FROM receipt WHERE contribution_id NOT IN (SELECT id FROM contribution))
     + (SELECT count(*) FROM masked_key WHERE contribution_id NOT IN (SELECT id FROM contribution))
     + (SELECT count(*) FROM sealed_original WHERE item_id NOT IN (SELECT id FROM contribution))
     + (SELECT count(*) FROM data_key WHERE item_id NOT IN (SELECT id FROM contribution))
"""


class Kept(NamedTuple):
    """What a database holds: whether it is sound, and each message's id by its receipt's key.

    `half`: messages of which a part is missing or does not open, and parts that belong to none.
    """

    sound: bool
    whole: dict[str, str]
    half: int


def prepared(home: Path, **more: Any) -> Settings:
    """A new installation whose proofs of work cost nothing."""
    settings = settings_of(home, **more)
    app.prepare(settings)
    return settings


def settings_of(home: Path, **more: Any) -> Settings:
    return Settings(home=home, demo=False, proof_cost=1, proof_turns=1, **more)


def opened(settings: Settings) -> Context:
    return app.build(settings, PlainAnalyser)  # type: ignore[arg-type]


def seen_by_writer(context: Context, words: str) -> submit.Preview:
    return submit.prepare(context, submit.Written(SLUG, 0, words))


def say(context: Context, words: str, mailroom: Mailroom | None = None) -> str:
    """Write as a browser does; the receipt, once the message is said to be stored."""
    preview = seen_by_writer(context, words)
    proof = proofs.solve(preview.challenge)
    return submit.send(context, preview.carried, proof, mailroom=mailroom).receipt


def kept(store: Store) -> Kept:
    """Everything that is stored, looked at row by row."""
    whole: dict[str, str] = {}
    half = 0
    with store.read() as tx:
        sound = tx.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
        half += tx.exec_driver_sql(APART).scalar_one()
        for receipt_key, ident, masked, key, is_sealed in tx.exec_driver_sql(HERE):
            if receipt_key and is_sealed and unlock(masked, ident, key) is not None:
                whole[receipt_key] = ident
            else:
                half += 1
    return Kept(sound, whole, half)


def original_opens(store: Store, settings: Settings, ident: str) -> bool:
    """Whether a message's sealed original can be opened by both roles."""
    with store.read() as tx:
        found = sealed.read(tx, ident)
    if found is None:
        return False
    folder = settings.private_keys_dir
    try:
        for role in keys.ROLES:
            vault.unseal(found, ident, role, keys.private_keys(folder, role))
    except vault.CannotOpen:
        return False
    return True


def stored(store: Store) -> int:
    """How many messages there are."""
    with store.read() as tx:
        return int(tx.exec_driver_sql("SELECT count(*) FROM contribution").scalar_one())
