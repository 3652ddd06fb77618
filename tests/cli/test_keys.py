"""`youthvoice keys …` as an operator types them."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from tests.cli.test_bad_input import check_sentence
from tests.cli.test_commands import as_json
from tests.processes import youthvoice
from youthvoice.flow.context import Context
from youthvoice.trust import keys

BY = ("--by", "Op")


@pytest.fixture(scope="module")
def home(kept: Context) -> Path:
    return kept.settings.home


def test_how_keys_stand_before_and_after_a_rotation(home: Path) -> None:
    before = as_json(home, "keys", "check")["keys"]
    assert [one["role"] for one in before] == list(keys.ROLES)
    assert [(one["current"], one["earlier"], one["lost"]) for one in before] == [(2, 0, 0)] * 2
    done = as_json(home, "keys", "rotate", "--role", "moderator", *BY)
    assert (done["rewrapped"], done["lost"]) == (2, 0)
    after = as_json(home, "keys", "check")["keys"]
    assert after[0]["pair"] != before[0]["pair"] and after[0]["retired"] == 1
    assert (after[1], after[0]["current"]) == (before[1], 2)
    assert as_json(home, "keys", "retire", "--role", "moderator", *BY) == {"removed": 0}


def test_a_person_reads_how_they_stand(home: Path) -> None:
    done = youthvoice(home, "keys", "check")
    assert done.returncode == 0, done.stderr
    assert "moderator: pair" in done.stdout and "2 data keys" in done.stdout


def test_what_no_key_opens_ends_with_1(home: Path) -> None:
    with sqlite3.connect(home / "youthvoice.sqlite3") as connection:
        (old,) = connection.execute("SELECT pair FROM data_key WHERE role = 'safety'").fetchone()
        connection.execute("UPDATE data_key SET pair = ? WHERE role = 'safety'", ["f" * 16])
    done = youthvoice(home, "keys", "check", "--json")
    with sqlite3.connect(home / "youthvoice.sqlite3") as connection:
        connection.execute("UPDATE data_key SET pair = ? WHERE role = 'safety'", [old])
    assert done.returncode == 1
    assert [one["lost"] for one in json.loads(done.stdout)["keys"]] == [0, 2]


def test_shares_and_back(home: Path, tmp_path: Path) -> None:
    check_sentence_in(youthvoice(home, "keys", "escrow", "--to", str(tmp_path / "s")), 2, "--by")
    made = as_json(home, "keys", "escrow", "--to", str(tmp_path / "s"), *BY)
    assert made["files"] == ["share-1.txt", "share-2.txt", "share-3.txt"]
    two = [("--from", str(tmp_path / "s" / name)) for name in made["files"][1:]]
    back = as_json(home, "keys", "escrow", "--to", str(tmp_path / "back"), *two[0], *two[1])
    assert sorted(back["files"]) == ["moderator.key", "safety.key"]
    for name in back["files"]:
        same = (tmp_path / "back" / name).read_text() == (home / "keys" / name).read_text()
        assert same
    again = youthvoice(home, "keys", "escrow", "--to", str(tmp_path / "back"), *two[0], *two[1])
    check_sentence_in(again, 1, "already")
    one = youthvoice(home, "keys", "escrow", "--to", str(tmp_path / "none"), *two[0])
    check_sentence_in(one, 2, "Two of the three shares")
    check_sentence(
        youthvoice(home, "keys", "escrow", "--to", str(tmp_path / "s"), *BY), "another folder"
    )


def check_sentence_in(done, code: int, words: str) -> None:
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr and words in done.stderr


def test_what_cannot_be_rotated(home: Path, tmp_path: Path) -> None:
    done = youthvoice(home, "keys", "rotate", "--role", "editor", *BY)
    check_sentence_in(done, 2, "no key of a role “editor”")
    away = youthvoice(
        home, "keys", "rotate", "--role", "safety", *BY, private_keys=tmp_path / "none"
    )
    check_sentence(away, "safety.key", "YOUTHVOICE_PRIVATE_KEYS")


def test_new_keys_replace_none(home: Path) -> None:
    before = {path.name: path.read_bytes() for path in (home / "keys").iterdir()}
    assert as_json(home, "keys", "new")["made"] is False
    same = {path.name: path.read_bytes() for path in (home / "keys").iterdir()} == before
    assert same
