"""Labelled sets: what is read, what begins with @, and a sentence for every file that cannot be used."""

import json
from pathlib import Path

import pytest

from tests.conftest import SHARED
from youthvoice.errors import BadInput
from youthvoice.nlp.evaluation.datasets import read, read_file
from youthvoice.nlp.evaluation.labelled import Message

CANARY = "CANARYWORDS"


def spans(message: Message) -> list[tuple[str, str]]:
    return [(message.text[one.start : one.end], one.kind) for one in message.spans]


def conll(tmp_path: Path, *lines: str) -> list[Message]:
    path = tmp_path / "set.conll"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_file(path)


def jsonl(tmp_path: Path, *items: object) -> list[Message]:
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join(json.dumps(one) for one in items), encoding="utf-8")
    return read_file(path)


def test_tokens_become_messages(tmp_path: Path) -> None:
    found = conll(
        tmp_path,
        "-DOCSTART- O", "", "\t", "Maya\tB-PER", "Okafor\tI-PER", "lives\tO", "in\tO", "Guelph\tB-LOC",
        "", "", "the\tO", "May\tB-MISC", "bus\tO",
    )  # fmt: skip
    assert [one.text for one in found] == ["Maya Okafor lives in Guelph", "the May bus"]
    assert [spans(one) for one in found] == [[("Maya Okafor", "name"), ("Guelph", "place")], []]


def test_spaces_part_columns_and_the_last_one_is_the_label(tmp_path: Path) -> None:
    (found,) = conll(tmp_path, "Maya NNP x B-PER", "and CC x O", "Sam NNP x I-PER")
    assert found.text == "Maya and Sam"
    assert spans(found) == [("Maya", "name"), ("Sam", "name")]


def test_names_side_by_side(tmp_path: Path) -> None:
    apart = conll(tmp_path, "Maya\tB-PER", "Sam\tB-PER", "Guelph\tI-LOC")[0]
    assert spans(apart) == [("Maya", "name"), ("Sam", "name"), ("Guelph", "place")]
    joined = conll(tmp_path, "Maya\tPER", "Okafor\tPER", "ran\tO")[0]
    assert spans(joined) == [("Maya Okafor", "name")]


@pytest.mark.parametrize(
    ("lines", "text", "expected"),
    [
        (("@\tB-PER", "Theory_Versa\tB-PER", "be\tO"), "@Theory_Versa be", ("@Theory_Versa",)),
        (("@\tO", "Versa\tB-PER", "be\tO"), "@Versa be", ("@Versa",)),
        (("@\tB-PER", "Versa\tO", "be\tO"), "@Versa be", ("@Versa",)),
        (("@\tB-PER", "Versa\tI-PER"), "@Versa", ("@Versa",)),
        (("@Versa\tB-location", "hi\tO"), "@Versa hi", ("@Versa",)),
        (("@a_b\tB-product", "hi\tO"), "@a_b hi", ("@a_b",)),
        (("at\tO", "@\tO", "noon\tO"), "at @noon", ()),
    ],
)
def test_a_name_that_begins_with_an_at_is_a_handle(tmp_path, lines, text, expected) -> None:
    (found,) = conll(tmp_path, *lines)
    assert found.text == text
    assert spans(found) == [(one, "handle") for one in expected]


def test_a_lone_hash_belongs_to_its_word(tmp_path: Path) -> None:
    (found,) = conll(tmp_path, "#\tO", "MayaWins\tB-PER", "#\tO")
    assert found.text == "#MayaWins #" and spans(found) == [("MayaWins", "name")]


def test_json_lines(tmp_path: Path) -> None:
    one, two, three = jsonl(
        tmp_path,
        {"text": "je suis Maya 🙂 à Hull", "spans": [[17, 21, "GPE"], [8, 12, "PERSON"]]},
        {"text": "hello @maya", "spans": [[6, 11, "person"]], "language": "fr-CA"},
        {"text": "May was warm", "spans": [[0, 3, "DATE_TIME"]], "language": "mixed"},
    )
    assert spans(one) == [("Maya", "name"), ("Hull", "place")] and one.language == "fr"
    assert spans(two) == [("@maya", "handle")] and two.language == "fr"
    assert spans(three) == [] and three.language == "other"


def test_the_form_is_told_by_content(tmp_path: Path) -> None:
    path = tmp_path / "a.conll"
    path.write_text('\ufeff{"text": "I am Maya", "spans": [[5, 9, "name"]]}\n', encoding="utf-8")
    assert spans(read_file(path)[0]) == [("Maya", "name")]
    path = tmp_path / "b.jsonl"
    path.write_text("{ O\r\nMaya B-PER\r\n} O\r\n")
    assert read_file(path)[0].text == "{ Maya }"


