"""An installation with messages in it, for commands that care for what is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.factories import open_topic, said
from youthvoice import app
from youthvoice.flow.context import Context
from youthvoice.nlp.analyser import Analyser
from youthvoice.settings import Settings

WORDS = "CANARYWORDS my name is Maya, the bus is always late"
OTHER = "there is no library where I live"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, analyser: Analyser) -> Iterator[Context]:
    """A home with an open topic and two messages in the pool."""
    home: Path = tmp_path_factory.mktemp("kept") / "home"
    settings = Settings(home=home, proof_cost=1, proof_turns=2)
    app.prepare(settings)
    context = app.build(settings, lambda: analyser)
    open_topic(context)
    for text in (WORDS, OTHER):
        said(context, text)
    yield context
    context.store.close()
