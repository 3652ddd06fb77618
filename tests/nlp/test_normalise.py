import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthvoice.nlp.normalise import normalise, text_key_form


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("ma​ya", "maya"),
        ("ma­ya ‮abc", "maya abc"),
        ("ｆｕｌｌ ｗｉｄｔｈ", "full width"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("tab\there\x00\x07", "tab here"),
        ("👩‍🏫 prof", "👩‍🏫 prof"),
        ("a‍b", "ab"),
        ("  a   b  \n\n\n\n c ", "a b\n\nc"),
        ("é", "é"),
    ],
)
def test_one_form(given_text: str, expected: str) -> None:
    assert normalise(given_text) == expected


@given(st.text(max_size=300))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


def test_the_same_words_are_one_text() -> None:
    assert text_key_form("Free BUS passes!!") == text_key_form("free bus passes")
