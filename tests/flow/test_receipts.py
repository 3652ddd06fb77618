"""Coming back with a receipt: how far a voice has come, and saying that a theme is wrong."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.factories import SECOND, answered, open_topic, released, said, voice
from youthvoice.errors import BadInput
from youthvoice.flow import receipts, release, review
from youthvoice.flow.context import Context
from youthvoice.model import Attention, ReviewStatus, Stage
from youthvoice.store import contributions
from youthvoice.trust import receipts as codes

BUS = "the bus is always late in my town"


def stage(context: Context, receipt: str) -> Stage:
    found = receipts.look(context, receipt)
    assert found is not None
    return found.stage


def decide(
    context: Context, receipt: str, status: ReviewStatus, *themes: str, reason: str | None = None
) -> None:
    review.decide(context, voice(context, receipt).id, status, themes, SECOND, reason)


def test_from_received_to_answered(context: Context) -> None:
    open_topic(context)
    given = [said(context, f"{BUS}, said {number} of us") for number in range(8)]
    assert {stage(context, one) for one in given} == {Stage.RECEIVED}
    release.release(context)
    assert {stage(context, one) for one in given} == {Stage.IN_REVIEW}
    for one in given:
        decide(context, one, ReviewStatus.RELEASED, "communities")
    # A topic's page quotes six.
    assert Counter(stage(context, one) for one in given) == {Stage.QUOTED: 6, Stage.COUNTED: 2}
    decide(context, given[0], ReviewStatus.RELEASED, "civic")
    answered(context, "communities")
    stages = [stage(context, one) for one in given]
    assert set(stages[1:]) == {Stage.ANSWERED}
    assert stages[0] in (Stage.QUOTED, Stage.COUNTED)  # the answer is on another theme


def test_what_a_receipt_shows(context: Context) -> None:
    open_topic(context)
    (mine,) = released(context, f"My name is Maya, {BUS}")
    found = receipts.look(context, codes.grouped(mine).lower())
    assert found is not None and found.topic.slug == "mentoring" and found.day
    assert "Maya" not in str(found.text) and "bus" in str(found.text)
    assert "communities" in found.themes and not found.checked
    assert (found.language, found.reason, found.may_reply) == ("en", None, False)
    assert list(found.answers) == [] and list(found.thread) == []
    assert "bus" not in repr(found)
    decide(context, mine, ReviewStatus.RELEASED, "education")
    after = receipts.look(context, mine)
    assert after is not None and after.checked and tuple(after.themes) == ("education",)


def test_an_answer_to_all_is_an_answer_to_everyone(context: Context) -> None:
    open_topic(context)
    (mine,) = released(context, BUS)
    decide(context, mine, ReviewStatus.RELEASED, "civic")
    key = answered(context)
    found = receipts.look(context, mine)
    assert found is not None and found.stage == Stage.ANSWERED
    assert [one.id for one in found.answers] == [key]


def test_what_is_not_counted_says_why(context: Context) -> None:
    open_topic(context)
    (mine,) = released(context, BUS)
    decide(context, mine, ReviewStatus.REJECTED, reason="off topic")
    found = receipts.look(context, mine)
    assert found is not None
    assert (found.stage, found.reason) == (Stage.NOT_COUNTED, "off topic")
    decide(context, mine, ReviewStatus.HELD, reason="needs a second look")
    again = receipts.look(context, mine)
    assert again is not None and (again.stage, again.reason) == (Stage.IN_REVIEW, None)


def test_a_held_message_is_in_review(lite: Context) -> None:
    open_topic(lite)
    (mine,) = released(lite, "i dont want to be here anymore")
    assert stage(lite, mine) == Stage.IN_REVIEW


def test_an_objection_brings_it_back_until_somebody_decides(context: Context) -> None:
    open_topic(context)
    (mine,) = released(context, BUS)
    decide(context, mine, ReviewStatus.RELEASED, "communities", "health")
    assert review.queue(context) == []
    assert receipts.object_to(context, mine, "health")
    assert review.queue(context) == []  # with the next batch, or the moment of it could be seen
    release.release(context)
    (item,) = review.queue(context)
    assert (item.attention, tuple(item.objections)) == (Attention.OBJECTION, ("health",))
    assert receipts.object_to(context, mine, "communities")
    found = receipts.look(context, mine)
    assert found is not None and set(found.objections) == {"communities", "health"}
    release.release(context)
    decide(context, mine, ReviewStatus.RELEASED, "communities")
    assert review.queue(context) == []
    settled = receipts.look(context, mine)
    assert settled is not None and not settled.objections
    assert tuple(settled.themes) == ("communities",)


def test_only_what_is_there_can_be_wrong(context: Context) -> None:
    open_topic(context)
    (mine,) = released(context, BUS)
    assert not receipts.object_to(context, mine, "education")
    assert not receipts.object_to(context, mine, "no theme at all")
    assert voice(context, mine).attention is None
    assert receipts.object_to(context, mine, "communities")  # also before anybody decided


def test_an_unknown_receipt_is_nobodys(context: Context) -> None:
    open_topic(context)
    released(context, BUS)
    other = codes.make()
    assert receipts.look(context, other) is None
    assert not receipts.object_to(context, other, "communities")
    assert not receipts.reply(context, other, "an answer")
    assert not receipts.withdraw(context, other)
    with context.store.read() as tx:
        assert contributions.status_counts(tx)["withdrawn"] == 0


@pytest.mark.parametrize("act", [
    receipts.look, receipts.withdraw, lambda context, typed: receipts.reply(context, typed, "a"),
    lambda context, typed: receipts.object_to(context, typed, "civic"),
])  # fmt: skip
def test_a_slip_of_the_finger_is_told(lite: Context, act) -> None:
    code = codes.make()
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")
    for typed in (wrong, code[:-1], ""):
        with pytest.raises(BadInput):
            act(lite, typed)


def test_the_code_itself_is_nowhere(lite: Context) -> None:
    open_topic(lite)
    (mine,) = released(lite, BUS)
    lite.store.tidy()
    kept = b"".join(path.read_bytes() for path in lite.settings.home.rglob("*") if path.is_file())
    found = mine.encode() in kept or codes.grouped(mine).encode() in kept
    assert not found
