"""`youthvoice backup …`: from the key to another home, and what is refused on the way."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.cli.conftest import WORDS
from tests.cli.test_bad_input import check_sentence
from tests.cli.test_commands import as_json
from tests.processes import youthvoice
from youthvoice.flow.context import Context


def test_from_a_key_to_another_home(kept: Context, tmp_path: Path) -> None:
    home, secret, other = kept.settings.home, tmp_path / "identity.txt", tmp_path / "other"
    check_sentence(youthvoice(home, "backup", "make"), "no key", "backup keygen")
    made = as_json(home, "backup", "keygen", str(secret))
    assert made["recipient"].startswith("age1") and secret.stat().st_mode & 0o077 == 0
    hidden = secret.read_text().splitlines()[-1]
    again = youthvoice(home, "backup", "keygen", str(secret))
    assert again.returncode == 1 and "already" in again.stderr
    same = secret.read_text().splitlines()[-1] == hidden
    assert same

    done = youthvoice(home, "backup", "make", "--json", backup_recipient=made["recipient"])
    assert done.returncode == 0, done.stderr
    (content,) = (home / "backups").glob("*.backup.age")
    files = (str(content), "--keys", str(home / "backups" / "keys.age"))
    wrong = tmp_path / "wrong.txt"
    as_json(home, "backup", "keygen", str(wrong))
    check_sentence(
        youthvoice(other, "backup", "restore", *files, "--identity", str(wrong)),
        "does not open",
        "Nothing was changed",
    )
    assert not (other / "youthvoice.sqlite3").exists()
    check_sentence(
        youthvoice(home, "backup", "restore", *files, "--identity", str(secret)), "never replaces"
    )
    restored = as_json(other, "backup", "restore", *files, "--identity", str(secret))
    assert restored["written"] > 0 and restored["withdrawn"] == 0
    shutil.copytree(home / "keys", other / "keys")
    assert youthvoice(other, "init").returncode == 0
    assert as_json(other, "audit", "verify")["ok"]
    assert as_json(other, "release")["released"] == 2
    items = as_json(other, "review", "list")["items"]
    late = next(item for item in items if "late" in item["text"])
    opened = youthvoice(
        other, "review", "open", late["id"], "--by", "Ana", "--reason", "writer asked"
    )
    was_opened = opened.stdout.strip() == WORDS
    assert was_opened


def test_a_key_that_is_none_is_named(kept: Context) -> None:
    done = youthvoice(kept.settings.home, "backup", "make", backup_recipient="somebody")
    check_sentence(done, "YOUTHVOICE_BACKUP_RECIPIENT", "age1")


def test_files_that_are_not_there(tmp_path: Path) -> None:
    done = youthvoice(
        tmp_path / "home", "backup", "restore", "none.age", "--keys", "none", "--identity", "none"
    )
    assert done.returncode == 2 and "no file none.age" in done.stderr
    assert not (tmp_path / "home").exists()
