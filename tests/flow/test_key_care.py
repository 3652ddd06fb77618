"""A new key pair while messages come in: whatever happens, everything opens with keys that are there."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from tests.factories import MINISTRY, SECOND, open_topic, said, voice
from youthvoice import app
from youthvoice.errors import BadInput, Refused
from youthvoice.flow import key_care, receipts, trail
from youthvoice.flow.context import Context
from youthvoice.flow.originals import open_original
from youthvoice.model import Actor, Role
from youthvoice.store import audit, sealed, tables
from youthvoice.trust import keys
from youthvoice.trust.vault import CannotOpen

OPERATOR = Actor("op", Role.OPERATOR)
ACTORS = {"moderator": SECOND, "safety": Actor("duty", Role.SAFETY)}


@pytest.fixture
def written(context: Context) -> list[str]:
    """Ids of messages that were sealed before anything was rotated."""
    open_topic(context)
    return [voice(context, said(context, f"the bus is late, says number {n}")).id for n in range(5)]


def standing(context: Context, role: str = "moderator") -> key_care.Standing:
    return next(one for one in key_care.check(context) if one.role == role)


def opens(context: Context, idents: list[str], *roles: str) -> bool:
    """Whether these roles (or both) open every one."""
    return all(
        open_original(context, ident, ACTORS[role], "writer asked").startswith("the bus")
        for role in roles or keys.ROLES
        for ident in idents
    )


def every_id(context: Context) -> list[str]:
    with context.store.read() as tx:
        return list(tx.execute(select(tables.sealed_original.c.item_id)).scalars())


def make_old(context: Context, seconds: float = 90_000) -> None:
    """As if what was retired had been so for a day."""
    for role in keys.ROLES:
        for path in keys.retired(context.settings.private_keys_dir, role):
            then = path.stat().st_mtime - seconds
            os.utime(path, (then, then))


def test_how_fresh_keys_stand(context: Context, written: list[str]) -> None:
    for role in keys.ROLES:
        found = standing(context, role)
        assert found.pair == keys.pair_name(context.keys.present()[role])
        assert found[2:] == (True, 5, 0, 0, 0)
    assert standing(context, "moderator").pair != standing(context, "safety").pair


@pytest.mark.parametrize("role", keys.ROLES)
def test_a_new_pair_opens_everything(context: Context, written: list[str], role: str) -> None:
    before = standing(context, role).pair
    with context.store.read() as tx:
        texts = sorted(tuple(row) for row in tx.execute(select(tables.sealed_original)))
    done = key_care.rotate(context, role, OPERATOR)
    assert done == (5, 0)
    found = standing(context, role)
    assert found.pair != before and found[2:] == (True, 5, 0, 0, 1)
    assert opens(context, written)
    with context.store.read() as tx:
        untouched = (
            sorted(tuple(row) for row in tx.execute(select(tables.sealed_original))) == texts
        )
        newest = [entry for entry in audit.newest(tx) if entry.action == "rotate keys"]
    assert untouched
    assert [(entry.actor, entry.subject) for entry in newest] == [("op", f"role {role}")]
    other = next(one for one in keys.ROLES if one != role)
    assert standing(context, other)[2:] == (True, 5, 0, 0, 0)


def test_an_earlier_key_alone_opens_nothing_any_more(context: Context, written: list[str]) -> None:
    folder = context.settings.keys_dir
    old = (folder / "moderator.key").read_text()
    key_care.rotate(context, "moderator", OPERATOR)
    (folder / "moderator.key").write_text(old)
    for path in keys.retired(folder, "moderator"):
        path.unlink()
    with pytest.raises(CannotOpen):
        opens(context, written[:1], "moderator")


def test_a_process_that_runs_on_seals_for_the_new_pair(
    context: Context, written: list[str]
) -> None:
    other = app.build(context.settings, context.analyser)
    try:
        said(other, "the bus came early")
        key_care.rotate(context, "moderator", OPERATOR)
        said(other, "the bus came late")
    finally:
        other.store.close()
    assert standing(context)[2:] == (True, 7, 0, 0, 1)
    assert opens(context, every_id(context))


def test_many_write_while_keys_are_rotated(context: Context, written: list[str]) -> None:
    other = app.build(context.settings, context.analyser)
    stop, failed = threading.Event(), []

    def write(number: int) -> None:
        count = 0
        while not stop.is_set() and count < 60:
            try:
                said(other, f"the bus is late, {number} says {count}")
            except Exception as problem:
                failed.append(type(problem).__name__)
                return
            count += 1

    writers = [threading.Thread(target=write, args=(number,)) for number in range(3)]
    for writer in writers:
        writer.start()
    try:
        for role in ("moderator", "safety", "moderator", "moderator"):
            key_care.rotate(context, role, OPERATOR)
    finally:
        stop.set()
        for writer in writers:
            writer.join(60)
        other.store.close()
    assert failed == []
    idents = every_id(context)
    assert len(idents) > len(written) and opens(context, idents)
    assert [one.lost for one in key_care.check(context)] == [0, 0]
    # What was sealed for an earlier pair at the last moment is wrapped by the next turn.
    for role in keys.ROLES:
        key_care.rotate(context, role, OPERATOR)
        found = standing(context, role)
        assert (found.current, found.earlier) == (len(idents), 0)


def interrupted(context: Context, place: object, name: str, after: int = 0) -> None:
    """A rotation of the moderator's key that ends when it calls a function for the nth time."""
    real: Callable[..., object] = getattr(place, name)
    calls: list[int] = []

    def failing(*arguments: object, **more: object) -> object:
        calls.append(1)
        if len(calls) > after:
            raise KeyboardInterrupt
        return real(*arguments, **more)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(place, name, failing)
        with pytest.raises(KeyboardInterrupt):
            key_care.rotate(context, "moderator", OPERATOR)


