"""What was withdrawn cannot be read in a restored backup, however old the backup is.

Messages with words of their own are backed up, kept aside as somebody keeps an old backup, and then
some are withdrawn. The old backup is restored with the newest keys; and once more with keys from the
middle of the withdrawals, where only the journal tells of the later ones. Looked for is everything that
could give a message back: what the page shows, rows in the tables, the words and the keys' own bytes in
any file of the folder. The folder that it happened in is looked at in the same way. The other messages
must be readable as before.
"""

from __future__ import annotations

import random
import shutil
import time
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from tests.prove import voices
from tests.prove.rows import Row
from tests.prove.world import AUTHOR, PlainAnalyser
from youthvoice.flow import backup, receipts, review, submit, withdrawals
from youthvoice.flow.context import Context
from youthvoice.flow.submit import receipt_key
from youthvoice.model import Analysis, Masked, SelfDescription, Stage
from youthvoice.nlp.analyser import HOLD_DETECTOR
from youthvoice.settings import Settings
from youthvoice.trust import age, proofs

KEPT_SHARE = 0.4
"""For each withdrawn message so many others stay."""
HIDDEN = "unreadable"
"""A word on which a detector fails: such a message has an original, and no text that is shown."""
ABOUT = SelfDescription("16-18", "M5V", "fr", ("indigenous",))
PARTS = """
SELECT 'key', key FROM masked_key WHERE contribution_id = :id
UNION ALL SELECT 'key', wrapped FROM data_key WHERE item_id = :id OR item_id IN
    (SELECT id FROM thread_message WHERE contribution_id = :id)
UNION ALL SELECT 'text', masked FROM contribution WHERE id = :id AND masked IS NOT NULL
UNION ALL SELECT 'original', ciphertext FROM sealed_original WHERE item_id = :id
UNION ALL SELECT 'thread', text FROM thread_message WHERE contribution_id = :id
UNION ALL SELECT 'about', region FROM self_description WHERE contribution_id = :id
"""


class Blind(PlainAnalyser):
    """Fails on some texts, as a detector may."""

    def analyse(self, texts: list[str], topic: str | None = None) -> list[Analysis]:
        return [
            replace(said, masked=Masked(""), hold=HOLD_DETECTOR) if HIDDEN in text else said
            for text, said in zip(texts, super().analyse(texts, topic), strict=True)
        ]


class Voice(NamedTuple):
    """A message: its receipt, its id, words that stand in no other, and the bytes that open it."""

    receipt: str
    ident: str
    words: str
    hidden: bool
    keys: tuple[bytes, ...]


class Found(NamedTuple):
    """Of the withdrawn ones: how many show something, or have anything left, in a row or in bytes.

    `lost`: how many of the others cannot be read as before.
    """

    readable: int
    rows_left: int
    bytes_left: int
    lost: int


class Scene(NamedTuple):
    """What was kept aside of backups, and which messages were withdrawn meanwhile."""

    settings: Settings
    old: Path
    middle_keys: Path
    newest_keys: Path
    identity: Path
    gone: list[Voice]
    stayed: list[Voice]


def _opened(settings: Settings) -> Context:
    return replace(voices.opened(settings), analyser=Blind)


def _parts(context: Context, ident: str) -> list[tuple[str, bytes]]:
    """Everything that is stored of a message besides that there was one."""
    with context.store.read() as tx:
        rows = tx.exec_driver_sql(PARTS, {"id": ident}).all()
    return [(row[0], row[1]) for row in rows]


def _say(context: Context, dice: random.Random) -> Voice:
    """Write a message as one of several kinds: read or not, with a thread or without."""
    words = f"canary{dice.getrandbits(64):016x}"
    hidden = dice.random() < 0.2
    text = f"my word is {words}, and the bus" + (f" is {HIDDEN}" if hidden else "")
    preview = submit.prepare(context, submit.Written(voices.SLUG, 0, text, about=ABOUT))
    receipt = submit.send(context, preview.carried, proofs.solve(preview.challenge)).receipt
    with context.store.read() as tx:
        query = "SELECT contribution_id FROM receipt WHERE receipt_key = ?"
        ident = tx.exec_driver_sql(query, (receipt_key(context, receipt),)).scalar_one()
    if dice.random() < 0.3:
        review.ask(context, ident, "Which bus is it?", AUTHOR)
        receipts.reply(context, receipt, f"it is the bus of {words}")
    keys = tuple(value for name, value in _parts(context, ident) if name == "key")
    return Voice(receipt, ident, words, hidden, keys)


