"""Labelled sets of every form, and a sentence that shows no text for every file that cannot be used."""

import csv
import json
from pathlib import Path

import pytest

from tests.conftest import SHARED
from youthvoice.errors import BadInput
from youthvoice.nlp.evaluation.labels.consultation import codebook
from youthvoice.nlp.evaluation.labels.datasets import read, read_one
from youthvoice.nlp.evaluation.labels.examples import Example
from youthvoice.nlp.evaluation.labels.vocabulary import (
    FEELING_WORDS,
    LANGUAGE_WORDS,
    in_codebook,
    in_our_words,
    spoken,
)

CANARY = "CANARYWORDS"
THEMES = [
    {"topic_id": "A", "topic_label": "Buses", "topic_description": "More of them."},
    {"topic_id": "B", "topic_label": "Trains"},
]


def write(path: Path, *items: object) -> Path:
    lines = (item if isinstance(item, str) else json.dumps(item) for item in items)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def consultation(folder: Path) -> Path:
    write(
        folder / "responses.jsonl",
        {"response_id": 1, "response": "more buses"},
        {"response_id": 2, "response": "trains and buses"},
        {"response_id": 3, "response": "nobody coded this"},
    )
    write(
        folder / "mapping.jsonl",
        {"response_id": 2, "labels": ["B", "A"], "stances": ["POSITIVE"]},
        {"response_id": 1, "labels": []},
    )
    write(folder / "themes.json", json.dumps(THEMES))
    write(folder / "question.json", {"question_number": 1, "question_text": "What is missing?"})
    return folder


def test_json_lines(tmp_path: Path) -> None:
    path = write(
        tmp_path / "set.jsonl",
        "\ufeff" + json.dumps({"text": "one", "label": "en"}),
        "",
        {"text": "two", "label": 2, "language": "fr-CA"},
        {"text": "three", "labels": ["A", "B", "A"]},
        {"text": "four", "level": 4, "signals": ["threat"], "traits": []},
        {"text": "five", "label": True},
        {"text": "six", "label": 1.0},
    )
    found = read_one(path).examples
    assert [one.labels for one in found] == [("en",), ("2",), ("A", "B"), ("4",), ("true",), ("1",)]
    assert [one.line for one in found] == [1, 3, 4, 5, 6, 7]
    assert [one.single for one in found] == [True, True, False, True, True, True]
    assert found[3].signals == ("threat",) and found[1].language == "fr-CA"


def test_two_files_side_by_side(tmp_path: Path) -> None:
    write(tmp_path / "french" / "val_text.txt", "un “mot”\u2028ici", "deux", "")
    write(tmp_path / "french" / "val_labels.txt", "0", "positive")
    (one,) = read([tmp_path / "french", tmp_path / "french" / "val_labels.txt"])
    assert one.name == "val_text.txt" and one.paths == ("val_text.txt", "val_labels.txt")
    assert [(x.text, x.labels, x.language) for x in one.examples] == [
        ("un “mot”\u2028ici", ("0",), "fr"),
        ("deux", ("positive",), "fr"),
    ]


def test_tables(tmp_path: Path) -> None:
    tabs = write(
        tmp_path / "eng_Latn" / "dev.tsv",
        "index_id\tcategory\ttext",
        '7\tscience/technology\t"said ""so"", twice"',
        "8\ttravel\ta",
    )
    found = read_one(tabs).examples
    assert [(x.text, x.labels, x.line) for x in found] == [
        ('said "so", twice', ("science/technology",), 2),
        ("a", ("travel",), 3),
    ]
    assert all(one.single and one.language == "en" for one in found)
    commas = write(
        tmp_path / "fr_dataset.csv",
        "HITId,tweet,sentiment,group\r",
        '1,"une ligne\net une autre",offensive_hateful,x\r',
        "2,bon,normal,y\r",
    )
    found = read_one(commas).examples
    assert [(x.labels, x.line, x.language) for x in found] == [
        (("offensive", "hateful"), 2, "fr"),
        (("normal",), 4, "fr"),
    ]


def test_a_consultation(tmp_path: Path) -> None:
    folder = consultation(tmp_path / "transit")
    for given in (folder, folder / "responses.jsonl", folder / "mapping.jsonl", tmp_path):
        (one,) = read([given])
        assert [(x.text, x.labels) for x in one.examples] == [
            ("trains and buses", ("B", "A")),
            ("more buses", ()),
        ]
        assert (one.name, one.question) == ("transit", "What is missing?")
        assert [(x.id, x.name["fr"], x.description["en"]) for x in one.codebook] == [
            ("A", "Buses", "More of them."),
            ("B", "Trains", ""),
        ]
        assert one.paths == ("responses.jsonl", "mapping.jsonl", "themes.json")


