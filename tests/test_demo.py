"""The demo in a home that was restored: the network is in no backup, and is made anew."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest

from tests.factories import answered, collected, network, own_posts, topic
from youthvoice import app
from youthvoice.demo import life
from youthvoice.flow import aggregate, collect
from youthvoice.flow.context import Context
from youthvoice.store import contributions


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """An audience that has written little."""
    monkeypatch.setattr(life, "BACKLOG", 5)


@pytest.fixture
def restored(context: Context) -> Callable[[], Context]:
    """The same database and keys in a home without a network, prepared again."""
    built: list[Context] = []

    def again() -> Context:
        shutil.rmtree(context.settings.home / "sandbox")
        app.prepare(context.settings)
        built.append(app.build(context.settings, context.analyser))
        return built[-1]

    yield again
    for one in built:
        one.store.close()


def voices(context: Context) -> int:
    with context.store.read() as tx:
        return sum(contributions.voices(tx).values())


def test_a_demo_that_was_half_prepared(
    context: Context, restored: Callable[[], Context], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(collect, "collect", _stop)
        with pytest.raises(KeyboardInterrupt):
            life.seed(context)
    there = restored()
    assert life.seed(there) and not life.seed(there)
    assert voices(there) == 5


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_demo_goes_on_and_nothing_is_taken_for_something_else(
    context: Context, restored: Callable[[], Context]
) -> None:
    """What is written on the new network gets numbers that nothing had, and is counted once."""
    life.seed(context)
    life.turn(context)
    collect.collect(context)
    before, posts = voices(context), own_posts(context)
    there = restored()
    assert not life.seed(there)  # `init --demo`: all is there
    found = network(there)
    assert own_posts(there) == posts and found.present(list(posts.values())) == set(posts.values())
    root = posts["en", 0]
    assert {one.id for one in found.thread(root, 99)} > {posts["en", part] for part in range(1, 5)}
    assert life.turn(there).written == 1
    assert collect.collect(there)[:4] == (1, 0, 0, 0)
    assert voices(there) == before + 1
    gone = found.newest(list(posts.values()), 1)[0].id
    assert found.delete(gone) and collect.collect(there).tombstones == 1
    aggregate.aggregate(there)
    answered(there)
    assert topic(there).status == "answered"


def test_another_network_stops_nothing_else(
    context: Context, restored: Callable[[], Context]
) -> None:
    """Somebody posts there before the demo looks: its posts are not put among theirs."""
    life.seed(context)
    there = restored()
    found = network(there)
    found.write(found.ensure_account("kid", "kid"), "first!")
    assert life.turn(there) == (0, 0)


def test_an_ordinary_start_writes_nothing_back(context: Context) -> None:
    assert life.turn(context) == (0, 0)
    was_empty = network(context).is_empty()
    life.seed(context)
    assert was_empty and voices(context) == 5
    collected(context, "one more")
    assert voices(context) == 6
