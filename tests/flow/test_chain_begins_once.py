"""The audit chain begins when an installation is prepared, and never again."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, update

from tests.factories import SECOND, open_topic
from youthvoice import app
from youthvoice.flow import review, trail, witness
from youthvoice.flow.context import Context
from youthvoice.model import Actor, Role
from youthvoice.store.tables import audit, audit_head


def test_a_chain_that_was_taken_away_is_not_begun_anew(context: Context) -> None:
    open_topic(context)
    with context.store.write() as tx:
        tx.execute(delete(audit).where(audit.c.action == "approve"))
        tx.execute(delete(audit_head))
    assert trail.verify(context).problems
    with pytest.raises(trail.NoChain):
        review.close_topic(context, "mentoring", SECOND)
    app.prepare(context.settings)  # as an update would
    with pytest.raises(trail.NoChain):
        review.close_topic(context, "mentoring", SECOND)
    with context.store.write() as tx:
        tx.execute(update(audit).values(mac=""))
    app.prepare(context.settings)
    assert trail.verify(context).problems
    with pytest.raises(witness.Altered):
        witness.witness(context)


def test_heads_begin_anew_after_a_restore_with_an_entry(lite: Context) -> None:
    open_topic(lite)
    heads = trail.heads_file(lite)
    heads.unlink()
    with pytest.raises(witness.Altered):  # also before the first day was witnessed
        witness.witness(lite)
    trail.begin_heads(lite, Actor("Robin", Role.OPERATOR))
    witness.witness(lite)
    heads.unlink()
    with pytest.raises(witness.Altered):
        witness.witness(lite)
    trail.begin_heads(lite, Actor("Robin", Role.OPERATOR))
    assert witness.witness(lite).heads >= 1 and not trail.verify(lite).problems
