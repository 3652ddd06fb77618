"""What writers chose to say of themselves: kept apart from their words, read as counts only."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select

from youthvoice.model import ReviewStatus
from youthvoice.store.engine import Tx
from youthvoice.store.tables import contribution, self_description


def counts(tx: Tx, topic_id: int) -> dict[str, Counter[str]]:
    """How many voices of a topic gave each answer, by part: age_band, district, first_language, group.

    `district` is the first letter of the postal code. A voice may be of several groups.
    """
    rows = tx.execute(
        select(
            self_description.c.age_band,
            self_description.c.region,
            self_description.c.first_language,
            self_description.c.groups,
        )
        .join(contribution, contribution.c.id == self_description.c.contribution_id)
        .where(
            contribution.c.topic_id == topic_id,
            contribution.c.pooled.is_(False),
            contribution.c.status != str(ReviewStatus.REJECTED),
        )
    )
    found: dict[str, Counter[str]] = {
        part: Counter() for part in ("age_band", "district", "first_language", "group")
    }
    for row in rows:
        for part, value in (
            ("age_band", row.age_band),
            ("district", (row.region or "")[:1]),
            ("first_language", row.first_language),
        ):
            if value:
                found[part][value] += 1
        found["group"].update(row.groups)
    return found