def test_a_folder_is_every_set_in_it_and_else_those_in_its_folders(tmp_path: Path) -> None:
    for language in ("english", "french"):
        write(tmp_path / language / "val_text.txt", "one")
        write(tmp_path / language / "val_labels.txt", "1")
    write(tmp_path / "english" / "more.jsonl", {"text": "two", "label": 1})
    found = read([tmp_path])
    assert [one.name for one in found] == [
        "more.jsonl",
        "english/val_text.txt",
        "french/val_text.txt",
    ]
    assert [one.examples[0].language for one in found] == [None, "en", "fr"]


def test_sets_of_the_same_name_are_told_apart(tmp_path: Path) -> None:
    paths = [
        write(tmp_path / one / "fr" / "x.jsonl", {"text": "a", "label": 1}) for one in ("a", "b")
    ]
    assert [one.name for one in read(paths)] == [str(path) for path in paths]


def test_the_language_of_a_message() -> None:
    def said(language: str | None) -> str:
        text = "l’autobus est toujours en retard dans mon quartier"
        return spoken(Example(text, (), "x", 1, language))

    assert [said(one) for one in ("fr", "FR-ca", "english", "mixed", "es", "Klingon")] == [
        "fr", "fr", "en", "mixed", "other", "other",
    ]  # fmt: skip
    assert said(None) == "fr"


def test_labels_in_our_words(tmp_path: Path) -> None:
    def ours(known: dict[str, str], *labels: object) -> list[str]:
        path = write(tmp_path / "x", *({"text": "one", "label": label} for label in labels))
        (one,) = in_our_words(read([path]), known, ("a", "b"))
        return [each.labels[0] for each in one.examples]

    assert ours(LANGUAGE_WORDS, "EN", "eng_Latn", "français", "code-switched", "es", "und") == [
        "en", "en", "fr", "mixed", "other", "undecided",
    ]  # fmt: skip
    assert ours(FEELING_WORDS, 0, "1", "Positive", "négatif", "neu") == [
        "negative", "neutral", "positive", "negative", "neutral",
    ]  # fmt: skip
    for wrong in (CANARY, 3, -1):
        with pytest.raises(BadInput, match=r"Line 2 of x.*not one of these: a, b") as caught:
            ours(FEELING_WORDS, 1, wrong)
        assert CANARY not in str(caught.value)
    path = write(tmp_path / "y", {"text": "one", "labels": ["1", "2"]})
    with pytest.raises(BadInput, match="Line 1 of y"):
        in_our_words(read([path]), FEELING_WORDS, ())


def test_a_theme_outside_the_codebook_is_named_by_its_line(tmp_path: Path) -> None:
    (one,) = read([consultation(tmp_path / "transit")])
    in_codebook(one.examples, ["A", "B"])
    with pytest.raises(BadInput, match=r"Line 1 of mapping\.jsonl"):
        in_codebook(one.examples, ["A"])


