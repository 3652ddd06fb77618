"""What people decided of a topic's messages beside what the machine had proposed, and what nobody decided.

What is withdrawn stays in the totals, and so does what was decided of it here; its codings go with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, func, select

from youthvoice.model import Label, LabelKind, ReviewStatus, Sample, ThemeScore
from youthvoice.store import labels, proposals
from youthvoice.store.engine import Tx
from youthvoice.store.tables import (
    coding,
    contribution,
    decided_label,
    decision,
    proposed_label,
    proposed_theme,
)


class Said(NamedTuple):
    """What a person said of a message, and what the machine (`model`) had proposed when they did.

    `labels`: by kind, what they said of position and feeling. `text_key`: the same for nearly the same
    texts. `risk`: the message's level.
    """

    contribution_id: str
    text_key: str
    language: str
    question: int
    risk: int
    themes: frozenset[str]
    labels: dict[str, str]
    proposed: tuple[ThemeScore, ...]
    proposed_labels: tuple[Label, ...]
    model: str


class Texts(NamedTuple):
    """`messages` in one language that say nearly the same."""

    text_key: str
    language: str
    messages: int


class Proposed(NamedTuple):
    """How many of them the machine gave `value` (a theme, a position, a feeling), and was sure of it."""

    text_key: str
    language: str
    value: str
    messages: int


def usual_model(tx: Tx, topic_id: int) -> str | None:
    """The version of the machine that read most of a topic's messages last."""
    return tx.execute(
        select(contribution.c.model)
        .where(contribution.c.topic_id == topic_id, *_counted(), contribution.c.masked.is_not(None))
        .group_by(contribution.c.model)
        .order_by(func.count().desc(), contribution.c.model)
        .limit(1)
    ).scalar()


def _counted() -> tuple[Any, ...]:
    """As the totals count."""
    return (
        contribution.c.status != str(ReviewStatus.REJECTED),
        contribution.c.uncounted.is_(False),
        contribution.c.pooled.is_(False),
    )


MESSAGE = (
    contribution.c.text_key,
    contribution.c.language,
    contribution.c.question,
    contribution.c.risk_level,
)


def moderated(tx: Tx, topic_id: int) -> list[Said]:
    """Of each message that a person read and released last: what they decided.

    Where a message is held or rejected, nobody need have looked at its themes.
    """
    last = select(func.max(decision.c.id)).group_by(decision.c.contribution_id)
    rows = tx.execute(
        select(decision, *MESSAGE)
        .join(contribution, contribution.c.id == decision.c.contribution_id)
        .where(
            contribution.c.topic_id == topic_id,
            *_counted(),
            decision.c.id.in_(last),
            decision.c.read.is_(True),
            decision.c.status == str(ReviewStatus.RELEASED),
        )
        .order_by(decision.c.contribution_id)
    ).all()
    ids = [row.contribution_id for row in rows]
    themes, found = proposals.themes(tx, ids), labels.proposed(tx, ids)
    decided = _decided_labels(tx, topic_id)
    return [
        _said(
            row,
            decided.get(row.contribution_id, {}),
            _at_that_time(row.proposed, themes.get(row.contribution_id, ())),
            found.get(row.contribution_id, ()),
        )
        for row in rows
    ]


def _said(
    row: Row[Any],
    labels: dict[str, str],
    themes: tuple[ThemeScore, ...],
    proposed: tuple[Label, ...],
) -> Said:
    return Said(
        row.contribution_id,
        row.text_key,
        row.language,
        row.question,
        row.risk_level,
        frozenset(row.themes),
        labels,
        themes,
        proposed,
        row.model,
    )


def _at_that_time(
    proposed: Sequence[Sequence[Any]], now: Sequence[ThemeScore]
) -> tuple[ThemeScore, ...]:
    """The themes proposed when somebody decided.

    Whether the machine was sure may not stand with a decision; it stands with the message, as long as the
    same version has read it last.
    """
    sure = {one.theme: one.sure for one in now}
    return tuple(
        ThemeScore(theme, score, bool(said[0]) if said else sure.get(theme, True))
        for theme, score, *said in proposed
    )


def _decided_labels(tx: Tx, topic_id: int) -> dict[str, dict[str, str]]:
    rows = tx.execute(
        select(decided_label)
        .join(contribution, contribution.c.id == decided_label.c.contribution_id)
        .where(contribution.c.topic_id == topic_id)
    )
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        found.setdefault(row.contribution_id, {})[row.kind] = row.value
    return found


def coded(tx: Tx, codebook_id: int, sample: Sample) -> list[Said]:
    """What people said of a sample's messages with this codebook, in the order of the codings' random ids."""
    rows = tx.execute(
        select(coding, *MESSAGE)
        .join(contribution, contribution.c.id == coding.c.contribution_id)
        .where(coding.c.codebook_id == codebook_id, coding.c.sample == str(sample), *_counted())
        .order_by(coding.c.contribution_id, coding.c.id)
    )
    return [
        _said(
            row,
            row.labels,
            tuple(ThemeScore(*one) for one in row.proposed["themes"]),
            tuple(Label(LabelKind(kind), *rest) for kind, *rest in row.proposed["labels"]),
        )
        for row in rows
    ]


def of_other_models(tx: Tx, topic_id: int, model: str) -> set[str]:
    """The texts (their keys) of which people said something while another version had read them.

    `model` may have learned from these.
    """
    found: set[str] = set()
    for table in (decision, coding):
        found.update(
            tx.execute(
                select(contribution.c.text_key)
                .join(table, table.c.contribution_id == contribution.c.id)
                .where(contribution.c.topic_id == topic_id, table.c.model != model)
            ).scalars()
        )
    return found


GROUP = (contribution.c.text_key, contribution.c.language)


def texts(tx: Tx, topic_id: int, questions: Sequence[int] | None = None) -> Iterator[Texts]:
    """Every text that counts (to these questions)."""
    query = select(*GROUP, func.count()).where(*_wanted(topic_id, questions)).group_by(*GROUP)
    for row in tx.execute(query):
        yield Texts(*row)


def proposed_themes(tx: Tx, topic_id: int) -> Iterator[Proposed]:
    """What the machine proposes now of every text that counts, and is sure of."""
    return _proposed(tx, _sure(proposed_theme, proposed_theme.c.theme, topic_id, None))


def proposed_labels(
    tx: Tx, topic_id: int, kind: LabelKind, questions: Sequence[int] | None = None
) -> Iterator[Proposed]:
    """As `proposed_themes`, for positions or feelings (of what was said to these questions)."""
    query = _sure(proposed_label, proposed_label.c.value, topic_id, questions)
    return _proposed(tx, query.where(proposed_label.c.kind == str(kind)))


def _wanted(topic_id: int, questions: Sequence[int] | None) -> list[Any]:
    asked = [] if questions is None else [contribution.c.question.in_(questions)]
    return [contribution.c.topic_id == topic_id, *_counted(), *asked]


def _sure(table: Any, value: Any, topic_id: int, questions: Sequence[int] | None) -> Select[Any]:
    return (
        select(*GROUP, value, func.count())
        .join(table, table.c.contribution_id == contribution.c.id)
        .where(*_wanted(topic_id, questions), table.c.sure.is_(True))
        .group_by(*GROUP, value)
    )


def _proposed(tx: Tx, query: Select[Any]) -> Iterator[Proposed]:
    for row in tx.execute(query):
        yield Proposed(*row)
