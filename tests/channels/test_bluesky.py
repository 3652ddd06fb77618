"""What is particular to Bluesky: sessions, record keys, the walk, notifications, labels."""

from __future__ import annotations

import re
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from tests.channels.stages import BlueskyStage
from tests.channels.test_contract import everything, scope, thread
from youthvoice.channels.base import Place, PostDraft, Presence
from youthvoice.channels.bluesky import records
from youthvoice.errors import AuthFailed, Duplicate, RetryAt


@pytest.fixture
def stage(tmp_path: Path) -> BlueskyStage:
    return BlueskyStage(tmp_path / "sessions")


def test_record_keys_are_fixed_and_valid() -> None:
    keys = {records.record_key(f"key {number}") for number in range(20_000)}
    assert len(keys) == 20_000
    assert all(re.fullmatch(r"[234567abcdefghij][2-7a-z]{12}", key) for key in keys)
    assert records.record_key("a") == records.record_key("a")


def test_the_same_key_makes_one_post(stage: BlueskyStage) -> None:
    first = stage.channel.publish(PostDraft("hello", "en"), "k")
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=1), tick=False):
        assert stage.channel.publish(PostDraft("hello", "en"), "k") == first
    assert stage.own("en") == [first]
    with pytest.raises(Duplicate):
        stage.channel.publish(PostDraft("something else", "en"), "k")
    assert stage.own("en") == [first]


def test_links_and_hashtags_are_live(stage: BlueskyStage) -> None:
    ref = stage.channel.publish(PostDraft("Voilà https://example.ca/fr #YVMentor", "fr"), "k")
    record = stage.network.posts[ref].record
    kinds = [facet["features"][0]["$type"].rpartition("#")[2] for facet in record["facets"]]
    assert kinds == ["link", "tag"] and record["langs"] == ["fr"]
    link = record["facets"][0]["index"]
    assert record["text"].encode()[link["byteStart"] : link["byteEnd"]] == b"https://example.ca/fr"


def test_sessions_are_reused_and_kept_from_others(stage: BlueskyStage) -> None:
    stage.channel.publish(PostDraft("hello", "en"), "k1")
    stage.build().publish(PostDraft("hello again", "en"), "k2")
    assert stage.server.sessions == 1
    (kept,) = (stage.sessions or Path()).glob("*.session")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=3), tick=True):
        stage.build().publish(PostDraft("later", "en"), "k3")
    assert stage.server.calls["com.atproto.server.refreshSession"] == 1


def test_another_account_does_not_take_over_a_session(stage: BlueskyStage) -> None:
    stage.channel.publish(PostDraft("hello", "en"), "k1")
    stage.network.account("renamed.test")
    stage.handles = {**stage.handles, "en": "renamed.test"}
    ref = stage.build().publish(PostDraft("as the new one", "en"), "k2")
    assert stage.network.account("renamed.test").did in ref


def test_what_a_person_may_type(stage: BlueskyStage) -> None:
    ref = stage.channel.publish(PostDraft("hello", "en"), "k1")
    rkey = ref.rpartition("/")[2]
    page = f"https://bsky.app/profile/youthvoice.test/post/{rkey}"
    assert stage.channel.ref_of(ref, "en") == stage.channel.ref_of(page, "en") == ref
    assert stage.channel.ref_of("https://bsky.app/profile/youthvoice.test", "en") is None
    assert stage.channel.ref_of("hello", "en") is None


def test_positions_hold_nobodys_id(stage: BlueskyStage) -> None:
    root, part = thread(stage)
    one = stage.say("kid", "first", part)
    items, _gone, _cursor = everything(stage.channel, scope(root, part))
    stage.delete("kid", one)
    cursor: dict[str, str] = {}
    stage.channel._walked._pseudonym = lambda *parts: str(abs(hash(parts)))
    for _ in range(10):
        batch = stage.channel.collect(scope(root, part, **{one: items[one].place}), cursor)
        cursor = dict(batch.next_cursor)
        assert "did:" not in " ".join(cursor.values())
        if batch.complete:
            break