def happened(count: int, seed: int, folder: Path) -> Scene:
    """Write, back up, withdraw half, back up the keys, withdraw the rest, back up the keys."""
    dice = random.Random(f"withdraw:{seed}")
    identity, recipient = age.new_identity()
    key_file = folder / "identity.txt"
    folder.mkdir(parents=True, exist_ok=True)
    key_file.write_text(identity + "\n")
    settings = voices.prepared(folder / "first", backup_recipient=recipient)
    context = _opened(settings)
    every = [_say(context, dice) for _ in range(count + int(count * KEPT_SHARE) + 1)]
    old = backup.make(context).content.rename(folder / "kept-aside.age")
    dice.shuffle(every)
    gone, stayed = every[:count], every[count:]
    keys = []
    for part in (gone[: count // 2], gone[count // 2 :]):
        for one in part:
            if not receipts.withdraw(context, one.receipt):
                raise RuntimeError("a message could not be withdrawn")
        keys.append(shutil.copy(backup.make(context).keys, folder / f"keys-{len(keys)}.age"))
    context.store.close()
    return Scene(settings, old, Path(keys[0]), Path(keys[1]), key_file, gone, stayed)


def restored(scene: Scene, home: Path, keys: Path, journal: bool) -> Settings:
    """Restore the old backup into a new folder, with these keys."""
    settings = voices.settings_of(home)
    where = withdrawals.journal(scene.settings.home) if journal else None
    backup.restore(settings.store_url, home, scene.old, keys, scene.identity, where)
    shutil.copytree(scene.settings.keys_dir, settings.keys_dir)
    return settings


def look_at(scene: Scene, settings: Settings) -> Found:
    """Everything in a folder, as a writer, as the program, and as somebody with the bare files."""
    context = _opened(settings)
    readable = sum(_shows(context, one) for one in scene.gone)
    rows_left = sum(bool(_parts(context, one.ident)) for one in scene.gone)
    whole = [_is_whole(context, one) for one in scene.stayed]
    context.store.close()
    files = [path.read_bytes() for path in settings.home.rglob("*") if path.is_file()]
    bytes_left = sum(_is_in(one, files) for one in scene.gone)
    # The keys of the others are there: so the bytes were looked for where they are.
    there = [_is_in(one, files) for one in scene.stayed]
    return Found(readable, rows_left, bytes_left, whole.count(False) + there.count(False))


def _shows(context: Context, one: Voice) -> bool:
    look = receipts.look(context, one.receipt)
    return bool(look is None or look.stage != Stage.WITHDRAWN or look.text or look.thread)


def _is_whole(context: Context, one: Voice) -> bool:
    look = receipts.look(context, one.receipt)
    if look is None or look.stage == Stage.WITHDRAWN:
        return False
    if any(not message.text for message in look.thread):
        return False
    if not voices.original_opens(context.store, context.settings, one.ident):
        return False
    return look.text is None if one.hidden else one.words in (look.text or "")


def _is_in(one: Voice, files: list[bytes]) -> bool:
    return any(part in file for file in files for part in (one.words.encode(), *one.keys))


def run(count: int, seed: int, folder: Path) -> dict[str, Found]:
    """Both restores of one history of `count` withdrawals, and the folder that it happened in."""
    scene = happened(count, seed, folder)
    newest = restored(scene, folder / "second", scene.newest_keys, journal=False)
    middle = restored(scene, folder / "third", scene.middle_keys, journal=True)
    return {
        "with the newest keys": look_at(scene, newest),
        "with older keys and the journal": look_at(scene, middle),
        "at home": look_at(scene, scene.settings),
    }


def prove(count: int, folder: Path) -> list[Row]:
    began = time.perf_counter()
    found = run(count, 1, folder / "withdrawn")
    failures = sum(sum(one) for one in found.values())
    seen = "; ".join(
        f"{how}: {one.readable} readable, {one.rows_left} left in rows, "
        f"{one.bytes_left} in bytes, {one.lost} others lost"
        for how, one in found.items()
        if any(one)
    )
    return [
        Row(
            "what was withdrawn cannot be read in a restored backup",
            count,
            failures,
            seen or f"looked at what is left {', '.join(found)}",
            time.perf_counter() - began,
        )
    ]
