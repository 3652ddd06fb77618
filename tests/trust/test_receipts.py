"""A receipt is read aloud and typed by hand: what is forgiven, and that no slip leads to another one's."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthvoice.errors import BadInput
from youthvoice.trust import codes, receipts

CODES = st.text(codes.ALPHABET, min_size=receipts.LENGTH, max_size=receipts.LENGTH).filter(
    lambda code: receipts.check_symbol(code) in codes.ALPHABET
)
LENGTH_WORDS = "has 21 letters and numbers"
CHECK_WORDS = "does not fit the others"


def with_check(code: str) -> str:
    return code + receipts.check_symbol(code)


def refused(typed: str) -> str:
    with pytest.raises(BadInput) as told:
        receipts.read(typed)
    return str(told.value)


def test_a_new_one_is_easy_to_say_and_to_type() -> None:
    made = [receipts.make() for _ in range(400)]
    assert len(set(made)) == len(made)
    for code in made:
        assert len(code) == 21 and set(code) <= set(codes.ALPHABET)
        assert re.fullmatch(r"(\w{4}-){5}\w", receipts.grouped(code))
        assert receipts.read(receipts.grouped(code)) == code


@given(code=CODES)
def test_the_check_symbol_is_crockfords(code: str) -> None:
    """The number that the letters write in base 32, modulo 37."""
    number = int(
        code.translate(str.maketrans(codes.ALPHABET, "0123456789abcdefghijklmnopqrstuv")), 32
    )
    assert receipts.SYMBOLS.index(receipts.check_symbol(code)) == number % 37


@given(code=CODES, zero=st.sampled_from("0Oo"), one=st.sampled_from("1IiLl"), lower=st.booleans())
def test_what_is_forgiven(code: str, zero: str, one: str, lower: bool) -> None:
    whole = with_check(code)
    typed = receipts.grouped(whole.lower() if lower else whole)
    typed = typed.replace("0", zero).replace("1", one)
    for spelled in (typed, typed.replace("-", " "), typed.replace("-", ""), f"  {typed}\n"):
        assert receipts.read(spelled) == whole


@given(code=CODES)
def test_every_wrong_character_is_told(code: str) -> None:
    whole = with_check(code)
    for at, right in enumerate(whole):
        for wrong in codes.ALPHABET:
            if wrong != right:
                assert CHECK_WORDS in refused(whole[:at] + wrong + whole[at + 1 :])


@given(code=CODES)
def test_every_two_swapped_neighbours_are_told(code: str) -> None:
    whole = with_check(code)
    for at in range(receipts.LENGTH):
        left, right = whole[at], whole[at + 1]
        if left != right:
            assert CHECK_WORDS in refused(whole[:at] + right + left + whole[at + 2 :])


@pytest.mark.parametrize(
    "typed", ["", "7KQ2", "-----", "é" * 21, "7" * 20, "7" * 22, "U" * 21, "*" * 21]
)
def test_what_cannot_be_one_is_told_by_its_length(typed: str) -> None:
    assert LENGTH_WORDS in refused(typed)


def test_a_refusal_repeats_nothing_of_what_was_typed() -> None:
    code = receipts.make()
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")
    assert code[:4] not in refused(wrong) and code[:4] not in refused(code[:-1])
