"""Preparing an installation again changes nothing, and refuses keys that are not its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from youthvoice import app
from youthvoice.flow.context import Context
from youthvoice.settings import Settings
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
