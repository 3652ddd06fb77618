"""What is particular to Mastodon: limits of the instance, visibility, HTML, other servers' habits."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.channels.stages import MastodonStage
from tests.channels.test_contract import everything, scope, thread
from youthvoice.channels.base import PostDraft, Presence
from youthvoice.channels.mastodon.client import COMMON, Limits
from youthvoice.channels.mastodon.text import comparable, measure, plain
from youthvoice.errors import Ambiguous, AuthFailed, ChannelError, RetryAt, Unavailable


@pytest.fixture(params=[False, True], ids=["mastodon", "other"])
def stage(request: pytest.FixtureRequest) -> Iterator[MastodonStage]:
    found = MastodonStage(other=request.param)
    yield found
    found.instance.close()


def test_only_what_was_said_to_all_is_collected(stage: MastodonStage) -> None:
    root, part = thread(stage)
    seen = {
        stage.say("kid", f"@youthvoice {visibility}", part, visibility)
        for visibility in ("public", "unlisted")
    }
    for visibility in ("private", "direct"):
        stage.say("kid2", f"@youthvoice CANARY {visibility}", part, visibility)
    items, _gone, _cursor = everything(stage.channel, scope(root, part))
    assert set(items) == seen
    assert all("CANARY" not in item.text for item in items.values())


def test_what_becomes_private_is_hidden(stage: MastodonStage) -> None:
    _root, part = thread(stage)
    one = stage.say("kid", "@youthvoice hello", part, "direct")
    assert stage.channel.check([one])[one] in (Presence.HIDDEN, Presence.GONE)


def test_posts_carry_visibility_and_language(stage: MastodonStage) -> None:
    root = stage.channel.publish(PostDraft("Bonjour", "fr"), "k")
    shown = stage.instance.http.get(f"/api/v1/statuses/{stage._inside(root)}").json()
    assert shown["visibility"] == "public" and shown["language"] == "fr"


def test_a_key_is_honoured_or_not_and_both_are_reconciled(stage: MastodonStage) -> None:
    draft = PostDraft("hello", "en")
    first = stage.channel.publish(draft, "k")
    assert stage.channel.find_published("k", draft, None) == first
    again = stage.channel.publish(draft, "k")
    assert (again == first) is not stage.other


def test_long_timelines_are_read_to_the_moment_asked_for(stage: MastodonStage) -> None:
    first = stage.channel.publish(PostDraft("the first", "en"), "k0")
    for number in range(90):
        stage.instance.say("youthvoice", f"filler {number}")
    assert stage.channel.find_published("k0", PostDraft("the first", "en"), None) == first


def test_html_becomes_text() -> None:
    html = (
        '<p><span class="h-card"><a href="https://m.test/@youthvoice" class="u-url mention">@<span>'
        "youthvoice</span></a></span> because &amp; so &lt;3</p><p>second<br>line "
        '<a href="https://e.test/x"><span class="invisible">https://</span>e.test/x</a></p>'
    )
    assert plain(html) == "@youthvoice because & so <3\n\nsecond\nline https://e.test/x"
    assert comparable("a  b https://x.test/y") == comparable("a b")


def test_an_edited_status_comes_as_a_new_version(stage: MastodonStage) -> None:
    root, part = thread(stage)
    one = stage.say("kid", "@youthvoice frist", part)
    items, _gone, _cursor = everything(stage.channel, scope(root, part))
    stage.edit("kid", one, "@youthvoice first")
    again, _gone, _cursor = everything(stage.channel, scope(root, part))
    assert again[one].text == "first" and again[one].version != items[one].version == ""


def test_bots_are_left_out(stage: MastodonStage) -> None:
    root, part = thread(stage)
    stage.say("robot", "@youthvoice beep", part)
    items, _gone, _cursor = everything(stage.channel, scope(root, part))
    assert items == {}


def test_limits_come_from_the_instance(
    stage: MastodonStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert stage.channel.caps.longest == 500 and stage.channel.caps.link_weight == 23
    monkeypatch.setattr(stage.channel._reader(), "limits", lambda: Limits(5000, None))
    stage.channel._limits_until = 0.0
    stage.channel.refresh()
    assert stage.channel.caps.longest == 5000
    assert stage.channel.measure("see https://example.ca/abc") == 26
    stage.channel._limits, stage.channel._limits_until = COMMON, 0.0
    stage.fault = lambda _kind: "500"
    monkeypatch.undo()
    stage.channel.refresh()
    assert stage.channel.caps.longest == 500  # the usual ones while it cannot be asked


def test_measure() -> None:
    assert measure("see https://example.ca/a/long/path now", 23) == 31
    assert measure("@kid@far.example hello", 23) == len("@kid hello")
    assert measure("👩‍👩‍👧 é", None) == 3


@pytest.mark.parametrize(
    ("effect", "reading", "writing"),
    [
        ({"type": "ratelimit", "headers": {"X-RateLimit-Reset": "2099-01-01T00:00:00Z",
                                           "X-RateLimit-Remaining": "0"}}, RetryAt, RetryAt),
        ({"type": "status", "status": 503}, Unavailable, Ambiguous),
        ({"type": "status", "status": 401}, AuthFailed, AuthFailed),
        ({"type": "status", "status": 422}, ChannelError, ChannelError),
        ({"type": "malformed"}, Unavailable, Ambiguous),
    ],
)  # fmt: skip
def test_the_instances_own_faults(
    stage: MastodonStage, effect: dict[str, object], reading: type, writing: type
) -> None:
    root, _part = thread(stage)
    stage.instance.fault(
        match={"methods": ["GET"], "path": "/api/v1/statuses/*"}, effect=effect, count=1
    )
    if reading is Unavailable:
        assert stage.channel.check([root]) == {root: Presence.UNKNOWN}
    else:
        with pytest.raises(reading):
            stage.channel.check([root])
    stage.instance.fault(
        match={"methods": ["POST"], "path": "/api/v1/statuses"}, effect=effect, count=1
    )
    with pytest.raises(writing) as problem:
        stage.channel.publish(PostDraft("hello", "en"), "k")
    if writing is RetryAt:
        assert problem.value.seconds > 3600


def test_mentions_are_paged_from_where_they_ended(stage: MastodonStage) -> None:
    root, part = thread(stage)
    for number in range(95):
        stage.say("kid", f"@youthvoice reply {number}", part)
    items, _gone, cursor = everything(stage.channel, scope(root, part))
    assert len(items) == 95 and cursor["min:en"]
    tagged = stage._outside(stage.instance.say("kid2", "@youthvoice the bus #YVMentor"))
    again, _gone, after = everything(stage.channel, scope(root, part), cursor)
    assert tagged in again and after["min:en"] != cursor["min:en"]


def test_looking_at_limits_and_lengths_asks_nobody(stage: MastodonStage) -> None:
    before = stage.adapter.calls
    assert stage.channel.caps.longest == 500 and stage.channel.measure("abc") == 3
    assert stage.adapter.calls == before


def test_a_page_of_a_proxy_is_no_deletion(stage: MastodonStage) -> None:
    """Maintenance, or another server under this address: a 404 that the instance did not say."""
    _root, part = thread(stage)
    one = stage.say("kid", "@youthvoice hello", part)
    stage.fault = lambda _kind: "page of a proxy"
    assert stage.channel.check([one])[one] == Presence.UNKNOWN


def test_a_walk_that_is_refused_leaves_nothing_out(stage: MastodonStage) -> None:
    root, part = thread(stage)
    refs = [stage.say("kid", f"@youthvoice reply {n}", part) for n in range(3)]
    faults = iter([None, "429"])
    stage.fault = lambda _kind: next(faults, None)
    with pytest.raises(ChannelError):
        for _ in range(3):
            stage.channel.collect(scope(root, part), {})
    stage.fault = lambda _kind: None
    items, _gone, _cursor = everything(stage.channel, scope(root, part))
    assert set(items) == set(refs)


def test_a_strict_limit_still_lets_a_long_walk_end(stage: MastodonStage) -> None:
    root, part = thread(stage)
    above = [stage.say("kid", f"@youthvoice reply {n}", part) for n in range(30)]
    replies = [stage.say("kid2", f"below {n}", ref) for n, ref in enumerate(above)]
    items, _gone, _cursor = everything(stage.channel, scope(root, part))
    known = {ref: items[ref].place for ref in replies}
    for ref in above:
        stage.delete("kid", ref)  # now each reply hangs on nothing but itself
    late = [stage.say("kid", f"late {n}", ref) for n, ref in enumerate(replies)]
    looking = scope(root, part, **known)
    found: set[str] = set()
    cursor: dict[str, str] = {}
    for _ in range(80):
        left = iter([None] * 5)
        stage.fault = lambda _kind, left=left: next(left, "429")
        try:
            batch = stage.channel.collect(looking, cursor)
        except RetryAt:
            continue
        cursor = dict(batch.next_cursor)
        found |= {item.id for item in batch.items}
        if batch.complete:
            break
    assert set(late) <= found and batch.complete


@pytest.mark.parametrize("typed", ["109", "https://m.test/@youthvoice/109", " 109 "])
def test_what_a_person_may_type(stage: MastodonStage, typed: str) -> None:
    assert stage.channel.ref_of(typed, "en") == "109"
