"""Texts as pieces: nothing is lost where a long text is read in windows, and nothing takes long."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from youthvoice.nlp.sentences.pieces import OVERLAP, PREFIX, WINDOW, Pieces
from youthvoice.nlp.sentences.weights import Weights

WEIGHTS = Weights()
MARKS = WEIGHTS.marks
PIECES = Pieces(WEIGHTS)
FRAME = len(PIECES._ids(PREFIX)) + 2
"""What every window holds beside its text: the first mark, the prefix and the last mark."""


def inner(window: Sequence[int]) -> tuple[int, ...]:
    """The text's own pieces in a window, its marks checked."""
    prefix = tuple(PIECES._ids(PREFIX))
    assert window[0] == MARKS.first and window[-1] == MARKS.last
    assert tuple(window[1 : 1 + len(prefix)]) == prefix
    return tuple(window[1 + len(prefix) : -1])


def joined(text: str) -> list[int]:
    """The pieces of all windows of a text, what two of them share counted once."""
    found: list[int] = []
    for place, window in enumerate(PIECES.windows(text)):
        own = inner(window)
        if place:
            assert len(own) > OVERLAP, "a window that says nothing new"
            assert found[-OVERLAP:] == list(own[:OVERLAP])
        found += own[OVERLAP if place else 0 :]
    return found


@pytest.mark.parametrize(
    "count", [0, 1, WINDOW - 1, WINDOW, WINDOW + 1, 2 * WINDOW - OVERLAP, 2 * WINDOW, 1_000]
)
def test_windows_overlap_and_lose_nothing(count: int) -> None:
    text = " ".join(["bus"] * count)
    assert len(PIECES._ids(text)) == count or not count
    assert joined(text) == PIECES._ids(text)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=900))
def test_any_text_is_read_whole(text: str) -> None:
    assert joined(text) == PIECES._ids(text)
    assert all(len(window) <= WINDOW + FRAME for window in PIECES.windows(text))


def test_what_a_long_text_ends_with_is_in_its_last_window() -> None:
    text = "nothing much happened today. " * 60 + "please help me"
    ends = tuple(PIECES._ids("please help me"))
    *_, last = PIECES.windows(text)
    assert inner(last)[-len(ends) :] == ends


def test_an_empty_text_is_one_window() -> None:
    for text in ("", "\u200b"):
        assert len(list(PIECES.windows(text))) == 1
    assert len(next(iter(PIECES.windows("")))) <= FRAME + 1


def test_pairs_have_the_second_text_in_every_window() -> None:
    long, second = "the bus is late again " * 60, "Should the bus be free?"
    after = (MARKS.last, *PIECES._ids(second), MARKS.last)
    windows, found = list(PIECES.windows(long)), list(PIECES.pairs(long, second))
    assert len(found) == len(windows) > 1
    for window, pair in zip(windows, found, strict=True):
        assert pair[: len(window)] == window and pair[len(window) :] == after


def test_a_long_second_text_is_cut_and_no_pair_is_too_long() -> None:
    for pair in PIECES.pairs("word " * 500, "other " * 500):
        assert len(pair) == FRAME + 2 * WINDOW + 2 or pair[-1] == MARKS.last
        assert len(pair) <= FRAME + 2 * WINDOW + 2 <= WEIGHTS.sizes.longest


def test_pairs_with_nothing_in_them() -> None:
    for text, second in (("", ""), ("bus", ""), ("", "bus")):
        (pair,) = PIECES.pairs(text, second)
        assert pair[0] == MARKS.first and pair[-1] == MARKS.last


@pytest.mark.parametrize("text", ["𓀀𓀁", "𓀀", "\U0010ffff", "\ufffe"])
def test_unknown_signs_are_marked_and_not_dropped(text: str) -> None:
    assert MARKS.unknown in PIECES._ids(text)
    assert PIECES._ids(f"bus {text} bus")[0] == PIECES._ids("bus")[0]


@pytest.mark.parametrize(
    "text", ["\x000", "\x001", " 0", " 2", "<s>", "bus </s> bus", "<pad>", "<unk>"]
)
def test_no_text_can_say_a_mark(text: str) -> None:
    assert not {MARKS.first, MARKS.last, MARKS.empty} & set(PIECES._ids(text))


def test_one_spelling_of_what_looks_the_same() -> None:
    assert PIECES._ids("ｆｕｌｌ") == PIECES._ids("full")
    assert PIECES._ids("a  b   c") == PIECES._ids("a b c")
    assert PIECES._ids("a\u00a0b\tc\nd") == PIECES._ids("a b c d")


@pytest.mark.timeout(60)  # without the breaks in a run: many minutes
@pytest.mark.parametrize("sign", ["a", "é", "😀", "!", "ab", "0", "𓀀", "—"])
def test_ten_thousand_characters_without_a_space(sign: str) -> None:
    text = (sign * 10_000)[:10_000]
    found = joined(text)
    assert len(found) > len(text) / 400
    assert joined(f"{text} bus")[-1:] == PIECES._ids("bus")[-1:]
