"""What the machine says of a stored message: proposals of a newer model, a second look, a risk that rose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, NamedTuple

from sqlalchemy import delete, insert, select, update

from youthvoice.model import Analysis, Label, ReviewItem, ReviewStatus, Risk, ThemeScore
from youthvoice.store import labels, masked_texts
from youthvoice.store.engine import Tx
from youthvoice.store.masked_texts import MaskedMessage
from youthvoice.store.shredding import lock
from youthvoice.store.tables import (
    contribution,
    masked_key,
    proposed_label,
    proposed_theme,
    sealed_original,
)

CHUNK = 500


class Proposed(NamedTuple):
    """What the machine says of one message."""

    contribution_id: str
    themes: Sequence[ThemeScore]
    labels: Sequence[Label] = ()


def to_tag(
    tx: Tx, topic_id: int, version: str, most: int, also: Sequence[str] = ()
) -> list[MaskedMessage]:
    """Messages of a topic that can be read and whose proposals are neither of `version` nor of one in `also`."""
    wanted = (
        (contribution.c.topic_id == topic_id)
        & contribution.c.model.not_in([version, *also])
        & contribution.c.masked.is_not(None)
    )
    return masked_texts.page(tx, wanted, most)


def theme_rows(
    contribution_id: str, found: Sequence[ThemeScore], model: str
) -> list[dict[str, Any]]:
    """Rows of the machine's themes for one message."""
    return [
        {
            "contribution_id": contribution_id,
            "theme": one.theme,
            "score": one.score,
            "sure": one.sure,
            "model": model,
        }
        for one in found
    ]


def themes(tx: Tx, ids: Sequence[str]) -> dict[str, tuple[ThemeScore, ...]]:
    """What the machine proposes now for these messages, by id, best first; none: no entry."""
    found: dict[str, list[ThemeScore]] = {}
    for start in range(0, len(ids), CHUNK):
        mine = proposed_theme.c.contribution_id.in_(ids[start : start + CHUNK])
        query = select(proposed_theme).where(mine)
        for row in tx.execute(
            query.order_by(proposed_theme.c.score.desc(), proposed_theme.c.theme)
        ):
            score = ThemeScore(row.theme, row.score, row.sure)
            found.setdefault(row.contribution_id, []).append(score)
    return {ident: tuple(scores) for ident, scores in found.items()}


def propose(
    tx: Tx,
    contribution_id: str,
    themes: Sequence[ThemeScore],
    version: str,
    labels: Sequence[Label] = (),
) -> None:
    """Replace the machine's own earlier proposals; what people decided is not touched."""
    propose_many(tx, [Proposed(contribution_id, themes, labels)], version)


def propose_many(tx: Tx, new: Sequence[Proposed], version: str) -> None:
    """As `propose`, for many messages at once (each one once)."""
    for start in range(0, len(new), CHUNK):
        part = new[start : start + CHUNK]
        ids = [one.contribution_id for one in part]
        for table, rows in (
            (proposed_theme, [row for one in part for row in _theme_rows(one, version)]),
            (proposed_label, [row for one in part for row in _label_rows(one, version)]),
        ):
            tx.execute(delete(table).where(table.c.contribution_id.in_(ids)))
            if rows:
                tx.execute(insert(table), rows)
        tx.execute(update(contribution).where(contribution.c.id.in_(ids)).values(model=version))


def _theme_rows(one: Proposed, version: str) -> list[dict[str, Any]]:
    return theme_rows(one.contribution_id, one.themes, version)


def _label_rows(one: Proposed, version: str) -> list[dict[str, Any]]:
    return labels.rows(one.contribution_id, one.labels, version)


def held_for(tx: Tx, reason: str, most: int) -> list[str]:
    """The ids of messages held for this reason whose original is still here."""
    return list(
        tx.execute(
            select(contribution.c.id)
            .where(
                contribution.c.status == str(ReviewStatus.HELD),
                contribution.c.hold == reason,
                contribution.c.id.in_(select(sealed_original.c.item_id)),
            )
            .limit(most)
        ).scalars()
    )


def mask_again(tx: Tx, contribution_id: str, said: Analysis) -> None:
    """Write what a second look gave; the message waits for a person, or stays held for its risk."""
    key = tx.execute(
        select(masked_key.c.key).where(masked_key.c.contribution_id == contribution_id)
    ).scalar()
    if key is None:
        return  # withdrawn meanwhile
    tx.execute(
        update(contribution)
        .where(
            contribution.c.id == contribution_id,
            contribution.c.status == str(ReviewStatus.HELD),
        )
        .values(
            masked=lock(said.masked.text, contribution_id, key),
            compared=False,
            spans=[asdict(span) for span in said.masked.spans],
            language=str(said.language),
            shares=dict(said.shares),
            risk_level=said.risk.level,
            risk_reasons=list(said.risk.reasons),
            hold=said.hold,
            status=str(ReviewStatus.HELD if said.hold else ReviewStatus.WAITING),
        )
    )
    propose(tx, contribution_id, said.themes, said.model, said.labels)


def raise_risk(tx: Tx, item: ReviewItem, risk: Risk) -> None:
    """Raise a message's risk to that of what its writer added; never lowers it."""
    tx.execute(
        update(contribution)
        .where(contribution.c.id == item.id)
        .values(
            risk_level=max(item.risk.level, risk.level),
            risk_reasons=sorted({*item.risk.reasons, *risk.reasons}),
        )
    )
