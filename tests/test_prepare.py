"""Preparing an installation again changes nothing, and refuses keys that are not its own."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update

from tests.factories import said
from youthvoice import app
from youthvoice.flow.context import Context
from youthvoice.settings import Settings
from youthvoice.store import tables, topics
from youthvoice.trust import keys


def test_keys_that_were_lost_are_not_silently_made_anew(context: Context, tmp_path: Path) -> None:
    folder = context.settings.keys_dir
    assert app.prepare(context.settings) is False
    shutil.move(folder, tmp_path / "kept")
    with pytest.raises(keys.KeysMissing):
        app.prepare(context.settings)
    assert not (folder / keys.PEPPER).exists()
    keys.make(folder)
    with pytest.raises(keys.KeysMissing):
        app.prepare(context.settings)
    shutil.rmtree(folder)
    shutil.move(tmp_path / "kept", folder)
    assert app.prepare(context.settings) is False


def test_public_pages_need_no_audit_key(settings: Settings) -> None:
    app.prepare(settings)
    (settings.keys_dir / keys.AUDIT).unlink()
    public = keys.public_keys(settings.keys_dir)
    assert public.pseudonym("x")
    with pytest.raises(keys.KeysMissing):
        public.audit_key()


def test_a_topic_of_somebodys_own_keeps_its_name(context: Context) -> None:
    """An installation from before there was a topic that is always open may have one of that name."""
    with context.store.write() as tx:
        made = topics.standing(tx)
        assert made is not None and made.slug == "own-issue"
        tx.execute(update(tables.topic).values(standing=False))
    assert app.prepare(context.settings) is False
    with context.store.read() as tx:
        found = topics.standing(tx)
        assert found is not None and found.slug == "own-issue-2"
        assert topics.get(tx, "own-issue") == replace(made, standing=False)
    app.prepare(context.settings)
    with context.store.read() as tx:
        assert len(topics.every(tx, with_standing=True)) == 2
    assert said(context, "nobody asks us about homework", slug="own-issue-2")
