"""`youthvoice release`, `forget` and `review ask`, `thread`, `open`: what happens to what is kept."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import WORDS
from tests.cli.test_bad_input import check_sentence
from tests.cli.test_commands import as_json
from tests.processes import youthvoice
from youthvoice.flow.context import Context


@pytest.fixture(scope="module")
def items(kept: Context) -> dict[str, str]:
    """The ids of the two messages, once reviewers have them."""
    home = kept.settings.home
    done = as_json(home, "release")
    assert (done["released"], done["joined"]) == (2, 0)
    assert as_json(home, "release")["released"] == 0
    found = as_json(home, "review", "list")["items"]
    assert all(one["alike"] == 0 and one["attention"] is None for one in found)
    return {"late" if "late" in one["text"] else "library": one["id"] for one in found}


@pytest.fixture(scope="module")
def home(kept: Context) -> Path:
    return kept.settings.home


def test_a_question_to_a_writer(home: Path, items: dict[str, str]) -> None:
    ident = items["late"]
    assert as_json(home, "review", "ask", ident, "How late is it?", "--by", "Ana") == {"id": ident}
    (asked,) = as_json(home, "review", "thread", ident)["thread"]
    assert (asked["author"], asked["text"]) == ("committee", "How late is it?")
    assert "How late is it?" in youthvoice(home, "review", "thread", ident).stdout
    long = youthvoice(home, "review", "ask", ident, "x" * 501, "--by", "Ana")
    assert long.returncode == 2 and "1 to 500" in long.stderr
    nobody = youthvoice(home, "review", "ask", "f" * 32, "How late?", "--by", "Ana")
    assert nobody.returncode == 2 and "no message" in nobody.stderr


def opened(home: Path, ident: str, *more: str):
    return youthvoice(home, "review", "open", ident, "--by", "Ana", *more)


def test_opening_an_original(home: Path, items: dict[str, str]) -> None:
    ident = items["late"]
    for role in ((), ("--safety",)):
        done = opened(home, ident, "--reason", "duty to report", *role)
        was_opened = done.returncode == 0 and done.stdout == f"{WORDS}\n"
        assert was_opened, done.stderr
    first, second = as_json(home, "audit", "list", "--most", "2")["entries"]
    assert {first["role"], second["role"]} == {"editor", "safety"}
    assert first["reason"] == second["reason"] == "duty to report" and ident in first["subject"]
    without = opened(home, ident)
    assert without.returncode == 2 and "Traceback" not in without.stderr
    curious = opened(home, ident, "--reason", "curious")
    assert curious.returncode == 2 and "duty to report" in curious.stderr
    nothing = opened(home, "f" * 32, "--reason", "writer asked")
    check_sentence(nothing, "no original", "withdrawn")
    away = youthvoice(
        home, "review", "open", ident, "--by", "Ana", "--reason", "writer asked",
        private_keys=home / "none",
    )  # fmt: skip
    check_sentence(away, "moderator.key", "YOUTHVOICE_PRIVATE_KEYS")
    for refused in (without, curious, nothing, away):
        assert "CANARY" not in refused.stdout + refused.stderr


def test_forgetting_is_said_before_it_is_done(home: Path, items: dict[str, str]) -> None:
    with sqlite3.connect(home / "youthvoice.sqlite3") as connection:
        connection.execute(
            "UPDATE sealed_original SET day = '2020-01-01' WHERE item_id = ?", [items["library"]]
        )
    said = as_json(home, "forget", "--dry-run")
    assert (said.pop("dry_run"), said["originals"]) == (True, 1)
    assert as_json(home, "forget", "--dry-run")["originals"] == 1
    done = as_json(home, "forget")
    assert done.pop("dry_run") is False and done == said
    spoken = youthvoice(home, "forget", "--dry-run")
    assert "Would be destroyed: 0 originals" in spoken.stdout
    check_sentence(opened(home, items["library"], "--reason", "writer asked"), "no original")


def test_the_commands_answer_in_french(home: Path) -> None:
    for command in (("forget", "--dry-run"), ("release",), ("keys", "check")):
        done = youthvoice(home, *command, language="fr")
        english = youthvoice(home, *command)
        assert done.returncode == 0 and done.stdout != english.stdout
