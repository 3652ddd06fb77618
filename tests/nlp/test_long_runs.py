"""A run of signs without a space is broken for the models, and every place stays where it was."""

from __future__ import annotations

import time

import pytest

from youthvoice.nlp.analyser import Analyser
from youthvoice.nlp.pii import encoder
from youthvoice.nlp.pii.runs import LONGEST_RUN, broken


@pytest.mark.parametrize("sign", ["😀", "!", "4-", "a", "é"])
def test_places_stay_and_no_run_is_long(sign: str) -> None:
    text = f"Before {sign * 3_000} after"
    read = broken(text)
    assert len(read) == len(text) and read.startswith("Before ") and read.endswith(" after")
    assert max(map(len, read.split())) <= LONGEST_RUN


@pytest.mark.parametrize("sign", ["😀", "!", "4-", "a", "é"])
def test_the_encoder_breaks_them_too(sign: str) -> None:
    text = f"Before {sign * 3_000} after"
    read, places = encoder.readable(text)
    assert places == list(range(len(text)))
    assert read.startswith("Before ") and read.endswith(" after")
    assert max(map(len, read.split())) <= LONGEST_RUN


def test_ordinary_texts_are_left_alone() -> None:
    text = "Look at https://example.org/a/path?with=things and tell me"
    assert broken(text) == text
    assert encoder.readable(text)[0] == text


@pytest.mark.parametrize("sign", ["😀", "a", "é", "0"])
def test_names_beside_a_long_run_are_still_hidden(analyser: Analyser, sign: str) -> None:
    text = f"My name is Zachary Smith {sign * 5_000} call 905-555-0177"
    (said,) = analyser.analyse([text])
    assert "Zachary" not in said.masked.text and "905" not in said.masked.text


def test_pictures_stay(analyser: Analyser) -> None:
    (said,) = analyser.analyse(["My name is Zachary Smith " + "😀" * 5_000])
    assert "😀" * 100 in said.masked.text


@pytest.mark.parametrize("word", ["bus ", "Maya ", "😀 ", "a\n"])
def test_time_grows_with_the_length_only(analyser: Analyser, word: str) -> None:
    text = (word * 5_000)[:10_000].strip()
    started = time.process_time()
    (spans,) = analyser.anonymiser.find([text])
    assert spans is not None and time.process_time() - started < 20
