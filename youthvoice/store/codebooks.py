"""Codebooks: the versions of a topic's themes. A draft can be replaced, a frozen version never is.

One thing leaves a frozen version: an example in the words of a message whose words are destroyed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from youthvoice.errors import NotFound, Refused, note
from youthvoice.model import Codebook, CodebookStatus, CodebookTheme
from youthvoice.store.engine import Tx
from youthvoice.store.tables import codebook, codebook_theme, topic

_DRAFT = codebook.c.status == str(CodebookStatus.DRAFT)


def add_draft(
    tx: Tx, topic_id: int, themes: Sequence[CodebookTheme], made_by: str, made_on: date
) -> Codebook:
    """Write a topic's next version as a draft. Raises `Refused` where it has a draft already."""
    # Or two drafts at once would be the same version.
    tx.execute(select(topic.c.id).where(topic.c.id == topic_id).with_for_update())
    if tx.execute(select(codebook.c.id).where(codebook.c.topic_id == topic_id, _DRAFT)).first():
        raise Refused(
            note("There is a draft of this topic’s themes already."),
            note("Edit that one, or have it signed off."),
        )
    last = tx.execute(
        select(func.max(codebook.c.version)).where(codebook.c.topic_id == topic_id)
    ).scalar()
    key = tx.execute(
        insert(codebook)
        .values(
            topic_id=topic_id,
            version=(last or 0) + 1,
            status=str(CodebookStatus.DRAFT),
            made_by=made_by,
            made_on=made_on,
        )
        .returning(codebook.c.id)
    ).scalar_one()
    _write_themes(tx, int(key), themes)
    return by_id(tx, int(key))


def replace_draft(
    tx: Tx, codebook_id: int, themes: Sequence[CodebookTheme], made_by: str, made_on: date
) -> Codebook:
    """Put other themes in place of a draft's, by the person named. Raises `Refused` if it is frozen."""
    _change_draft(tx, codebook_id, made_by=made_by, made_on=made_on)
    tx.execute(delete(codebook_theme).where(codebook_theme.c.codebook_id == codebook_id))
    _write_themes(tx, codebook_id, themes)
    return by_id(tx, codebook_id)


def freeze(tx: Tx, codebook_id: int, signed_by: str, signed_on: date) -> Codebook:
    """Freeze a draft; the caller has checked that who signs did not make it. Raises `Refused` if frozen."""
    _change_draft(
        tx,
        codebook_id,
        status=str(CodebookStatus.FROZEN),
        signed_by=signed_by,
        signed_on=signed_on,
    )
    return by_id(tx, codebook_id)


def _change_draft(tx: Tx, codebook_id: int, **values: object) -> None:
    done = tx.execute(update(codebook).where(codebook.c.id == codebook_id, _DRAFT).values(**values))
    if done.rowcount != 1:
        raise Refused(
            note("This version of the themes is frozen: it cannot be changed."),
            note("Make a new version."),
        )


def _write_themes(tx: Tx, codebook_id: int, themes: Sequence[CodebookTheme]) -> None:
    rows = [
        {
            "codebook_id": codebook_id,
            "theme": one.id,
            "position": position,
            "level": one.level,
            "parent": one.parent,
            "name": dict(one.name),
            "description": dict(one.description),
            "examples": {language: list(said) for language, said in one.examples.items()},
            "not_meant": dict(one.not_meant),
        }
        for position, one in enumerate(themes, start=1)
    ]
    if rows:
        tx.execute(insert(codebook_theme), rows)


def find(tx: Tx, topic_id: int, version: int | None = None) -> Codebook | None:
    """A version of a topic's themes (None: the newest, draft or frozen), or None where there is none."""
    query = select(codebook).where(codebook.c.topic_id == topic_id)
    if version is not None:
        query = query.where(codebook.c.version == version)
    return _first(tx, query)


def get(tx: Tx, topic_id: int, version: int | None = None) -> Codebook:
    """As `find`; raises `NotFound`."""
    found = find(tx, topic_id, version)
    if found is None:
        raise NotFound(
            note("This topic has no such version of its themes.")
            if version is not None
            else note("This topic has no themes of its own yet."),
            note("Propose some with: youthvoice themes propose TOPIC"),
        )
    return found


def newest_frozen(tx: Tx, topic_id: int) -> Codebook | None:
    """The newest version that was signed off, or None."""
    return _first(tx, select(codebook).where(codebook.c.topic_id == topic_id, ~_DRAFT))


def by_id(tx: Tx, codebook_id: int) -> Codebook:
    """The codebook with this number inside the database. Raises `NotFound`."""
    found = _first(tx, select(codebook).where(codebook.c.id == codebook_id))
    if found is None:
        raise NotFound(note("This topic has no such version of its themes."))
    return found


def versions(tx: Tx, topic_id: int) -> list[Codebook]:
    """Every version of a topic's themes, newest first."""
    rows = tx.execute(
        select(codebook).where(codebook.c.topic_id == topic_id).order_by(codebook.c.version.desc())
    ).all()
    return [_codebook(tx, row) for row in rows]


def _first(tx: Tx, query: Any) -> Codebook | None:
    row = tx.execute(query.order_by(codebook.c.version.desc()).limit(1)).one_or_none()
    return _codebook(tx, row) if row is not None else None


def _codebook(tx: Tx, row: Row[Any]) -> Codebook:
    themes = tx.execute(
        select(codebook_theme)
        .where(codebook_theme.c.codebook_id == row.id)
        .order_by(codebook_theme.c.position)
    )
    return Codebook(
        topic_id=row.topic_id,
        version=row.version,
        status=CodebookStatus(row.status),
        themes=tuple(_theme(one) for one in themes),
        made_by=row.made_by,
        made_on=row.made_on,
        signed_by=row.signed_by,
        signed_on=row.signed_on,
        id=row.id,
    )


def _theme(row: Row[Any]) -> CodebookTheme:
    return CodebookTheme(
        id=row.theme,
        level=row.level,
        parent=row.parent,
        name=row.name,
        description=row.description,
        examples={language: tuple(said) for language, said in row.examples.items()},
        not_meant=row.not_meant,
    )


def take_out_words(tx: Tx, topic_id: int, text: str | None) -> int:
    """Take every example that stands in this masked text out of the topic's codebooks; how many.

    Called before the text is destroyed. An example that the committee wrote in the very same words goes
    too: whose they were cannot be told.
    """
    if not text:
        return 0
    taken, said_by = 0, _one_line(text)
    rows = tx.execute(
        select(codebook_theme.c.codebook_id, codebook_theme.c.theme, codebook_theme.c.examples)
        .join(codebook, codebook.c.id == codebook_theme.c.codebook_id)
        .where(codebook.c.topic_id == topic_id)
    ).all()
    for row in rows:
        kept = {
            language: [one for one in said if _one_line(one) not in said_by]
            for language, said in row.examples.items()
        }
        gone = sum(map(len, row.examples.values())) - sum(map(len, kept.values()))
        if gone:
            taken += gone
            tx.execute(
                update(codebook_theme)
                .where(
                    codebook_theme.c.codebook_id == row.codebook_id,
                    codebook_theme.c.theme == row.theme,
                )
                .values(examples=kept)
            )
    return taken


def _one_line(text: str) -> str:
    """An example stands on one line, whatever lines its message had."""
    return " ".join(text.split())
