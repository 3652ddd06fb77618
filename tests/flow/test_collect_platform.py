"""Collecting from platforms through the door: questions, edits, lag, money, deletions."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from tests.channels.stages import staged
from tests.factories import SECOND, topic
from tests.platform import opened, with_stage, with_x
from youthvoice.channels.base import PostDraft
from youthvoice.errors import BadInput
from youthvoice.flow import aggregate, collect, recheck, review, spending
from youthvoice.flow.context import Context
from youthvoice.model import ReviewStatus
from youthvoice.store import collections, contributions, pauses, rollups


@pytest.mark.parametrize("name", ["x", "x-post", "bluesky", "mastodon", "mastodon-other"])
def test_replies_land_at_their_question(name: str, lite: Context, tmp_path: Path) -> None:
    with staged(name, tmp_path) as stage:
        context = with_stage(lite, stage)
        own = opened(context)
        one = stage.say("kid", "a ride after six would help", own["en", 3])
        two = stage.say("kid2", "same here", one)
        three = stage.say("kid", "un trajet après 18 h", own["fr", 2])
        done = collect.collect(context)
        assert done.accepted == 3 and done.failed == 0
        with context.store.read() as tx:
            found = {
                ref: contributions.get(tx, key)
                for key, ref in contributions.refs(tx, topic(context).id, stage.channel.name)
            }
        assert {ref: item.question for ref, item in found.items()} == {one: 3, two: 3, three: 2}
        assert found[three].language == "fr"
        again = collect.collect(context, by_hand=True)
        assert again.accepted == again.edited == 0


def test_only_so_often(lite: Context) -> None:
    context, x = with_x(lite)
    own = opened(context)
    x.say("kid", "hello", own["en", 1])
    assert collect.collect(context).accepted == 1
    before = len(x.adapter.requests)
    assert collect.collect(context).pages == 0 and len(x.adapter.requests) == before
    with time_machine.travel(context.now() + timedelta(minutes=16), tick=True):
        assert collect.collect(context).pages == 6  # mentions, search and hashtag of two accounts


def test_an_edited_reply_is_read_again(context: Context) -> None:
    changed, x = with_x(context, staff_readable="x")
    own = opened(changed)
    first = x.say("kid", "the buss is late", own["en", 1])
    collect.collect(changed)
    (item,) = review.queue(changed)
    review.decide(changed, item.id, ReviewStatus.RELEASED, [], SECOND)
    second = x.network.edit(first, "the bus is late, every day")
    done = collect.collect(changed, by_hand=True)
    assert (done.accepted, done.edited) == (0, 1)
    (item,) = review.queue(changed)  # its new words wait for a person
    assert item.text == "the bus is late, every day" and item.decided is None
    assert collect.collect(changed, by_hand=True).edited == 0
    with changed.store.read() as tx:
        ((_key, ref),) = contributions.refs(tx, topic(changed).id, "x")
        assert ref == second and sum(contributions.status_counts(tx).values()) == 1


def test_staff_see_no_text_of_x_without_a_contract(lite: Context) -> None:
    context, x = with_x(lite)
    own = opened(context)
    for number in range(12):
        x.say(f"kid{number}", f"the bus is late number {number}", own["en", 1])
    collect.collect(context)
    aggregate.aggregate(context)
    assert review.queue(context) == []
    with context.store.read() as tx:
        totals = rollups.totals(tx, topic(context).id)
    assert totals is not None and totals.messages == 12  # they count all the same


def test_a_collection_far_behind_is_an_alarm_and_a_gap_is_told(lite: Context) -> None:
    context, x = with_x(lite)
    own = opened(context)
    x.say("kid", "hello", own["en", 1])
    with time_machine.travel(context.now(), tick=False) as clock:
        collect.collect(context)
        clock.shift(timedelta(days=4, hours=23))
        assert collect.lagging(context) == []
        clock.shift(timedelta(hours=2))
        lags = collect.lagging(context)
        assert {lag.account for lag in lags} == {"en", "fr"} and lags[0].reach == timedelta(days=7)
        clock.shift(timedelta(days=4))
        collect.collect(context)
        assert collect.lagging(context) == []
        with context.store.read() as tx:
            assert all(row.gap_from is not None for row in collections.every(tx))


def test_a_refused_account_does_not_keep_the_other(lite: Context) -> None:
    context, x = with_x(lite)
    own = opened(context)
    x.say("kid", "bonjour à vous", own["fr", 1])
    x.api.tokens.pop(x.accounts[0].bearer_token)
    done = collect.collect(context)
    assert done.failed == 1 and done.accepted == 1
    with context.store.read() as tx:
        (pause,) = pauses.every(tx)
    assert (pause.verb, pause.kind) == ("collect en", "AuthFailed")


@pytest.mark.parametrize(
    ("spent_usd", "accepted", "code"), [(19.9, 2, None), (20.1, 1, None), (23.8, 0, "our_cap")]
)
def test_money_stops_hashtags_first_then_reading_and_posting_last(
    lite: Context, spent_usd: float, accepted: int, code: str | None
) -> None:
    """Of 25 dollars: from 80 % no search by hashtag, from 95 % no reading; posting may use the rest."""
    context, x = with_x(lite)
    own = opened(context)
    x.say("kid", "a reply", own["en", 1])
    x.network.say("kid2", "only the hashtag #OnMentoring")
    spent = next(one.spent for one in spending.budgets(context) if one.account == "en")
    meter = x.channel._meter
    # The worst that a page can cost is set aside, so each mark is met a page of it earlier.
    ahead = 1.0 if spent_usd < 20 else 0.0
    meter.reserve("en", "lookup", round((spent_usd - ahead - spent) / 0.005), spending.Need.DUTY)  # type: ignore[attr-defined]
    done = collect.collect(context)
    assert done.accepted == accepted
    with context.store.read() as tx:
        codes = {one.verb: one.code for one in pauses.every(tx)}
    assert codes.get("collect en") == code
    assert x.channel.publish(PostDraft("still posting", "en"), "k")


def test_what_a_topic_and_a_voice_cost(lite: Context) -> None:
    context, x = with_x(lite)
    own = opened(context)
    for number in range(10):
        x.say(f"kid{number}", f"hello {number}", own["en", 1])
    x.network.say("stranger", "@YouthVoiceON something else")
    collect.collect(context)
    (cost,) = spending.topic_costs(context)
    posted = sum(0.2 if not row.part else 0.015 for row in _rows(context))
    # Ten mentions and ten found again by search belong to the topic; the stranger's post is shared.
    assert cost.direct == pytest.approx(posted + 20 * 0.005) and cost.shared == pytest.approx(0.005)
    assert cost.voices == 10 and cost.voice == pytest.approx((cost.direct + cost.shared) / 10)


def _rows(context: Context):
    from youthvoice.store import postings

    with context.store.read() as tx:
        return postings.of_topic(tx, topic(context).id)


def test_deletions_are_followed_where_nobody_tells_them(context: Context) -> None:
    changed, x = with_x(context, staff_readable="x")
    own = opened(changed)
    with time_machine.travel(changed.now(), tick=False) as clock:
        refs = [x.say(f"kid{n}", f"zebracanary {n}", own["en", 1]) for n in range(5)]
        collect.collect(changed)
        x.network.delete(refs[0])
        x.network.account("kid1").suspended = True
        assert recheck.recheck(changed).checked == 0  # not yet
        assert recheck.outlook(changed) == [("x", 5, 0, 0)]
        clock.shift(timedelta(days=9))
        x.network.delete(own["en", 1])  # even our own
        done = recheck.recheck(changed)
    assert (done.checked, done.tombstones, done.unknown) == (5, 2, 0)
    with changed.store.read() as tx:
        counts = contributions.status_counts(tx)
        left = [ref for _key, ref in contributions.refs(tx, topic(changed).id, "x")]
    assert counts["withdrawn"] == 2 and sorted(left) == sorted(refs[2:])


def test_what_was_asked_for_goes_first_and_within_a_day(lite: Context) -> None:
    context, x = with_x(lite)
    own = opened(context)
    with time_machine.travel(context.now(), tick=False) as clock:
        refs = [x.say(f"kid{n}", f"words {n}", own["en", 1]) for n in range(3)]
        collect.collect(context)
        x.network.delete(refs[1])
        assert recheck.request(context, "x", [refs[1], "123"], SECOND) == (1, 0)
        assert recheck.outlook(context)[0].asked == 1
        done = recheck.recheck(context)
        assert (done.checked, done.tombstones) == (1, 1)
        # Another: the platform cannot be asked for a whole day. Then nobody sees it.
        recheck.request(context, "x", [refs[2]], SECOND)
        x.fault = lambda _kind: "503"
        done = recheck.recheck(context)
        assert done.unknown == 1 and done.tombstones == done.held == 0
        clock.shift(timedelta(hours=25))
        assert recheck.recheck(context).held == 1
        x.fault = lambda _kind: None
        assert recheck.recheck(context).checked == 1
        with context.store.read() as tx:  # it is there after all: people may read it again
            assert contributions.status_counts(tx)["held"] == 0
        recheck.request(context, "x", [refs[2]], SECOND)
        x.fault = lambda _kind: "401"
        clock.shift(timedelta(hours=25))
        recheck.recheck(context)
        with context.store.read() as tx:
            assert contributions.status_counts(tx)["held"] == 1
            assert any(one.verb == "check" and one.kind == "AuthFailed" for one in pauses.every(tx))
    with pytest.raises(BadInput, match="no channel"):
        recheck.request(context, "mastodon", ["1"], SECOND)


def test_an_edit_that_has_not_come_in_is_not_shown(lite: Context) -> None:
    context, x = with_x(lite)
    own = opened(context)
    with time_machine.travel(context.now(), tick=False) as clock:
        first = x.say("kid", "first words", own["en", 1])
        collect.collect(context)
        x.network.edit(first, "other words")
        clock.shift(timedelta(days=8))
        done = recheck.recheck(context)
        assert (done.edited, done.held) == (1, 1)


def test_deleted_text_leaves_no_trace(lite: Context) -> None:
    context, x = with_x(lite)
    own = opened(context)
    ref = x.say("kid", "zebracanary is what I said about the bus", own["en", 1])
    collect.collect(context)
    x.network.delete(ref)
    recheck.request(context, "x", [ref], SECOND)
    recheck.recheck(context)
    context.store.close()
    found = b"".join(
        path.read_bytes() for path in context.settings.home.glob("youthvoice.sqlite3*")
    )
    assert b"zebracanary" not in found and ref.encode() not in found
