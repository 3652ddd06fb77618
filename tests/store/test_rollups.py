"""What is counted of themes, positions and feelings: what people decided, else what the machine is sure of."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.factories import open_topic
from tests.store.test_store import item
from youthvoice.flow.context import Context
from youthvoice.model import Label, LabelKind, Language, ReviewStatus, ThemeScore
from youthvoice.store import contributions, decisions, destruction, rollups

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
BUS, HEALTH = ThemeScore("bus", 0.9), ThemeScore("health", 0.2, sure=False)
SAD = Label(LabelKind.FEELING, "negative", 0.9)
PERHAPS_GLAD = Label(LabelKind.FEELING, "positive", 0.4, sure=False)
AGREES = Label(LabelKind.POSITION, "agrees", 0.9)
PERHAPS_NOT = Label(LabelKind.POSITION, "disagrees", 0.4, sure=False)


@pytest.fixture
def key(context: Context) -> int:
    """A topic with five messages; its number."""
    found = open_topic(context).id
    with context.store.write() as tx:
        contributions.add_many(
            tx,
            [
                item(1, found, themes=(BUS, HEALTH), labels=(SAD, AGREES)),
                item(2, found, themes=(HEALTH,), labels=(PERHAPS_GLAD, PERHAPS_NOT)),
                item(3, found, themes=(HEALTH, ThemeScore("alone", 0.1, sure=False))),
                item(4, found, themes=(BUS,), labels=(SAD,), question=2, language=Language.MIXED),
                item(5, found, themes=(), status=ReviewStatus.REJECTED, labels=(SAD, AGREES)),
            ],
        )
    return found


def counted(context: Context, key: int, *dimensions: str) -> dict[object, int | None]:
    with context.store.read() as tx:
        cells = rollups.count(tx, key, dimensions)
    found = {tuple(cell.values[name] for name in dimensions): cell.messages for cell in cells}
    assert len(found) == len(cells)
    return {names[0] if len(names) == 1 else names: count for names, count in found.items()}


def decide(context: Context, number: int, themes: list[str], **labels: str) -> None:
    with context.store.write() as tx:
        found = contributions.get(tx, f"{number:032x}")
        status = ReviewStatus.RELEASED
        decisions.decide(tx, found, status, themes, "Ana", None, AT, labels=labels)


def test_a_theme_counts_where_the_machine_is_sure(context: Context, key: int) -> None:
    assert counted(context, key, "theme") == {"bus": 2, "not_sure": 2}


def test_a_theme_counts_where_a_person_decided(context: Context, key: int) -> None:
    decide(context, 1, ["alone"])
    decide(context, 2, ["health", "alone"])
    decide(context, 3, [])
    assert counted(context, key, "theme") == {"bus": 1, "health": 1, "alone": 2}


def test_every_message_has_a_feeling(context: Context, key: int) -> None:
    assert counted(context, key, "feeling") == {"negative": 2, "not_sure": 2}
    assert counted(context, key, "question", "feeling") == {
        ("1", "negative"): 1, ("1", "not_sure"): 2, ("2", "negative"): 1,
    }  # fmt: skip


def test_only_an_answer_to_such_a_question_has_a_position(context: Context, key: int) -> None:
    assert counted(context, key, "position") == {"agrees": 1, "not_sure": 1}
    assert counted(context, key, "theme", "position") == {
        ("bus", "agrees"): 1, ("not_sure", "not_sure"): 1,
    }  # fmt: skip
    assert counted(context, key, "language", "position") == {
        ("en", "agrees"): 1, ("en", "not_sure"): 1,
    }  # fmt: skip


def test_a_label_counts_as_a_person_decided_it(context: Context, key: int) -> None:
    decide(context, 1, ["bus"], feeling="neutral")
    decide(context, 2, ["bus"], feeling="positive", position="mixed")
    decide(context, 3, ["bus"], position="not_stated")
    assert counted(context, key, "feeling") == {
        "neutral": 1, "positive": 1, "not_sure": 1, "negative": 1,
    }  # fmt: skip
    assert counted(context, key, "position") == {"agrees": 1, "mixed": 1, "not_stated": 1}


def test_no_figure_moves_with_a_withdrawal(context: Context, key: int) -> None:
    before = {dims: counted(context, key, *dims) for dims in rollups.slices()}
    with context.store.write() as tx:
        mark = rollups.fingerprint(tx, key)
        destruction.forget(tx, [f"{number:032x}" for number in (1, 2, 5)])
        assert rollups.fingerprint(tx, key) == mark
    assert {dims: counted(context, key, *dims) for dims in rollups.slices()} == before


def test_a_label_makes_pairs_with_question_theme_and_language_only() -> None:
    pairs = [dims for dims in rollups.slices() if len(dims) == 2 and {*dims} & {*rollups.LABELS}]
    assert sorted(pairs) == sorted(
        (other, label) for label in rollups.LABELS for other in ("question", "theme", "language")
    )


def test_two_languages_in_one_message_are_shown_as_such(context: Context, key: int) -> None:
    assert counted(context, key, "language") == {"en": 3, "mixed": 1}
