"""The loop on a real network: a topic goes out, people answer, somebody deletes, it is forgotten."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.bluesky_network.stage import BlueskyNetworkStage, available, indexed
from tests.factories import SECOND, proposed_topic, topic
from youthvoice.flow import collect, post, recheck, review
from youthvoice.flow.context import Context
from youthvoice.model import TopicStatus
from youthvoice.store import contributions, postings

pytestmark = [
    pytest.mark.bluesky_network,
    pytest.mark.skipif(not available(), reason="the network runs only in `make test-bluesky`"),
]


@pytest.fixture
def stage(tmp_path: Path) -> BlueskyNetworkStage:
    return BlueskyNetworkStage(tmp_path)


def with_network(lite: Context, stage: BlueskyNetworkStage) -> Context:
    settings = lite.settings.model_copy(update={"live": "bluesky", "demo": False})
    return replace(lite, settings=settings, channels={"bluesky": stage.channel})


def test_a_topic_and_its_replies(lite: Context, stage: BlueskyNetworkStage) -> None:
    context = with_network(lite, stage)
    proposed_topic(context)
    planned = review.approve_topic(context, "mentoring", SECOND)
    lost = iter(["lost", None, "lost"])
    stage.fault = lambda kind: next(lost, None) if kind == "write" else None
    for _ in range(3):
        with context.store.write() as tx:  # no test waits two minutes: let the next look be now
            from sqlalchemy import update

            from youthvoice.store.tables import posting

            tx.execute(update(posting).values(not_before=None))
        post.post(context)
    assert topic(context).status == TopicStatus.OPEN
    with context.store.read() as tx:
        rows = postings.of_topic(tx, topic(context).id)
    assert len(rows) == planned == len(stage.own("en")) + len(stage.own("fr"))
    assert {row.external_id for row in rows} == {*stage.own("en"), *stage.own("fr")}

    indexed()
    question = next(row for row in rows if row.language == "fr" and row.question == 2)
    first = stage.say("kid", "Un trajet après 18 h, ça m’aiderait.", str(question.external_id))
    second = stage.say("kid2", "Moi aussi, surtout l’hiver.", first)
    done = collect.collect(context, by_hand=True)
    assert done.accepted == 2 and done.failed == 0
    stage.delete("kid", first)
    third = stage.say("kid", "En fait, surtout le dimanche.", second)
    done = collect.collect(context, by_hand=True)
    assert done.accepted == 1  # below a deleted reply, and found
    with context.store.read() as tx:
        rows = contributions.refs(tx, topic(context).id, "bluesky")
        found = {ref: key for key, ref in rows}
        questions = {contributions.get(tx, found[ref]).question for ref in (second, third)}
    assert set(found) == {first, second, third} and questions == {2}
    assert recheck.request(context, "bluesky", [first], SECOND).found == 1
    assert recheck.recheck(context).tombstones == 1
    with context.store.read() as tx:
        left = {ref for _key, ref in contributions.refs(tx, topic(context).id, "bluesky")}
    assert left == {second, third}


def test_the_account_is_labelled_as_a_bot(stage: BlueskyNetworkStage) -> None:
    from youthvoice.channels.base import PostDraft

    stage.channel.publish(PostDraft("hello", "en"), "k")
    indexed()
    profile = stage.person("yv").get_profile(stage.did("yv"))
    assert [label.val for label in profile.labels or []] == ["bot"]
