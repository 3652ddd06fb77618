"""What changes around a consultation: installations, accounts, channels, servers; and what odd answers do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from tests.channels.stages import BlueskyStage, MastodonStage, XStage
from tests.factories import MINISTRY, SECOND, answer, proposed_topic, topic
from tests.platform import opened, with_stage, with_x
from youthvoice import app
from youthvoice.errors import BadInput, Rejected
from youthvoice.flow import collect, feed_back, post, recheck, review, withdrawals
from youthvoice.flow.context import Context
from youthvoice.model import PostingStatus, ResponseStatus, ReviewStatus, TopicStatus
from youthvoice.nlp.analyser import Analyser
from youthvoice.settings import Settings
from youthvoice.store import collections, contributions, pauses, postings, responses


@pytest.fixture
def bluesky(tmp_path: Path) -> BlueskyStage:
    return BlueskyStage(tmp_path / "sessions")


@pytest.fixture
def mastodon():
    stage = MastodonStage(other=True)
    yield stage
    stage.instance.close()


def test_a_second_installation_on_the_same_account(
    lite: Context, bluesky: BlueskyStage, tmp_path: Path, analyser: Analyser
) -> None:
    """A trial and then a production: both count their posts from 1, and share nothing."""
    first = with_stage(lite, bluesky)
    own = opened(first)
    settings = Settings(home=tmp_path / "second")
    app.prepare(settings)
    second = with_stage(app.build(settings, lambda: analyser), bluesky)
    other = opened(second)
    assert not set(own.values()) & set(other.values())
    assert topic(second).status == TopicStatus.OPEN
    second.store.close()


def test_a_channel_that_is_added_later_holds_no_answer_back(
    lite: Context, bluesky: BlueskyStage, mastodon: MastodonStage
) -> None:
    context = with_stage(lite, bluesky)
    opened(context)
    both = replace(context, channels={"bluesky": bluesky.channel, "mastodon": mastodon.channel})
    number = feed_back.write(both, "mentoring", answer(), MINISTRY)
    feed_back.approve(both, number, SECOND)
    assert post.post(both).sent == 2  # one answer a language, under the threads there are
    assert feed_back.feed_back(both).published == 1
    with both.store.read() as tx:
        assert responses.get(tx, number).status == ResponseStatus.PUBLISHED


def test_the_demo_plans_nothing_for_a_platform(lite: Context) -> None:
    context, x = with_x(lite)
    demo = replace(
        context,
        settings=context.settings.model_copy(update={"demo": True}),
        channels={**lite.channels, **context.channels},
    )
    proposed_topic(demo)
    review.approve_topic(demo, "mentoring", SECOND)
    post.post(demo)
    with demo.store.read() as tx:
        assert {row.channel for row in postings.of_topic(tx, topic(demo).id)} == {"sandbox"}
    assert x.adapter.requests == []


def test_the_demo_cannot_be_live(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUTHVOICE_LIVE", "x")
    with pytest.raises(BadInput, match="YOUTHVOICE_LIVE"):
        Settings.from_env()
    monkeypatch.setenv("YOUTHVOICE_DEMO", "false")
    assert Settings.from_env().is_live("x")


def test_a_server_that_has_lost_everything_is_not_believed(
    lite: Context, mastodon: MastodonStage
) -> None:
    """Another server under the address: it knows none of the ids, and says so for each."""
    context = with_stage(lite, mastodon)
    own = opened(context)
    for number in range(3):
        mastodon.say("kid", f"@youthvoice words {number}", own["en", 1])
    collect.collect(context)
    empty = MastodonStage(other=True)
    moved = replace(context, channels={"mastodon": empty.channel})
    with time_machine.travel(context.now() + timedelta(days=2), tick=True):
        done = recheck.recheck(moved)
        assert done.unknown == 3 and done.tombstones == 0
        done = recheck.recheck(context)  # the old one is back
        assert done.checked == 3 and done.tombstones == 0
    empty.instance.close()


def test_one_odd_date_or_id_does_not_stop_a_channel(lite: Context, bluesky: BlueskyStage) -> None:
    context = with_stage(lite, bluesky)
    own = opened(context)
    early = datetime(1, 1, 1, tzinfo=UTC)
    ref = bluesky.say("kid", "from the year one", own["en", 1])
    bluesky.network.posts[ref].record["createdAt"] = early.isoformat()
    long_did = "did:web:" + "a" * 300
    network = bluesky.network
    network.account("long.test")
    network.accounts[long_did] = network.accounts.pop(network.account("long.test").did)
    network.accounts[long_did].did = long_did
    bluesky.say("long", "whose id is too long", own["en", 1])
    fine = bluesky.say("kid2", "an ordinary one", own["en", 2])
    done = collect.collect(context)
    assert done.accepted == 2 and done.odd >= 1 and done.failed == 0
    with context.store.read() as tx:
        refs = {ref for _key, ref in contributions.refs(tx, topic(context).id, "bluesky")}
    assert refs == {ref, fine}


def test_a_channel_that_breaks_inside_does_not_keep_the_others(
    lite: Context, bluesky: BlueskyStage
) -> None:
    x = XStage()
    context = replace(
        with_stage(lite, bluesky), channels={"x": x.channel, "bluesky": bluesky.channel}
    )
    own = opened(context)
    with context.store.read() as tx:
        rows = postings.of_topic(tx, topic(context).id, "bluesky")
    assert own
    bluesky.say("kid", "hello", str(rows[0].external_id))

    def broken(*_args: object) -> None:
        raise ZeroDivisionError("CANARY")

    x.channel.collect = broken  # type: ignore[method-assign,assignment]
    done = collect.collect(context)
    assert done.failed == 2 and done.accepted == 1
    with context.store.read() as tx:
        assert {one.code for one in pauses.every(tx)} == {"failed_inside"}


def test_a_post_that_breaks_inside_does_not_keep_the_others(
    lite: Context, bluesky: BlueskyStage
) -> None:
    x = XStage()
    context = replace(
        with_stage(lite, bluesky), channels={"x": x.channel, "bluesky": bluesky.channel}
    )

    def broken(*_args: object) -> None:
        raise ZeroDivisionError("CANARY")

    x.channel.publish = broken  # type: ignore[method-assign,assignment]
    proposed_topic(context)
    review.approve_topic(context, "mentoring", SECOND)
    assert post.post(context).ambiguous == 2
    assert topic(context).status == TopicStatus.OPEN  # on Bluesky it is out


def test_a_look_that_is_refused_keeps_a_post_in_doubt(lite: Context) -> None:
    context, x = with_x(lite)
    proposed_topic(context)
    review.approve_topic(context, "mentoring", SECOND)
    with time_machine.travel(context.now(), tick=False) as clock:
        x.fault = lambda kind: "lost" if kind == "write" else None
        post.post(context)

        def refused(*_args: object) -> None:
            raise Rejected("not_found")

        real = x.channel.find_published
        x.channel.find_published = refused  # type: ignore[method-assign,assignment]
        x.fault = lambda _kind: None
        clock.shift(600)
        post.post(context)
        with context.store.read() as tx:
            states = {
                row.status for row in postings.of_topic(tx, topic(context).id) if not row.part
            }
        assert states == {PostingStatus.AMBIGUOUS}
        x.channel.find_published = real  # type: ignore[method-assign]


def test_a_silent_attempt_counts_as_lost_only_after_its_longest_call(lite: Context) -> None:
    context, x = with_x(lite, channel_timeout=300.0, channel_patience=60.0)
    proposed_topic(context)
    review.approve_topic(context, "mentoring", SECOND)
    with time_machine.travel(context.now(), tick=False) as clock:
        with context.store.read() as tx:
            one = postings.due(tx, "x", context.settings.today().date())[0]
        assert context.settings.longest_call >= timedelta(hours=1)
        real = x.channel.publish

        def hangs(*_args: object) -> None:
            raise KeyboardInterrupt  # the process is gone, its call is not

        x.channel.publish = hangs  # type: ignore[method-assign,assignment]
        with pytest.raises(KeyboardInterrupt):
            post.post(context)
        x.channel.publish = real  # type: ignore[method-assign]
        clock.shift(1800)
        post.post(context)
        with context.store.read() as tx:
            assert postings.get(tx, one.id).status == PostingStatus.SENDING


@pytest.mark.parametrize("typed", ["hello", "https://x.com/YouthVoiceON", "1899123"])
def test_what_is_typed_for_a_live_post_is_verified(lite: Context, typed: str) -> None:
    context, x = with_x(lite)
    proposed_topic(context)
    review.approve_topic(context, "mentoring", SECOND)
    x.fault = lambda kind: "lost" if kind == "write" else None
    post.post(context)
    x.fault = lambda _kind: None
    with context.store.read() as tx:
        doubtful = next(
            row
            for row in postings.of_topic(tx, topic(context).id)
            if row.status == PostingStatus.AMBIGUOUS and row.language == "en"
        )
    with pytest.raises(BadInput):
        post.settle_by_hand(context, doubtful.id, typed, SECOND)
    address = f"https://x.com/YouthVoiceON/status/{x.own('en')[0]}?s=20"
    assert post.settle_by_hand(context, doubtful.id, address, SECOND) == PostingStatus.SENT
    with context.store.read() as tx:
        assert postings.get(tx, doubtful.id).external_id == x.own("en")[0]


def test_approving_asks_no_dry_channel_anything(lite: Context, mastodon: MastodonStage) -> None:
    context = with_stage(lite, mastodon, live="")
    proposed_topic(context)
    review.approve_topic(context, "mentoring", SECOND)
    post.post(context)
    assert mastodon.adapter.calls == 0 and collect.lagging(context) == []
    assert recheck.outlook(context) == [] and mastodon.adapter.calls == 0


def test_nothing_is_missed_where_nothing_was_asked(lite: Context) -> None:
    """Months without a consultation are no gap."""
    context, _x = with_x(lite)
    opened(context)
    with time_machine.travel(context.now(), tick=False) as clock:
        collect.collect(context)
        clock.shift(timedelta(days=150))
        assert collect.lagging(context) == []


def test_a_collection_that_never_ends_is_an_alarm_too(lite: Context) -> None:
    context, x = with_x(lite)
    own = opened(context)
    with time_machine.travel(context.now(), tick=False) as clock:
        for number in range(300):
            x.say(f"kid{number}", f"reply {number}", own["en", 1])
        for _ in range(6):
            answers = iter([None])
            x.fault = lambda _kind, answers=answers: next(answers, "503")  # type: ignore[misc]
            collect.collect(context, by_hand=True)
            clock.shift(timedelta(days=1))
        assert "en" in {lag.account for lag in collect.lagging(context)}


def test_what_somebody_asks_about_on_a_dry_channel_is_hidden_at_once(lite: Context) -> None:
    context, x = with_x(lite)
    own = opened(context)
    ref = x.say("kid", "words", own["en", 1])
    collect.collect(context)
    dry = replace(context, settings=context.settings.model_copy(update={"live": ""}))
    assert recheck.request(dry, "x", [ref], SECOND) == (1, 1)
    with dry.store.read() as tx:
        assert contributions.status_counts(tx)["held"] == 1


def test_leaving_a_platform_leaves_no_position(lite: Context, bluesky: BlueskyStage) -> None:
    context = with_stage(lite, bluesky)
    own = opened(context)
    bluesky.say("kid", "zebracanary words", own["en", 1])
    collect.collect(context)
    dry = replace(context, settings=context.settings.model_copy(update={"live": ""}))
    assert recheck.leave(dry, "bluesky", SECOND) == 1
    with dry.store.read() as tx:
        assert collections.find(tx, "bluesky") is None
    did = bluesky.network.account("kid.test").did.encode()
    dry.store.close()
    files = context.settings.home.glob("youthvoice.sqlite3*")
    assert did not in b"".join(path.read_bytes() for path in files)


def test_a_withdrawn_message_does_not_come_back_with_an_edit(context: Context) -> None:
    changed, x = with_x(context)
    own = opened(changed)
    first = x.say("kid", "first words", own["en", 1])
    collect.collect(changed)
    with changed.store.write() as tx:
        assert withdrawals.withdraw_posts(changed, tx, "x", [first]) == 1
    x.network.edit(first, "other words")
    done = collect.collect(changed, by_hand=True)
    assert (done.accepted, done.edited) == (0, 0)
    with changed.store.read() as tx:
        assert contributions.status_counts(tx)[str(ReviewStatus.WITHDRAWN)] == 1
