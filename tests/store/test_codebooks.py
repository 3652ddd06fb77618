"""Versions of a topic's themes: what may change, what never does, and what maps messages with them."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import update

from tests.factories import open_topic
from tests.store.test_store import item
from youthvoice.errors import NotFound, Refused
from youthvoice.flow.context import Context
from youthvoice.model import Codebook, CodebookStatus, CodebookTheme, Masked
from youthvoice.store import codebooks, contributions, destruction, mappings
from youthvoice.store.tables import contribution

DAY = date(2026, 11, 20)
LATER = date(2026, 11, 21)
SAID = "the bus never comes on Sundays"


def theme(ident: str, *examples: str, level: int = 2) -> CodebookTheme:
    return CodebookTheme(
        ident,
        level,
        "communities" if level == 2 else None,
        {"en": f"{ident} in English", "fr": f"{ident} en français"},
        {"en": "what it means", "fr": "ce que ça veut dire"},
        {"en": examples, "fr": ("l’autobus ne vient pas",)},
        {"en": "cars", "fr": "les autos"},
    )


THEMES = (theme("communities", level=1), theme("bus", SAID), theme("alone"))


def drafted(context: Context) -> Codebook:
    key = open_topic(context).id
    with context.store.write() as tx:
        return codebooks.add_draft(tx, key, THEMES, "Ana", DAY)


def test_a_draft_comes_back_as_it_went_in(context: Context) -> None:
    made = drafted(context)
    assert made.themes == THEMES
    assert (made.version, made.status, made.made_by, made.made_on) == (
        1, CodebookStatus.DRAFT, "Ana", DAY,
    )  # fmt: skip
    with context.store.read() as tx:
        assert codebooks.get(tx, made.topic_id) == codebooks.by_id(tx, made.id) == made
        assert codebooks.newest_frozen(tx, made.topic_id) is None


def test_a_draft_is_replaced_and_there_is_only_one(context: Context) -> None:
    made = drafted(context)
    with context.store.write() as tx:
        changed = codebooks.replace_draft(tx, made.id, THEMES[:1], "Ben", LATER)
        assert (changed.themes, changed.made_by, changed.made_on) == (THEMES[:1], "Ben", LATER)
        with pytest.raises(Refused):
            codebooks.add_draft(tx, made.topic_id, THEMES, "Ben", LATER)
    with context.store.read() as tx:
        assert codebooks.versions(tx, made.topic_id) == [changed]


def test_a_frozen_version_stays_and_the_next_one_follows(context: Context) -> None:
    made = drafted(context)
    with context.store.write() as tx:
        frozen = codebooks.freeze(tx, made.id, "Ben", LATER)
    assert (frozen.status, frozen.signed_by, frozen.signed_on) == (
        CodebookStatus.FROZEN, "Ben", LATER,
    )  # fmt: skip
    with context.store.write() as tx:
        for change in (
            lambda: codebooks.replace_draft(tx, made.id, (), "Ana", DAY),
            lambda: codebooks.freeze(tx, made.id, "Cat", DAY),
        ):
            with pytest.raises(Refused):
                change()
        second = codebooks.add_draft(tx, made.topic_id, THEMES[1:], "Ana", DAY)
    with context.store.read() as tx:
        assert codebooks.get(tx, made.topic_id, 1) == frozen
        assert codebooks.find(tx, made.topic_id) == second and second.version == 2
        assert codebooks.newest_frozen(tx, made.topic_id) == frozen
        assert codebooks.versions(tx, made.topic_id) == [second, frozen]


def test_what_is_not_there_is_said(context: Context) -> None:
    key = open_topic(context).id
    with context.store.read() as tx:
        assert codebooks.find(tx, key) is None and codebooks.versions(tx, key) == []
        for version in (None, 3):
            with pytest.raises(NotFound):
                codebooks.get(tx, key, version)
        with pytest.raises(NotFound):
            codebooks.by_id(tx, 77)
    with context.store.write() as tx, pytest.raises(Refused):
        codebooks.freeze(tx, 77, "Ben", DAY)


def test_a_mapping_is_replaced(context: Context) -> None:
    made = drafted(context)
    first = mappings.Applied(made.topic_id, made.id, "m 1", None, 0, "Ana", DAY)
    second = first._replace(model="m 2", learned={"bus": [0.25, -1.5]}, learned_from=50)
    with context.store.write() as tx:
        assert mappings.of(tx, made.topic_id) is None
        mappings.apply(tx, first)
        assert mappings.of(tx, made.topic_id) == first
        mappings.apply(tx, second)
    with context.store.read() as tx:
        assert mappings.of(tx, made.topic_id) == second


@pytest.mark.parametrize("destroy", [destruction.forget, destruction.drop_text])
def test_words_of_a_message_leave_the_examples_with_it(context: Context, destroy) -> None:
    made = drafted(context)
    stored = item(1, made.topic_id, masked=Masked(f"hey, {SAID}!"))
    with context.store.write() as tx:
        codebooks.freeze(tx, made.id, "Ben", LATER)
        contributions.add_many(tx, [stored, item(2, made.topic_id)])
        destroy(tx, [item(2, made.topic_id).id])
        assert codebooks.get(tx, made.topic_id).themes == THEMES
        destroy(tx, [stored.id])
        communities, bus, alone = codebooks.get(tx, made.topic_id).themes
    assert (communities, alone) == (THEMES[0], THEMES[2])
    assert bus == theme("bus")


def test_an_edited_message_takes_its_earlier_words_along(context: Context) -> None:
    made = drafted(context)
    with context.store.write() as tx:
        contributions.add_many(tx, [item(1, made.topic_id, masked=Masked(SAID))])
        again = item(2, made.topic_id, source_key=f"{1:064x}", masked=Masked("it does"))
        assert contributions.revise(tx, again)
        assert codebooks.get(tx, made.topic_id).themes[1] == theme("bus")


def test_a_text_that_cannot_be_opened_takes_nothing_along(context: Context) -> None:
    made = drafted(context)
    with context.store.write() as tx:
        contributions.add_many(tx, [item(1, made.topic_id)])
        tx.execute(update(contribution).values(masked=None))
        destruction.forget(tx, [f"{1:032x}"])
        assert codebooks.get(tx, made.topic_id).themes == THEMES


def test_words_on_two_lines_leave_as_well(context: Context) -> None:
    """An example stands on one line; a masked text keeps its own."""
    made = drafted(context)
    broken = SAID.replace("never ", "never\n  ")
    stored = item(1, made.topic_id, masked=Masked(f"hey,\n{broken}"))
    with context.store.write() as tx:
        contributions.add_many(tx, [stored])
        destruction.forget(tx, [stored.id])
        assert SAID not in codebooks.get(tx, made.topic_id).themes[1].examples["en"]
