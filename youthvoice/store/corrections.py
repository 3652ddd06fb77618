"""What people said of the masks of a message: places in its sealed original, by verdict. Never a word.

A place that people leave as it is has no row: that a person read the message and released it says so
(`read` of the last decision). Rows go with the masked text, whatever destroys it.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Integer, delete, func, insert, select, update

from youthvoice.model import Masked, ReviewStatus, Span
from youthvoice.store.engine import Tx
from youthvoice.store.shredding import lock
from youthvoice.store.tables import (
    contribution,
    decision,
    masked_key,
    sealed_original,
    span_correction,
)

PERSON = "person"
"""The `detector` of a span that a person added."""

LONGEST = 120
"""Characters of a detector's name that are kept."""


class Verdict(StrEnum):
    """What people said of a place; `right` is never stored (see above)."""

    MISSED = "missed"
    NO_IDENTIFIER = "no_identifier"
    RIGHT = "right"


class Label(NamedTuple):
    """A labelled example: characters `start` to `end` (exclusive) of the normalised original.

    `detector` and `score` are those of the span that was no identifier; None where it was missed.
    """

    start: int
    end: int
    kind: str
    verdict: Verdict
    detector: str | None = None
    score: float | None = None

    def as_span(self) -> Span:
        """The span that the detector had found."""
        return Span(self.start, self.end, self.kind, self.score or 0.0, self.detector or PERSON)


class Counted(NamedTuple):
    """Of one language: messages of which people checked the masks, and what they found.

    `left`: spans of the machine that they left as they are; `rejected`: those that are no identifier;
    `added`: those that the machine had missed.
    """

    language: str
    messages: int
    left: int
    rejected: int
    added: int


def add(tx: Tx, contribution_id: str, labels: Sequence[Label], actor: str, day: date) -> None:
    """Keep labelled examples of a message, with its language and the machine's version."""
    if not labels:
        return
    row = tx.execute(
        select(contribution.c.language, contribution.c.model).where(
            contribution.c.id == contribution_id
        )
    ).one()
    shared = {
        "contribution_id": contribution_id,
        "language": row.language,
        "model": row.model,
        "actor": actor,
        "day": day,
    }
    tx.execute(
        insert(span_correction),
        [
            # Random, so that no order can be read from it.
            {**_row(label), "id": secrets.token_hex(16), **shared}
            for label in labels
        ],
    )


def _row(label: Label) -> dict[str, Any]:
    detector = label.detector[:LONGEST] if label.detector else None
    return {**label._asdict(), "verdict": str(label.verdict), "detector": detector}


def of(tx: Tx, contribution_id: str) -> list[Label]:
    """The labelled examples of a message, in the order of its text."""
    rows = tx.execute(
        select(span_correction)
        .where(span_correction.c.contribution_id == contribution_id)
        .order_by(span_correction.c.start, span_correction.c.end)
    )
    return [
        Label(row.start, row.end, row.kind, Verdict(row.verdict), row.detector, row.score)
        for row in rows
    ]


def take_back(tx: Tx, contribution_id: str, labels: Sequence[Label]) -> None:
    """Remove examples of a message about which people think otherwise now."""
    mine = span_correction.c.contribution_id == contribution_id
    for label in labels:
        tx.execute(
            delete(span_correction).where(
                mine,
                span_correction.c.start == label.start,
                span_correction.c.end == label.end,
                span_correction.c.verdict == str(label.verdict),
            )
        )


def remove(tx: Tx, contribution_id: str) -> None:
    """Remove every example of a message."""
    tx.execute(delete(span_correction).where(span_correction.c.contribution_id == contribution_id))


def rewrite(tx: Tx, contribution_id: str, masked: Masked) -> bool:
    """Put another masked text and its spans in place; nothing else of the message changes.

    False where its key is gone, that is, after a withdrawal.
    """
    key = tx.execute(
        select(masked_key.c.key).where(masked_key.c.contribution_id == contribution_id)
    ).scalar()
    if key is None:
        return False
    tx.execute(
        update(contribution)
        .where(contribution.c.id == contribution_id)
        .values(
            masked=lock(masked.text, contribution_id, key),
            spans=[asdict(span) for span in masked.spans],
        )
    )
    return True


def corrected(tx: Tx) -> list[str]:
    """The ids of messages with examples, in the order of their (random) ids."""
    return list(
        tx.execute(
            select(span_correction.c.contribution_id)
            .distinct()
            .order_by(span_correction.c.contribution_id)
        ).scalars()
    )


def sealed_of(tx: Tx, ids: Sequence[str]) -> set[str]:
    """Which of these messages still have a sealed original."""
    return set(
        tx.execute(
            select(sealed_original.c.item_id).where(sealed_original.c.item_id.in_(ids))
        ).scalars()
    )


def counts(tx: Tx) -> list[Counted]:
    """What people found, by language, in messages that can still be read.

    Checked is a message that a person read and released, or whose masks somebody corrected. One that
    was held or rejected is not: a person may do so because its masks are wrong.
    """
    checked = _checked().subquery()
    labels = (
        select(
            checked.c.language,
            func.sum(_of_verdict(Verdict.NO_IDENTIFIER)).label("rejected"),
            func.sum(_of_verdict(Verdict.MISSED)).label("added"),
        )
        .join(span_correction, span_correction.c.contribution_id == checked.c.id)
        .group_by(checked.c.language)
    )
    found = {row.language: (int(row.rejected), int(row.added)) for row in tx.execute(labels)}
    rows = tx.execute(
        select(
            checked.c.language, func.count().label("messages"), func.sum(checked.c.hidden).label("hidden")
        )
        .group_by(checked.c.language)
        .order_by(checked.c.language)
    )  # fmt: skip
    counted = []
    for row in rows:
        rejected, added = found.get(row.language, (0, 0))
        left = max(0, int(row.hidden) - added)
        counted.append(Counted(row.language, int(row.messages), left, rejected, added))
    return counted


def _of_verdict(verdict: Verdict) -> Any:
    return (span_correction.c.verdict == str(verdict)).cast(Integer)


def _checked() -> Any:
    last = select(func.max(decision.c.id)).group_by(decision.c.contribution_id)
    read = select(decision.c.contribution_id).where(
        decision.c.id.in_(last),
        decision.c.read.is_(True),
        decision.c.status == str(ReviewStatus.RELEASED),
    )
    return select(
        contribution.c.id,
        contribution.c.language,
        func.json_array_length(contribution.c.spans).label("hidden"),
    ).where(
        contribution.c.masked.is_not(None),
        contribution.c.status != str(ReviewStatus.WITHDRAWN),
        ((contribution.c.status == str(ReviewStatus.RELEASED)) & contribution.c.id.in_(read))
        | contribution.c.id.in_(select(span_correction.c.contribution_id)),
    )
