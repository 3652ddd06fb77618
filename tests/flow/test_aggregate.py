from __future__ import annotations

from tests.factories import SECOND, collected, open_topic, topic
from youthvoice.flow import aggregate, review
from youthvoice.flow.context import Context
from youthvoice.model import ReviewStatus
from youthvoice.store import rollups


def test_totals_follow_decisions_and_hide_small_ones(context: Context) -> None:
    open_topic(context)
    texts = [f"homework {number} is hard" for number in range(12)] + ["no bus"] * 3
    collected(context, *texts)
    with context.store.read() as tx:
        key = topic(context).id
        themes = {c.values["theme"]: c.messages for c in rollups.read(tx, key, ("theme",))}
        totals = rollups.totals(tx, key)
    assert themes == {"education": 12, "communities": None}
    assert totals is not None and (totals.messages, totals.texts) == (15, 13)
    item = next(i for i in review.queue(context) if "homework" in str(i.text))
    review.decide(context, item.id, ReviewStatus.REJECTED, [], SECOND, "spam")
    assert aggregate.aggregate(context).topics == 1
    assert aggregate.aggregate(context).topics == 0
    with context.store.read() as tx:
        totals = rollups.totals(tx, key)
        assert totals is not None and totals.messages == 14 and totals.rejected == 1
        themes = {c.values["theme"]: c.messages for c in rollups.read(tx, key, ("theme",))}
        assert themes["education"] == 11


def test_every_slice_is_stored(context: Context) -> None:
    open_topic(context)
    collected(context, *[f"homework {number}" for number in range(12)])
    with context.store.read() as tx:
        for dimensions in rollups.slices():
            assert rollups.read(tx, topic(context).id, dimensions[::-1]), dimensions
