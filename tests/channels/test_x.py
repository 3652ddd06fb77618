"""What is particular to X: spellings, windows, long posts, edits, refusals, limits, money."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.channels.stages import XStage, never
from tests.channels.test_contract import everything, scope, thread
from youthvoice.channels.base import Place, PostDraft, Presence, Scope
from youthvoice.channels.metering import Need
from youthvoice.channels.waiting import Patience
from youthvoice.channels.x import collecting
from youthvoice.channels.x.measure import comparable, has_link, weighted_length
from youthvoice.errors import (
    Ambiguous,
    AuthFailed,
    ChannelError,
    Duplicate,
    NotAllowedToReply,
    OutOfCredit,
    RetryAt,
    Unavailable,
)


@dataclass
class Counting:
    """A meter that grants everything and remembers."""

    calls: list[tuple[str, str, int, Need]] = field(default_factory=list)
    used: list[Mapping[int | None, int]] = field(default_factory=list)

    def reserve(self, account: str, operation: str, units: int, need: Need) -> Counting:
        self.calls.append((account, operation, units, need))
        return self

    def settle(self, units: Mapping[int | None, int]) -> None:
        self.used.append(dict(units))

    def price(self, operation: str, units: int) -> float:
        return 0.2 if operation == "publish_with_link" else 0.015


@pytest.fixture(params=["tweet", "post"])
def stage(request: pytest.FixtureRequest):
    found = XStage(request.param)
    yield found
    assert found.contract is None or found.contract.problems == []


@pytest.fixture
def x() -> XStage:
    return XStage()


def test_exchanges_are_held_against_the_published_description(stage: XStage, shared_data) -> None:
    root, part = thread(stage)
    stage.say("kid", "hello", part)
    everything(stage.channel, scope(root, part))
    stage.channel.check([root, "1"])
    stage.channel.stats([root])
    stage.channel.examine()
    assert stage.contract is not None and stage.contract.validated >= 10


def test_the_other_spelling_is_tried_once_and_remembered() -> None:
    x = XStage("post")
    root, part = thread(x)
    x.say("kid", "hello", part)
    for _ in range(3):
        everything(x.channel, scope(root, part))
    refused = sum(
        1 for one in x.adapter.requests if one.method == "GET" and "tweet.fields" in str(one.url)
    )
    assert refused == 1


def test_a_refusal_of_both_spellings_is_told(x: XStage) -> None:
    root, part = thread(x)
    x.api.spelling = "neither"
    with pytest.raises(ChannelError, match="fields_refused"):
        x.channel.collect(scope(root, part), {})


def test_long_posts_are_read_whole(stage: XStage) -> None:
    root, part = thread(stage)
    said = "a long thought " * 60 + "END"
    one = stage.say("kid", said, part)
    items, _gone, _cursor = everything(stage.channel, scope(root, part))
    assert items[one].text == said


def test_edits_follow_their_history(stage: XStage) -> None:
    root, part = thread(stage)
    first = stage.say("kid", "frist", part)
    items, _gone, cursor = everything(stage.channel, scope(root, part))
    assert items[first].version == "" and items[first].ref == first
    second = stage.network.edit(first, "first")
    items, _gone, _cursor = everything(stage.channel, scope(root, part), cursor)
    assert set(items) == {first}  # the same voice
    assert (items[first].text, items[first].ref, items[first].version) == ("first", second, second)
    assert stage.channel.check([first, second]) == {
        first: Presence.EDITED,
        second: Presence.PRESENT,
    }
    stage.network.delete(second)  # deleting one version deletes all
    assert set(stage.channel.check([first, second]).values()) == {Presence.GONE}


def test_retweets_are_left_out_and_hashtags_found(stage: XStage) -> None:
    root, part = thread(stage)
    one = stage.say("kid", "hello", part)
    stage.network.retweet("kid2", root)
    stage.network.retweet("kid2", one)
    tagged = stage.network.say("kid3", "the bus #yvmentor")
    stage.network.say("kid4", "something else")
    items, _gone, _cursor = everything(stage.channel, scope(root, part))
    assert set(items) == {one, tagged} and items[tagged].place == Place(7, 0)


def test_a_mention_of_us_elsewhere_is_left_out(x: XStage) -> None:
    root, part = thread(x)
    x.network.say("kid", "@YouthVoiceON look at this")
    batch = x.channel.collect(scope(root, part), {})
    assert batch.items == [] and batch.left_out == 1


def test_a_reply_that_dropped_our_name_is_found_by_search(stage: XStage) -> None:
    root, part = thread(stage)
    one = stage.say("kid", "@YouthVoiceON hello", part)
    two = stage.say("kid2", "not calling anybody", one)
    stage.network.posts[two].mentions.clear()
    items, _gone, _cursor = everything(stage.channel, scope(root, part))
    assert set(items) == {one, two}
    assert items[one].text == "hello"  # whom it answers is not what was said


def test_many_pages_and_the_cursor_behind_them(x: XStage) -> None:
    root, part = thread(x)
    refs = {x.say(f"kid{n}", f"reply {n}", part) for n in range(250)}
    looking = scope(root, part)
    cursor: dict[str, str] = {}
    while True:
        batch = x.channel.collect(looking, cursor)
        cursor = dict(batch.next_cursor)
        if "token" in cursor and cursor["source"] == "mentions":
            assert "since:mentions" not in cursor  # moves only after the last page
        if batch.complete:
            break
    assert set(cursor) == {"since:mentions", f"since:{root}", "since:#yvmentor"}
    newest = max(refs, key=int)
    assert cursor["since:mentions"] == collecting.rounded(
        newest
    )  # a position, not a post of somebody's
    assert newest not in cursor.values()
    x.say("kid", "one more", part)
    before = x.api.posts_read
    everything(x.channel, looking, cursor)
    assert x.api.posts_read - before <= 2 * 251  # the windows overlap by minutes only


def test_a_page_that_is_gone_begins_its_source_again(x: XStage) -> None:
    root, part = thread(x)
    refs = {x.say(f"kid{n}", f"reply {n}", part) for n in range(150)}
    first = x.channel.collect(scope(root, part), {})
    x.api.pages.clear()
    items, _gone, _cursor = everything(x.channel, scope(root, part), dict(first.next_cursor))
    assert set(items) == refs


def test_the_seven_day_window() -> None:
    with time_machine.travel(datetime(2026, 11, 1, 12, tzinfo=UTC), tick=False) as clock:
        x = XStage()
        root, part = thread(x)
        early = x.say("kid", "early", part)
        items, _gone, cursor = everything(x.channel, scope(root, part))
        clock.shift(timedelta(days=9))
        x.network.posts[late := x.say("kid2", "late", early)].mentions.clear()
        items, _gone, _cursor = everything(x.channel, scope(root, part), cursor)
        assert late in items
        asked = [str(one.url) for one in x.adapter.requests if "search/recent" in str(one.url)]
        assert "start_time=2026-11-03T12%3A02%3A00Z" in asked[-2]
        assert x.channel.caps.reach == timedelta(days=7)


def test_a_new_topic_does_not_wait_for_an_old_window(x: XStage) -> None:
    root, part = thread(x)
    _items, _gone, cursor = everything(x.channel, scope(root, part))
    second = x.channel.publish(PostDraft("Another topic", "en"), "k9")
    one = x.say("kid", "about the other", second)
    x.network.posts[one].mentions.clear()
    looking = Scope({root: Place(7, 0), second: Place(8, 0)}, [root, second], {}, {}, "en")
    items, _gone, _cursor = everything(x.channel, looking, cursor)
    assert items[one].place == Place(8, 0)


def test_many_conversations_are_asked_in_short_queries() -> None:
    roots = [str(2_100_000_000_000_000_000 + n) for n in range(60)]
    looking = Scope({root: Place(1, 0) for root in roots}, roots, {"yv": 1}, {}, "en")
    every = collecting.sources(looking, "YouthVoiceON")
    assert all(len(source.query) <= collecting.QUERY_LONGEST for source in every)
    assert sorted(key for one in every[1:-1] for key in one.keys) == roots
    assert every[0].key == "mentions" and every[-1].is_extra
    tags = {f"avery_long_hashtag_number_{n}": n for n in range(40)}
    every = collecting.sources(Scope({}, [], tags, {}, "en"), "YouthVoiceON")
    assert all(len(source.query) <= collecting.QUERY_LONGEST for source in every)
    assert sum(len(source.keys) for source in every if source.is_extra) == 40


def test_only_own_threads_are_answered(x: XStage) -> None:
    stranger = x.network.say("kid", "nobody was called")
    with pytest.raises(NotAllowedToReply):
        x.channel.publish(PostDraft("hello", "en", stranger), "k")
    caller = x.network.say("kid", "@YouthVoiceON what is this?")
    assert x.channel.publish(PostDraft("hello", "en", caller), "k")


def test_a_second_time_the_same_is_a_duplicate(x: XStage) -> None:
    root, part = thread(x)
    with pytest.raises(Duplicate):
        x.channel.publish(PostDraft("1/4 What helps? #YVMentor", "en", root), "again")
    assert len(x.own("en")) == 2


@pytest.mark.parametrize(
    ("fault", "kind", "code"),
    [
        ("402", OutOfCredit, "credits"),
        ("usage-cap", OutOfCredit, "usage_cap"),
        ("429-no-reset", RetryAt, "rate_limit"),
        ("401", AuthFailed, "unauthorized"),
    ],
)
def test_refusals(x: XStage, fault: str, kind: type[ChannelError], code: str) -> None:
    root, part = thread(x)
    before = len(x.adapter.requests)
    x.fault = lambda _kind: fault
    for call in (
        lambda: x.channel.publish(PostDraft("hello", "en", root), "k"),
        lambda: x.channel.collect(scope(root, part), {}),
        lambda: x.channel.check([root]),
    ):
        with pytest.raises(kind) as problem:
            call()
        assert problem.value.code == code
    assert len(x.adapter.requests) - before == 3  # nothing is repeated behind our back
    if isinstance(problem.value, RetryAt):
        assert problem.value.seconds == 900


def test_a_limit_says_until_when(x: XStage) -> None:
    root, part = thread(x)
    x.api.limits["mentions"] = 1
    x.channel.collect(scope(root, part), {})
    with pytest.raises(RetryAt) as problem:
        x.channel.collect(scope(root, part), {})
    assert 0 < problem.value.seconds <= 901
    assert x.api.calls["mentions"] == 2


def test_the_limit_of_a_day_is_waited_for(x: XStage, monkeypatch: pytest.MonkeyPatch) -> None:
    from youthvoice.channels.x.failures import _seconds

    reset = int(time.time()) + 40_000
    waits = _seconds(
        {
            "x-rate-limit-reset": str(int(time.time()) + 60),
            "x-user-limit-24hour-remaining": "0",
            "x-user-limit-24hour-reset": str(reset),
        }
    )
    assert 39_990 < waits < 40_010
    assert _seconds({"x-rate-limit-reset": "0"}) == 1.0


def test_a_short_wait_happens_inside_a_call() -> None:
    patient = XStage(patience=Patience(3.0, 3))
    answers = iter(["503", None, None])
    patient.fault = lambda _kind: next(answers, None)
    assert patient.channel.check(["1"]) == {"1": Presence.GONE}
    answers = iter(["lost", None])
    with pytest.raises(Ambiguous):  # but what may be live is never sent again in here
        patient.channel.publish(PostDraft("hello", "en"), "k")
    assert len(patient.own("en")) == 1


@pytest.mark.parametrize("fault", ["null", "cut"])
def test_answers_that_are_none(x: XStage, fault: str) -> None:
    x.fault = lambda _kind: fault
    with pytest.raises(Ambiguous):
        x.channel.publish(PostDraft("hello", "en"), "k")
    assert len(x.own("en")) == 1
    with pytest.raises(Unavailable):
        x.channel.collect(Scope({"1": Place(1, 0)}, ["1"], {}, {}, "en"), {})


def test_every_call_has_a_timeout(x: XStage) -> None:
    root, part = thread(x)
    everything(x.channel, scope(root, part))
    x.channel.examine()
    assert x.adapter.timeouts and set(x.adapter.timeouts) == {20.0}


def test_hidden_authors(stage: XStage) -> None:
    root, part = thread(stage)
    suspended = stage.say("kid", "hello", part)
    protected = stage.say("kid2", "hello", part)
    stage.network.account("kid").suspended = True
    stage.network.account("kid2").protected = True
    found = stage.channel.check([suspended, protected, part])
    assert found == {
        suspended: Presence.HIDDEN,
        protected: Presence.HIDDEN,
        part: Presence.PRESENT,
    }


def test_more_than_a_hundred_are_asked_in_turns(x: XStage) -> None:
    _root, part = thread(x)
    refs = [x.say(f"kid{n}", f"reply {n}", part) for n in range(205)]
    faults = iter([None, "500", None])
    x.fault = lambda _kind: next(faults, None)
    found = x.channel.check(refs)
    assert [found[ref] for ref in refs] == [Presence.PRESENT] * 100 + [Presence.UNKNOWN] * 100 + [
        Presence.PRESENT
    ] * 5


def test_a_suspended_account_of_ours_is_told(x: XStage) -> None:
    x.network.account("YouthVoiceON").suspended = True
    with pytest.raises(AuthFailed, match="account_locked"):
        x.channel.publish(PostDraft("hello", "en"), "k")


def test_the_examination_tells_rights_and_identity(x: XStage) -> None:
    x.api.read_only = True
    posting = {one.language: one for one in x.channel.examine() if one.what == "post"}
    assert not posting["en"].ok and posting["en"].code == "read"
    x.api.tokens[x.accounts[1].access_token] = x.accounts[0].user_id
    wrong = [one for one in x.channel.examine() if one.code == "other_account"]
    assert [one.language for one in wrong] == ["fr"]


def test_every_call_is_priced_before_and_settled_after() -> None:
    meter = Counting()
    x = XStage(meter=meter)
    root, part = thread(x)
    assert meter.calls[0] == ("en", "publish_with_link", 1, Need.DUTY)
    assert meter.calls[1] == ("en", "publish", 1, Need.DUTY)
    x.say("kid", "hello", part)
    x.network.say("kid", "@YouthVoiceON elsewhere")
    everything(x.channel, scope(root, part))
    mentions, search, tags = meter.calls[2:5]
    assert mentions == ("en", "mentions", 200, Need.WORK)  # until it is known what comes along
    assert search == ("en", "search", 100, Need.WORK) and tags == ("en", "search", 100, Need.EXTRA)
    assert meter.used[2] == {7: 1, None: 1} and meter.used[3] == {7: 1, None: 0}
    x.channel.check([root])
    x.channel.check([root], asked=False)
    assert [call[3] for call in meter.calls[-2:]] == [Need.DUTY, Need.WORK]
    x.fault = lambda _kind: "500"
    with pytest.raises(Unavailable):
        x.channel.collect(scope(root, part), {})
    assert meter.used[-1] == {}  # a refused call is not billed
    settled = len(meter.used)
    x.fault = lambda _kind: "timeout"
    with pytest.raises(Unavailable):
        x.channel.collect(scope(root, part), {})
    assert len(meter.used) == settled  # a lost answer may be: it stays booked
    x.fault = lambda kind: "lost" if kind == "write" else None
    with pytest.raises(Ambiguous):
        x.channel.publish(PostDraft("hello", "en", topic=7), "k")
    assert meter.used[-1] == {7: 1}  # what may be live may be billed
    x.fault = never


def test_without_a_bearer_token_the_user_reads() -> None:
    x = XStage()
    from dataclasses import replace

    from tests.fakes.x.adapter import XAdapter
    from youthvoice.channels.metering import FreeMeter
    from youthvoice.channels.policies import POLICIES
    from youthvoice.channels.waiting import IMPATIENT
    from youthvoice.channels.x.channel import XChannel

    adapter = XAdapter(x.api)
    channel = XChannel(
        [replace(account, bearer_token="") for account in x.accounts],
        lambda *parts: "k",
        FreeMeter(),
        POLICIES["x"],
        IMPATIENT,
        prepare=lambda session: session.mount("https://", adapter),
    )
    assert all(finding.ok for finding in channel.examine())
    assert all("OAuth" in str(one.headers["Authorization"]) for one in adapter.requests)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("abc", 3),
        ("é", 1),
        ("日本", 4),
        ("👩‍👩‍👧", 2),
        ("see https://example.ca/a/very/long/path now", 31),
    ],
)
def test_weighted_length(text: str, length: int) -> None:
    assert weighted_length(text) == length


def test_links_cost_more(x: XStage) -> None:
    assert has_link("see https://example.ca") and has_link("see example.ca now")
    assert not has_link("3.50 e.g. 1.2") and not has_link("")
    assert comparable("a &amp; b https://t.co/x  c") == comparable("a & b https://example.ca/en c")
    assert comparable("see https://t.co/x") == comparable("see Ontario.ca")


def test_a_hashtag_that_cannot_be_searched_does_not_keep_the_rest(x: XStage) -> None:
    """Neither a budget for extras that is used up nor a refusal of the query holds back the replies."""

    class NoExtras(Counting):
        def reserve(self, account: str, operation: str, units: int, need: Need) -> Counting:
            if need == Need.EXTRA:
                raise OutOfCredit("our_cap")
            return super().reserve(account, operation, units, need)

    root, part = thread(x)
    one = x.say("kid", "first", part)
    for client in x.channel._clients.values():
        client._meter = NoExtras()
    items, _gone, cursor = everything(x.channel, scope(root, part))
    assert set(items) == {one} and "source" not in cursor
    two = x.say("kid2", "second", part)
    items, _gone, _cursor = everything(x.channel, scope(root, part), cursor)
    assert two in items


def test_a_hashtag_that_was_not_searched_is_searched_from_where_it_stood(x: XStage) -> None:
    """Money that is used up today does not lose what was tagged today: it is found when there is some."""
    root, part = thread(x)
    with time_machine.travel(datetime.now(UTC), tick=False) as clock:
        everything(x.channel, scope(root, part))
        _items, _gone, cursor = everything(x.channel, scope(root, part))
        clock.shift(timedelta(hours=1))
        tagged = x.network.say("kid", "only the hashtag #yvmentor")
        clock.shift(timedelta(hours=1))
        real = x.channel._clients["en"]._meter

        class NoExtras(Counting):
            def reserve(self, account: str, operation: str, units: int, need: Need) -> Counting:
                if need == Need.EXTRA:
                    raise OutOfCredit("our_cap")
                return super().reserve(account, operation, units, need)

        x.channel._clients["en"]._meter = NoExtras()
        items, _gone, cursor = everything(x.channel, scope(root, part), cursor)
        assert tagged not in items
        clock.shift(timedelta(hours=5))
        x.channel._clients["en"]._meter = real
        items, _gone, _cursor = everything(x.channel, scope(root, part), cursor)
        assert tagged in items


def test_a_source_begins_again_once_not_for_ever(x: XStage) -> None:
    root, part = thread(x)
    for number in range(250):
        x.say(f"kid{number}", f"reply {number}", part)
    cursor: dict[str, str] = {}
    calls = 0
    with pytest.raises(ChannelError, match="bad_request"):
        for _ in range(30):
            batch = x.channel.collect(scope(root, part), cursor)
            cursor = dict(batch.next_cursor)
            x.api.pages.clear()  # no page's token is ever good
            calls += 1
    assert calls <= 3


def test_every_page_of_a_source_asks_the_same_window() -> None:
    with time_machine.travel(datetime(2026, 11, 1, 12, tzinfo=UTC), tick=False) as clock:
        x = XStage()
        root, part = thread(x)
        for number in range(230):
            x.network.posts[x.say(f"kid{number}", f"r {number}", part)].mentions.clear()
        clock.shift(timedelta(days=6, hours=23, minutes=50))
        looking, cursor = scope(root, part), {}
        for _ in range(8):
            batch = x.channel.collect(looking, cursor)
            cursor = dict(batch.next_cursor)
            clock.shift(60)
            if batch.complete:
                break
        asked = {
            str(one.url).partition("start_time=")[2][:24]
            for one in x.adapter.requests
            if "query=%28conversation_id" in str(one.url)
        }
        assert len(asked) == 1


def test_a_new_topic_does_not_buy_old_replies_again(x: XStage) -> None:
    root, part = thread(x)
    for number in range(30):
        x.say(f"kid{number}", f"reply {number}", part)
    with time_machine.travel(datetime.now(UTC) + timedelta(days=2), tick=True):
        _items, _gone, cursor = everything(x.channel, scope(root, part))
        second = x.channel.publish(PostDraft("Another topic", "en"), "k9")
        looking = Scope({root: Place(7, 0), second: Place(8, 0)}, [root, second], {}, {}, "en")
        with time_machine.travel(datetime.now(UTC) + timedelta(days=2), tick=True):
            x.say("kid", "newest", part)
            before = x.api.posts_read
            everything(x.channel, looking, cursor)
    assert x.api.posts_read - before <= 2


def test_a_quiet_conversation_is_not_bought_again_and_again() -> None:
    with time_machine.travel(datetime(2026, 11, 1, 12, tzinfo=UTC), tick=False) as clock:
        x = XStage()
        root, part = thread(x)
        for number in range(40):
            x.say(f"kid{number}", f"reply {number}", part)
        cursor: dict[str, str] = {}
        for _ in range(10):
            clock.shift(timedelta(minutes=15))
            _items, _gone, cursor = everything(x.channel, scope(root, part), cursor)
        assert x.api.posts_read <= 2 * 40  # once as mentions and once by search


@pytest.mark.parametrize(
    "typed", ["1899123", " 1899123 ", "https://x.com/YouthVoiceON/status/1899123?s=20"]
)
def test_what_a_person_may_type(x: XStage, typed: str) -> None:
    assert x.channel.ref_of(typed, "en") == "1899123"
    assert x.channel.ref_of("https://x.com/YouthVoiceON", "en") is None
