"""What writers chose to say of themselves: kept apart from their words, counted a batch at a time.

The counts only grow: rejecting, withdrawing or deleting a voice does not move them, so nobody learns from
a figure that moves what the writer of that voice had ticked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import insert, select, update

from youthvoice.store.engine import Tx
from youthvoice.store.tables import contribution, heard_count, self_description

CHUNK = 500
PARTS = ("group", "age_band", "first_language", "district")
"""`district` is the first letter of the postal code."""


def count(tx: Tx, ids: Sequence[str]) -> None:
    """Add the answers of these voices to the counts of their topics."""
    found: Counter[tuple[int, str, str]] = Counter()
    for start in range(0, len(ids), CHUNK):
        rows = tx.execute(
            select(self_description, contribution.c.topic_id)
            .join(contribution, contribution.c.id == self_description.c.contribution_id)
            .where(contribution.c.id.in_(ids[start : start + CHUNK]))
        )
        for row in rows:
            given = [
                ("age_band", row.age_band),
                ("first_language", row.first_language),
                ("district", (row.region or "")[:1]),
                *(("group", group) for group in row.groups),
            ]
            found.update((row.topic_id, part, answer) for part, answer in given if answer)
    for (topic_id, part, answer), messages in sorted(found.items()):
        mine = (
            (heard_count.c.topic_id == topic_id)
            & (heard_count.c.part == part)
            & (heard_count.c.answer == answer)
        )
        done = tx.execute(
            update(heard_count).where(mine).values(messages=heard_count.c.messages + messages)
        )
        if not done.rowcount:
            tx.execute(
                insert(heard_count).values(
                    topic_id=topic_id, part=part, answer=answer, messages=messages
                )
            )


def counts(tx: Tx, topic_id: int) -> dict[str, Counter[str]]:
    """How many voices of a topic gave each answer, by part. A voice may be of several groups."""
    found: dict[str, Counter[str]] = {part: Counter() for part in PARTS}
    for row in tx.execute(select(heard_count).where(heard_count.c.topic_id == topic_id)):
        found[row.part][row.answer] = row.messages
    return found
