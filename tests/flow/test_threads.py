"""A word back and forth under a receipt: the committee asks, the writer answers, masked and sealed."""

from __future__ import annotations

import pytest

from tests.factories import MINISTRY, SECOND, collected, open_topic, released, voice
from youthvoice.errors import BadInput, Refused
from youthvoice.flow import receipts, release, review
from youthvoice.flow.context import Context
from youthvoice.flow.originals import open_original
from youthvoice.model import Actor, Attention, ReviewStatus, Role, ThreadAuthor
from youthvoice.store import audit, contributions

BUS = "the bus is always late in my town"
ANSWER = "My sister Maya waits for an hour, call her: 905-555-0199"
DANGER = "i dont want to be here anymore"


@pytest.fixture
def mine(request: pytest.FixtureRequest, context: Context) -> str:
    """The receipt of a message that reviewers see."""
    open_topic(context)
    (receipt,) = released(context, BUS)
    return receipt


def ask(context: Context, receipt: str, text: str = "How often does it come?") -> None:
    review.ask(context, voice(context, receipt).id, text, SECOND)


def test_a_question_and_an_answer(context: Context, mine: str) -> None:
    ask(context, mine)
    found = receipts.look(context, mine)
    assert found is not None and found.may_reply
    assert [one.text for one in found.thread] == ["How often does it come?"]
    assert receipts.reply(context, mine, ANSWER)
    question, reply = review.thread(context, voice(context, mine).id)
    assert [question.author, reply.author] == [ThreadAuthor.COMMITTEE, ThreadAuthor.WRITER]
    assert "Maya" not in reply.text and "0199" not in reply.text and "hour" in reply.text
    after = receipts.look(context, mine)
    assert after is not None and [one.id for one in after.thread] == [question.id, reply.id]
    assert "hour" not in repr(after)
    assert open_original(context, reply.id, SECOND, "writer asked") == ANSWER


def test_an_answer_waits_in_the_queue_until_somebody_looks(context: Context, mine: str) -> None:
    review.decide(context, voice(context, mine).id, ReviewStatus.RELEASED, [], SECOND)
    ask(context, mine)
    assert review.queue(context) == []
    receipts.reply(context, mine, ANSWER)
    assert review.queue(context) == []  # with the next batch, or the moment of it could be seen
    release.release(context)
    (item,) = review.queue(context)
    assert item.attention == Attention.REPLY and item.status == ReviewStatus.RELEASED
    ask(context, mine, "And on Sundays?")
    assert review.queue(context) == []


def test_who_asks_is_written_down_and_not_what(context: Context, mine: str) -> None:
    ask(context, mine, "CANARY how often does it come?")
    with context.store.read() as tx:
        newest = audit.newest(tx)[0]
    assert (newest.actor, newest.action) == ("second", "ask writer")
    assert voice(context, mine).id in newest.subject and newest.commitment
    assert "CANARY" not in repr(newest)


def test_no_answer_without_a_question(context: Context, mine: str) -> None:
    with pytest.raises(Refused, match="no question"):
        receipts.reply(context, mine, ANSWER)
    assert review.thread(context, voice(context, mine).id) == []


def test_several_answers_to_one_question_but_not_without_end(
    context: Context, mine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receipts, "MOST_REPLIES", 3)
    ask(context, mine)
    for number in range(3):
        assert receipts.reply(context, mine, f"one more thing, number {number}")
    found = receipts.look(context, mine)
    assert found is not None and not found.may_reply and len(found.thread) == 4
    with pytest.raises(Refused):
        receipts.reply(context, mine, "and another one")


@pytest.mark.parametrize("text", ["", "  \n", "\u200b", "x" * 2_001])
def test_an_answer_that_cannot_be_taken(context: Context, mine: str, text: str) -> None:
    ask(context, mine)
    with pytest.raises(BadInput):
        receipts.reply(context, mine, text)
    assert len(review.thread(context, voice(context, mine).id)) == 1


@pytest.mark.parametrize("text", ["", "  ", "x" * 501])
def test_a_question_that_cannot_be_asked(context: Context, mine: str, text: str) -> None:
    with pytest.raises(BadInput, match="1 to 500"):
        ask(context, mine, text)


def test_who_may_ask(context: Context, mine: str) -> None:
    ident = voice(context, mine).id
    for actor in (MINISTRY, Actor("op", Role.OPERATOR), Actor("kid", Role.VISITOR)):
        with pytest.raises(Refused):
            review.ask(context, ident, "How often?", actor)
    review.ask(context, ident, "How often?", Actor("duty", Role.SAFETY))


def test_who_wrote_on_a_platform_cannot_be_asked(context: Context) -> None:
    open_topic(context)
    collected(context, "homework every evening")
    (item,) = review.queue(context)
    with pytest.raises(Refused, match="without a receipt"):
        review.ask(context, item.id, "How much?", SECOND)


def test_danger_in_an_answer_raises_the_risk(context: Context, mine: str) -> None:
    ask(context, mine)
    receipts.reply(context, mine, DANGER)
    (item,) = review.queue(context)
    assert item.risk.level >= 3 and item.risk.reasons
    receipts.reply(context, mine, "the bus came today")
    assert voice(context, mine).risk == item.risk  # a calm answer does not lower it


def test_a_text_that_a_detector_fails_on_is_shown_to_nobody(
    context: Context, mine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(context, mine)
    analyser = context.analyser()
    with monkeypatch.context() as patched:
        patched.setattr(analyser.anonymiser._spacy["en"], "_run", lambda texts: 1 / 0)  # type: ignore[attr-defined]
        assert receipts.reply(context, mine, ANSWER)
    reply = review.thread(context, voice(context, mine).id)[-1]
    assert reply.text == ""
    assert open_original(context, reply.id, SECOND, "masks are wrong") == ANSWER


def test_threads_do_not_mix(context: Context, mine: str) -> None:
    (other,) = released(context, "no library in our village")
    ask(context, mine)
    found = receipts.look(context, other)
    assert found is not None and not found.thread and not found.may_reply
    with context.store.read() as tx:
        assert contributions.get(tx, voice(context, other).id).attention is None
