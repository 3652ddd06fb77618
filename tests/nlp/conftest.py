"""The encoder and the trained networks, loaded once for all tests of what is said in a message."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from youthvoice.nlp.sentences.encoder import MODELS, Sentences
from youthvoice.nlp.sentences.stack import Stack


@pytest.fixture(scope="session")
def sentences() -> Sentences:
    """The real encoder."""
    return Sentences()


@pytest.fixture(scope="session")
def themes_network() -> Stack:
    """The trained network of themes."""
    return _trained("themes")


@pytest.fixture(scope="session")
def position_network() -> Stack:
    """The trained network of positions."""
    return _trained("position")


@pytest.fixture
def own_models(tmp_path: Path) -> Path:
    """A copy of the trained networks that a test may change."""
    return Path(shutil.copytree(MODELS, tmp_path / "models"))


def _trained(name: str) -> Stack:
    if not (MODELS / f"{name}.onnx").is_file():
        pytest.skip(f"the network is not here: python -m training.{name}")
    return Stack(name)
