"""The contract every channel keeps, on the sandbox (CHANNELS adds the others to this list)."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from youthvoice.channels.base import PostDraft, Presence, Scope
from youthvoice.channels.policies import may_quote, staff_may_read
from youthvoice.channels.sandbox.channel import PAGE, SandboxChannel
from youthvoice.channels.sandbox.network import LONGEST, Network
from youthvoice.errors import Rejected


@pytest.fixture
def net(tmp_path: Path) -> Network:
    network = Network(tmp_path / "network.sqlite3")
    network.migrate()
    return network


@pytest.fixture
def channel(net: Network) -> SandboxChannel:
    return SandboxChannel(net, lambda *parts: "key:" + "/".join(parts))


def everything(channel: SandboxChannel, scope: Scope, cursor: dict[str, str]):
    items, gone = [], []
    while True:
        batch = channel.collect(scope, cursor)
        items += batch.items
        gone += batch.tombstones
        cursor = dict(batch.next_cursor)
        if batch.complete:
            return items, gone, cursor


def test_post_reply_collect_delete(net: Network, channel: SandboxChannel) -> None:
    root = channel.publish(PostDraft("Question?", "en"), "k1")
    part = channel.publish(PostDraft("1/4", "en", root), "k2")
    kid = net.ensure_account("kid.one", "Kid")
    first = net.write(kid, "to the root", int(root))
    second = net.write(kid, "to the part", int(part), datetime(2026, 11, 10, 3, tzinfo=UTC))
    nested = net.write(kid, "to the reply", second)
    scope = Scope({root: 0, part: 1})
    items, gone, cursor = everything(channel, scope, {})
    assert [(i.id, i.question) for i in items] == [
        (str(first), 0),
        (str(second), 1),
        (str(nested), 0),
    ]
    assert items[0].author_key == "key:author/sandbox:kid.one" and not gone
    assert items[1].written_at == datetime(2026, 11, 10, 3, tzinfo=UTC)
    assert everything(channel, scope, cursor)[0] == []
    net.delete(second)
    late = net.write(kid, "one more", nested)
    items, gone, _cursor = everything(channel, scope, cursor)
    assert [i.id for i in items] == [str(late)] and gone == [str(second)]
    assert channel.check([str(first), str(second)]) == {
        str(first): Presence.PRESENT,
        str(second): Presence.GONE,
    }
    assert channel.stats([root])[root].replies == 2


def test_many_replies_come_in_pages(net: Network, channel: SandboxChannel) -> None:
    root = channel.publish(PostDraft("Question?", "en"), "k")
    kid = net.ensure_account("kid", "Kid")
    for number in range(PAGE * 2 + 3):
        net.write(kid, f"reply {number}", int(root))
    items, _gone, _cursor = everything(channel, Scope({root: 0}), {})
    assert len({i.id for i in items}) == PAGE * 2 + 3


def test_what_may_be_out_is_found_on_the_own_timeline(channel: SandboxChannel) -> None:
    root = channel.publish(PostDraft("Question?", "en"), "k")
    draft = PostDraft("1/4 What?", "en", root)
    assert channel.find_published(draft) is None
    sent = channel.publish(draft, "k2")
    assert channel.find_published(draft) == sent
    assert channel.find_published(PostDraft("1/4 What?", "fr", root)) is None


def test_limits(net: Network, channel: SandboxChannel) -> None:
    with pytest.raises(Rejected):
        channel.publish(PostDraft("x" * (LONGEST + 1), "en"), "k")
    root = channel.publish(PostDraft("Question?", "en"), "k")
    net.delete(int(root))
    with pytest.raises(Rejected):
        channel.publish(PostDraft("late", "en", root), "k")


def test_an_items_words_hide(net: Network, channel: SandboxChannel) -> None:
    root = channel.publish(PostDraft("Question?", "en"), "k")
    net.write(net.ensure_account("kid", "Kid"), "CANARY", int(root))
    assert "CANARY" not in repr(channel.collect(Scope({root: 0}), {}))


def test_an_unknown_channel_may_nothing() -> None:
    assert not may_quote("x") and not staff_may_read("x")
