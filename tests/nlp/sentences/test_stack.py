"""A trained network over the encoder: of a long text the highest or the mean, and files that are damaged."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from youthvoice.errors import ModelMissing
from youthvoice.nlp.sentences.encoder import Read, Sentences
from youthvoice.nlp.sentences.stack import Stack
from youthvoice.nlp.sentences.weights import Floats

NAME = "risk"
LONG = "the bus was late and we talked about hockey. " * 40 + "i am going to kill myself tonight"


@pytest.fixture(scope="module")
def stack() -> Stack:
    return Stack(NAME)


def each_window(stack: Stack, sentences: Sentences, text: str) -> Floats:
    """The scores of every window of a text by itself."""
    found = [
        stack.scores(
            [Read(np.arange(len(read.mask)), read.mask, read.hidden)], len(read.mask), False
        )
        for read in sentences.read([text])
    ]
    return np.vstack(found)


def test_of_a_long_text_the_highest_or_the_mean(stack: Stack, sentences: Sentences) -> None:
    windows = each_window(stack, sentences, LONG)
    assert len(windows) > 2
    highest = stack.scores(sentences.read([LONG]), 1, highest=True)
    mean = stack.scores(sentences.read([LONG]), 1, highest=False)
    assert np.allclose(highest[0], windows.max(0), atol=1e-3)
    assert np.allclose(mean[0], windows.mean(0), atol=1e-3)
    assert (highest >= mean - 1e-3).all()


def test_of_a_short_text_both_are_the_same(stack: Stack, sentences: Sentences) -> None:
    for text in ("the bus is late", ""):
        one, two = (stack.scores(sentences.read([text]), 1, way) for way in (True, False))
        assert np.allclose(one, two, atol=1e-4) and np.isfinite(one).all()


def test_one_long_text_does_not_reach_another(stack: Stack, sentences: Sentences) -> None:
    texts = ["the bus is late", LONG, "j’aime mon école"]
    together = stack.scores(sentences.read(texts), 3, highest=True)
    for place in (0, 2):
        alone = stack.scores(sentences.read([texts[place]]), 1, highest=True)
        # Eight-bit activations: what a text is read with moves its scores a little.
        assert np.allclose(together[place], alone[0], atol=0.5)


def test_no_texts_no_scores(stack: Stack, sentences: Sentences) -> None:
    assert stack.scores(sentences.read([]), 0, True).shape == (0, len(stack.labels))


def test_what_is_said_of_it(stack: Stack) -> None:
    assert stack.version == stack.about["version"] and len(set(stack.labels)) == len(stack.labels)


@pytest.mark.parametrize(
    ("file", "content"),
    [
        (f"{NAME}.onnx", None),
        (f"{NAME}.json", None),
        (f"{NAME}.onnx", b""),
        (f"{NAME}.onnx", b"no network"),
        (f"{NAME}.json", b'{"labels": ['),
        (f"{NAME}.json", b"\xff\xfe"),
    ],
)
def test_a_file_that_is_missing_or_damaged(
    own_models: Path, file: str, content: bytes | None
) -> None:
    (own_models / file).unlink()
    if content is not None:
        (own_models / file).write_bytes(content)
    with pytest.raises(ModelMissing) as problem:
        Stack(NAME, folder=own_models)
    assert f"“{NAME}” cannot be loaded" in str(problem.value.what)
    assert str(problem.value.next_step) and str(own_models) not in str(problem.value.what)


def test_a_network_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="nothing_of_the_kind"):
        Stack("nothing_of_the_kind", folder=tmp_path)


def test_another_version_is_said(own_models: Path) -> None:
    path = own_models / f"{NAME}.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), "version": "other-9"}))
    assert Stack(NAME, folder=own_models).version == "other-9"
