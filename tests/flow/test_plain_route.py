"""Without JavaScript there is no proof of work: a small question instead, and a moment of time."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from tests.factories import open_topic
from youthvoice.errors import Refused
from youthvoice.flow.context import Context
from youthvoice.flow.submit import (
    PLAIN_QUESTIONS,
    PLAIN_SECONDS,
    NotSent,
    Preview,
    Written,
    again,
    prepare,
    send,
)

ANSWERS = dict(PLAIN_QUESTIONS)


def shown(context: Context) -> Preview:
    return prepare(context, Written("mentoring", 1, "the bus is always late"))


def right(preview: Preview) -> str:
    return sorted(ANSWERS[preview.question])[0]


@pytest.fixture
def clock(lite: Context):
    """The moment stands still."""
    open_topic(lite)
    with time_machine.travel(lite.now(), tick=False) as travel:
        yield travel


def test_a_right_answer_is_enough(lite: Context, clock: time_machine.Traveller) -> None:
    preview = shown(lite)
    clock.shift(timedelta(seconds=PLAIN_SECONDS))
    first = send(lite, preview.carried, answer=right(preview))
    second = send(lite, preview.carried, answer=right(preview))
    assert (first.again, second.again, first.receipt == second.receipt) == (False, True, True)


@pytest.mark.parametrize("answer", ["", "9", "I do not know", "77", "None"])
def test_a_wrong_answer_is_not(lite: Context, clock: time_machine.Traveller, answer: str) -> None:
    preview = shown(lite)
    clock.shift(timedelta(seconds=30))
    with pytest.raises(NotSent, match="small question") as told:
        send(lite, preview.carried, answer=answer)
    assert told.value.written == preview.written


def test_nobody_reads_so_fast(lite: Context, clock: time_machine.Traveller) -> None:
    preview = shown(lite)
    clock.shift(timedelta(seconds=PLAIN_SECONDS - 2))
    with pytest.raises(NotSent, match="very fast") as told:
        send(lite, preview.carried, answer=right(preview))
    assert told.value.written == preview.written
    clock.shift(timedelta(seconds=2))
    assert not send(lite, preview.carried, answer=right(preview)).again


def test_answers_of_both_languages_as_people_type_them(
    lite: Context, clock: time_machine.Traveller
) -> None:
    for _ in range(40):
        preview = shown(lite)
        clock.shift(timedelta(seconds=5))
        for answer in ANSWERS[preview.question]:
            for typed in (
                answer,
                answer.upper(),
                f" {answer} ",
                f"{answer}.",
                f"{answer.title()}!",
            ):
                assert send(lite, preview.carried, answer=typed)


def test_another_question_comes_with_the_same_words(
    lite: Context, clock: time_machine.Traveller
) -> None:
    preview = shown(lite)
    asked = set()
    for _ in range(60):
        fresh = again(lite, preview.carried)
        assert fresh is not None and fresh.written == preview.written
        asked.add(fresh.question)
    assert asked == set(ANSWERS)


def test_all_the_pages_of_one_draft_send_it_once(
    lite: Context, clock: time_machine.Traveller
) -> None:
    preview = shown(lite)
    fresh = again(lite, preview.carried)
    assert fresh is not None
    clock.shift(timedelta(minutes=16))
    first = send(lite, fresh.carried, answer=right(fresh))
    second = send(lite, preview.carried, answer=right(preview))
    same = first.receipt == second.receipt
    assert same and (first.again, second.again) == (False, True)
    with pytest.raises(Refused, match="only once"):
        again(lite, preview.carried)
