"""Files encrypted to an age key: opened by its other half only, and refused in words otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from youthvoice.errors import BadInput
from youthvoice.trust import age


@pytest.fixture
def locked(tmp_path: Path) -> tuple[Path, Path]:
    """An encrypted file and the file of the identity that opens it."""
    identity, recipient = age.new_identity()
    (tmp_path / "identity").write_text(f"# public key: {recipient}\n{identity}\n")
    (tmp_path / "plain").write_bytes(b"CANARY" * 5_000)
    age.encrypt_file(tmp_path / "plain", tmp_path / "locked", recipient)
    return tmp_path / "locked", tmp_path / "identity"


def test_what_is_encrypted_opens_again(tmp_path: Path, locked: tuple[Path, Path]) -> None:
    assert b"CANARY" not in locked[0].read_bytes()
    age.decrypt_file(locked[0], tmp_path / "opened", locked[1])
    assert (tmp_path / "opened").read_bytes() == b"CANARY" * 5_000


def test_another_identity_does_not_open_it(tmp_path: Path, locked: tuple[Path, Path]) -> None:
    (tmp_path / "other").write_text(age.new_identity()[0])
    with pytest.raises(age.WrongKey, match="does not open") as told:
        age.decrypt_file(locked[0], tmp_path / "opened", tmp_path / "other")
    assert "Nothing was changed" in str(told.value.next_step)


@pytest.mark.parametrize("damage", ["cut", "changed", "empty", "other"])
def test_a_damaged_file_does_not_open(
    tmp_path: Path, locked: tuple[Path, Path], damage: str
) -> None:
    whole = locked[0].read_bytes()
    middle = len(whole) // 2
    locked[0].write_bytes(
        {
            "cut": whole[:-100],
            "changed": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
            "empty": b"",
            "other": b"no age file at all\n" * 50,
        }[damage]
    )
    with pytest.raises(age.WrongKey, match="does not open"):
        age.decrypt_file(locked[0], tmp_path / "opened", locked[1])


@pytest.mark.parametrize("content", ["", "AGE-SECRET-KEY-1NOTHING", "age1abc", "words\nwords"])
def test_a_file_without_an_identity_is_named(
    tmp_path: Path, locked: tuple[Path, Path], content: str
) -> None:
    (tmp_path / "none").write_text(content)
    with pytest.raises(BadInput, match="no age identity"):
        age.decrypt_file(locked[0], tmp_path / "opened", tmp_path / "none")


@pytest.mark.parametrize("recipient", ["", "age1", "AGE-SECRET-KEY-1X", "somebody@example.ca"])
def test_what_is_no_recipient_is_refused(tmp_path: Path, recipient: str) -> None:
    (tmp_path / "plain").write_text("x")
    with pytest.raises(BadInput, match="not a public age key"):
        age.encrypt_file(tmp_path / "plain", tmp_path / "locked", recipient)
    assert not (tmp_path / "locked").exists()


def test_key_pairs_are_new_each_time() -> None:
    one, other = age.new_identity(), age.new_identity()
    assert one != other
    assert one[0].startswith("AGE-SECRET-KEY-1") and one[1].startswith("age1")
