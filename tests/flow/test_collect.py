from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import time_machine

from tests.factories import network, open_topic, reply, topic
from youthvoice.errors import Unavailable
from youthvoice.flow import aggregate, collect
from youthvoice.flow.context import Context
from youthvoice.model import ReviewStatus
from youthvoice.store import collections, contributions, pauses, review_queue, rollups


def test_replies_come_in_once_and_deletions_are_followed(context: Context) -> None:
    open_topic(context)
    first = reply(context, "the bus is late", question=3)
    reply(context, "l’autobus est en retard", "kid.two", "fr", 3)
    assert collect.collect(context)[:2] == (2, 0)
    assert collect.collect(context).accepted == 0
    aggregate.aggregate(context)
    network(context).delete(first)
    assert collect.collect(context).tombstones == 1
    aggregate.aggregate(context)
    with context.store.read() as tx:
        key = topic(context).id
        assert contributions.status_counts(tx, key)["withdrawn"] == 1
        totals = rollups.totals(tx, key)
        assert totals is not None and totals.messages == 2
        (left,) = review_queue.queue(tx, [ReviewStatus.WAITING], ["sandbox"])
        assert left.language == "fr" and left.question == 3
        (turn,) = collections.every(tx)
        assert turn.empty_runs == 2 and turn.last_complete_at == turn.last_run_at


def test_a_collection_that_dies_half_way_goes_on_and_keeps_the_others(lite: Context) -> None:
    open_topic(lite)
    for number in range(120):
        reply(lite, f"message number {number} about the bus", f"kid.{number}")
    real = lite.channels["sandbox"]

    class Dying:
        def __init__(self) -> None:
            self.calls = 0

        def __getattr__(self, name: str):
            return getattr(real, name)

        def collect(self, scope, cursor):
            self.calls += 1
            if self.calls == 2:
                raise Unavailable("network")
            return real.collect(scope, cursor)

    broken = replace(lite, channels={"sandbox": Dying()})  # type: ignore[dict-item]
    done = collect.collect(broken)
    assert done.failed == 1 and 0 < done.accepted < 50  # the page holds our own parts too
    first = done.accepted
    with lite.store.read() as tx:
        turn = collections.find(tx, "sandbox")
        (pause,) = pauses.every(tx)
        stored = sum(contributions.status_counts(tx).values())
    assert turn is not None and turn.last_complete_at is None and stored == first
    assert (pause.verb, pause.kind, pause.code) == ("collect", "Unavailable", "network")
    assert not any(collect.collect(broken))  # left alone for a while
    with time_machine.travel(lite.now() + timedelta(minutes=3), tick=True):
        done = collect.collect(broken)
    assert done.accepted == 120 - first and done.seen == 0 and done.failed == 0
    with lite.store.read() as tx:
        assert pauses.every(tx) == []
        assert sum(contributions.status_counts(tx).values()) == 120


def test_a_deleted_post_leaves_no_trace_of_its_words(lite: Context) -> None:
    open_topic(lite)
    post = reply(lite, "zebracanary is what I said about the bus")
    collect.collect(lite)
    network(lite).delete(post)
    collect.collect(lite)
    lite.store.close()
    found = b"".join(path.read_bytes() for path in lite.settings.home.glob("youthvoice.sqlite3*"))
    assert b"zebracanary" not in found
