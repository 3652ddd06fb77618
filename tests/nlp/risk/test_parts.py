"""A long text in parts: nothing is lost, and each part is of its text."""

from __future__ import annotations

import pytest

from youthvoice.nlp.risk import parts
from youthvoice.nlp.risk.parts import LONG, PART, SHORT
from youthvoice.nlp.sentences.encoder import Sentences


def test_a_short_text_has_none() -> None:
    assert parts.parts("") == parts.parts("a" * LONG) == []


@pytest.mark.parametrize(
    "text",
    [
        "the bus was late. " * 60,
        "no end anywhere in this one " * 40,
        "x" * 2_000,
        "a line\nanother line\n\n" * 40,
        "oui ! non ? peut-être… " * 40,
        " " * 400 + "end",
    ],
)
def test_nothing_is_lost(text: str) -> None:
    found = parts.parts(text)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(0 < len(one) <= PART + SHORT + 1 for one in found)


def test_each_row_is_of_its_text(sentences: Sentences) -> None:
    texts = ["short", "the bus was late. " * 60, "short too", "nobody came on monday. " * 60]
    found = {int(place) for read in parts.reads(sentences, texts) for place in read.texts}
    assert found == {1, 3}
    assert not list(parts.reads(sentences, texts[:1]))