@pytest.mark.parametrize(
    ("place", "name", "after", "made"),
    [
        (keys, "write_key", 0, False),
        (keys, "write_key", 1, False),
        (keys, "write_public", 0, True),
        (sealed, "rewrap", 0, True),
        (sealed, "rewrap", 3, True),
    ],
)
def test_an_interrupted_rotation_goes_on_with_the_same_pair(
    context: Context,
    written: list[str],
    monkeypatch: pytest.MonkeyPatch,
    place: object,
    name: str,
    after: int,
    made: bool,
) -> None:
    monkeypatch.setattr(key_care, "AT_ONCE", 2)
    folder = context.settings.keys_dir
    before = standing(context).pair
    interrupted(context, place, name, after)
    half = keys.pair_name(keys.private_key(folder, "moderator").public_key)
    assert (half != before) is made
    assert opens(context, written)
    said(context, "the bus is late in the middle of it")
    key_care.rotate(context, "moderator", OPERATOR)
    found = standing(context)
    assert found.pair not in (before, *([] if made else [half]))
    assert not made or found.pair == half
    assert found[2:] == (True, 6, 0, 0, 1)
    assert opens(context, every_id(context))


def rotations(context: Context) -> list[str]:
    """What the audit log says of rotations, oldest first."""
    with context.store.read() as tx:
        found = [one.subject for one in audit.newest(tx) if one.action == "rotate keys"]
    return found[::-1]


@pytest.mark.parametrize(
    ("place", "name"), [(keys, "write_key"), (trail, "record"), (sealed, "rewrap")]
)
def test_an_interrupted_rotation_leaves_an_entry(
    context: Context, written: list[str], place: object, name: str
) -> None:
    """Also where it ended before its entry; then the second one says that there was a first."""
    interrupted(context, place, name)
    key_care.rotate(context, "moderator", OPERATOR)
    assert rotations(context)[-1] == "role moderator, resumed"
    key_care.rotate(context, "moderator", OPERATOR)
    assert rotations(context)[-1] == "role moderator" and standing(context).retired == 2


def test_a_message_sealed_late_does_not_keep_the_pair(context: Context, written: list[str]) -> None:
    """What came in for the earlier pair at the last moment is no interrupted rotation."""
    with context.store.read() as tx:
        early = sealed.read(tx, written[0])
    assert early is not None
    earlier = standing(context).pair
    key_care.rotate(context, "moderator", OPERATOR)
    with context.store.write() as tx:
        tx.execute(
            update(tables.data_key)
            .where(tables.data_key.c.item_id == written[0], tables.data_key.c.role == "moderator")
            .values(pair=earlier, wrapped=early.wrapped["moderator"])
        )
    copied = standing(context).pair  # say, somebody copied this one
    assert key_care.rotate(context, "moderator", OPERATOR) == (5, 0)
    assert standing(context).pair not in (earlier, copied)
    assert standing(context)[3:6] == (5, 0, 0) and opens(context, written)
    left = [path.name for path in context.settings.keys_dir.glob("*.rotating")]
    assert left == []


def test_progress_is_told(context: Context, written: list[str], monkeypatch) -> None:
    monkeypatch.setattr(key_care, "AT_ONCE", 2)
    told: list[tuple[int, int]] = []
    key_care.rotate(context, "moderator", OPERATOR, lambda done, of: told.append((done, of)))
    assert told == [(2, 5), (4, 5), (5, 5)]


