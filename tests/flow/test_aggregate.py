from __future__ import annotations

from dataclasses import replace

from tests.factories import SECOND, collected, open_topic, topic
from tests.store.test_store import item
from youthvoice.flow import aggregate, review
from youthvoice.flow.context import Context
from youthvoice.model import Label, LabelKind, ReviewStatus, ThemeScore
from youthvoice.store import contributions, proposals, rollups


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
            stored = rollups.read(tx, topic(context).id, dimensions[::-1])
            # No question of this topic asks for a position.
            assert bool(stored) == ("position" not in dimensions), dimensions


def labelled(context: Context, **counts: int) -> dict[str, int | None]:
    """Totals by feeling of messages of which the machine proposes these, each for so many."""
    key = open_topic(context).id
    feelings = [name for name, count in counts.items() for _ in range(count)]
    with context.store.write() as tx:
        contributions.add_many(
            tx,
            [
                item(
                    number,
                    key,
                    text_key=f"{number:064x}",
                    labels=(
                        Label(LabelKind.FEELING, name, 0.9),
                        Label(LabelKind.POSITION, "agrees", 0.9),
                    ),
                )
                for number, name in enumerate(feelings)
            ],
        )
    aggregate.aggregate(context)
    with context.store.read() as tx:
        assert [c.messages for c in rollups.read(tx, key, ("position",))] == [sum(counts.values())]
        pairs = rollups.read(tx, key, ("theme", "feeling"))
        alone = {c.values["feeling"]: c.messages for c in rollups.read(tx, key, ("feeling",))}
    assert {c.values["feeling"]: c.messages for c in pairs} == alone
    return alone


def test_no_feeling_of_few_is_shown(context: Context) -> None:
    found = labelled(context, negative=45, neutral=30, positive=19, not_sure=20)
    # What is left would follow from the total, so the smallest of the others goes too.
    assert found == {"negative": 45, "neutral": 30, "positive": None, "not_sure": None}


def test_a_feeling_of_twenty_is_shown(context: Context) -> None:
    assert labelled(context, negative=20, positive=21) == {"negative": 20, "positive": 21}


def test_a_larger_smallest_cell_holds_for_feelings_too(context: Context) -> None:
    settings = context.settings.model_copy(update={"min_cell": 25})
    found = labelled(replace(context, settings=settings), negative=24, neutral=60, positive=30)
    assert found == {"negative": None, "neutral": 60, "positive": None}


def test_labels_of_a_newer_machine_are_counted(context: Context) -> None:
    labelled(context, negative=40)
    key = topic(context).id
    glad = Label(LabelKind.FEELING, "positive", 0.9)
    with context.store.write() as tx:
        for number in range(40):
            ident = f"{number:032x}"
            proposals.propose(tx, ident, [ThemeScore("health", 0.2, sure=False)], "m2", [glad])
    assert aggregate.aggregate(context).topics == 1
    with context.store.read() as tx:
        (feeling,) = rollups.read(tx, key, ("feeling",))
        (theme,) = rollups.read(tx, key, ("theme",))
        assert rollups.read(tx, key, ("position",)) == []
    assert (feeling.values, feeling.messages) == ({"feeling": "positive"}, 40)
    assert (theme.values, theme.messages) == ({"theme": rollups.NOT_SURE}, 40)
