"""`youthvoice evaluate language|sentiment|themes|risk`: figures of tiny sets, and no word of a message."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.nlp.evaluation.labels.test_label_datasets import THEMES, write
from youthvoice.cli import common, evaluators, run
from youthvoice.model import ThemeScore
from youthvoice.nlp.evaluation.labels.predictors import Guess, RiskGuess

CANARY = "canarywords"
KEYS = {
    "intervals", "out_of",
    "accuracy", "macro_f1", "micro_f1", "recall", "precision", "false_alarms", "n", "not_sure",
    "accuracy_sure", "docs_per_second", "files", "by_class", "by_language", "by_file", "calibration",
    "task",
}  # fmt: skip


class Words:
    """Reads the label that a message spells out, with a score."""

    def read(self, texts: Sequence[str]) -> list[Guess]:
        return [Guess(text.split()[-1], "maybe" not in text, 0.8) for text in texts]


class Alarms:
    """Level 4 for “danger”, 2 with a signal for “threat”, else 1."""

    def assess(self, texts: Sequence[str]) -> list[RiskGuess]:
        return [self._one(text) for text in texts]

    def _one(self, text: str) -> RiskGuess:
        if "danger" in text:
            return RiskGuess(4, frozenset(), {"high": 0.9})
        return RiskGuess(2, frozenset({"threat"})) if "threat" in text else RiskGuess(1)


class Buses:
    """Finds theme A in what speaks of buses; what it was given and asked is kept."""

    def __init__(self, *given: object) -> None:
        self.given = given
        self.asked: list[tuple[str, ...]] = []

    def map(self, texts: Sequence[str], languages: Sequence[str]) -> list[tuple[ThemeScore, ...]]:
        self.asked.append(tuple(languages))
        return [(ThemeScore("A" if "bus" in text else "B", 0.7),) for text in texts]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Buses]]:
    """Predictors of our own; the theme readers that were asked for."""
    readers: list[Buses] = []

    def themes(*given: object) -> Buses:
        readers.append(Buses(*given))
        return readers[-1]

    monkeypatch.setattr(evaluators, "feeling", Words)
    monkeypatch.setattr(evaluators, "risk", Alarms)
    monkeypatch.setattr(evaluators, "themes", themes)
    monkeypatch.setattr(evaluators, "learned_themes", themes)
    common.translator.cache_clear()
    yield readers
    common.translator.cache_clear()


pytestmark = pytest.mark.usefixtures("made")


def shown(capsys: pytest.CaptureFixture[str], *arguments: object, code: int = 0) -> str:
    assert run(["evaluate", *map(str, arguments)]) == code
    out, err = capsys.readouterr()
    assert CANARY not in (out + err).lower()
    return out if code == 0 else err


def measured(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict:
    return json.loads(shown(capsys, *arguments, "--json"))


def items(path: Path, *pairs: tuple[str, object]) -> Path:
    return write(path, *({"text": f"{CANARY} {text}", "label": label} for text, label in pairs))


def test_language_with_the_real_one(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = write(
        tmp_path / "x.jsonl",
        {"text": "the bus is late again and nobody cares about it", "label": "eng_Latn"},
        {"text": "l’autobus est encore en retard et personne ne s’en soucie", "label": "French"},
        {"text": "we should have more buses in the evening", "label": "fr"},
    )
    found = measured(capsys, "language", path)
    assert set(found) == KEYS and found["task"] == "language"
    assert len(found["intervals"]["accuracy"]) == 2
    assert round(found["accuracy"], 1) == 66.7 and found["out_of"]["accuracy"] == 3
    assert found["by_class"]["fr"]["recall"] == 50
    assert {name: one["n"] for name, one in found["by_language"].items()} == {"en": 1, "fr": 2}
    assert found["files"] == ["x.jsonl"] and found["docs_per_second"] > 0
    assert found["calibration"] is None and found["false_alarms"] is None
    out = shown(capsys, "language", path)
    assert "66.7 (" in out and "English" in out and "x.jsonl" in out and "95 % interval" in out


def test_sentiment(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = tmp_path / "french"
    write(folder / "val_text.txt", f"{CANARY} negative", "bon positive", "ok maybe neutral")
    write(folder / "val_labels.txt", "0", "2", "2")
    found = measured(capsys, "sentiment", folder)
    assert set(found) == KEYS
    # negative 1; positive 2/3; neutral is no true label
    assert found["macro_f1"] == pytest.approx(100 * (1 + 2 / 3) / 2, abs=0.001)
    assert found["not_sure"] == pytest.approx(33.333)
    assert found["accuracy_sure"] == 100
    assert list(found["by_class"]) == ["negative", "neutral", "positive"]
    assert list(found["by_language"]) == ["fr"]
    assert found["files"] == ["val_text.txt", "val_labels.txt"]
    # All in one bin, 80 against 66.7; (2 × 0.04 + 0.64) / 3
    assert found["calibration"]["error"] == pytest.approx(13.333)
    assert found["calibration"]["brier"] == pytest.approx(24)
    assert found["calibration"]["bins"] == [{"n": 3, "score": 80, "right": 66.667}]


def test_risk_by_levels(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = items(
        tmp_path / "x", ("danger", 5), ("nothing", 4), ("danger", 1), ("a", 1), ("threat", 2)
    )
    found = measured(capsys, "risk", path)
    assert set(found) == KEYS | {"from_level", "level_1_from_3", "level_1_from_4"}
    assert (found["recall"], found["precision"]) == (50, 50)
    assert found["false_alarms"] == pytest.approx(33.333)
    assert found["level_1_from_3"] == found["level_1_from_4"] == 50
    assert found["accuracy"] == 40 and found["from_level"] == 4
    assert list(found["by_class"]) == ["1", "2", "4", "5"]
    assert found["calibration"]["out_of"]["error"] == 2
    assert "level 5" in shown(capsys, "risk", path)


def test_risk_with_a_label(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = items(
        tmp_path / "x", ("threat", "THR"), ("hm", "thr"), ("danger", "INS"), ("threat", "OTH")
    )
    found = measured(capsys, "risk", path, "--positive", "THR")
    assert set(found) == KEYS | {"positive", "predicted"}
    assert [found[name] for name in ("recall", "precision", "false_alarms")] == [
        50,
        50,
        50,
    ]
    assert found["positive"] == ["THR"]
    assert found["predicted"] == [{"signals": ["threat"], "level": 1}]
    assert list(found["by_class"]) == ["positive", "other"]
    found = measured(
        capsys, "risk", path, "--positive", "INS", "--positive", "OTH", "--signal", "thr"
    )
    assert [found[name] for name in ("recall", "false_alarms")] == [50, 50]
    found = measured(capsys, "risk", path, "--positive", "OTH", "--from", "2")
    assert [found[name] for name in ("recall", "false_alarms")] == [
        100,
        pytest.approx(66.667),
    ]


def test_risk_with_the_rules_of_this_installation(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    path = items(tmp_path / "x", ("the bus is late", 1), ("i will kill myself tonight", 5))
    found = measured(capsys, "risk", path)
    assert (found["recall"], found["false_alarms"]) == (100, 0)
    found = measured(capsys, "risk", path, "--positive", "5", "--signal", "self-harm")
    assert (found["recall"], found["false_alarms"]) == (100, 0)


def consultation(folder: Path) -> Path:
    texts = ("bus", "bus and train", "train", "walking")
    labels = (["A"], ["A", "B"], ["B"], [])
    answers = ({"response_id": n, "response": f"{CANARY} {x}"} for n, x in enumerate(texts))
    write(folder / "responses.jsonl", *answers)
    write(
        folder / "mapping.jsonl",
        *({"response_id": n, "labels": each} for n, each in enumerate(labels)),
    )
    write(folder / "themes.json", json.dumps(THEMES))
    write(folder / "question.json", {"question_text": "What is missing?"})
    return folder


def test_themes_of_a_consultation(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, made: list[Buses]
) -> None:
    folder = consultation(tmp_path / "transit")
    found = measured(capsys, "themes", folder)
    assert set(found) == KEYS | {"themes", "learned_from"}
    # A: 2 of 2; B: 1 of 2 true, 2 guessed. Right 3, true 4, guessed 4.
    assert (found["micro_f1"], found["macro_f1"]) == (75, 75)
    assert (found["recall"], found["precision"]) == (75, 75)
    assert found["accuracy"] == 50 and found["learned_from"] == 0
    assert found["by_class"]["B"]["precision"] == 50
    (reader,) = made
    codebook, question, single = reader.given
    assert [one.id for one in codebook] == ["A", "B"]
    assert (question, single) == ("What is missing?", False)
    assert len(reader.asked[-1]) == 4  # together
    assert "A Buses" in shown(capsys, "themes", folder)


def test_themes_learned_from_the_first(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, made: list[Buses]
) -> None:
    found = measured(capsys, "themes", consultation(tmp_path), "--learn", "1", "--question", "Why?")
    assert found["n"] == 3 and found["learned_from"] == 1
    _codebook, question, taught, single = made[0].given
    assert [one.text for one in taught] == [f"{CANARY} bus"] and question == "Why?" and not single


def test_themes_in_json_lines(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, made: list[Buses]
) -> None:
    path = write(
        tmp_path / "x.jsonl",
        {"text": f"{CANARY} bus", "labels": ["A"], "language": "fr"},
        {"text": "train", "labels": ["A", "B"]},
    )
    assert "no codebook" in shown(capsys, "themes", path, code=2)
    codebook = write(tmp_path / "themes.json", json.dumps(THEMES))
    found = measured(capsys, "themes", path, "--codebook", codebook)
    assert found["micro_f1"] == 80 and found["themes"] == 2
    assert made[0].asked[-1][0] == "fr"
    write(codebook, json.dumps(THEMES[:1]))
    err = shown(capsys, "themes", path, "--codebook", codebook, code=2)
    assert "Line 2 of x.jsonl" in err and "not in the codebook" in err


def test_topics_learned_in_one_language_and_measured_in_the_other(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, made: list[Buses]
) -> None:
    english = write(
        tmp_path / "eng_Latn" / "train.tsv", "index_id\tcategory\ttext", "1\tA\tbus", "2\tC\tcar"
    )
    french = write(
        tmp_path / "fra_Latn" / "dev.tsv",
        "index_id\tcategory\ttext", f"1\tA\t{CANARY} bus", "2\tB\ttrain", "3\tB\tun bus",
    )  # fmt: skip
    found = measured(capsys, "themes", french, "--learn", english)
    assert found["accuracy"] == found["micro_f1"] == pytest.approx(66.667)
    assert found["recall"] is None and list(found["by_language"]) == ["fr"]
    codebook, _question, taught, single = made[0].given
    assert [one.id for one in codebook] == ["A", "B", "C"]
    assert [one.labels for one in taught] == [("A",), ("C",)] and single


def test_in_french(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YOUTHVOICE_LANGUAGE", "fr")
    out = shown(capsys, "risk", items(tmp_path / "x", ("danger", 5), ("a", 1)))
    assert "Messages par seconde" in out and "En pour cent" in out
    assert max(map(len, out.partition("Entre")[0].splitlines())) <= 100


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("language",), "Line 1 of x cannot be used: its label is not one of these: en, fr"),
        (("sentiment",), "Line 1 of x cannot be used: its label is not one of these: negative"),
        (("risk",), "Say with --positive"),
        (("risk", "--positive", "high"), "No message is labelled “high”"),
        (("risk", "--positive", "odd", "--signal", "hat"), "“hat” is no signal"),
        (("risk", "--signal", "hate"), "give both"),
        (("risk", "--from", "6"), "--from"),
        (("themes", "--learn", "2"), "Of 2 messages, 1 to 1"),
    ],
)
def test_wrong_arguments(capsys, tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    path = items(tmp_path / "x", ("a", "odd"), ("b", "odd"))
    assert words in shown(capsys, arguments[0], path, *arguments[1:], code=2)


def test_a_level_that_is_none(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = items(tmp_path / "x", ("a", 1), ("b", 6))
    assert "Line 2 of x" in shown(capsys, "risk", path, code=2)


@pytest.mark.parametrize("command", ["language", "sentiment", "risk", "themes"])
def test_no_words_of_a_broken_file(capsys, tmp_path: Path, command: str) -> None:
    path = tmp_path / "x"
    for content in (f'{{"text": "{CANARY}"}}', f"{CANARY} is, here", f'{{"text": "{CANARY}'):
        path.write_text(content)
        assert "Line 1 of x" in shown(capsys, command, path, code=2)
    path.write_text("")
    assert "is empty" in shown(capsys, command, path, code=2)
