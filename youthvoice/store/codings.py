"""What people said of single messages by hand, apart from moderation, each without seeing the others'.

A coding goes with its message when that is withdrawn, deleted or edited; what was destroyed by the
schedule keeps it, as it keeps decisions. So figures made from codings are shown as of the
totals, or as of an hour: live ones would move at the moment of a withdrawal. What whoever codes sees is live.
"""

from __future__ import annotations

import secrets
from typing import Any, NamedTuple

from sqlalchemy import Select, delete, insert, select

from youthvoice.model import Coding, Label, LabelKind, Sample, ThemeScore
from youthvoice.store import labels, proposals
from youthvoice.store.engine import Tx
from youthvoice.store.tables import coding, contribution


class Coded(NamedTuple):
    """A coding with the message's question and language, and what the machine had proposed at that time."""

    coding: Coding
    question: int
    language: str
    themes: tuple[ThemeScore, ...]
    labels: tuple[Label, ...]
    model: str


def add(tx: Tx, new: Coding) -> None:
    """Keep a coding, with the machine's proposals of now beside it.

    One a person, message and codebook: the same person again replaces their own. The message is there;
    the caller has locked it.
    """
    ident = new.contribution_id
    model = tx.execute(select(contribution.c.model).where(contribution.c.id == ident)).scalar_one()
    tx.execute(
        delete(coding).where(
            coding.c.contribution_id == ident,
            coding.c.codebook_id == new.codebook_id,
            coding.c.actor == new.actor,
        )
    )
    tx.execute(
        insert(coding).values(
            id=secrets.token_hex(16),  # random, so that no order can be read from it
            contribution_id=ident,
            codebook_id=new.codebook_id,
            actor=new.actor,
            sample=str(new.sample),
            themes=sorted(set(new.themes)),
            labels={str(kind): str(value) for kind, value in new.labels.items()},
            proposed=_proposed(tx, ident),
            model=model,
            coded_on=new.coded_on,
        )
    )


def _proposed(tx: Tx, ident: str) -> dict[str, Any]:
    themes = proposals.themes(tx, [ident]).get(ident, ())
    found = labels.proposed(tx, [ident]).get(ident, ())
    return {
        "themes": [[one.theme, one.score, one.sure] for one in themes],
        "labels": [[str(one.kind), one.value, one.score, one.sure] for one in found],
    }


def of(tx: Tx, codebook_id: int, sample: Sample | None = None) -> list[Coded]:
    """The codings made with a codebook (only of `sample`), by message and person."""
    query = _query().where(coding.c.codebook_id == codebook_id)
    if sample is not None:
        query = query.where(coding.c.sample == str(sample))
    return [_coded(row) for row in tx.execute(query)]


def of_contribution(tx: Tx, contribution_id: str) -> list[Coded]:
    """The codings of a message, with whatever codebook, by person."""
    query = _query().where(coding.c.contribution_id == contribution_id)
    return [_coded(row) for row in tx.execute(query)]


def coded(tx: Tx, codebook_id: int, actor: str | None = None) -> set[str]:
    """The ids of messages that were coded with a codebook (by this person)."""
    query = select(coding.c.contribution_id).where(coding.c.codebook_id == codebook_id)
    if actor is not None:
        query = query.where(coding.c.actor == actor)
    return set(tx.execute(query).scalars())


def remove(tx: Tx, contribution_id: str) -> None:
    """Remove every coding of a message."""
    tx.execute(delete(coding).where(coding.c.contribution_id == contribution_id))


def _query() -> Select[Any]:
    return (
        select(coding, contribution.c.question, contribution.c.language)
        .join(contribution, contribution.c.id == coding.c.contribution_id)
        .order_by(coding.c.contribution_id, coding.c.codebook_id, coding.c.actor)
    )


def _coded(row: Any) -> Coded:
    return Coded(
        Coding(
            contribution_id=row.contribution_id,
            codebook_id=row.codebook_id,
            actor=row.actor,
            sample=Sample(row.sample),
            themes=tuple(row.themes),
            labels=row.labels,
            coded_on=row.coded_on,
        ),
        row.question,
        row.language,
        tuple(ThemeScore(*one) for one in row.proposed["themes"]),
        tuple(Label(LabelKind(kind), *rest) for kind, *rest in row.proposed["labels"]),
        row.model,
    )
