"""The private keys as three shares on paper: two people together, never one alone."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from tests.factories import SECOND
from youthvoice.errors import BadInput, Refused
from youthvoice.flow import key_care
from youthvoice.flow.context import Context
from youthvoice.model import Actor, Role
from youthvoice.store import audit
from youthvoice.trust import keys

OPERATOR = Actor("op", Role.OPERATOR)


@pytest.fixture
def shares(lite: Context, tmp_path: Path) -> list[Path]:
    """The three files."""
    return key_care.split(lite, tmp_path / "shares", OPERATOR)


def test_any_two_give_both_keys_back(lite: Context, shares: list[Path], tmp_path: Path) -> None:
    assert len(shares) == 3
    for number, two in enumerate(combinations(shares, 2)):
        target = tmp_path / f"back-{number}"
        key_care.combine(two, target, lite.settings.keys_dir)
        for role in keys.ROLES:
            back, mine = target / f"{role}.key", lite.settings.keys_dir / f"{role}.key"
            same = back.read_text() == mine.read_text()
            assert same and back.stat().st_mode & 0o077 == 0


def test_the_files_are_their_owners(shares: list[Path]) -> None:
    for path in (*shares, shares[0].parent):
        assert path.stat().st_mode & 0o077 == 0


def test_that_shares_were_made_is_written_down_and_what_is_in_them_not(
    lite: Context, shares: list[Path]
) -> None:
    with lite.store.read() as tx:
        (entry,) = audit.newest(tx)
    assert entry.actor == "op" and "shares" in entry.action
    words = {word for path in shares for word in path.read_text().split()} - {
        "safety:",
        "moderator:",
    }
    assert not words & set(repr(entry).split())


def test_one_share_is_not_enough(lite: Context, shares: list[Path], tmp_path: Path) -> None:
    for given in ([], shares[:1], [shares[0], shares[0]], shares):
        with pytest.raises(BadInput):
            key_care.combine(given, tmp_path / "back", lite.settings.keys_dir)
    assert not (tmp_path / "back").exists()


def test_shares_of_another_day_do_not_mix(
    lite: Context, shares: list[Path], tmp_path: Path
) -> None:
    other = key_care.split(lite, tmp_path / "other", OPERATOR)
    with pytest.raises(BadInput, match="do not give a key"):
        key_care.combine([shares[0], other[1]], tmp_path / "back", lite.settings.keys_dir)
    assert not (tmp_path / "back").exists()


@pytest.mark.parametrize(
    "content", ["", "words", "moderator:", "moderator: a b c\nsafety: d e f\n"]
)
def test_a_file_that_is_no_share(
    lite: Context, shares: list[Path], tmp_path: Path, content: str
) -> None:
    shares[0].write_text(content)
    with pytest.raises(BadInput):
        key_care.combine(shares[:2], tmp_path / "back", lite.settings.keys_dir)
    assert not (tmp_path / "back").exists()


def test_shares_from_before_a_rotation_are_told(
    lite: Context, shares: list[Path], tmp_path: Path
) -> None:
    key_care.rotate(lite, "safety", OPERATOR)
    with pytest.raises(Refused, match="earlier pair of the role safety"):
        key_care.combine(shares[:2], tmp_path / "back", lite.settings.keys_dir)
    assert not (tmp_path / "back").exists()
    key_care.combine(shares[:2], tmp_path / "back", tmp_path / "no public keys here")


def test_what_is_typed_from_paper(lite: Context, shares: list[Path], tmp_path: Path) -> None:
    """Broken lines' spaces and an empty line; the words as they are."""
    typed = []
    for path in shares[:2]:
        typed.append(tmp_path / f"typed-{path.name}")
        typed[-1].write_text("\n" + path.read_text().replace(" ", "   ").replace("\n", "\n\n"))
    key_care.combine(typed, tmp_path / "back", lite.settings.keys_dir)
    same = (tmp_path / "back" / "safety.key").read_text() == (
        lite.settings.keys_dir / "safety.key"
    ).read_text()
    assert same


def test_nothing_is_replaced(lite: Context, shares: list[Path], tmp_path: Path) -> None:
    before = [path.read_text() for path in shares]
    with pytest.raises(Refused, match="not replaced"):
        key_care.split(lite, shares[0].parent, OPERATOR)
    untouched = before == [path.read_text() for path in shares]
    assert untouched
    mine = (lite.settings.keys_dir / "moderator.key").read_text()
    with pytest.raises(Refused, match="already"):
        key_care.combine(shares[:2], lite.settings.keys_dir, lite.settings.keys_dir)
    same = mine == (lite.settings.keys_dir / "moderator.key").read_text()
    assert same


@pytest.mark.parametrize("role", keys.ROLES)
def test_one_key_that_is_there_keeps_the_other_from_being_written(
    lite: Context, shares: list[Path], tmp_path: Path, role: str
) -> None:
    target = tmp_path / "back"
    target.mkdir()
    (target / f"{role}.key").write_text("what was there")
    with pytest.raises(Refused, match=f"{role}.key already"):
        key_care.combine(shares[:2], target, lite.settings.keys_dir)
    assert [path.name for path in target.iterdir()] == [f"{role}.key"]
    assert (target / f"{role}.key").read_text() == "what was there"


def test_who_makes_shares(lite: Context, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="operator"):
        key_care.split(lite, tmp_path / "shares", SECOND)
    assert not (tmp_path / "shares").exists()
