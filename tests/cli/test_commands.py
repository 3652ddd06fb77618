"""The six verbs by hand, as an operator types them; JSON alone on standard output."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.processes import youthvoice

TOPIC = """
slug = "transit"
ministry = "transportation"
opens_on = 2026-11-01
closes_on = 2026-12-01
answer_due_on = 2027-01-15

[en]
title = "Getting around"
context = "Buses."
influence = "Money for buses."
hashtag = "OnTransit"
questions = ["What stops you?"]

[fr]
title = "Se déplacer"
context = "Des autobus."
influence = "L’argent des autobus."
hashtag = "OnTransport"
questions = ["Qu’est-ce qui te bloque?"]
"""

ANSWER = """
theme = "communities"
kind = "doing"
[said]
en = "No bus."
fr = "Pas d’autobus."
[did]
en = "More buses."
fr = "Plus d’autobus."
[reason]
en = "You asked."
fr = "Tu l’as demandé."
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "home"
    done = youthvoice(folder, "init")
    assert done.returncode == 0, done.stderr
    return folder


def as_json(home: Path, *arguments: str) -> dict:
    done = youthvoice(home, *arguments, "--json")
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.strip().splitlines()) == 1
    return json.loads(done.stdout)


def test_the_whole_loop_by_hand(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "topic.toml"
    file.write_text(TOPIC, encoding="utf-8")
    assert as_json(home, "topic", "propose", str(file), "--by", "Ana")["status"] == "proposed"
    own = youthvoice(home, "topic", "approve", "transit", "--by", "Ana")
    assert own.returncode == 1 and "second person" in own.stderr
    assert as_json(home, "topic", "approve", "transit", "--by", "Ben")["planned"] == 4
    posted = as_json(home, "post")
    assert posted["sent"] == 4 and posted["stuck"] == []
    assert as_json(home, "topic", "show", "transit")["status"] == "open"
    comments = tmp_path / "c.csv"
    comments.write_text(
        "id,comment\n" + "".join(f"{n},no bus in my town {n}\n" for n in range(12)) + "13,\n",
        encoding="utf-8",
    )
    imported = as_json(
        home,
        "import",
        str(comments),
        "--topic",
        "transit",
        "--map",
        "text=comment",
        "--map",
        "id=id",
    )
    assert {k: imported[k] for k in ("read", "accepted", "seen", "kept_aside")} == {
        "read": 13,
        "accepted": 12,
        "seen": 0,
        "kept_aside": 1,
    }
    assert as_json(home, "import", "--kept")["kept_aside"][0]["first_line"] == 14
    assert as_json(home, "collect")["accepted"] == 0
    assert as_json(home, "tag")["tagged"] == 0
    items = as_json(home, "review", "list", "--topic", "transit")["items"]
    assert len(items) == 12 and "communities" in items[0]["proposed"]
    decided = as_json(
        home, "review", "decide", items[0]["id"], "--as", "released", "--by", "Ben",
        "--themes", "communities,civic",
    )  # fmt: skip
    assert decided["themes"] == ["civic", "communities"]
    assert as_json(home, "aggregate")["topics"] == 2  # the one that is always open as well
    answer = tmp_path / "answer.toml"
    answer.write_text(ANSWER, encoding="utf-8")
    key = as_json(home, "feedback", "write", "transit", str(answer), "--by", "Cam")["id"]
    as_json(home, "feedback", "approve", str(key), "--by", "Ben")
    assert as_json(home, "post")["sent"] == 2
    assert as_json(home, "feedback", "publish")["published"] == 1
    (found,) = as_json(home, "feedback", "list")["answers"]
    assert found["status"] == "published" and found["messages"] == 12
    assert as_json(home, "topic", "list")["topics"][0]["slug"] == "transit"


def test_doctor_looks_at_everything(home: Path) -> None:
    found = as_json(home, "doctor")
    assert found["ok"], found["checks"]
    looked_at = [check["check"] for check in found["checks"]]
    assert {"Python", "Folder", "French model", "Channels"} <= set(looked_at)
    assert len(looked_at) == len(set(looked_at))
    broken = youthvoice(home, "doctor", "--json", spacy_fr="no_such_model")
    assert broken.returncode == 1
    failed = [c for c in json.loads(broken.stdout)["checks"] if c["status"] == "failed"]
    assert [c["check"] for c in failed] == ["French model"]


def test_messages_speak_french(home: Path) -> None:
    done = youthvoice(home, "topic", "show", "nope", language="fr")
    assert done.returncode == 2 and "n’existe pas" in done.stderr


@pytest.mark.parametrize(
    "verb",
    ["topic", "post", "collect", "tag", "review", "aggregate", "feedback", "import", "doctor",
     "init", "run", "keys", "audit", "backup", "release", "forget"],
)  # fmt: skip
def test_every_command_explains_itself(home: Path, verb: str) -> None:
    done = youthvoice(home, verb, "--help")
    assert done.returncode == 0 and len(done.stdout) > 150
