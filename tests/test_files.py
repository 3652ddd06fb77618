"""Private files: their owner's only, whole or not there at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from youthvoice.errors import StoreUnavailable
from youthvoice.files import append_private, write_private


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(autouse=True)
def generous(request: pytest.FixtureRequest):
    """A umask that would let everybody read."""
    before = os.umask(0)
    yield
    os.umask(before)


def test_only_the_owner_reads_what_is_written(tmp_path: Path) -> None:
    write_private(tmp_path / "a", "words")
    write_private(tmp_path / "b", b"\x00\xff")
    write_private(tmp_path / "c", "public", 0o644)
    assert [mode(tmp_path / name) for name in "abc"] == [0o600, 0o600, 0o644]
    assert (tmp_path / "a").read_text() == "words" and (tmp_path / "b").read_bytes() == b"\x00\xff"


def test_a_file_that_was_open_to_all_is_not_any_more(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    (tmp_path / "a").chmod(0o666)
    write_private(tmp_path / "a", "new")
    assert mode(tmp_path / "a") == 0o600 and (tmp_path / "a").read_text() == "new"


def test_what_is_interrupted_leaves_the_old_file_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_private(tmp_path / "a", "old")

    def full(_number: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(StoreUnavailable, match="full"):
            write_private(tmp_path / "a", "new")
    assert (tmp_path / "a").read_text() == "old"
    write_private(tmp_path / "a", "newer")  # what was left of it is in nobody's way
    assert (tmp_path / "a").read_text() == "newer" and list(tmp_path.iterdir()) == [tmp_path / "a"]


def test_a_link_that_somebody_put_there_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("theirs")
    (tmp_path / "a.new").symlink_to(tmp_path / "elsewhere")
    write_private(tmp_path / "a", "ours")
    assert (tmp_path / "elsewhere").read_text() == "theirs"
    assert not (tmp_path / "a").is_symlink() and (tmp_path / "a").read_text() == "ours"


def test_lines_are_added_to_a_private_file_in_a_private_folder(tmp_path: Path) -> None:
    target = tmp_path / "audit" / "heads.txt"
    for line in ("one", "two"):
        append_private(target, line)
    assert target.read_text() == "one\ntwo\n"
    assert mode(target) == 0o600 and mode(target.parent) == 0o700