def test_no_word_parts_a_line_but_its_end(tmp_path: Path) -> None:
    assert conll(tmp_path, "one\u2028two\x85\tO")[0].text == "one\u2028two"


def test_a_folder_is_every_set_in_it(tmp_path: Path) -> None:
    for name in ("b.conll", "a.jsonl", "notes.txt"):
        (tmp_path / name).write_text("Maya\tB-PER\n")
    found = read([tmp_path, tmp_path / "b.conll"])
    assert [one.name for one in found] == ["a.jsonl", "b.conll"]
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "b.conll").write_text("Maya\tB-PER\n")
    twice = read([tmp_path / "b.conll", tmp_path / "x"])
    assert [one.name for one in twice] == [
        str(tmp_path / "b.conll"),
        str(tmp_path / "x" / "b.conll"),
    ]


GOOD = b'{"text": "fine", "spans": []}\n'
SPAN = b'{"text": "CANARYWORDS x", "spans": %s}'
BAD = {
    "empty": (b" \n\n", "is empty"),
    "binary": (b"\x89PNG\r\n\x1a\n\x00\x01", "not a text file"),
    "zeros": (b"Maya\tO\n\x00\x00\tO\n", "not a text file"),
    "documents only": (b"-DOCSTART- O\n\n", "holds no message"),
    "prose": (b"CANARYWORDS is my name\n", "Line 1 of set has no label"),
    "one column": (b"Maya\tB-PER\n\nCANARYWORDS\n", "Line 3 of set has no label"),
    "no label": (b"Maya\tB-PER\nCANARYWORDS\tX-Y\n", "Line 2 of set has no label"),
    "cut": (GOOD + b'{"text": "CANARYWORDS', "Line 2 of set cannot be used: it is not valid JSON"),
    "deep": (GOOD + b"{" + b"[" * 100_000, "Line 2 of set cannot be used: it is not valid JSON"),
    "list": (GOOD + b'["CANARYWORDS"]', "Line 2 of set cannot be used: it is not a JSON object"),
    "no text": (b'{"spans": []}', "“text” is missing"),
    "text is a number": (b'{"text": 3, "spans": []}', "“text” is missing or is not a text"),
    "half a sign": (b'{"text": "\\ud83d", "spans": []}', "“text” is missing or is not a text"),
    "no spans": (b'{"text": "CANARYWORDS"}', "“spans” is missing"),
    "language": (b'{"text": "x", "spans": [], "language": 2}', "“language” is not a text"),
    "pair": (SPAN % b"[[0, 2]]", "a span is not [start, end, kind]"),
    "fraction": (SPAN % b'[[0.5, 2, "PER"]]', "is not a whole number"),
    "truth": (SPAN % b'[[false, true, "PER"]]', "is not a whole number"),
    "no kind": (SPAN % b"[[0, 2, null]]", "the kind of a span is not a text"),
    "outside": (SPAN % b'[[9, 14, "PER"]]', "from 9 to 14 lies outside the text, which has 13"),
    "negative": (SPAN % b'[[-1, 4, "PER"]]', "from -1 to 4 lies outside"),
    "reversed": (SPAN % b'[[4, 4, "PER"]]', "from 4 to 4 lies outside"),
    "space": (SPAN % b'[[11, 12, "PER"]]', "from 11 to 12 marks only spaces"),
    "overlap": (SPAN % b'[[4, 9, "PER"], [0, 5, "LOC"]]', "from 0 to 5 and from 4 to 9 overlap"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files(tmp_path: Path, name: str) -> None:
    content, words = BAD[name]
    path = tmp_path / "set"
    path.write_bytes(content)
    with pytest.raises(BadInput) as problem:
        read([path])
    assert words in str(problem.value.what)
    assert "Nothing was changed" in str(problem.value.next_step)
    assert CANARY not in f"{problem.value.what}{problem.value.next_step}"
    assert path.read_bytes() == content


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no file"):
        read([tmp_path / "none"])
    with pytest.raises(BadInput, match=r"no \.conll or"):
        read([tmp_path])


def test_the_shared_sets_are_read_as_they_are() -> None:
    folder = SHARED / "data" / "names-dev"
    if not folder.exists():
        pytest.skip("the shared development sets are not here")
    found = {one.name: one.messages for one in read([folder])}
    assert len(found) == 7 and sum(map(len, found.values())) > 11_000
    kinds = {span.kind for messages in found.values() for one in messages for span in one.spans}
    assert kinds == {"name", "place", "organisation", "handle"}
    for messages in found.values():
        for one in messages:
            for span in one.spans:
                assert span.kind == "handle" or not one.text[: span.start + 1].endswith("@")


def test_a_message_shows_no_words() -> None:
    assert CANARY not in repr(Message(CANARY, "en"))
