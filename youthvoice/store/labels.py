"""The position and the feeling of messages: what the machine proposed, and what people decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, insert, select

from youthvoice.model import Label, LabelKind
from youthvoice.store.engine import Tx
from youthvoice.store.tables import decided_label, proposed_label

CHUNK = 500


def rows(contribution_id: str, labels: Sequence[Label], model: str) -> list[dict[str, Any]]:
    """Rows of the machine's proposals for one message. Of one kind, the last counts."""
    by_kind = {str(label.kind): label for label in labels}
    return [
        {
            "contribution_id": contribution_id,
            "kind": kind,
            "value": label.value,
            "score": label.score,
            "sure": label.sure,
            "model": model,
        }
        for kind, label in by_kind.items()
    ]


def propose(tx: Tx, contribution_id: str, labels: Sequence[Label], model: str) -> None:
    """Put these proposals in place of the machine's earlier ones; what people decided is not touched."""
    tx.execute(delete(proposed_label).where(proposed_label.c.contribution_id == contribution_id))
    if labels:
        tx.execute(insert(proposed_label), rows(contribution_id, labels, model))


def proposed(tx: Tx, ids: Sequence[str]) -> dict[str, tuple[Label, ...]]:
    """What the machine proposes now for these messages, by id and in the order of kinds; none: no entry."""
    found: dict[str, list[Label]] = {}
    for start in range(0, len(ids), CHUNK):
        mine = proposed_label.c.contribution_id.in_(ids[start : start + CHUNK])
        for row in tx.execute(select(proposed_label).where(mine).order_by(proposed_label.c.kind)):
            label = Label(LabelKind(row.kind), row.value, row.score, row.sure)
            found.setdefault(row.contribution_id, []).append(label)
    return {ident: tuple(labels) for ident, labels in found.items()}


def decide(tx: Tx, contribution_id: str, labels: Mapping[str, str]) -> None:
    """Write what a person decided: a value for each kind named. Other kinds stay as they were."""
    for kind, value in labels.items():
        mine = (decided_label.c.contribution_id == contribution_id) & (
            decided_label.c.kind == str(kind)
        )
        tx.execute(delete(decided_label).where(mine))
        tx.execute(
            insert(decided_label).values(
                contribution_id=contribution_id, kind=str(kind), value=str(value)
            )
        )


def decided(tx: Tx, contribution_id: str) -> dict[str, str]:
    """What people decided of a message, by kind."""
    found = tx.execute(
        select(decided_label.c.kind, decided_label.c.value)
        .where(decided_label.c.contribution_id == contribution_id)
        .order_by(decided_label.c.kind)
    )
    return {row.kind: row.value for row in found}
