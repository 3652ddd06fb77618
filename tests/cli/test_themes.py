"""`youthvoice themes`, as a member of the committee types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.processes import youthvoice
from tests.themed import OWN, heard
from youthvoice import app
from youthvoice.flow import codebook_file
from youthvoice.nlp.analyser import Analyser
from youthvoice.nlp.sentences.encoder import MODELS
from youthvoice.settings import Settings

pytestmark = pytest.mark.slow
NETWORK = pytest.mark.skipif(
    not (MODELS / "themes.onnx").exists(), reason="the network of themes is not trained yet"
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, analyser: Analyser) -> Path:
    """An installation with sixty messages on a topic."""
    folder = tmp_path_factory.mktemp("themes")
    settings = Settings(home=folder / "home", proof_cost=1, proof_turns=2)
    app.prepare(settings)
    context = app.build(settings, lambda: analyser)
    heard(context, folder)
    context.store.close()
    return folder / "home"


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.toml"
    path.write_text(codebook_file.written(path, OWN), encoding="utf-8")
    return path


def as_json(home: Path, *arguments: str) -> dict:
    done = youthvoice(home, "themes", *arguments, "--json")
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.strip().splitlines()) == 1
    return json.loads(done.stdout)


def test_themes_are_proposed_into_a_file_that_people_edit(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "themes.toml"
    shown = youthvoice(home, "themes", "propose", "mentoring", "--out", str(file))
    assert shown.returncode == 0, shown.stderr
    for words in ("waiting-list", "liste d'attente", "Typical", "Borderline", str(file)):
        assert words in shown.stdout
    assert file.stat().st_mode & 0o077 == 0
    themes = codebook_file.read(file)
    assert sum(one.level == 1 for one in themes) == 7 and any(one.level == 2 for one in themes)
    again = youthvoice(home, "themes", "propose", "mentoring", "--out", str(file))
    assert again.returncode == 2 and "there already" in again.stderr
    found = as_json(home, "propose", "mentoring")
    assert found["texts"] <= found["messages"] <= 60
    assert all(group["typical"] for group in found["groups"])


def test_draft_signature_and_a_new_version(home: Path, draft: Path, tmp_path: Path) -> None:
    made = as_json(home, "edit", "mentoring", str(draft), "--by", "Ana")
    assert (made["version"], made["status"], made["gone"]) == (1, "draft", [])
    own = youthvoice(home, "themes", "sign-off", "mentoring", "--by", "Ana")
    assert own.returncode == 1 and "second person" in own.stderr
    signed = as_json(home, "sign-off", "mentoring", "--by", "Ben")
    assert (signed["status"], signed["signed_by"]) == ("frozen", "Ben")
    merged = as_json(home, "merge", "mentoring", "no-bus", "waiting", "--by", "Ana")
    assert (merged["version"], merged["gone"]) == (2, ["no-bus"])
    assert as_json(home, "show", "mentoring")["version"] == 2
    first = tmp_path / "first.json"
    assert as_json(home, "show", "mentoring", "--version", "1", "--out", str(first))["version"] == 1
    assert {one.id for one in OWN} <= {one.id for one in codebook_file.read(first)}
    shown = youthvoice(home, "themes", "show", "mentoring", language="fr")
    assert shown.returncode == 0 and "Listes d’attente" in shown.stdout
    agreed = as_json(home, "check", "mentoring")
    assert agreed["messages"] == 0 and agreed["every"]["value"] is None
    assert youthvoice(home, "themes", "check", "mentoring").returncode == 0


def test_wrong_input_is_named(home: Path, draft: Path) -> None:
    words = draft.read_text("utf-8").replace('name.fr = "Pas d’autobus"', 'name.fr = ""')
    draft.write_text(words, encoding="utf-8")
    for arguments, code, said in (
        (["edit", "mentoring", str(draft), "--by", "Ana"], 2, "missing in: fr"),
        (["edit", "mentoring", "nowhere.toml", "--by", "Ana"], 2, "cannot be read"),
        (["show", "nowhere"], 2, "nowhere"),
        (["show", "mentoring", "--version", "99"], 2, "no such version"),
        (["map", "mentoring", "--apply"], 2, "--by"),
        (["learn", "mentoring", "--apply"], 2, "--by"),
    ):
        done = youthvoice(home, "themes", *arguments)
        assert done.returncode == code and said in done.stderr, (arguments, done.stderr)


@NETWORK
def test_a_mapping_is_shown_then_applied(home: Path, draft: Path) -> None:
    as_json(home, "edit", "mentoring", str(draft), "--by", "Ana")
    as_json(home, "sign-off", "mentoring", "--by", "Ben")
    before = as_json(home, "map", "mentoring")
    assert not before["applied"] and before["undecided"] > 0
    assert youthvoice(home, "themes", "map", "mentoring").returncode == 0
    done = as_json(home, "map", "mentoring", "--apply", "--by", "Ana")
    assert done["applied"] and done["messages"] == before["undecided"]
    few = youthvoice(home, "themes", "learn", "mentoring")
    assert few.returncode == 1 and "begins with 20" in few.stderr
