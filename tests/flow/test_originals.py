"""Opening an original: with a role's key, for a reason of the list, and never unseen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.factories import MINISTRY, SECOND, open_topic, released, topic, voice
from youthvoice.errors import BadInput, NotFound, Refused
from youthvoice.flow import originals, receipts, trail
from youthvoice.flow.context import Context
from youthvoice.flow.import_file import import_file
from youthvoice.flow.originals import REASONS, open_original
from youthvoice.model import Actor, Role
from youthvoice.store import audit, sealed, tables
from youthvoice.trust import chain
from youthvoice.trust.keys import KeysMissing
from youthvoice.trust.vault import CannotOpen

WORDS = "My name is Maya, call 905-555-0199, there is no bus"
OFFICER = Actor("duty", Role.SAFETY)


@pytest.fixture
def ident(context: Context) -> str:
    """The id of a message that somebody may have to open."""
    open_topic(context)
    (receipt,) = released(context, WORDS)
    return voice(context, receipt).id


def openings(context: Context) -> list[audit.AuditEntry]:
    with context.store.read() as tx:
        return [one for one in audit.newest(tx) if one.action == "open original"]


@pytest.mark.parametrize("actor", [SECOND, OFFICER])
@pytest.mark.parametrize("reason", REASONS)
def test_it_is_what_was_written(lite: Context, actor: Actor, reason: str) -> None:
    open_topic(lite)
    (receipt,) = released(lite, WORDS)
    ident = voice(lite, receipt).id
    assert open_original(lite, ident, actor, reason) == WORDS
    (entry,) = openings(lite)
    assert (entry.actor, entry.role, entry.reason) == (actor.name, str(actor.role), reason)
    assert ident in entry.subject and "Maya" not in repr(entry)


def test_what_was_opened_can_be_shown_later(context: Context, ident: str) -> None:
    open_original(context, ident, SECOND, "legal order")
    with context.store.read() as tx:
        item = sealed.read(tx, ident)
    assert item is not None
    wanted = chain.commitment(context.keys.audit_key(), (item.nonce + item.ciphertext).hex())
    assert openings(context)[0].commitment == wanted
    assert trail.verify(context).problems == []


def test_the_entry_is_there_before_the_text(
    context: Context, ident: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    unseal = originals.unseal

    def looking(*arguments: object) -> str:
        seen.append(len(openings(context)))
        return unseal(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(originals, "unseal", looking)
    open_original(context, ident, SECOND, "writer asked")
    assert seen == [1]


def test_what_does_not_open_was_tried_all_the_same(context: Context, ident: str) -> None:
    with context.store.write() as tx:
        tx.execute(tables.data_key.update().values(wrapped=b"nothing that a key opens"))
    with pytest.raises(CannotOpen) as told:
        open_original(context, ident, SECOND, "writer asked")
    assert "Maya" not in str(told.value) and len(openings(context)) == 1


@pytest.mark.parametrize(
    "actor", [MINISTRY, Actor("op", Role.OPERATOR), Actor("kid", Role.VISITOR)]
)
def test_nobody_else_opens_one(context: Context, ident: str, actor: Actor) -> None:
    with pytest.raises(Refused, match="moderator or a safety officer"):
        open_original(context, ident, actor, "writer asked")
    assert openings(context) == []


@pytest.mark.parametrize("reason", ["", "curious", "Duty to report"])
def test_a_reason_is_one_of_the_list(context: Context, ident: str, reason: str) -> None:
    with pytest.raises(BadInput, match="duty to report"):
        open_original(context, ident, SECOND, reason)
    assert openings(context) == []


def test_what_was_withdrawn_is_not_found(context: Context) -> None:
    open_topic(context)
    (receipt,) = released(context, WORDS)
    ident = voice(context, receipt).id
    receipts.withdraw(context, receipt)
    for gone in (ident, "0" * 32, "nope"):
        with pytest.raises(NotFound, match="no original"):
            open_original(context, gone, SECOND, "writer asked")
    assert openings(context) == []


def test_each_role_needs_its_own_key(context: Context, ident: str, tmp_path: Path) -> None:
    (context.settings.keys_dir / "moderator.key").unlink()
    with pytest.raises(KeysMissing):
        open_original(context, ident, SECOND, "writer asked")
    assert openings(context) == []
    assert open_original(context, ident, OFFICER, "duty to report") == WORDS


def test_the_keys_may_lie_elsewhere(context: Context, ident: str, tmp_path: Path) -> None:
    away = tmp_path / "stick"
    away.mkdir()
    for path in context.settings.keys_dir.glob("*.key"):
        path.rename(away / path.name)
    with pytest.raises(KeysMissing):
        open_original(context, ident, SECOND, "writer asked")
    there = replace(context, settings=context.settings.model_copy(update={"private_keys": away}))
    assert open_original(there, ident, SECOND, "writer asked") == WORDS


def test_a_row_that_could_not_be_taken_opens_too(context: Context, tmp_path: Path) -> None:
    open_topic(context)
    file = tmp_path / "c.csv"
    file.write_text("id,comment\n1,the bus\n2,\n3,a,b\n", encoding="utf-8")
    import_file(context, file, topic(context).slug, {"text": "comment", "id": "id"})
    with context.store.read() as tx:
        kept = tx.execute(select(tables.kept_aside.c.id, tables.kept_aside.c.line)).all()
    by_line = {row.line: open_original(context, row.id, SECOND, "writer asked") for row in kept}
    assert set(by_line) == {3, 4} and "a" in by_line[4]
