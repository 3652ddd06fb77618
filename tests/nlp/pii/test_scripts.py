"""Letters that no detector reads: which texts are held for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthvoice.nlp.pii.scripts import unread

UNREAD = (
    "Меня зовут Мария",
    "اسمي فاطمة",
    "我叫小玲",
    "मेरा नाम माया",
    "ਮੇਰਾ ਨਾਮ ਗੁਰਪ੍ਰੀਤ",
    "என் பெயர்",
    "שמי מיה",
    "ᐃᓄᒃᑎᑐᑦ",
    "김민지",
    "Ελένη",
    "my teacher Мария said no",
)
READ = (
    "", "plain words", "Noémie a été là, à l’école", "Łukasz Żółć", "Nguyễn Thị Mai", "ñ ø ß œ Œ Æ",
    "1ᵉʳ et 2º", "😀😀😀 ❤️", "25 €, 12 %, ½, ²", "the α and β", "x̂ ŷ", "…—«»",
)  # fmt: skip


@pytest.mark.parametrize("text", UNREAD)
def test_other_letters_are_seen(text: str) -> None:
    assert unread(text)


@pytest.mark.parametrize("text", READ)
def test_latin_letters_pictures_and_a_symbol_or_two_are_not(text: str) -> None:
    assert not unread(text)


@given(st.text(max_size=60))
def test_any_text_has_an_answer(text: str) -> None:
    assert unread(text) in (True, False)


@given(st.text(alphabet=st.characters(max_codepoint=0x24F), max_size=60))
def test_the_letters_of_both_languages_never_count(text: str) -> None:
    assert not unread(text)