def test_what_no_key_here_opens_is_told_and_kept(context: Context, written: list[str]) -> None:
    with context.store.write() as tx:
        tx.execute(
            update(tables.data_key)
            .where(tables.data_key.c.item_id == written[0], tables.data_key.c.role == "moderator")
            .values(pair="f" * 16, wrapped=b"for a key that is lost")
        )
    assert standing(context)[3:6] == (4, 0, 1)
    assert key_care.rotate(context, "moderator", OPERATOR) == (4, 1)
    assert standing(context)[3:6] == (4, 0, 1)
    assert opens(context, written[1:]) and opens(context, written, "safety")


def test_rows_from_before_pairs_had_names(context: Context, written: list[str]) -> None:
    with context.store.write() as tx:
        tx.execute(update(tables.data_key).values(pair=""))
    assert standing(context)[3:6] == (0, 5, 0)
    assert opens(context, written)
    assert key_care.rotate(context, "moderator", OPERATOR) == (5, 0)
    assert standing(context)[3:6] == (5, 0, 0) and opens(context, written)


def test_what_is_withdrawn_meanwhile_stays_gone(context: Context) -> None:
    open_topic(context)
    mine = said(context, "the bus is late")
    other = said(context, "the bus is early")
    rewrap = sealed.rewrap

    def and_withdraw(tx, *arguments: object) -> bool:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(context.store, "write", lambda: Same(tx))
            patched.setattr(context.store, "tidy", lambda: None)
            receipts.withdraw(context, mine)
        return rewrap(tx, *arguments)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sealed, "rewrap", and_withdraw)
        done = key_care.rotate(context, "moderator", OPERATOR)
    assert done.lost == 0 and every_id(context) == [voice(context, other).id]
    assert standing(context).current == 1


class Same:
    """A transaction that is open already, where one would be begun."""

    def __init__(self, tx) -> None:
        self.tx = tx

    def __enter__(self):
        return self.tx

    def __exit__(self, *_: object) -> None:
        return None


def test_who_may_rotate_what(context: Context, written: list[str]) -> None:
    for actor in (SECOND, MINISTRY, ACTORS["safety"]):
        with pytest.raises(Refused, match="operator"):
            key_care.rotate(context, "moderator", actor)
    with pytest.raises(BadInput, match="no key of a role"):
        key_care.rotate(context, "../moderator", OPERATOR)
    assert standing(context).retired == 0


def test_an_earlier_key_goes_when_nothing_needs_it_and_a_day_has_passed(
    context: Context, written: list[str]
) -> None:
    key_care.rotate(context, "moderator", OPERATOR)
    assert key_care.retire(context, "moderator", OPERATOR) == 0
    make_old(context, timedelta(hours=23).total_seconds())
    assert key_care.retire(context, "moderator", OPERATOR) == 0
    make_old(context)
    assert key_care.retire(context, "safety", OPERATOR) == 0
    assert key_care.retire(context, "moderator", OPERATOR) == 1
    assert standing(context).retired == 0 and opens(context, written)
    with context.store.read() as tx:
        actions = [entry.action for entry in audit.newest(tx)]
    assert "destroy private key" in actions
    assert key_care.retire(context, "moderator", OPERATOR) == 0


@pytest.mark.parametrize("pair", ["earlier", "unknown"])
def test_an_earlier_key_that_something_needs_stays(
    context: Context, written: list[str], pair: str
) -> None:
    before = standing(context).pair
    with context.store.read() as tx:
        old = sealed.read(tx, written[0])
    assert old is not None
    key_care.rotate(context, "moderator", OPERATOR)
    with context.store.write() as tx:
        tx.execute(
            update(tables.data_key)
            .where(tables.data_key.c.item_id == written[0], tables.data_key.c.role == "moderator")
            .values(pair=before if pair == "earlier" else "", wrapped=old.wrapped["moderator"])
        )
    make_old(context)
    assert key_care.retire(context, "moderator", OPERATOR) == 0
    assert standing(context)[3:6] == (4, 1, 0) and opens(context, written)


def test_private_keys_elsewhere(context: Context, written: list[str], tmp_path: Path) -> None:
    """The process that receives has none; the one with the stick rotates for it."""
    stick = tmp_path / "stick"
    stick.mkdir()
    for path in context.settings.keys_dir.glob("*.key"):
        path.rename(stick / path.name)
    assert standing(context)[2:] == (False, 5, 0, 0, 0)
    said(context, "the bus is late without a key")
    with pytest.raises(keys.KeysMissing, match="moderator"):
        key_care.rotate(context, "moderator", OPERATOR)
    with_stick = context.settings.model_copy(update={"private_keys": stick})
    keeper = replace(context, settings=with_stick)
    assert key_care.rotate(keeper, "moderator", OPERATOR) == (6, 0)
    said(context, "the bus is late with a new pair")
    assert standing(keeper)[2:] == (True, 7, 0, 0, 1)
    assert opens(keeper, every_id(context))
    assert not list(context.settings.keys_dir.glob("*.key"))
