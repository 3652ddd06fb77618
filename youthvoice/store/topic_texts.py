"""The messages of a topic for those who work on its themes: which say nearly the same, what stands of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from youthvoice.model import Language, ReviewStatus
from youthvoice.store import masked_texts
from youthvoice.store.engine import Tx
from youthvoice.store.masked_texts import MaskedMessage
from youthvoice.store.shredding import unlock
from youthvoice.store.tables import (
    contribution,
    decided_theme,
    decision,
    masked_key,
)

CHUNK = 500
_GONE = (str(ReviewStatus.REJECTED), str(ReviewStatus.WITHDRAWN))


def text_keys(tx: Tx, ids: Sequence[str]) -> dict[str, str]:
    """The text key of each message: the same for those that say nearly the same."""
    found: dict[str, str] = {}
    for start in range(0, len(ids), CHUNK):
        rows = tx.execute(
            select(contribution.c.id, contribution.c.text_key).where(
                contribution.c.id.in_(ids[start : start + CHUNK])
            )
        )
        found.update({row.id: row.text_key for row in rows})
    return found


def page(tx: Tx, topic_id: int, after: str, most: int) -> list[MaskedMessage]:
    """Messages that count and whose masked text is here, by id, of every channel; those after the id `after`.

    For the machine only: staff may not read all of these channels.
    """
    return masked_texts.page(tx, (contribution.c.id > after) & _counts(topic_id), most)


def count(tx: Tx, topic_id: int) -> int:
    """How many messages `page` goes through."""
    query = (
        select(func.count())
        .select_from(contribution)
        .join(masked_key, masked_key.c.contribution_id == contribution.c.id)
        .where(_counts(topic_id))
    )
    return int(tx.execute(query).scalar_one())


def still_here(tx: Tx, ids: Sequence[str]) -> set[str]:
    """Which of these messages still have their masked text; nobody takes them back until this write ends."""
    return set(
        tx.execute(
            select(contribution.c.id)
            .where(contribution.c.id.in_(ids), contribution.c.masked.is_not(None))
            .with_for_update()
        ).scalars()
    )


def decided(tx: Tx, topic_id: int) -> dict[str, tuple[str, ...]]:
    """The themes of every message that counts and that a person read and decided, by its id."""
    was_read = select(decision.c.contribution_id).where(decision.c.read.is_(True))
    ids = list(
        tx.execute(
            select(contribution.c.id).where(
                _counts(topic_id),
                contribution.c.has_decision.is_(True),
                contribution.c.id.in_(was_read),
            )
        ).scalars()
    )
    themes = decided_themes(tx, ids)
    return {ident: themes.get(ident, ()) for ident in ids}


def decided_themes(tx: Tx, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The themes that people decided on, by message; none: no entry."""
    found: dict[str, list[str]] = {}
    for start in range(0, len(ids), CHUNK):
        rows = tx.execute(
            select(decided_theme)
            .where(decided_theme.c.contribution_id.in_(ids[start : start + CHUNK]))
            .order_by(decided_theme.c.theme)
        )
        for row in rows:
            found.setdefault(row.contribution_id, []).append(row.theme)
    return {ident: tuple(themes) for ident, themes in found.items()}


def texts(tx: Tx, ids: Sequence[str]) -> dict[str, tuple[str, Language]]:
    """The masked texts of these messages with their languages, where they are still here."""
    found: dict[str, tuple[str, Language]] = {}
    for start in range(0, len(ids), CHUNK):
        rows = tx.execute(
            select(
                contribution.c.id, contribution.c.masked, contribution.c.language, masked_key.c.key
            )
            .join(masked_key, masked_key.c.contribution_id == contribution.c.id)
            .where(
                contribution.c.id.in_(ids[start : start + CHUNK]),
                contribution.c.masked.is_not(None),
            )
        )
        for row in rows:
            text = unlock(row.masked, row.id, row.key)
            if text:
                found[row.id] = text, Language(row.language)
    return found


def _counts(topic_id: int) -> Any:
    return (
        (contribution.c.topic_id == topic_id)
        & contribution.c.status.not_in(_GONE)
        & contribution.c.pooled.is_(False)
        & contribution.c.uncounted.is_(False)
        & contribution.c.masked.is_not(None)
    )
