from __future__ import annotations

import json
from pathlib import Path

import pytest

from youthvoice.channels import file
from youthvoice.channels.file import BadRow, Row
from youthvoice.errors import BadInput

MAP = {"text": "comment", "id": "id"}


def write(path: Path, content: str | bytes, name: str = "x.csv") -> Path:
    target = path / name
    target.write_bytes(content if isinstance(content, bytes) else content.encode())
    return target


def rows(path: Path, mapping: dict[str, str] = MAP, longest: int = 100) -> list[Row | BadRow]:
    facts = file.inspect(path)
    file.check_mapping(facts, mapping)
    return list(file.read(facts, mapping, longest))


def test_bom_crlf_quotes_and_newlines_inside(tmp_path: Path) -> None:
    content = '﻿id,comment\r\n1,"He said ""hi"", then\r\nleft"\r\n2,plain\r\n3,\r\n4,"last one"'
    found = rows(write(tmp_path, content))
    assert [(type(r).__name__, r.line) for r in found] == [
        ("Row", 2),
        ("Row", 4),
        ("BadRow", 5),
        ("Row", 6),
    ]
    assert isinstance(found[0], Row) and found[0].text == 'He said "hi", then\r\nleft'
    assert isinstance(found[2], BadRow) and found[2].reason == file.REASON_EMPTY


def test_bad_rows_do_not_stop_the_others(tmp_path: Path) -> None:
    found = rows(
        write(tmp_path, "id,comment\n1,a\n2\n,c\n4," + "x" * 101 + "\n5,e,f\n6,g\n"), longest=100
    )
    assert [r.reason if isinstance(r, BadRow) else "ok" for r in found] == [
        "ok",
        file.REASON_COLUMNS,
        file.REASON_ID,
        file.REASON_LONG,
        file.REASON_COLUMNS,
        "ok",
    ]


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_delimiters(tmp_path: Path, delimiter: str) -> None:
    (found,) = rows(write(tmp_path, f"id{delimiter}comment\n1{delimiter}a, b\n"))
    assert isinstance(found, Row) and found.text == "a, b"


def test_json_lines(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": 7, "comment": "été\nici"}),
        "{broken",
        "",
        json.dumps(["list"]),
        json.dumps({"id": 8, "comment": 5}),
        json.dumps({"id": 9, "comment": None}),
        json.dumps({"id": 10}),
    ]
    found = rows(write(tmp_path, "\n".join(lines), "x.jsonl"))
    assert [(r.line, r.reason if isinstance(r, BadRow) else r.text) for r in found] == [
        (1, "été\nici"),
        (2, file.REASON_JSON),
        (4, file.REASON_JSON),
        (5, file.REASON_TYPE),
        (6, file.REASON_EMPTY),
        (7, file.REASON_EMPTY),
    ]


def test_utf16_by_its_mark_and_others_by_name(tmp_path: Path) -> None:
    path = write(tmp_path, "id,comment\n1,été\n".encode("utf-16"))
    (found,) = rows(path)
    assert isinstance(found, Row) and found.text == "été"
    latin = write(tmp_path, "id,comment\n1,été\n".encode("latin-1"), "l.csv")
    facts = file.inspect(latin, "latin-1")
    (found,) = list(file.read(facts, MAP, 100))
    assert isinstance(found, Row) and found.text == "été"


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "x.csv", "empty"),
        (b"\xef\xbb\xbf\r\n", "x.csv", "empty"),
        (b"id,comment\r\n", "x.csv", "no rows"),
        ("id,comment\n1,été\n".encode("latin-1"), "x.csv", "encoding"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 50, "x.csv", "not a text file"),
        (bytes(range(256)) * 50, "x.csv", "not a text file"),
        (b'id,comment\n1,"' + b"x" * 10_000_000 + b'"\n', "x.csv", "line 2"),
        (b'id,comment\n1,ok\n2,"never closed\n' + b"3,x\n" * 400_000, "x.csv", "never closed"),
        (b"not json\n", "x.jsonl", "not JSON Lines"),
        (b'[\n{"comment": "a"},\n{"comment": "b"}\n]', "x.json", "JSON array"),
        (b"id,comment,comment\n1,a,b\n", "x.csv", "two columns"),
        (b'{"id": 1, "comment": "' + b"x" * 10_000_000 + b'"}\n', "x.jsonl", "line 1"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{len(value)} bytes",
)
def test_what_cannot_be_a_file_of_comments(
    tmp_path: Path, content: bytes, name: str, words: str
) -> None:
    with pytest.raises(BadInput, match=words):
        rows(write(tmp_path, content, name))


def test_wrong_columns_name_the_right_ones(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no column “comment”") as found:
        rows(write(tmp_path, "id,text\n1,a\n"))
    assert "id, text" in str(found.value.next_step)


def test_a_first_row_of_words_is_not_printed(tmp_path: Path) -> None:
    words = ("canary@example.org", "Call 416-555-0199", "my mentor is canary", "canary4165550199")
    path = write(tmp_path, ",".join(words) + "\n2,b,c,d\n")
    with pytest.raises(BadInput) as found:
        rows(path)
    said = f"{found.value} {found.value.next_step}"
    assert "canary" not in said and "0199" not in said


def test_a_folder_and_a_missing_file(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nope.csv"):
        with pytest.raises(BadInput):
            file.inspect(path)


def test_the_shared_consultations_as_they_are(shared_data: Path) -> None:
    for path in sorted((shared_data / "consultations").glob("*.csv")):
        facts = file.inspect(path)
        found = list(file.read(facts, {"text": "comment-body", "id": "comment-id"}, 10_000))
        assert len(found) == facts.rows > 30
        assert sum(isinstance(r, Row) for r in found) / len(found) > 0.9


def test_small_things_in_a_heading_and_in_ids(tmp_path: Path) -> None:
    quoted = write(tmp_path, 'id,comment,"Which? (housing; school; jobs; more)"\n0,a,b\n')
    (found,) = rows(quoted)
    assert isinstance(found, Row) and found.id == "0"
    (found,) = rows(write(tmp_path, '{"id": 0, "comment": "a"}\n', "x.jsonl"))
    assert isinstance(found, Row) and found.id == "0"
    marked = write(tmp_path, "\ufeffcomment,id\na,1\n", "m.csv")
    facts = file.inspect(marked, "utf-8")
    assert facts.columns == ("comment", "id")
