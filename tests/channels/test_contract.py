"""What every channel keeps, on every channel, faults included."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.channels.stages import NAMES, Stage, never, staged
from youthvoice.channels.base import (
    Channel,
    Idempotency,
    Item,
    Place,
    PostDraft,
    Presence,
    Scope,
)
from youthvoice.errors import (
    Ambiguous,
    AuthFailed,
    ChannelError,
    NotAllowedToReply,
    Rejected,
    RetryAt,
    Unavailable,
)

REAL = pytest.param(
    "bluesky-network",
    marks=[
        pytest.mark.bluesky_network,
        pytest.mark.skipif(
            "BLUESKY_PDS" not in os.environ, reason="runs only in `make test-bluesky`"
        ),
    ],
)
STAGES = [*NAMES, *([REAL] if "BLUESKY_PDS" in os.environ else [])]
PLATFORMS = [name for name in STAGES if name != "sandbox"]


@pytest.fixture(params=STAGES)
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    with staged(request.param, tmp_path) as found:
        yield found


@pytest.fixture(params=PLATFORMS)
def platform(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    with staged(request.param, tmp_path) as found:
        yield found


def always(fault: str) -> Callable[[str], str | None]:
    return lambda _kind: fault


def writes(fault: str) -> Callable[[str], str | None]:
    return lambda kind: fault if kind == "write" else None


def everything(
    channel: Channel, scope: Scope, cursor: dict[str, str] | None = None
) -> tuple[dict[str, Item], list[str], dict[str, str]]:
    """All pages of a collection: items by id, tombstones, the cursor after the last one."""
    items: dict[str, Item] = {}
    gone: list[str] = []
    at = dict(cursor or {})
    for _ in range(500):
        batch = channel.collect(scope, at)
        items.update({item.id: item for item in batch.items})
        gone += batch.tombstones
        at = dict(batch.next_cursor)
        assert all(isinstance(value, str) for value in at.values())
        if batch.complete:
            return items, gone, at
    raise AssertionError("the collection never ended")


def thread(stage: Stage, language: str = "en") -> tuple[str, str]:
    """A root and its first question."""
    root = stage.channel.publish(
        PostDraft("Context https://youthvoice.example.ca/en & more <b> #YVMentor", language),
        f"{language}0",
    )
    part = stage.channel.publish(
        PostDraft("1/4 What helps? #YVMentor", language, root), f"{language}1"
    )
    return root, part


def scope(root: str, part: str, language: str = "en", **known: Place) -> Scope:
    return Scope(
        {root: Place(7, 0), part: Place(7, 1)}, [root], {"yvmentor": 7}, dict(known), language
    )


def test_a_thread_and_its_replies(stage: Stage) -> None:
    root, part = thread(stage)
    assert isinstance(root, str) and root != part
    assert set(stage.own("en")) == {root, part} and stage.own("fr") == []
    one = stage.say("kid", "a ride after six", part)
    two = stage.say("kid2", "what about Sundays & <3", one)
    three = stage.say("kid", "to the context", root)
    items, gone, _cursor = everything(stage.channel, scope(root, part))
    assert set(items) == {one, two, three} and not gone
    assert items[one].place == Place(7, 1) and items[three].place == Place(7, 0)
    assert items[two].place.topic == 7
    assert items[one].text.endswith("a ride after six") and "&amp;" not in items[two].text
    assert "<3" in items[two].text and "<p>" not in items[two].text
    assert abs(items[one].written_at - datetime.now(UTC)) < timedelta(minutes=5)


def test_authors_arrive_as_keyed_hashes(stage: Stage) -> None:
    root, part = thread(stage)
    one = stage.say("kid", "first", part)
    two = stage.say("kid", "second", part)
    three = stage.say("kid2", "third", part)
    items, _gone, _cursor = everything(stage.channel, scope(root, part))
    keys = [items[ref].author_key for ref in (one, two, three)]
    if keys[0] is not None:  # X's newer spelling does not tell without billing each author
        assert keys[0] == keys[1] != keys[2] and keys[0].startswith("key:author/")


def test_an_items_words_hide(stage: Stage) -> None:
    root, part = thread(stage)
    stage.say("kid", "CANARY words", part)
    items, _gone, _cursor = everything(stage.channel, scope(root, part))
    (item,) = items.values()
    assert "CANARY" in item.text and "CANARY" not in repr(item) and "author" not in repr(item)


def test_what_was_collected_is_found_again_or_left_out_never_lost(stage: Stage) -> None:
    """Windows overlap: after a whole collection a new reply comes, old ones may come again."""
    root, part = thread(stage)
    first = stage.say("kid", "first", part)
    items, _gone, cursor = everything(stage.channel, scope(root, part))
    late = stage.say("kid2", "late", first)
    known = {first: items[first].place}
    again, _gone, _cursor = everything(stage.channel, scope(root, part, **known), cursor)
    assert late in again and set(again) <= {first, late}
    assert again[late].place.topic == 7


def test_a_reply_below_a_deleted_reply_is_still_found(stage: Stage) -> None:
    root, part = thread(stage)
    one = stage.say("kid", "first", part)
    two = stage.say("kid2", "below it", one)
    items, _gone, cursor = everything(stage.channel, scope(root, part))
    stage.delete("kid", one)
    three = stage.say("kid", "below that", two)
    known = {ref: items[ref].place for ref in (one, two)}
    again, _gone, _cursor = everything(stage.channel, scope(root, part, **known), cursor)
    assert three in again and again[three].place.topic == 7


def test_own_posts_are_left_out(stage: Stage) -> None:
    root, part = thread(stage)
    stage.channel.publish(PostDraft("You said, we did", "en", root), "feedback")
    items, _gone, _cursor = everything(stage.channel, scope(root, part))
    assert items == {}


def test_presence(stage: Stage) -> None:
    root, part = thread(stage)
    one = stage.say("kid", "here", part)
    two = stage.say("kid2", "not for long", part)
    stage.delete("kid2", two)
    found = stage.channel.check([one, two])
    assert found == {one: Presence.PRESENT, two: Presence.GONE}


def test_counts(stage: Stage) -> None:
    root, part = thread(stage)
    stage.say("kid", "here", part)
    assert stage.channel.stats([part])[part].replies == 1


def test_measure_and_refuse(stage: Stage) -> None:
    caps = stage.channel.caps
    assert stage.channel.measure("abc") == 3 and caps.longest >= 270
    longest = "x" * caps.longest
    assert stage.channel.measure(longest) == caps.longest
    ref = stage.channel.publish(PostDraft(longest, "en"), "longest")
    assert stage.own("en") == [ref]
    with pytest.raises(Rejected):
        stage.channel.publish(PostDraft("y" * (caps.longest + 40), "en"), "too long")
    assert stage.own("en") == [ref]


def test_a_reply_to_what_is_gone_is_refused(stage: Stage) -> None:
    root, part = thread(stage)
    stage.delete("youthvoice", part)
    with pytest.raises(Rejected) as refused:
        stage.channel.publish(PostDraft("2/4 And?", "en", part), "late")
    assert isinstance(refused.value, NotAllowedToReply) or refused.value.code == "parent_gone"
    assert stage.own("en") == [root]


def test_each_language_has_its_account(stage: Stage) -> None:
    en, _part = thread(stage, "en")
    fr, _part = thread(stage, "fr")
    assert en in stage.own("en") and fr in stage.own("fr") and fr not in stage.own("en")
    assert stage.channel.where("en") != stage.channel.where("fr")


def test_what_may_be_live_is_found(stage: Stage) -> None:
    root, part = thread(stage)
    draft = PostDraft("1/4 What helps? #YVMentor", "en", root)
    since = datetime.now(UTC) - timedelta(minutes=10)
    assert stage.channel.find_published("en1", draft, since) == part
    context = PostDraft("Context https://youthvoice.example.ca/en & more <b> #YVMentor", "en")
    assert stage.channel.find_published("en0", context, since) == root
    assert stage.channel.find_published("other", PostDraft("2/4 Else?", "en", root), since) is None
    assert stage.channel.find_published("fr1", PostDraft(draft.text, "fr", root), since) is None


@pytest.mark.parametrize("fault", ["lost"])
def test_a_lost_acknowledgement_is_ambiguous_and_can_be_resolved(
    platform: Stage, fault: str
) -> None:
    root, _part = thread(platform)
    draft = PostDraft("2/4 Lost?", "en", root)
    before = set(platform.own("en"))
    platform.fault = writes(fault)
    with pytest.raises(Ambiguous):
        platform.channel.publish(draft, "lost")
    platform.fault = never
    (live,) = set(platform.own("en")) - before
    assert platform.channel.find_published("lost", draft, None) == live
    if platform.channel.caps.idempotency == Idempotency.NATIVE:
        assert platform.channel.publish(draft, "lost") == live
        assert len(platform.own("en")) == 3


@pytest.mark.parametrize(("fault", "kind"), [("429", RetryAt), ("refused", Unavailable)])
def test_nothing_is_posted_when_refused_before(platform: Stage, fault: str, kind: type) -> None:
    root, part = thread(platform)
    platform.fault = writes(fault)
    with pytest.raises(kind) as problem:
        platform.channel.publish(PostDraft("2/4 Refused?", "en", root), "refused")
    platform.fault = never
    assert set(platform.own("en")) == {root, part}
    if isinstance(problem.value, RetryAt):
        assert 0 < problem.value.seconds <= 901


@pytest.mark.parametrize("fault", ["500", "503", "timeout"])
def test_a_failure_while_posting_may_have_posted(platform: Stage, fault: str) -> None:
    root, _part = thread(platform)
    platform.fault = writes(fault)
    with pytest.raises(Ambiguous):
        platform.channel.publish(PostDraft("2/4 Failed?", "en", root), "failed")


@pytest.mark.parametrize("fault", ["500", "503", "timeout"])
def test_a_failure_while_checking_is_unknown_never_gone(platform: Stage, fault: str) -> None:
    _root, part = thread(platform)
    one = platform.say("kid", "here", part)
    platform.fault = always(fault)
    assert platform.channel.check([one]) == {one: Presence.UNKNOWN}


def test_a_limit_while_checking_is_told(platform: Stage) -> None:
    _root, part = thread(platform)
    one = platform.say("kid", "here", part)
    platform.fault = always("429")
    with pytest.raises(RetryAt):
        platform.channel.check([one])


def test_a_failure_while_collecting_keeps_the_cursor(platform: Stage) -> None:
    root, part = thread(platform)
    one = platform.say("kid", "here", part)
    looking = scope(root, part)
    cursor: dict[str, str] = {}
    for fault in ("500", "timeout", "503"):
        platform.fault = always(fault)
        with pytest.raises(ChannelError):
            platform.channel.collect(looking, cursor)
    platform.fault = never
    items, _gone, _cursor = everything(platform.channel, looking, cursor)
    assert set(items) == {one}


def test_the_examination_says_what_is_wrong(stage: Stage) -> None:
    assert all(finding.ok for finding in stage.channel.examine())
    assert stage.own("en") == [] == stage.own("fr")  # nothing was posted


def test_no_token_and_no_word_reaches_a_log_at_any_level(
    platform: Stage, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("tweepy", "tweepy.client", "urllib3", "httpx", "oauthlib", "mastodon", "stamina"):
        caplog.set_level(logging.DEBUG, logger=name)
    root, part = thread(platform)
    platform.say("kid", "CANARY said this", part)
    items, _gone, _cursor = everything(platform.channel, scope(root, part))
    assert items
    problems = []
    for fault in ("lost", "500", "429"):
        platform.fault = always(fault)
        with pytest.raises(ChannelError) as problem:
            platform.channel.publish(PostDraft("CANARY draft", "en", root), fault)
        problems.append(f"{problem.value!r} {problem.value} {problem.value.__cause__!r}")
    out = "".join(capfd.readouterr()) + caplog.text + "".join(problems)
    for secret in ("CANARY", "Bearer", "_token", "oauth_signature", "eyJ"):
        assert secret not in out


def test_wrong_credentials(tmp_path: Path) -> None:
    from tests.channels.stages import BlueskyStage, MastodonStage, XStage

    x = XStage()
    x.api.tokens.clear()
    with pytest.raises(AuthFailed):
        x.channel.publish(PostDraft("Hello", "en"), "k")
    bluesky = BlueskyStage(tmp_path)
    with pytest.raises(AuthFailed):
        bluesky.build("wrong").publish(PostDraft("Hello", "en"), "k")
    mastodon = MastodonStage()
    try:
        mastodon.channel._clients["en"]._api.access_token = "wrong"
        with pytest.raises(AuthFailed):
            mastodon.channel.publish(PostDraft("Hello", "en"), "k")
    finally:
        mastodon.instance.close()