GOOD = '{"text": "fine", "label": "en"}\n'
BAD = {
    "empty": (" \n\n", "x is empty"),
    "binary": (b"\x89PNG\r\n\x1a\n\x00\x01", "not a text file"),
    "zeros": (f"{CANARY}\x00", "not a text file"),
    "prose": (f"{CANARY} is, my name\n", "Line 1 of x has no form"),
    "no heading": (f"\n{CANARY},text,label\n", "Line 1 of x has no form"),
    "cut": (GOOD + f'{{"text": "{CANARY}', "Line 2 of x cannot be used: it is not valid JSON"),
    "deep": (GOOD + "{" + "[" * 100_000, "Line 2 of x cannot be used: it is not valid JSON"),
    "list": (GOOD + f'["{CANARY}"]', "Line 2 of x cannot be used: it is not a JSON object"),
    "no text": (GOOD + '{"label": "en"}', "Line 2 of x cannot be used: the text is missing"),
    "blank text": (GOOD + '{"text": " ", "label": "en"}', "Line 2 of x.*text is missing"),
    "half a sign": (GOOD + '{"text": "\\ud800", "label": "en"}', "Line 2 of x.*text is missing"),
    "no label": (GOOD + f'{{"text": "{CANARY}"}}', "Line 2 of x cannot be used: the label is"),
    "odd label": (f'{{"text": "{CANARY}", "label": {{"a": 1}}}}', "Line 1 of x.*the label is"),
    "half": (f'{{"text": "{CANARY}", "label": 0.5}}', "Line 1 of x.*the label is"),
    "labels": (f'{{"text": "{CANARY}", "labels": "A"}}', "Line 1 of x.*labels are missing or"),
    "language": (f'{{"text": "{CANARY}", "label": "a", "language": 1}}', "“language” is not"),
    "columns": (f"label,text\nen,hello\n{CANARY}\n", "Line 3 of x.*1 columns.*has 2"),
    "no cell": (f"label,text\n,{CANARY}\n", "Line 2 of x.*the label is"),
    "no words": ("label\ttext\nen\t\n", "Line 2 of x.*text is missing"),
    "only a heading": ("label,text\n", "x holds no message"),
    "comments": (f"timestamp,agrees,comment-body\n1,2,{CANARY}\n", "x holds messages without labels"),
    "huge cell": (f'label,text\nen,"{CANARY * 20_000}"\n', "Line 2 of x.*columns cannot be told"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_used_is_named_without_its_words(tmp_path: Path, case: str) -> None:
    content, words = BAD[case]
    path = tmp_path / "x"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(BadInput, match=words) as caught:
        read([path])
    assert CANARY not in f"{caught.value}{caught.value.next_step}"


def test_what_an_import_before_it_allowed_changes_nothing(tmp_path: Path) -> None:
    before = csv.field_size_limit(1_000_000)
    try:
        test_what_cannot_be_used_is_named_without_its_words(tmp_path, "huge cell")
    finally:
        csv.field_size_limit(before)


def test_files_that_do_not_belong_together(tmp_path: Path) -> None:
    texts = write(tmp_path / "val_text.txt", "one", CANARY)
    with pytest.raises(BadInput, match=r"There is no file .*val_labels\.txt"):
        read([texts])
    write(tmp_path / "val_labels.txt", "1")
    with pytest.raises(BadInput, match=r"val_text\.txt has 2 lines but val_labels\.txt has 1"):
        read([texts])
    write(tmp_path / "val_labels.txt", "1", "", "2")
    write(texts, "one", "", CANARY)
    with pytest.raises(BadInput, match=r"Line 2 of val_labels\.txt.*label"):
        read([texts])
    write(tmp_path / "val_labels.txt", "1", "0", "2")
    with pytest.raises(BadInput, match=r"Line 2 of val_text\.txt.*text is missing"):
        read([texts])


@pytest.mark.parametrize(
    ("file", "line", "words"),
    [
        ("responses.jsonl", {"response_id": 1, "response": CANARY}, "Line 4 of resp.*already"),
        ("responses.jsonl", {"response": CANARY}, "Line 4 of responses"),
        ("responses.jsonl", {"response_id": 9}, "Line 4 of responses.*text is missing"),
        ("mapping.jsonl", {"response_id": 9, "labels": []}, "Line 3 of mapping.*no answer"),
        ("mapping.jsonl", {"response_id": 1, "labels": []}, "Line 3 of mapping.*earlier line"),
        ("mapping.jsonl", {"response_id": 3, "labels": CANARY}, "Line 3 of mapping.*not a list"),
    ],
)
def test_a_consultation_that_does_not_fit(
    tmp_path: Path, file: str, line: dict, words: str
) -> None:
    folder = consultation(tmp_path)
    with (folder / file).open("a", encoding="utf-8") as target:
        target.write("\n" + json.dumps(line))
    with pytest.raises(BadInput, match=words) as caught:
        read([folder])
    assert CANARY not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "no codebook"),
        ("[]", "no codebook"),
        ('{"a": 1}', "no codebook"),
        (json.dumps([*THEMES, THEMES[0]]), "no codebook"),
        (json.dumps([*THEMES, {"topic_id": "C"}]), "Theme 3 of t"),
        (json.dumps([7]), "Theme 1 of t"),
    ],
)
def test_no_codebook(tmp_path: Path, content: str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        codebook(write(tmp_path / "t", content))


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="There is no file"):
        read([tmp_path / "none"])
    with pytest.raises(BadInput, match=r"holds no \.jsonl, \.tsv or \.csv"):
        read([tmp_path])


def test_an_example_shows_no_words() -> None:
    assert CANARY not in repr(Example(CANARY, (CANARY,), "x", 1))


@pytest.mark.parametrize(
    ("folder", "messages", "labels"),
    [
        ("sentiment-dev", 4_326, {"0", "1", "2"}),
        ("abuse-dev", 9_661, {"offensive", "normal", "hateful", "abusive", "fearful", "disrespectful"}),
        ("topics-dev", 1_600, {"entertainment", "geography", "health", "politics",
                               "science/technology", "sports", "travel"}),
        ("themes-dev", 100, set("ABCDEFGHIJK")),
    ],
)  # fmt: skip
def test_the_shared_sets_are_read_as_they_are(folder: str, messages: int, labels: set[str]) -> None:
    if not (SHARED / "data" / folder).exists():
        pytest.skip("the shared development sets are not here")
    sets = read([SHARED / "data" / folder])
    found = [each for one in sets for each in one.examples]
    assert len(found) == messages
    assert {label for one in found for label in one.labels} == labels
    if folder != "themes-dev":
        assert {one.language for one in found} == {"en", "fr"}
    else:
        assert len(sets[0].codebook) == 13 and sets[0].question


def test_the_shared_consultations_have_no_labels() -> None:
    folder = SHARED / "data" / "consultations"
    if not folder.exists():
        pytest.skip("the shared development sets are not here")
    with pytest.raises(BadInput, match="messages without labels"):
        read([folder])