@pytest.mark.parametrize("spoil", ["garbage", "half", "other server", "expired", "revoked"])
def test_a_session_that_is_over_is_made_anew(stage: BlueskyStage, spoil: str) -> None:
    stage.channel.publish(PostDraft("hello", "en"), "k1")
    (kept,) = (stage.sessions or Path()).glob("*.session")
    text = kept.read_text()
    later = timedelta()
    if spoil == "garbage":
        kept.write_text(text.partition("\n")[0] + "\nnonsense")
    elif spoil == "half":
        kept.write_text(text[: len(text) // 2])
    elif spoil == "other server":
        kept.write_text("https://elsewhere.test\n" + text.partition("\n")[2])
    elif spoil == "expired":
        later = timedelta(days=100)
    else:
        sessions = stage.channel._clients["en"]._client
        assert sessions is not None and sessions._session is not None
        stage.server.revoked.add(sessions._session.access_jwt)
    with time_machine.travel(datetime.now(UTC) + later, tick=True):
        assert stage.build().publish(PostDraft("after", "en"), "k2")
    assert stage.server.calls["com.atproto.server.createSession"] == 2


def test_a_wrong_password_is_not_tried_again_and_again(stage: BlueskyStage) -> None:
    with pytest.raises(AuthFailed):
        stage.build("wrong").publish(PostDraft("hello", "en"), "k")
    assert stage.server.calls["com.atproto.server.createSession"] == 1


def test_the_account_says_that_it_is_automated(stage: BlueskyStage) -> None:
    did = stage.network.account("youthvoice.test").did
    stage.network.put(
        did,
        "app.bsky.actor.profile",
        "self",
        {"$type": "app.bsky.actor.profile", "displayName": "Youth Voice", "description": "hi"},
    )
    thread(stage)
    profile = stage.network.accounts[did].records["app.bsky.actor.profile", "self"]
    assert profile["displayName"] == "Youth Voice"
    assert {"val": "bot"} in profile["labels"]["values"]
    assert stage.server.calls["com.atproto.repo.putRecord"] == 3  # once, then the two posts


def test_both_limits() -> None:
    assert records.measure("a" * 300) == 300 and records.measure("é" * 300) == 300
    family = "👩‍👩‍👧‍👦"  # one grapheme, 25 bytes
    assert records.measure(family * 100) == 250  # bytes weigh more than graphemes here
    assert records.measure(family) == 3


def test_threads_that_are_cut_off_are_walked_to_their_end(stage: BlueskyStage) -> None:
    root, part = thread(stage)
    refs, above = [], part
    for number in range(25):
        above = stage.say("kid", f"deep {number}", above)
        refs.append(above)
    items, _gone, _cursor = everything(stage.channel, scope(root, part))
    assert set(items) == set(refs)
    assert {item.place for item in items.values()} == {Place(7, 1)}


def test_the_walk_finds_what_was_never_notified(stage: BlueskyStage) -> None:
    stage.network.lag = 60
    with time_machine.travel(datetime.now(UTC), tick=False) as clock:
        root, part = thread(stage)
        one = stage.say("kid", "at once", part)
        clock.shift(61)
        did = stage.network.account("youthvoice.test").did
        assert stage.network.accounts[did].notifications == []
        items, _gone, _cursor = everything(stage.channel, scope(root, part))
    assert one in items


def test_notifications_find_tagged_mentions_and_backdated_replies(stage: BlueskyStage) -> None:
    root, part = thread(stage)
    for number in range(150):
        stage.say(f"kid{number}", f"reply {number}", part)
    items, _gone, cursor = everything(stage.channel, scope(root, part))
    assert len(items) == 150 and "since" in cursor
    old = datetime(2020, 1, 1, tzinfo=UTC).timestamp()
    backdated = stage.network.say("late.test", "backdated", part, created=old)
    tagged = stage.network.say(
        "tagger.test",
        "@youthvoice.test the bus",
        facets=[{"features": [{"$type": "app.bsky.richtext.facet#tag", "tag": "YVMentor"}]}],
    )
    untagged = stage.network.say("chatter.test", "@youthvoice.test hello")
    known = {ref: item.place for ref, item in items.items()}
    again, _gone, _cursor = everything(stage.channel, scope(root, part, **known), cursor)
    assert {backdated, tagged} <= set(again) and untagged not in again
    assert again[tagged].place == Place(7, 0)
    assert again[backdated].written_at.year == 2020


def test_an_edited_record_comes_as_a_new_version(stage: BlueskyStage) -> None:
    root, part = thread(stage)
    one = stage.say("kid", "frist", part)
    items, _gone, _cursor = everything(stage.channel, scope(root, part))
    did, collection, rkey = one.removeprefix("at://").split("/")
    record = {**stage.network.posts[one].record, "text": "first"}
    stage.network.put(did, collection, rkey, record)
    again, _gone, _cursor = everything(stage.channel, scope(root, part))
    assert again[one].text == "first" and again[one].version != items[one].version


def test_bots_are_left_out(stage: BlueskyStage) -> None:
    root, part = thread(stage)
    robot = stage.network.account("robot.test").did
    labels = {"values": [{"val": "bot"}]}
    stage.network.put(robot, "app.bsky.actor.profile", "self", {"labels": labels})
    stage.say("robot", "beep", part)
    items, _gone, _cursor = everything(stage.channel, scope(root, part))
    assert items == {}


def test_blocked_and_deactivated_authors(stage: BlueskyStage) -> None:
    root, part = thread(stage)
    one = stage.say("kid", "hello", part)
    two = stage.say("kid2", "hello", part)
    reader = stage.network.account("youthvoice.test").did
    stage.network.account("kid.test").blocks.add(reader)
    stage.network.account("kid2.test").active = False
    assert stage.channel.check([two, root]) == {two: Presence.GONE, root: Presence.PRESENT}
    # A blocking author's post is listed by the fake's getPosts; asked for alone it says so.
    assert stage.channel._alone(stage.channel._reader(), one) == Presence.HIDDEN


def test_a_limit_says_until_when(stage: BlueskyStage) -> None:
    root, part = thread(stage)
    stage.fault = lambda _kind: "429"
    with pytest.raises(RetryAt) as problem:
        stage.channel.collect(scope(root, part), {})
    assert 0 < problem.value.seconds <= 60
    stage.fault = lambda _kind: None
    assert max(stage.server.before_reset.values(), default=0) == 0
