"""A visitor's way in: the public pages of a home with an open topic."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from dashboard.public.server import build
from tests.factories import open_topic
from youthvoice.flow.context import Context


@pytest.fixture(autouse=True)
def _what_runs_stays() -> Iterator[None]:
    """Streamlit puts the page it runs in the place of the program; worker processes begin with the program."""
    program = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = program


@pytest.fixture
def home(lite: Context) -> Context:
    """An installation whose topic is open."""
    open_topic(lite)
    return lite


@pytest.fixture
def client(home: Context) -> Iterator[TestClient]:
    """A browser at its public pages; a failure is the page that a visitor gets."""
    with TestClient(
        build(home), base_url="http://127.0.0.1", raise_server_exceptions=False
    ) as made:
        yield made
