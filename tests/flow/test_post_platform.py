"""Posting on a platform: dry runs, money, credentials, duplicates, and what only a person can say."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from tests.factories import SECOND, proposed_topic, topic
from tests.platform import opened, with_x
from youthvoice.errors import BadInput, Refused
from youthvoice.flow import feed_back, pausing, post, preview, review, spending
from youthvoice.flow.context import Context
from youthvoice.model import PostingStatus, TopicStatus
from youthvoice.store import pauses, postings


def rows(context: Context):
    with context.store.read() as tx:
        return postings.of_topic(tx, topic(context).id)


def test_two_threads_on_two_accounts(context: Context) -> None:
    changed, x = with_x(context)
    own = opened(changed)
    assert topic(changed).status == TopicStatus.OPEN
    assert len(x.own("en")) == len(x.own("fr")) == len(own) / 2 + _extra(changed, "en")
    for language in ("en", "fr"):
        thread = [row for row in rows(changed) if row.language == language]
        above = None
        for row in thread:
            made = x.network.posts[str(row.external_id)]
            assert made.parent == above and made.text == row.text
            above = str(row.external_id)


def _extra(context: Context, language: str) -> int:
    return sum(
        1 for row in rows(context) if row.language == language and row.part and not row.question
    )


def test_dry_run_is_the_default(lite: Context) -> None:
    context, x = with_x(lite, live="")
    proposed_topic(context)
    review.approve_topic(context, "mentoring", SECOND)
    done = post.post(context)
    assert done.dry == len(rows(context)) > 0 and done.sent == 0
    assert x.adapter.requests == []  # nothing left this machine
    assert topic(context).status == TopicStatus.OPEN  # the form does not wait for a dry channel
    from youthvoice.flow import collect, recheck

    assert collect.collect(context).pages == 0 and recheck.recheck(context).checked == 0
    assert x.adapter.requests == []


def test_a_channel_that_is_not_live_does_not_keep_an_answer_back(lite: Context) -> None:
    context, _x = with_x(lite, live="")
    from tests.factories import MINISTRY, answer

    proposed_topic(context)
    review.approve_topic(context, "mentoring", SECOND)
    post.post(context)
    number = feed_back.write(context, "mentoring", answer(), MINISTRY)
    feed_back.approve(context, number, SECOND)
    assert feed_back.feed_back(context).published == 1


def test_what_belongs_to_a_past_topic_is_not_posted(lite: Context) -> None:
    context, x = with_x(lite, live="")
    proposed_topic(context)
    review.approve_topic(context, "mentoring", SECOND)
    post.post(context)
    live, _ = context.settings.model_copy(update={"live": "x"}), None
    from dataclasses import replace

    context = replace(context, settings=live)
    with time_machine.travel(context.now() + timedelta(days=40), tick=True):
        assert post.post(context).sent == 0
    assert x.own("en") == []


def test_credit_that_is_used_up_stops_the_account_not_the_other(lite: Context) -> None:
    context, x = with_x(lite)
    proposed_topic(context)
    review.approve_topic(context, "mentoring", SECOND)
    x.fault = lambda _kind: "402"
    post.post(context)
    assert x.api.calls["create"] == 0 and len(x.adapter.requests) == 2  # one try an account
    for row in rows(context):
        assert row.status == PostingStatus.PENDING and row.failures == 0
    with context.store.read() as tx:
        found = {pause.verb: (pause.kind, pause.code) for pause in pauses.every(tx)}
    assert found == {
        "post en": ("OutOfCredit", "credits"),
        "post fr": ("OutOfCredit", "credits"),
    }
    x.fault = lambda _kind: None
    post.post(context)
    assert x.own("en") == []  # left alone for hours
    with time_machine.travel(context.now() + timedelta(hours=7), tick=True):
        post.post(context)
    assert topic(context).status == TopicStatus.OPEN and x.own("en")


def test_a_revoked_token_is_tried_every_half_hour(lite: Context) -> None:
    context, x = with_x(lite)
    proposed_topic(context)
    review.approve_topic(context, "mentoring", SECOND)
    token = x.accounts[0].access_token
    kept = x.api.tokens.pop(token)
    post.post(context)
    assert pausing.waits(context, "x", "post en") is not None
    assert len(x.own("fr")) > 0  # the other account goes on
    assert topic(context).status == TopicStatus.APPROVED
    x.api.tokens[token] = kept
    with time_machine.travel(context.now() + timedelta(minutes=31), tick=True):
        post.post(context)
    assert topic(context).status == TopicStatus.OPEN


def test_our_own_cap_stops_before_the_call(lite: Context) -> None:
    context, x = with_x(lite, cap=0.1)  # less than one post with a link
    proposed_topic(context)
    review.approve_topic(context, "mentoring", SECOND)
    post.post(context)
    assert x.adapter.requests == [] and all(
        row.error == "our_cap" for row in rows(context) if not row.part
    )


def test_without_links_a_topic_costs_a_fraction(lite: Context) -> None:
    context, x = with_x(lite)
    proposed_topic(context)
    shown = preview.preview(context, topic(context))
    (offer,) = preview.link_offers(shown)
    parts = len(shown)
    assert offer.channel == "x" and offer.with_link == pytest.approx(2 * 0.2 + (parts - 2) * 0.015)
    plain = preview.preview(context, topic(context), links=False)
    assert offer.without == pytest.approx(sum(row.price for row in plain))
    assert offer.without < offer.with_link / 3
    assert x.adapter.requests == []
    review.approve_topic(context, "mentoring", SECOND, links=False)
    post.post(context)
    assert not any("youthvoice.example.ca" in one.text for one in x.network.posts.values())
    cost = {one.account: one.spent for one in spending.budgets(context)}
    assert cost["en"] + cost["fr"] == pytest.approx(offer.without)


def test_the_answer_goes_under_the_own_root(lite: Context) -> None:
    context, x = with_x(lite)
    own = opened(context)
    from tests.factories import MINISTRY, answer

    number = feed_back.write(context, "mentoring", answer(), MINISTRY)
    feed_back.approve(context, number, SECOND)
    post.post(context)
    answers = [
        one for one in x.network.posts.values() if one.text.startswith(("You said", "Tu as dit"))
    ]
    assert {one.parent for one in answers} == {own["en", 0], own["fr", 0]}
    assert feed_back.feed_back(context).published == 1


def test_a_lost_acknowledgement_is_found_on_the_timeline(lite: Context) -> None:
    context, x = with_x(lite)
    proposed_topic(context)
    review.approve_topic(context, "mentoring", SECOND)
    with time_machine.travel(context.now(), tick=False) as clock:
        x.fault = lambda kind: "lost" if kind == "write" else None
        x.api.lag = 150  # and the timeline shows it only later
        assert post.post(context).ambiguous == 2
        x.fault = lambda _kind: None
        for _ in range(60):
            clock.shift(150)
            post.post(context)
            if topic(context).status == TopicStatus.OPEN:
                break
    texts = [post_.text for post_ in x.network.posts.values()]
    assert len(texts) == len(set(texts)) == len(rows(context))


def test_what_cannot_be_found_asks_a_person(lite: Context) -> None:
    context, x = with_x(lite)
    proposed_topic(context)
    review.approve_topic(context, "mentoring", SECOND)
    with time_machine.travel(context.now(), tick=False) as clock:
        x.fault = lambda kind: "lost" if kind == "write" else "503"
        for _ in range(20):
            post.post(context)
            clock.shift(3700)
        stuck = [row for row in rows(context) if post.asks_person(row)]
        assert {row.language for row in stuck} == {"en", "fr"} and len(stuck) == 2
        before = len(x.adapter.requests)
        post.post(context)
        assert len(x.adapter.requests) == before  # nobody is asked in vain any more
        assert "YouthVoiceON" in x.channel.where("en")
        x.fault = lambda _kind: None
        en, fr = stuck
        with pytest.raises(BadInput):
            post.settle_by_hand(context, en.id, " ", SECOND)
        live = x.own("en")[0]
        assert post.settle_by_hand(context, en.id, live, SECOND) == PostingStatus.SENT
        x.network.delete(x.own("fr")[0])  # this one was taken down meanwhile
        assert post.settle_by_hand(context, fr.id, None, SECOND) == PostingStatus.PENDING
        clock.shift(3700)
        post.post(context)
    assert topic(context).status == TopicStatus.OPEN
    texts = [one.text for one in x.network.posts.values() if not one.gone]
    assert len(texts) == len(set(texts)) == len(rows(context))
    with pytest.raises(Refused, match="not in doubt"):
        post.settle_by_hand(context, en.id, None, SECOND)


def test_a_duplicate_is_looked_for_not_failed(lite: Context) -> None:
    """Somebody posted the same words by hand: the platform refuses ours, and theirs is taken."""
    context, x = with_x(lite)
    proposed_topic(context)
    review.approve_topic(context, "mentoring", SECOND)
    first = next(row for row in rows(context) if row.language == "en" and row.part == 0)
    by_hand = x.network.write(x.accounts[0].user_id, first.text)
    post.post(context)
    with time_machine.travel(context.now() + timedelta(minutes=5), tick=True):
        post.post(context)
    again = next(row for row in rows(context) if row.id == first.id)
    assert again.external_id == by_hand and again.status == PostingStatus.SENT


def test_a_topic_opens_though_one_channel_is_stuck(context: Context) -> None:
    from dataclasses import replace

    changed, x = with_x(context)
    both = replace(changed, channels={**context.channels, **changed.channels})
    x.fault = lambda _kind: "500"
    proposed_topic(both)
    review.approve_topic(both, "mentoring", SECOND)
    post.post(both)
    assert topic(both).status == TopicStatus.OPEN
