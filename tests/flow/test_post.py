"""The outbox: exactly once, in order, whatever the platform does."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
import time_machine

from tests.factories import SECOND, proposed_topic, topic
from tests.fakes.faulty_channel import FaultyChannel
from youthvoice.errors import NotFound, Refused, RetryAt
from youthvoice.flow import post, review
from youthvoice.flow.context import Context
from youthvoice.model import PostingStatus, TopicStatus
from youthvoice.store import postings


def with_faults(context: Context, faults: list[str]) -> tuple[Context, FaultyChannel]:
    faulty = FaultyChannel(context.channels["sandbox"], faults)
    return replace(context, channels={"sandbox": faulty}), faulty


def until_open(context: Context, most: int = 60) -> None:
    with time_machine.travel(context.now(), tick=True) as clock:
        for _ in range(most):
            post.post(context)
            clock.shift(150)
            if topic(context).status == TopicStatus.OPEN:
                return
    raise AssertionError("the topic never opened")


def test_a_topic_goes_out_in_order(context: Context) -> None:
    proposed_topic(context)
    assert review.approve_topic(context, "mentoring", SECOND) == 10
    assert post.post(context) == (10, 0, 0, 0, 0)
    assert post.post(context) == (0, 0, 0, 0, 0)
    assert topic(context).status == TopicStatus.OPEN
    with context.store.read() as tx:
        rows = [r for r in postings.of_topic(tx, topic(context).id) if r.language == "en"]
    ids = [int(str(row.external_id)) for row in rows]
    assert ids == sorted(ids) and [row.part for row in rows] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    "faults",
    [
        ["lost"],
        ["down"],
        ["wait", "lost", "down"],
        ["ok", "lost", "lost", "down", "ok", "lost"],
        *[list(mix) for mix in itertools.product(["lost", "down", "ok"], repeat=3)],
    ],
    ids="-".join,
)
def test_no_fault_posts_twice_or_loses_a_part(lite: Context, faults: list[str]) -> None:
    context, faulty = with_faults(lite, faults)
    proposed_topic(context)
    review.approve_topic(context, "mentoring", SECOND)
    until_open(context)
    assert len(faulty.published) == len(set(faulty.published)) == 10
    with context.store.read() as tx:
        rows = postings.of_topic(tx, topic(context).id)
    assert {str(row.external_id) for row in rows} == set(faulty.published)


def test_a_crash_while_sending_is_looked_up(context: Context) -> None:
    """The process dies after the post went live and before the answer was written down."""
    changed, faulty = with_faults(context, [])
    proposed_topic(changed)
    review.approve_topic(changed, "mentoring", SECOND)

    class Died(BaseException):
        pass

    real = faulty.inner.publish

    def publish_and_die(draft, key):
        faulty.published.append(real(draft, key))
        raise Died

    faulty.publish = publish_and_die  # type: ignore[method-assign]
    with pytest.raises(Died):
        post.post(changed)
    del faulty.publish
    with changed.store.read() as tx:
        assert postings.counts(tx, PostingStatus)["sending"] == 1
    post.post(changed)  # too early: the first attempt may still be under way
    assert len(faulty.published) == 1 + 5  # the other language's thread went out meanwhile
    until_open(changed)
    assert len(faulty.published) == len(set(faulty.published)) == 10 and faulty.looked_up


def test_what_is_refused_for_good_fails_and_can_be_tried_again(context: Context) -> None:
    changed, _faulty = with_faults(context, ["no"])
    proposed_topic(changed)
    review.approve_topic(changed, "mentoring", SECOND)
    assert post.post(changed).failed == 1
    assert topic(changed).status == TopicStatus.APPROVED
    with changed.store.read() as tx:
        (failed,) = [
            row
            for row in postings.of_topic(tx, topic(changed).id)
            if row.status == PostingStatus.FAILED
        ]
    assert failed.error == "forbidden"
    post.retry(changed, failed.id)
    until_open(changed)


def test_a_part_that_is_too_long_is_refused_at_approval(lite: Context) -> None:
    context, faulty = with_faults(lite, [])
    faulty.caps = replace(faulty.caps, longest=40)
    proposed_topic(context)
    with pytest.raises(Refused, match="too long"):
        review.approve_topic(context, "mentoring", SECOND)
    assert topic(context).status == TopicStatus.PROPOSED
    with context.store.read() as tx:
        assert postings.of_topic(tx, topic(context).id) == []


def test_a_topic_waits_for_its_day_and_closes_after_its_last(context: Context) -> None:
    from datetime import timedelta

    from tests.factories import AUTHOR
    from youthvoice.demo import pilot

    today = context.settings.today().date()
    review.propose_topic(context, pilot.mentoring(today + timedelta(days=2), AUTHOR.name), AUTHOR)
    review.approve_topic(context, "mentoring", SECOND)
    assert post.post(context) == (0, 0, 0, 0, 0)
    with time_machine.travel(context.now() + timedelta(days=2), tick=True):
        assert post.post(context).sent == 10
        assert topic(context).status == TopicStatus.OPEN
    with time_machine.travel(context.now() + timedelta(days=33), tick=True):
        post.post(context)
        assert topic(context).status == TopicStatus.CLOSED


def test_two_processes_that_take_over_a_silent_attempt(context: Context) -> None:
    proposed_topic(context)
    review.approve_topic(context, "mentoring", SECOND)
    with context.store.read() as tx:
        one = postings.due(tx, "sandbox", context.settings.today().date())[0]
    later = context.now()
    with context.store.write() as tx:
        assert postings.claim(tx, one, later, later)
    with context.store.write() as tx:
        assert not postings.claim(tx, one, later, later)
    with context.store.read() as tx:
        silent = postings.get(tx, one.id)
    with context.store.write() as tx:  # both saw it silent; one of them gets it
        assert postings.claim(tx, silent, later, later)
        assert not postings.claim(tx, silent, later, later)
        # and the first, slow one no longer writes how its attempt ended
        postings.settle(tx, one.id, 1, PostingStatus.FAILED, error="late")
        assert postings.get(tx, one.id).status == PostingStatus.SENDING


def test_being_asked_to_wait_while_looking_up_keeps_it_ambiguous(lite: Context) -> None:
    context, faulty = with_faults(lite, ["lost"])
    proposed_topic(context)
    review.approve_topic(context, "mentoring", SECOND)
    post.post(context)
    looks = iter([RetryAt("rate_limit", 0), RetryAt("rate_limit", 0)])
    real = faulty.find_published

    def limited(key, draft, since):
        problem = next(looks, None)
        if problem:
            raise problem
        return real(key, draft, since)

    faulty.find_published = limited  # type: ignore[method-assign]
    until_open(context)
    assert len(faulty.published) == len(set(faulty.published)) == 10


def test_only_a_failed_post_is_tried_again(context: Context) -> None:
    proposed_topic(context)
    review.approve_topic(context, "mentoring", SECOND)
    post.post(context)
    with context.store.read() as tx:
        sent = postings.of_topic(tx, topic(context).id)[0]
    with pytest.raises(Refused, match="not failed"):
        post.retry(context, sent.id)
    with pytest.raises(NotFound):
        post.retry(context, 999)
    with context.store.read() as tx:
        assert postings.get(tx, sent.id).external_id == sent.external_id
