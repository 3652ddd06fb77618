"""Quotations: only what may be shown, only words that were written, and the range of a theme."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.factories import LETTER, SECOND, open_topic, released, topic, voice
from youthvoice.flow import aggregate, alike, collapse, quotes, receipts, review
from youthvoice.flow.context import Context
from youthvoice.flow.quotes import OMITTED, Kind, Readers, excerpt
from youthvoice.model import ReviewItem, ReviewStatus

BUS = "the last bus leaves at six so nobody can come after school"
RIDE = "my mother drives me because no bus goes there on weekends"
PRICE = "a bus ticket costs more than my lunch does"
AGAINST = [f"no, I do not want more buses, number {n}" for n in range(12)]


@pytest.fixture
def opened(context: Context) -> Context:
    open_topic(context)
    return context


def let_out(context: Context, *texts: str, theme: str = "communities") -> list[ReviewItem]:
    """Messages that somebody read, gave a theme and released, in the order of the texts."""
    items = [voice(context, receipt) for receipt in released(context, *texts)]
    for item in items:
        review.decide(context, item.id, ReviewStatus.RELEASED, [theme], SECOND)
    aggregate.aggregate(context)
    return items


def of_theme(context: Context, readers: Readers = Readers.PUBLIC, **more: object) -> list[str]:
    found = quotes.of_theme(context, topic(context), "communities", readers, **more)  # type: ignore[arg-type]
    return [one.text for one in found]


def test_only_what_a_person_read_and_released_is_quoted(opened: Context) -> None:
    held, waiting, out = (voice(opened, one) for one in released(opened, BUS, RIDE, PRICE))
    review.decide(opened, held.id, ReviewStatus.HELD, ["communities"], SECOND, "spam")
    assert of_theme(opened) == []
    review.decide(opened, out.id, ReviewStatus.RELEASED, ["communities"], SECOND)
    assert of_theme(opened) == [PRICE]
    review.decide(opened, waiting.id, ReviewStatus.RELEASED, ["communities"], SECOND, read=False)
    assert of_theme(opened) == [PRICE]


def test_what_is_withdrawn_is_gone_at_once(opened: Context) -> None:
    (receipt,) = released(opened, BUS)
    review.decide(opened, voice(opened, receipt).id, ReviewStatus.RELEASED, ["communities"], SECOND)
    with opened.store.read() as tx:
        assert [one.text for one in quotes.quotes(tx, topic(opened).id)] == [BUS]
    receipts.withdraw(opened, receipt)
    assert of_theme(opened) == []
    with opened.store.read() as tx:
        assert quotes.quotes(tx, topic(opened).id) == []


def test_names_stay_hidden_and_words_as_they_were_written(opened: Context) -> None:
    let_out(opened, "call 905-555-0177, the bus is late!!")
    (text,) = of_theme(opened)
    assert text == "call [telephone], the bus is late!!"


def test_the_typical_one_is_nearest_to_the_centre(opened: Context) -> None:
    let_out(opened, BUS, RIDE, PRICE, "the mentors are kind")
    places = {BUS: (1.0, 0.0), RIDE: (0.8, 0.6), PRICE: (0.6, 0.8)}

    def vectors(texts: Sequence[str]) -> list[tuple[float, float]]:
        return [places.get(text, (-0.6, 0.8)) for text in texts]

    assert of_theme(opened, vectors=vectors)[0] == PRICE


def test_nearly_the_same_text_is_quoted_once(opened: Context) -> None:
    letters = (LETTER, LETTER.replace("Dear", "Hello"), LETTER.replace("half", "two"))
    let_out(opened, *letters)
    with opened.store.read() as tx:
        assert len(quotes.quotes(tx, topic(opened).id)) == 3
    assert collapse.collapse(opened).joined == 2
    with opened.store.read() as tx:
        assert len(quotes.quotes(tx, topic(opened).id)) == 1


def test_who_disagrees_where_most_agree(opened: Context) -> None:
    with opened.store.write() as tx:
        tx.exec_driver_sql("UPDATE topic SET positions = '[0]' WHERE slug = 'mentoring'")
    texts = [f"yes, more buses please, number {n}" for n in range(25)]
    items = [voice(opened, one) for one in released(opened, *texts, *AGAINST)]
    for item in items:
        told = "disagrees" if item.text in AGAINST else "agrees"
        labels = {"position": told, "feeling": "negative" if told == "disagrees" else "neutral"}
        review.decide(
            opened, item.id, ReviewStatus.RELEASED, ["communities"], SECOND, labels=labels
        )
    aggregate.aggregate(opened)
    found = quotes.of_theme(opened, topic(opened), "communities", Readers.PUBLIC)
    assert [one.kind for one in found][:2] == [Kind.TYPICAL, Kind.OPPOSED]
    assert found[1].text in AGAINST
    with opened.store.read() as tx:
        public = quotes.public(tx, topic(opened).id)
    assert Kind.OPPOSED in [one.kind for one in public] and len(public) == quotes.MOST


def test_a_feeling_that_few_share(opened: Context) -> None:
    texts = [f"more help with homework please, number {n}" for n in range(90)]
    few = [f"the program costs too much, number {n}" for n in range(20)]
    items = [voice(opened, one) for one in released(opened, *texts, *few)]
    for item in items:
        feeling = "negative" if item.text in few else "positive"
        review.decide(
            opened,
            item.id,
            ReviewStatus.RELEASED,
            ["communities"],
            SECOND,
            "safe now",  # whatever the machine holds of such texts
            labels={"feeling": feeling},
        )
    aggregate.aggregate(opened)
    found = quotes.of_theme(opened, topic(opened), "communities", Readers.STAFF)
    minority = found[-1]
    assert minority.kind is Kind.MINORITY and minority.few == ("feeling", "negative")
    assert minority.text in few


def test_a_position_that_a_machine_gave_makes_nobody_an_opponent(opened: Context) -> None:
    let_out(opened, BUS, RIDE, PRICE)
    found = quotes.of_theme(opened, topic(opened), "communities", Readers.PUBLIC)
    assert [one.kind for one in found] == [Kind.TYPICAL]


def test_channels_of_which_staff_may_not_read_are_not_quoted(opened: Context) -> None:
    public = quotes.channels(opened, Readers.PUBLIC)
    assert "x" not in public and "form" in public
    assert "x" not in quotes.channels(opened, Readers.STAFF)


def test_what_is_left_out_is_marked() -> None:
    assert excerpt("short enough") == "short enough"
    long = "a word and another " * 40
    cut = excerpt(long, 60)
    assert cut.endswith(f" {OMITTED}") and len(cut) <= 60 and long.startswith(cut[: -len(OMITTED)])
    assert excerpt("x" * 100, 20) == "x" * 16 + " […]"
    assert "[tele" not in excerpt("call me at [telephone number] tonight please", 24)


def test_a_group_of_the_same_texts_is_a_figure_and_a_text_only_if_released(
    opened: Context,
) -> None:
    items = [voice(opened, one) for one in released(opened, *[LETTER] * 10, LETTER.upper(), BUS)]
    assert [one.messages for one in alike.largest(opened, topic(opened), Readers.STAFF)] == [11]
    collapse.collapse(opened)
    (group,) = alike.largest(opened, topic(opened), Readers.STAFF)
    assert (group.messages, group.wordings, group.quotation) == (11, 1, None)
    assert group.first_week == group.last_week and group.first_week.weekday() == 0
    review.decide(opened, items[0].id, ReviewStatus.RELEASED, ["education"], SECOND)
    (group,) = alike.largest(opened, topic(opened), Readers.PUBLIC)
    assert group.quotation is not None and group.quotation.text == LETTER
    assert group.quotation.kind is Kind.ALSO


def test_small_groups_are_not_shown(opened: Context) -> None:
    released(opened, *[LETTER] * (opened.settings.min_cell - 1))
    collapse.collapse(opened)
    assert alike.largest(opened, topic(opened), Readers.STAFF) == []
