"""Harmless messages of one account that together single somebody out are held, within one topic."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from tests.factories import AUTHOR, SECOND, open_topic, released, voice
from youthvoice.demo import pilot
from youthvoice.flow import receipts, review, withdrawals
from youthvoice.flow.context import Context
from youthvoice.flow.receive import receive
from youthvoice.model import RawContribution, ReviewItem, ReviewStatus, Topic
from youthvoice.nlp.analyser import HOLD_RECOGNISABLE
from youthvoice.store import topics

AGE = "I'm 16 and in grade 11, the bus is never on time"
SCHOOL = "there is no library at [school] and nothing to do in our village of 900 people"
ROLE = "and I'm goalie, practice ends when no bus runs"
PLAIN = "buses should be free"
AGE_FR = "j'ai 16 ans, je suis en 11e année, l'autobus est toujours en retard"
SCHOOL_FR = "c'est ennuyant à l'[école] et dans notre village de 900 habitants"
ROLE_FR = "et je joue au hockey, il y a plus d'autobus après"


def raw(number: int, text: str, author: str | None = "key-a") -> RawContribution:
    """One message of an account of the sandbox."""
    return RawContribution("sandbox", f"m{number}", text, date(2026, 11, 20), author_key=author)


def taken_in(
    context: Context, topic: Topic, *texts: str, author: str | None = "key-a", first: int = 0
) -> None:
    for number, text in enumerate(texts, first):
        receive(context, topic.id, [raw(number, text, author)])


def of(context: Context, beginning: str) -> ReviewItem:
    return next(one for one in review.queue(context) if str(one.text).startswith(beginning))


def other_topic(context: Context) -> Topic:
    """A second topic, to which nothing was said."""
    opened = context.settings.today().date()
    made = dataclasses.replace(pilot.mentoring(opened, AUTHOR.name), slug="skating")
    review.propose_topic(context, made, AUTHOR)
    with context.store.read() as tx:
        return topics.get(tx, "skating")


@pytest.mark.parametrize(
    "texts", [(AGE, SCHOOL, ROLE), (AGE_FR, SCHOOL_FR, ROLE_FR), (AGE, SCHOOL_FR, ROLE)]
)
def test_what_one_account_says_piece_by_piece(context: Context, texts: tuple[str, ...]) -> None:
    topic = open_topic(context)
    taken_in(context, topic, *texts)
    held = [item for item in review.queue(context) if item.hold == HOLD_RECOGNISABLE]
    assert 0 < len(held) < len(texts)  # not the first one
    assert all(item.status == ReviewStatus.HELD for item in held)


def test_the_same_in_one_batch(context: Context) -> None:
    topic = open_topic(context)
    receive(context, topic.id, [raw(n, text) for n, text in enumerate((AGE, SCHOOL, ROLE))])
    held = [item for item in review.queue(context) if item.hold == HOLD_RECOGNISABLE]
    assert len(held) >= 1 and of(context, ROLE[:10]).hold == HOLD_RECOGNISABLE


def test_each_alone_is_not_held(context: Context) -> None:
    topic = open_topic(context)
    for number, text in enumerate((AGE, SCHOOL, ROLE)):
        receive(context, topic.id, [raw(number, text, f"key-{number}")])
    assert {item.hold for item in review.queue(context)} == {None}


def test_without_an_account_nothing_is_put_together(context: Context) -> None:
    topic = open_topic(context)
    taken_in(context, topic, AGE, SCHOOL, ROLE, author=None)
    assert {item.hold for item in review.queue(context)} == {None}


def test_another_topics_messages_do_not_count(context: Context) -> None:
    topic, other = open_topic(context), other_topic(context)
    taken_in(context, other, AGE, SCHOOL)
    taken_in(context, topic, ROLE, first=5)
    assert of(context, ROLE[:10]).hold is None
    taken_in(context, other, ROLE, first=9)
    held = [item for item in review.queue(context) if item.hold == HOLD_RECOGNISABLE]
    assert {item.topic for item in held} == {"skating"}


def test_a_message_that_names_nothing_is_free_whatever_came_before(context: Context) -> None:
    topic = open_topic(context)
    taken_in(context, topic, AGE, SCHOOL, PLAIN)
    assert of(context, PLAIN).hold is None


def test_what_was_withdrawn_is_not_read_again(context: Context) -> None:
    topic = open_topic(context)
    taken_in(context, topic, AGE, SCHOOL)
    gone = [item.id for item in review.queue(context)]
    with context.store.write() as tx:
        withdrawals.withdraw(context, tx, gone)
    taken_in(context, topic, ROLE, first=5)
    assert of(context, ROLE[:10]).hold is None


def test_a_danger_stays_the_reason(context: Context) -> None:
    topic = open_topic(context)
    taken_in(context, topic, AGE, SCHOOL, f"{ROLE}, i dont want to be here anymore")
    assert of(context, ROLE[:10]).hold == "risk"


def test_who_was_decided_on_stays_decided(context: Context) -> None:
    topic = open_topic(context)
    taken_in(context, topic, AGE)
    (first,) = review.queue(context)
    review.decide(context, first.id, ReviewStatus.RELEASED, [], SECOND)
    taken_in(context, topic, SCHOOL, ROLE, first=3)
    (again,) = review.queue(context, statuses=[ReviewStatus.RELEASED])
    assert again.id == first.id and again.hold is None


def test_a_voice_of_the_form_alone_is_looked_at_alone(context: Context) -> None:
    open_topic(context)
    (receipt,) = released(context, AGE)
    (other,) = released(context, ROLE)
    assert voice(context, receipt).hold is None and voice(context, other).hold is None


def test_an_answer_in_the_thread_counts_with_its_voice(context: Context) -> None:
    open_topic(context)
    (mine,) = released(context, AGE)
    assert voice(context, mine).hold is None
    review.ask(context, voice(context, mine).id, "What would help?", SECOND)
    assert receipts.reply(context, mine, SCHOOL)
    after = voice(context, mine)
    assert (after.status, after.hold) == (ReviewStatus.HELD, HOLD_RECOGNISABLE)


def test_several_answers_count_together(context: Context) -> None:
    open_topic(context)
    (mine,) = released(context, PLAIN)
    review.ask(context, voice(context, mine).id, "What would help?", SECOND)
    assert receipts.reply(context, mine, AGE)
    assert voice(context, mine).hold is None
    assert receipts.reply(context, mine, SCHOOL)
    assert voice(context, mine).hold == HOLD_RECOGNISABLE


def test_an_answer_that_singles_out_by_itself(context: Context) -> None:
    open_topic(context)
    (mine,) = released(context, PLAIN)
    review.ask(context, voice(context, mine).id, "What would help?", SECOND)
    assert receipts.reply(context, mine, "i'm the only girl on the football team")
    assert voice(context, mine).hold == HOLD_RECOGNISABLE


def test_a_harmless_answer_holds_nothing(context: Context) -> None:
    open_topic(context)
    (mine,) = released(context, AGE)
    review.ask(context, voice(context, mine).id, "What would help?", SECOND)
    assert receipts.reply(context, mine, PLAIN)
    after = voice(context, mine)
    assert (after.status, after.hold) == (ReviewStatus.WAITING, None)


def test_answers_of_other_receipts_do_not_count(context: Context) -> None:
    open_topic(context)
    mine, other = released(context, PLAIN, "the library closes too early")
    for receipt in (mine, other):
        review.ask(context, voice(context, receipt).id, "What would help?", SECOND)
    assert receipts.reply(context, mine, AGE) and receipts.reply(context, other, SCHOOL)
    assert voice(context, mine).hold is None and voice(context, other).hold is None
