"""The ministries' answers, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import insert, select, update

from youthvoice.errors import NotFound, note
from youthvoice.model import DecisionKind, Response, ResponseStatus
from youthvoice.store.engine import Tx
from youthvoice.store.tables import response, topic


def add(tx: Tx, new: Response) -> int:
    """Write a response; returns its id."""
    key = tx.execute(
        insert(response)
        .values(
            topic_id=new.topic_id,
            theme=new.theme,
            kind=str(new.kind),
            said=dict(new.said),
            did=dict(new.did),
            reason=dict(new.reason),
            status=str(new.status),
            written_by=new.written_by,
            decided_on=new.decided_on,
            messages=new.messages,
            texts=new.texts,
        )
        .returning(response.c.id)
    ).scalar_one()
    return int(key)


def _response(row: Any) -> Response:
    return Response(
        row.id,
        row.topic_id,
        row.slug,
        row.theme,
        DecisionKind(row.kind),
        row.said,
        row.did,
        row.reason,
        ResponseStatus(row.status),
        row.written_by,
        row.decided_on,
        row.messages,
        row.texts,
    )


def _query() -> Any:
    return select(response, topic.c.slug).join(topic, topic.c.id == response.c.topic_id)


def get(tx: Tx, response_id: int, lock: bool = False) -> Response:
    """One response. Raises `NotFound`. `lock`: nobody else changes it until this write ends."""
    query = _query().where(response.c.id == response_id)
    row = tx.execute(query.with_for_update(of=response) if lock else query).one_or_none()
    if row is None:
        raise NotFound(note("There is no response %(id)s.", id=response_id))
    return _response(row)


def every(
    tx: Tx, statuses: Iterable[ResponseStatus] | None = None, topic_id: int | None = None
) -> list[Response]:
    """Responses, newest first."""
    query = _query().order_by(response.c.decided_on.desc(), response.c.id.desc())
    if statuses is not None:
        query = query.where(response.c.status.in_([str(status) for status in statuses]))
    if topic_id is not None:
        query = query.where(response.c.topic_id == topic_id)
    return [_response(row) for row in tx.execute(query)]


def change(tx: Tx, response_id: int, values: Mapping[str, Any]) -> None:
    """Update columns of one response; the caller has checked the editorial rules."""
    tx.execute(update(response).where(response.c.id == response_id).values(**values))
