"""Who is heard: counts of what writers said of themselves, small ones withheld."""

from __future__ import annotations

from sqlalchemy import select

from tests.factories import SECOND, open_topic, topic
from youthvoice.flow import heard, receipts, release, review, submit
from youthvoice.flow.context import Context
from youthvoice.model import ReviewStatus, SelfDescription
from youthvoice.store.tables import self_description
from youthvoice.trust import proofs


def described(context: Context, count: int, about: SelfDescription) -> list[str]:
    found = []
    for number in range(count):
        made = submit.prepare(
            context, submit.Written("mentoring", 0, f"word {number} {about.region}", None, about)
        )
        found.append(submit.send(context, made.carried, proofs.solve(made.challenge)).receipt)
    return found


def figures(context: Context, part: str) -> dict[str, int | None]:
    return {row.id: row.messages for row in heard.heard(context, topic(context).id)[part]}


def test_small_counts_are_withheld_and_nothing_counts_before_its_batch(context: Context) -> None:
    open_topic(context)
    north = SelfDescription("13-15", "P0", "fr", ("indigenous", "rural"))
    described(context, heard.LEAST, north)
    described(context, heard.LEAST - 1, SelfDescription("16-18", "M5V", "en", ("black",)))
    assert set(figures(context, "group").values()) == {None}
    release.release(context)
    groups = figures(context, "group")
    assert groups["indigenous"] == groups["rural"] == heard.LEAST
    assert groups["black"] is None and groups["newcomer"] is None
    assert figures(context, "age_band")["13-15"] == heard.LEAST
    assert figures(context, "age_band")["16-18"] is None
    assert figures(context, "district") == {"K": None, "L": None, "M": None, "N": None, "P": 20}


def test_a_figure_never_tells_what_one_writer_ticked(context: Context) -> None:
    open_topic(context)
    codes = described(context, heard.LEAST + 1, SelfDescription("13-15", None, None, ()))
    release.release(context)
    before = figures(context, "age_band")
    assert before["13-15"] == heard.LEAST  # rounded down
    receipts.withdraw(context, codes[0])
    item = review.queue(context)[0]
    review.decide(context, item.id, ReviewStatus.REJECTED, [], SECOND, "spam")
    assert figures(context, "age_band") == before
    with context.store.read() as tx:
        assert len(tx.execute(select(self_description)).all()) == heard.LEAST
