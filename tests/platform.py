"""A context whose only channel is a platform's: fake X with the real ledger, or any stage of the contract."""

from __future__ import annotations

from dataclasses import replace

from tests.channels.stages import Stage, XStage
from tests.factories import SECOND, proposed_topic, topic
from youthvoice import defaults
from youthvoice.flow import post, review
from youthvoice.flow.context import Context
from youthvoice.flow.spending import StoredMeter
from youthvoice.store import postings

CAP = 25.0


def with_x(
    context: Context, cap: float = CAP, spelling: str = "tweet", **settings: object
) -> tuple[Context, XStage]:
    """The context with a fake X that is live and priced."""
    meter = StoredMeter(context.store, "x", defaults.prices()["x"].price, cap)
    stage = XStage(spelling, meter)
    changed = with_stage(context, stage, **settings)
    return replace(changed, caps={("x", "en"): cap, ("x", "fr"): cap}), stage


def with_stage(context: Context, stage: Stage, **settings: object) -> Context:
    """The context with one stage's channel, live."""
    values = {
        "demo": False,
        "live": "all",
        "public_url": "https://youthvoice.example.ca",
        **settings,
    }
    return replace(
        context,
        settings=context.settings.model_copy(update=values),
        channels={stage.channel.name: stage.channel},
    )


def opened(context: Context) -> dict[tuple[str, int], str]:
    """Post the pilot topic; the platform's id of each (language, question), 0 the thread's root."""
    proposed_topic(context)
    review.approve_topic(context, "mentoring", SECOND)
    post.post(context)
    with context.store.read() as tx:
        rows = postings.of_topic(tx, topic(context).id)
    assert all(row.external_id for row in rows), [(row.part, row.error) for row in rows]
    return {
        (row.language, row.question): str(row.external_id)
        for row in rows
        if row.question or row.part == 0
    }
