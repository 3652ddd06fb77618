"""What is learned from is never measured, and which codebook counts."""

import json
from pathlib import Path

import pytest

from tests.nlp.evaluation.labels.test_label_datasets import THEMES, consultation, write
from youthvoice.errors import BadInput
from youthvoice.nlp.evaluation.labels import teaching
from youthvoice.nlp.evaluation.labels.datasets import read


def topics(path: Path, *names: str) -> Path:
    rows = (f"{place}\t{name}\ttext {place}" for place, name in enumerate(names))
    return write(path, "index_id\tcategory\ttext", *rows)


def test_the_first_messages_are_left_out(tmp_path: Path) -> None:
    sets = read([topics(tmp_path / "a.tsv", "x", "y"), topics(tmp_path / "b.tsv", "z", "x", "y")])
    taught, rest = teaching.learned(sets, "3")
    assert [one.labels[0] for one in taught] == ["x", "y", "z"]
    assert [(one.name, [x.labels[0] for x in one.examples]) for one in rest] == [
        ("b.tsv", ["x", "y"])
    ]
    assert teaching.learned(sets, "") == ([], sets)
    for wrong in ("0", "5"):
        with pytest.raises(BadInput, match="Of 5 messages, 1 to 4"):
            teaching.learned(sets, wrong)


def test_a_file_to_learn_from(tmp_path: Path) -> None:
    sets = read([topics(tmp_path / "fra_Latn" / "dev.tsv", "x", "y")])
    other = topics(tmp_path / "eng_Latn" / "train.tsv", "x", "y", "z")
    taught, rest = teaching.learned(sets, str(other))
    assert (len(taught), rest) == (3, sets)
    assert [one.id for one in teaching.codebook(sets, taught, None)] == ["x", "y", "z"]
    assert teaching.have_one_topic(sets)
    with pytest.raises(BadInput, match=r"of dev\.tsv are among those to measure"):
        teaching.learned(sets, str(tmp_path / "fra_Latn" / "dev.tsv"))
    with pytest.raises(BadInput, match="There is no file"):
        teaching.learned(sets, str(tmp_path / "none"))


def test_the_codebook(tmp_path: Path) -> None:
    sets = read([consultation(tmp_path / "one")])
    assert [one.id for one in teaching.codebook(sets, [], None)] == ["A", "B"]
    assert teaching.question(sets) == "What is missing?" and not teaching.have_one_topic(sets)
    own = write(tmp_path / "own.json", json.dumps(THEMES[:1]))
    assert [one.id for one in teaching.codebook(sets, [], own)] == ["A"]
    write(consultation(tmp_path / "two") / "themes.json", json.dumps(THEMES[:1]))
    both = read([tmp_path / "one", tmp_path / "two"])
    with pytest.raises(BadInput, match="different codebooks"):
        teaching.codebook(both, [], None)
    loose = read([write(tmp_path / "x.jsonl", {"text": "one", "labels": ["A"]})])
    with pytest.raises(BadInput, match="no codebook"):
        teaching.codebook(loose, [], None)
    assert teaching.question([*sets, *loose]) == ""
