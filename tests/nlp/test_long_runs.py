"""A run of signs without a space is broken for the models, and every place stays where it was."""

from __future__ import annotations

import pytest

from youthvoice.nlp.analyser import Analyser
from youthvoice.nlp.pii.names import LONGEST_RUN, _breathing


@pytest.mark.parametrize("sign", ["😀", "!", "4-", "a", "é"])
def test_places_stay_and_no_run_is_long(sign: str) -> None:
    text = f"Before {sign * 3_000} after"
    broken = _breathing(text)
    assert len(broken) == len(text) and broken.startswith("Before ") and broken.endswith(" after")
    assert max(map(len, broken.split())) <= LONGEST_RUN


def test_ordinary_texts_are_left_alone() -> None:
    text = "Look at https://example.org/a/path?with=things and tell me"
    assert _breathing(text) == text


def test_names_beside_a_long_run_are_still_hidden(analyser: Analyser) -> None:
    (said,) = analyser.analyse(["My name is Zachary Smith " + "😀" * 5_000 + " call 905-555-0177"])
    assert "Zachary" not in said.masked.text and "905" not in said.masked.text
    assert "😀" * 100 in said.masked.text
