"""`youthvoice audit …`: read and verified by whoever wants to know."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from tests.cli.test_commands import as_json
from tests.factories import open_topic
from tests.processes import youthvoice
from youthvoice.flow import witness
from youthvoice.flow.context import Context


@pytest.fixture
def home(lite: Context) -> Path:
    """An installation whose log was published once."""
    open_topic(lite)
    witness.witness(lite)
    return lite.settings.home


def test_a_log_that_nobody_touched(home: Path) -> None:
    found = as_json(home, "audit", "verify")
    assert found["ok"] and found["heads"] == 1 and found["problems"] == []
    done = youthvoice(home, "audit", "verify")
    assert done.returncode == 0 and f"{found['entries']} entries fit" in done.stdout
    listed = as_json(home, "audit", "list", "--most", "2")["entries"]
    assert [entry["id"] for entry in listed] == [found["entries"], found["entries"] - 1]
    assert {"at", "actor", "role", "action", "subject", "reason"} <= set(listed[0])
    assert "approve" in youthvoice(home, "audit", "list").stdout


def test_a_log_that_was_changed_ends_with_1(home: Path) -> None:
    with sqlite3.connect(home / "youthvoice.sqlite3") as connection:
        connection.execute("UPDATE audit SET actor = 'somebody' WHERE id = 2")
    done = youthvoice(home, "audit", "verify", "--json")
    found = json.loads(done.stdout)
    assert done.returncode == 1 and not found["ok"]
    assert found["problems"] == ["Entry 2 was changed, or the one before it."]
    spoken = youthvoice(home, "audit", "verify", language="fr")
    assert spoken.returncode == 1 and "2" in spoken.stdout and "Traceback" not in spoken.stderr
    assert "somebody" not in done.stdout + spoken.stdout


def test_heads_from_elsewhere(home: Path, tmp_path: Path) -> None:
    mirror = tmp_path / "heads.txt"
    mirror.write_text((home / "audit" / "heads.txt").read_text())
    assert as_json(home, "audit", "verify", "--heads", str(mirror))["heads"] == 1
    mirror.write_text("2026-11-22 1 " + "0" * 64 + "\n")
    done = youthvoice(home, "audit", "verify", "--heads", str(mirror))
    assert done.returncode == 1 and "Line 1 of the published heads" in " ".join(done.stdout.split())
    for content, words in ((None, "no file"), ("not a head\n", "no published head")):
        mirror.unlink(missing_ok=True)
        if content:
            mirror.write_text(content)
        refused = youthvoice(home, "audit", "verify", "--heads", str(mirror))
        assert refused.returncode == 2 and words in refused.stderr
        assert "Traceback" not in refused.stderr


def audit_of(home: Path) -> dict[str, str]:
    """What `youthvoice doctor` finds of the audit log."""
    done = youthvoice(home, "doctor", "--json")
    (found,) = [one for one in json.loads(done.stdout)["checks"] if one["check"] == "Audit log"]
    assert done.returncode == 1 or found["status"] != "failed"
    return found


def test_the_doctor_misses_the_published_heads(home: Path) -> None:
    """Without them a log that was rewritten as a whole would fit."""
    assert audit_of(home)["status"] == "ok"
    heads = home / "audit" / "heads.txt"
    published = heads.read_text()
    for broken in (heads.unlink, lambda: heads.write_text("")):
        broken()
        found = audit_of(home)
        assert found["status"] == "failed" and "is gone" in found["what"]
        assert "begin-heads" in found["next_step"]
    heads.write_text(published)
    assert audit_of(home)["status"] == "ok"
