"""The queue shows one of those that say nearly the same; never one instead of another about somebody's safety."""

from __future__ import annotations

from tests.factories import LETTER, SECOND, open_topic, released, voice
from youthvoice.flow import collapse, receipts, release, review
from youthvoice.flow.context import Context
from youthvoice.model import ReviewStatus

CRISIS = "i want to kill myself, i cannot take it any more"


def test_every_crisis_is_read_by_itself(context: Context) -> None:
    open_topic(context)
    first, second = released(context, CRISIS, CRISIS)
    collapse.collapse(context)
    waiting = {item.id for item in review.queue(context)}
    assert waiting == {voice(context, first).id, voice(context, second).id}
    item = voice(context, first)
    review.decide(context, item.id, ReviewStatus.HELD, [], SECOND, "needs a second look")
    assert {one.id for one in review.queue(context)} == waiting
    left = [one.id for one in review.queue(context, without=[item.id])]
    assert left == [voice(context, second).id]


def test_only_the_very_same_words_are_rejected_together(context: Context) -> None:
    open_topic(context)
    same = released(context, LETTER, LETTER, LETTER.replace("Last year", "In my class"))
    assert collapse.collapse(context).joined >= 1
    (item,) = review.queue(context)
    exact = [one for one in same if voice(context, one).text == item.text]
    done = review.decide_alike(context, item.id, ReviewStatus.REJECTED, [], SECOND, "spam")
    assert done == len(exact)
    for code in same:
        expected = ReviewStatus.REJECTED if code in exact else ReviewStatus.WAITING
        assert voice(context, code).status == expected


def test_words_of_ones_own_under_a_letter_keep_it_apart(context: Context) -> None:
    open_topic(context)
    own = (
        LETTER
        + " There is also this: at home nobody asks me how I am, and I have not told anybody at school."
    )
    released(context, LETTER, own)
    assert collapse.collapse(context).joined == 0
    assert len(review.queue(context)) == 2


def test_an_answer_and_an_objection_do_not_undo_each_other(context: Context) -> None:
    open_topic(context)
    (code,) = released(context, "my mentor helped me with homework")
    item = voice(context, code)
    review.decide(context, item.id, ReviewStatus.RELEASED, ["education"], SECOND)
    review.ask(context, item.id, "Which year?", SECOND)
    receipts.object_to(context, code, "education")
    receipts.reply(context, code, "grade nine")
    review.ask(context, item.id, "And which subject?", SECOND)  # before the batch shows the answer
    release.release(context)
    (shown,) = review.queue(context)
    assert shown.attention == "reply" and shown.objections == ("education",)
    review.ask(context, item.id, "Thank you. Anything else?", SECOND)
    (shown,) = review.queue(context)
    assert shown.attention == "objection"
    review.decide(context, item.id, ReviewStatus.RELEASED, ["health"], SECOND)
    assert not review.queue(context) and voice(context, code).objections == ()


def test_the_page_that_is_sent_again_answers_once(lite: Context) -> None:
    open_topic(lite)
    (code,) = released(lite, "my mentor helped me with homework")
    review.ask(lite, voice(lite, code).id, "Which year?", SECOND)
    for _ in range(3):
        assert receipts.reply(lite, code, "grade nine")
    shown = receipts.look(lite, code)
    assert shown and len(shown.thread) == 2
