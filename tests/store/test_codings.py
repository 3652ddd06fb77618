"""What people say of single messages by hand, and which messages they are given."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.factories import open_topic
from tests.store.test_store import item
from youthvoice.flow.context import Context
from youthvoice.model import (
    Coding,
    Label,
    LabelKind,
    Language,
    ReviewStatus,
    Sample,
    ThemeScore,
)
from youthvoice.store import codebooks, codings, contributions, destruction, proposals, samples

DAY = date(2026, 11, 20)
SAD = Label(LabelKind.FEELING, "negative", 0.8, sure=False)
ONE = f"{1:032x}"


@pytest.fixture
def book(context: Context) -> int:
    """A codebook of a topic with three messages; its number."""
    key = open_topic(context).id
    with context.store.write() as tx:
        stored = [item(n, key, language=Language.FR, labels=(SAD,)) for n in (3, 1, 2)]
        contributions.add_many(tx, stored)
        return codebooks.add_draft(tx, key, (), "Ana", DAY).id


def coding(book: int, actor: str = "Ana", ident: str = ONE, *themes: str) -> Coding:
    return Coding(ident, book, actor, Sample.CHECK, themes, {"feeling": "neutral"}, DAY)


def test_a_coding_keeps_what_the_machine_had_proposed(context: Context, book: int) -> None:
    with context.store.write() as tx:
        codings.add(tx, coding(book, "Ana", ONE, "health", "bus"))
        proposals.propose(tx, ONE, [], "m2")
        (found,) = codings.of(tx, book)
    assert found.coding == coding(book, "Ana", ONE, "bus", "health")
    assert (found.question, found.language, found.model) == (1, "fr", "m1")
    assert (found.themes, found.labels) == ((ThemeScore("support", 0.5),), (SAD,))


def test_each_person_says_it_once(context: Context, book: int) -> None:
    with context.store.write() as tx:
        for theme in ("bus", "health"):
            codings.add(tx, coding(book, "Ana", ONE, theme))
        codings.add(tx, coding(book, "Ben", ONE))
        codings.add(tx, replace(coding(book, "Ben", f"{2:032x}"), sample=Sample.TEACH))
        found = [one.coding for one in codings.of_contribution(tx, ONE)]
        assert [(one.actor, one.themes) for one in found] == [("Ana", ("health",)), ("Ben", ())]
        assert codings.coded(tx, book) == {ONE, f"{2:032x}"}
        assert codings.coded(tx, book, "Ana") == {ONE}
        assert codings.coded(tx, book + 1) == set()
        assert len(codings.of(tx, book)) == 3
        assert [one.coding.contribution_id for one in codings.of(tx, book, Sample.TEACH)] == [
            f"{2:032x}"
        ]


def test_a_coding_goes_with_a_withdrawal_and_stays_when_the_schedule_ends_the_text(
    context: Context, book: int
) -> None:
    with context.store.write() as tx:
        codings.add(tx, coding(book))
        destruction.drop_text(tx, [ONE])
        assert len(codings.of(tx, book)) == 1
        destruction.forget(tx, [ONE])
        assert codings.of(tx, book) == []


def test_a_coding_goes_with_an_edit(context: Context, book: int) -> None:
    with context.store.write() as tx:
        codings.add(tx, coding(book))
        key = contributions.get(tx, ONE).topic_id
        assert contributions.revise(tx, item(9, key, source_key=f"{1:064x}"))
        assert codings.of(tx, book) == []


def test_the_first_by_id_are_the_sample(context: Context, book: int) -> None:
    with context.store.read() as tx:
        key = contributions.get(tx, ONE).topic_id
        found = samples.by_chance(tx, key, ["file"], 2)
    assert [one.id for one in found] == [ONE, f"{2:032x}"]
    assert found[0] == (ONE, "hi [name 1]", "fr", 1, (ThemeScore("support", 0.5),))


def test_nobody_is_given_what_they_may_not_read_or_what_does_not_count(
    context: Context, book: int
) -> None:
    changes: list[dict[str, object]] = [
        {"status": ReviewStatus.HELD},
        {"status": ReviewStatus.REJECTED},
        {"channel": "x"},
        {"pooled": True},
        {"masked": None},
    ]
    with context.store.write() as tx:
        key = contributions.get(tx, ONE).topic_id
        more = [item(10 + n, key, **change) for n, change in enumerate(changes)]
        contributions.add_many(tx, [*more, item(20, key, status=ReviewStatus.RELEASED)])
        destruction.forget(tx, [f"{2:032x}"])
        found = [one.id for one in samples.by_chance(tx, key, ["file", "form"], 99)]
        assert found == [ONE, f"{3:032x}", f"{20:032x}"]
        assert samples.by_chance(tx, key, [], 99) == []
        assert samples.by_chance(tx, key + 1, ["file"], 99) == []


def test_nobody_teaches_what_was_coded_or_decided(context: Context, book: int) -> None:
    with context.store.write() as tx:
        key = contributions.get(tx, ONE).topic_id
        codings.add(tx, coding(book))
        found = [one.id for one in samples.to_teach(tx, key, ["file"], book, 9)]
        assert found == [f"{2:032x}", f"{3:032x}"]
        assert samples.to_teach(tx, key, ["file"], book + 1, 9)[0].id == ONE
        assert len(samples.to_teach(tx, key, ["file"], book, 1)) == 1
