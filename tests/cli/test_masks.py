"""`youthvoice review masks`: figures for people and programs, and measuring with a key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.test_bad_input import check_sentence
from tests.cli.test_commands import as_json
from tests.factories import SECOND, open_topic, released, voice
from tests.flow.test_corrections import CANARY, WORDS, fill, finding
from tests.processes import youthvoice
from youthvoice import app
from youthvoice.flow.corrections import LEAST, correct
from youthvoice.nlp.analyser import Analyser
from youthvoice.settings import Settings


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, analyser: Analyser) -> Iterator[Path]:
    """An installation with checked messages, of which one was corrected."""
    place = tmp_path_factory.mktemp("masks") / "home"
    settings = Settings(home=place, proof_cost=1, proof_turns=2)
    app.prepare(settings)
    context = app.build(settings, lambda: analyser)
    open_topic(context)
    fill(context, LEAST)
    (receipt,) = released(finding(context, "bus", "905-555-0177"), WORDS)
    correct(context, voice(context, receipt).id, SECOND, CANARY)
    context.store.close()
    yield place


def test_the_figures(home: Path) -> None:
    english, french = as_json(home, "review", "masks")["languages"]
    assert (english["language"], english["messages"], english["spans"]) == ("en", LEAST + 1, 64)
    assert (english["recall"]["part"], english["recall"]["of"]) == (62, 64)
    assert english["precision"]["share"] == 1.0 and 0.9 < english["precision"]["low"] < 1.0
    assert french["precision"] is None and french["messages"] == 0
    told = youthvoice(home, "review", "masks")
    assert told.returncode == 0 and "96.9% (89.3 to 99.1)" in told.stdout
    assert "fr: 0 messages, 0 places decided; not yet checked" in told.stdout
    spoken = youthvoice(home, "review", "masks", language="fr")
    assert "96,9\u00a0% (de 89,3 à 99,1)" in spoken.stdout and "pas encore vérifié" in spoken.stdout


def test_measuring_the_machine_of_now(home: Path) -> None:
    done = as_json(home, "review", "masks", "--evaluate", "--by", "Ana")
    (one,) = done["languages"]
    assert one["messages"] == 1 and one["recall_full"]["of"] == 4
    assert (done["gone"], done["unfit"], done["failed"]) == (0, 0, 0)
    told = youthvoice(home, "review", "masks", "--evaluate", "--by", "Ana")
    assert told.returncode == 0 and "recall, wholly hidden" in told.stdout
    (entry, *_more) = as_json(home, "audit", "list", "--most", "2")["entries"]
    assert (entry["actor"], entry["reason"]) == ("Ana", "masks measured")
    for printed in (told.stdout, told.stderr):
        assert CANARY not in printed.lower() and "Kim-Lee" not in printed


def test_measuring_needs_a_name_and_a_key(home: Path) -> None:
    nobody = youthvoice(home, "review", "masks", "--evaluate")
    assert nobody.returncode == 2 and "--by NAME" in nobody.stderr
    away = youthvoice(
        home, "review", "masks", "--evaluate", "--by", "Ana", private_keys=home / "none"
    )
    check_sentence(away, "moderator.key", "YOUTHVOICE_PRIVATE_KEYS")
