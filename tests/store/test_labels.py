"""Positions, feelings and the languages of a message: what the machine says beside what people decide."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.factories import open_topic
from tests.store.test_store import item
from youthvoice.flow.context import Context
from youthvoice.model import (
    Analysis,
    Label,
    LabelKind,
    Language,
    Masked,
    ReviewStatus,
    Risk,
    ThemeScore,
)
from youthvoice.store import contributions, decisions, destruction, labels, pool, proposals
from youthvoice.store.masked_texts import MaskedMessage
from youthvoice.store.proposals import Proposed

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
SAD = Label(LabelKind.FEELING, "negative", 0.8)
GLAD = Label(LabelKind.FEELING, "positive", 0.4, sure=False)
AGREES = Label(LabelKind.POSITION, "agrees", 0.9)
SHARES = {"en": 0.75, "fr": 0.25}
DOUBTFUL = ThemeScore("health", 0.3, sure=False)


@pytest.fixture
def ident(context: Context) -> str:
    """A message with labels."""
    stored = item(
        1,
        open_topic(context).id,
        labels=(AGREES, SAD),
        shares=SHARES,
        language=Language.MIXED,
        themes=(ThemeScore("support", 0.5), DOUBTFUL),
    )
    with context.store.write() as tx:
        contributions.add_many(tx, [stored, item(2, stored.topic_id)])
    return stored.id


def decide(context: Context, ident: str, chosen: dict[str, str] | None = None) -> None:
    with context.store.write() as tx:
        found = contributions.get(tx, ident)
        status = ReviewStatus.RELEASED
        decisions.decide(tx, found, status, ["health"], "Ana", None, AT, labels=chosen)


def test_they_come_back_as_they_went_in(context: Context, ident: str) -> None:
    with context.store.read() as tx:
        found = contributions.get(tx, ident)
        other = contributions.get(tx, f"{2:032x}")
    assert found.labels == (SAD, AGREES)  # by kind
    assert found.proposed == (ThemeScore("support", 0.5), DOUBTFUL)
    assert (found.shares, found.decided_labels, found.language) == (SHARES, {}, "mixed")
    assert (other.labels, other.shares, other.decided_labels) == ((), {}, {})


def test_a_newer_proposal_replaces_the_machines_and_no_persons(
    context: Context, ident: str
) -> None:
    decide(context, ident, {"feeling": "neutral"})
    with context.store.write() as tx:
        proposals.propose(tx, ident, [DOUBTFUL], "m2", [GLAD])
        found = contributions.get(tx, ident)
    assert (found.labels, found.proposed) == ((GLAD,), (DOUBTFUL,))
    assert (found.decided, found.decided_labels) == (("health",), {"feeling": "neutral"})
    with context.store.write() as tx:
        proposals.propose(tx, ident, [], "m3")
        labels.propose(tx, f"{2:032x}", [SAD, GLAD], "m3")
        assert contributions.get(tx, ident).labels == ()
        assert labels.proposed(tx, [ident, f"{2:032x}"]) == {f"{2:032x}": (GLAD,)}


def test_many_at_once_are_as_one_by_one(context: Context, ident: str) -> None:
    ids = [ident, f"{2:032x}"]
    with context.store.write() as tx:
        proposals.propose_many(tx, [Proposed(one, [DOUBTFUL], [GLAD]) for one in ids], "m2")
        assert proposals.themes(tx, ids) == dict.fromkeys(ids, (DOUBTFUL,))
        assert labels.proposed(tx, ids) == dict.fromkeys(ids, (GLAD,))
        proposals.propose_many(tx, [], "m3")


def test_a_decision_that_says_nothing_of_a_label_leaves_it(context: Context, ident: str) -> None:
    decide(context, ident, {"feeling": "neutral", "position": "disagrees"})
    decide(context, ident)
    decide(context, ident, {"feeling": "positive"})
    with context.store.read() as tx:
        found = contributions.get(tx, ident)
    assert found.decided_labels == {"feeling": "positive", "position": "disagrees"}
    assert found.labels == (SAD, AGREES)


def test_what_is_to_be_tagged_is_of_one_topic_and_of_another_version(
    context: Context, ident: str
) -> None:
    with context.store.write() as tx:
        key = contributions.get(tx, ident).topic_id
        proposals.propose(tx, ident, [], "m2")
        assert proposals.to_tag(tx, key, "m2", 9) == [
            MaskedMessage(f"{2:032x}", "hi [name 1]", "en", 1, False)
        ]
        assert proposals.to_tag(tx, key, "m1", 9) == [
            MaskedMessage(ident, "hi [name 1]", "mixed", 1, False)
        ]
        assert proposals.to_tag(tx, key + 1, "m3", 9) == []
        assert len(proposals.to_tag(tx, key, "m3", 1)) == 1
        destruction.forget(tx, [ident])
        assert [one.id for one in proposals.to_tag(tx, key, "m3", 9)] == [f"{2:032x}"]


def test_a_second_look_brings_labels_and_languages(context: Context) -> None:
    stored = item(3, open_topic(context).id, status=ReviewStatus.HELD, hold="detector failed")
    said = Analysis(
        Language.FR, Masked("salut"), Risk(), (DOUBTFUL,), None, "m2", (GLAD,), {"fr": 1.0}
    )
    with context.store.write() as tx:
        contributions.add_many(tx, [stored])
        proposals.mask_again(tx, stored.id, said)
        found = contributions.get(tx, stored.id)
    assert (found.labels, found.proposed, found.shares) == ((GLAD,), (DOUBTFUL,), {"fr": 1.0})


def test_a_withdrawal_leaves_what_totals_count_and_no_shares(context: Context, ident: str) -> None:
    decide(context, ident, {"feeling": "neutral"})
    with context.store.write() as tx:
        destruction.forget(tx, [ident])
        found = contributions.get(tx, ident)
    assert (found.text, found.shares) == (None, {})
    assert (found.labels, found.decided_labels) == ((SAD, AGREES), {"feeling": "neutral"})


def test_an_edited_message_begins_anew(context: Context, ident: str) -> None:
    decide(context, ident, {"feeling": "neutral"})
    with context.store.write() as tx:
        key = contributions.get(tx, ident).topic_id
        assert contributions.revise(tx, item(9, key, source_key=f"{1:064x}", labels=(GLAD,)))
        assert contributions.find(tx, ident) is None
        found = contributions.get(tx, f"{9:032x}")
    assert (found.labels, found.decided_labels) == ((GLAD,), {})


def test_a_batch_keeps_its_labels(context: Context, ident: str) -> None:
    with context.store.write() as tx:
        pool.release(tx, [ident, f"{2:032x}"])
        assert contributions.get(tx, ident).labels == (SAD, AGREES)
