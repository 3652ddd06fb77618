"""The file of weights: what it holds, and a sentence for each way in which it may be missing or damaged."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from youthvoice.errors import ModelMissing
from youthvoice.nlp.packages import package_folder
from youthvoice.nlp.sentences import encoder, weights
from youthvoice.nlp.sentences.encoder import Sentences
from youthvoice.nlp.sentences.weights import BLOCK, FILE, PACKAGE, Weights

REAL = package_folder(PACKAGE) / FILE


@pytest.fixture(scope="module")
def real() -> Weights:
    return Weights()


def refused(problem: pytest.ExceptionInfo[ModelMissing]) -> None:
    """A sentence that says what is wrong, one that says what to do, and no place on the disk."""
    assert str(problem.value.what).startswith("The encoder of sentences cannot be loaded (")
    assert PACKAGE in str(problem.value.next_step)
    assert "/" not in str(problem.value.what)


@pytest.mark.parametrize(
    "content",
    [
        None,
        b"",
        b"E5S1",
        b"PK\x03\x04" + bytes(2_000),
        b"no weights here\n" * 100,
        b"E5S1" + b"\xff" * 5_000,
    ],
    ids=["missing", "empty", "magic alone", "zip", "words", "sizes without sense"],
)
def test_another_file_is_no_weights(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / FILE).write_bytes(content)
    with pytest.raises(ModelMissing) as problem:
        Weights(tmp_path / FILE)
    refused(problem)


@pytest.mark.parametrize("size", [30, 1_000_000, 1_000_003, 4_638_000])
def test_a_file_that_was_cut(tmp_path: Path, size: int) -> None:
    with REAL.open("rb") as source:
        (tmp_path / FILE).write_bytes(source.read(size))
    with pytest.raises(ModelMissing) as problem:
        Weights(tmp_path / FILE)
    refused(problem)


@pytest.mark.parametrize("missing", [1_000, 40_000_000])
def test_an_encoder_without_its_last_weights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: int
) -> None:
    with REAL.open("rb") as source:
        (tmp_path / FILE).write_bytes(source.read(REAL.stat().st_size - missing))
    monkeypatch.setattr(weights, "package_folder", lambda _name: tmp_path)
    with pytest.raises(ModelMissing) as problem:
        Sentences()
    refused(problem)


@pytest.mark.parametrize(
    "content",
    [None, b"", b"no graph"],
    ids=["missing", "empty", "words"],
)
@pytest.mark.parametrize("graph", ["lower.onnx", "upper.onnx"])
def test_a_graph_that_is_missing_or_damaged(
    own_models: Path, monkeypatch: pytest.MonkeyPatch, graph: str, content: bytes | None
) -> None:
    (own_models / graph).unlink()
    if content is not None:
        (own_models / graph).write_bytes(content)
    monkeypatch.setattr(encoder, "MODELS", own_models)
    with pytest.raises(ModelMissing) as problem:
        Sentences()
    refused(problem)


def test_a_package_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "PACKAGE", "no_such_package_of_weights")
    with pytest.raises(ModelMissing) as problem:
        Weights()
    assert "no_such_package_of_weights" in str(problem.value.next_step)


def test_it_is_the_encoder_that_is_meant(real: Weights) -> None:
    assert real.sizes[:5] == (384, 12, 12, 1536, 250_037)
    assert real.marks == (0, 2, 1, 3)
    assert len(real.vocabulary) > 250_000


def test_some_rows_of_a_matrix_are_those_of_the_whole(real: Weights) -> None:
    whole = real.matrix("l0.q.w", real.sizes.width)
    assert whole.shape == (384, 384) and whole.dtype == np.float32
    chosen = np.array([3, 0, 383, 3])
    assert np.array_equal(real.matrix("l0.q.w", real.sizes.width, chosen), whole[chosen])
    assert np.isfinite(whole).all() and whole.std() > 0


def test_a_block_has_sixteen_values_at_most(real: Weights) -> None:
    rows = real.matrix("l11.fo.w", real.sizes.inner).reshape(-1, BLOCK)
    assert max(len(np.unique(row)) for row in rows[:200]) <= 16


def test_the_copy_beside_is_read_as_well(tmp_path: Path, real: Weights) -> None:
    shutil.copy(REAL, tmp_path / "copy.bin")
    other = Weights(tmp_path / "copy.bin")
    assert np.array_equal(other.plain("emb.ln.w"), real.plain("emb.ln.w"))
