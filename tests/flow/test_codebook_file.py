"""Codebooks as files: what is written can be read again, and what cannot be taken is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.themed import OWN
from youthvoice.errors import BadInput
from youthvoice.flow import codebook_file
from youthvoice.model import CodebookTheme

GOOD = """
[[theme]]
id = "no-bus"
parent = "communities"
name.en = "No bus"
name = { en = "No bus", fr = "Pas d’autobus" }
"""


@pytest.mark.parametrize("name", ["themes.toml", "themes.json"])
def test_what_is_written_is_read_again(tmp_path: Path, name: str) -> None:
    odd = CodebookTheme(
        "odd",
        2,
        "health",
        {"en": 'A "quoted" \\ name', "fr": "Un «\u00a0nom\u00a0» 🎒"},
        {"en": "= [x] # no comment", "fr": "d’accord"},
        {"en": (), "fr": ("l’un", "l'autre")},
    )
    path = tmp_path / name
    path.write_text(codebook_file.written(path, (*OWN, odd), ["A head"]), encoding="utf-8")
    read = codebook_file.read(path)
    assert [codebook_file.as_table(one) for one in read] == [
        codebook_file.as_table(one) for one in (*OWN, odd)
    ]


def test_a_theme_without_parent_is_of_level_one(tmp_path: Path) -> None:
    path = tmp_path / "t.toml"
    path.write_text('[[theme]]\nid = "health"\ndescription.en = "x"\n', encoding="utf-8")
    (theme,) = codebook_file.read(path)
    assert (theme.level, theme.parent, dict(theme.description)) == (1, None, {"en": "x"})


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("not toml at all", "not TOML"),
        ("", "no list of themes"),
        ("theme = []", "no list of themes"),
        ("[[theme]]\nparent = 'x'", "no “id”"),
        ("[[theme]]\nid = 3", "no “id”"),
        ("[[theme]]\nid = 'a'\ncolour = 'red'", "colour"),
        ("[[theme]]\nid = 'a'\nname = 'only one language'", "“name” of theme “a”"),
        ("[[theme]]\nid = 'a'\nname.de = 'x'", "“name” of theme “a”"),
        ("[[theme]]\nid = 'a'\nname.en = 4", "“name” of theme “a”"),
        ("[[theme]]\nid = 'a'\nexamples.en = 'no list'", "“examples” of theme “a”"),
        ("[[theme]]\nid = 'a'\nexamples.en = [1]", "“examples” of theme “a”"),
        ("[[theme]]\nid = 'a'\nparent = 5", "“parent” of theme “a”"),
        (GOOD, "not TOML"),
    ],
)
def test_what_cannot_be_taken_is_named(tmp_path: Path, words: str, said: str) -> None:
    path = tmp_path / "t.toml"
    path.write_text(words, encoding="utf-8")
    with pytest.raises(BadInput, match=said) as problem:
        codebook_file.read(path)
    assert problem.value.next_step is not None


def test_files_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        codebook_file.read(tmp_path / "missing.toml")
    with pytest.raises(BadInput, match="cannot be read"):
        codebook_file.read(tmp_path)
    binary = tmp_path / "b.toml"
    binary.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match="not a text file"):
        codebook_file.read(binary)
    deep = tmp_path / "deep.json"
    deep.write_text("[" * 100_000, encoding="utf-8")
    with pytest.raises(BadInput, match="not JSON"):
        codebook_file.read(deep)
    other = tmp_path / "other.json"
    other.write_text(json.dumps({"themes": [3]}), encoding="utf-8")
    with pytest.raises(BadInput, match="no “id”"):
        codebook_file.read(other)
