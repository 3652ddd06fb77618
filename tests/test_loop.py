"""One reply, followed through all six verbs, on both databases."""

from __future__ import annotations

from starlette.testclient import TestClient

from dashboard.public.server import build
from tests.factories import MINISTRY, SECOND, answer, network, proposed_topic, reply, topic
from youthvoice.flow import aggregate, collect, feed_back, post, review, tag
from youthvoice.flow.context import Context
from youthvoice.model import ResponseStatus, ReviewStatus, TopicStatus
from youthvoice.store import contributions, responses, rollups

SAID = "There is no bus after 6pm, my friend Maya at Maple Grove Secondary School walks an hour. 905-555-0143"


def test_one_reply_through_all_six_verbs(context: Context) -> None:
    # post: two people, both languages, then the outbox
    proposed_topic(context)
    review.approve_topic(context, "mentoring", SECOND)
    post.post(context)
    assert topic(context).status == TopicStatus.OPEN

    # collect: through the one door
    reply(context, SAID, "maple.kid", "en", 3)
    for number in range(11):
        reply(context, f"no bus here either, {number}", f"kid.{number}", "en", 3)
    assert collect.collect(context).accepted == 12
    found = next(item for item in review.queue(context) if "after 6pm" in str(item.text))
    for hidden in ("Maya", "Maple", "0143"):
        assert hidden not in str(found.text)
    assert "[name 1]" in str(found.text) and found.question == 3

    # tag: the proposal is there and of the present version
    assert "communities" in {score.theme for score in found.proposed}
    assert tag.tag(context).tagged == 0

    # review: a person decides, the proposal stays
    review.decide(context, found.id, ReviewStatus.RELEASED, ["communities", "education"], SECOND)
    with context.store.read() as tx:
        after = contributions.get(tx, found.id)
    assert after.decided == ("communities", "education") and after.proposed == found.proposed

    # aggregate: it counts, small neighbours hidden
    aggregate.aggregate(context)
    with context.store.read() as tx:
        themes = {
            c.values["theme"]: c.messages for c in rollups.read(tx, topic(context).id, ("theme",))
        }
    assert themes == {"communities": 12, "education": None}

    # feed back: written, approved, posted under the own root, public
    key = feed_back.write(context, "mentoring", answer("communities"), MINISTRY)
    feed_back.approve(context, key, SECOND)
    post.post(context)
    feed_back.feed_back(context)
    with context.store.read() as tx:
        published = responses.get(tx, key)
    assert published.status == ResponseStatus.PUBLISHED and published.messages == 12
    said = [p.text for r in network(context).roots() for p in network(context).thread(r.id, 99)]
    assert any("Rides are paid." in str(text) for text in said)

    # and what a young person sees
    with TestClient(build(context)) as client:
        html = client.get("/en/topics/mentoring").text
        assert "[name 1]" in html and "Maya" not in html and "Rides are paid." in html
        assert "Les trajets sont payés." in client.get("/fr/you-said-we-did").text
