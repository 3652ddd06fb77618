"""The encoder, the reader over it, the tagger and the shapes: every sign is read, and places are right."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from youthvoice.errors import ModelMissing
from youthvoice.nlp.analyser import Analyser
from youthvoice.nlp.pii import encoder, lists
from youthvoice.nlp.pii.encoder import OVERLAP, WINDOW, Encoder, readable, softmax
from youthvoice.nlp.pii.reader import Reader
from youthvoice.nlp.pii.runs import LONGEST_RUN
from youthvoice.nlp.pii.shape import SIZES, WORD, shapes
from youthvoice.nlp.pii.tagger import LABELS, Tagger


@pytest.fixture(scope="module")
def reader(analyser: Analyser) -> Reader:
    """The reader of the real analyser."""
    found = analyser.anonymiser._reader
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("plain words", "plain words"),
        ("Maya😀Priya", "Maya Priya"),
        ("#JusticeForMaya now", "#Justice For Maya now"),
        ("#RIPTyler", "#RIP Tyler"),
        ("#bts", "#bts"),
        ("McDonald said", "McDonald said"),  # only a hashtag is cut
        ("L’été, «là»", "L’été, «là»"),
        ("#ÉcoleÉtienne", "#École Étienne"),
        ("#Année2024Maya", "#Année2024 Maya"),
        ("", ""),
    ],
)
def test_what_the_tokenizer_sees(text: str, read: str) -> None:
    plain, places = readable(text)
    assert plain == read and len(places) == len(plain)


@given(st.text(max_size=120))
def test_every_sign_knows_where_it_stands(text: str) -> None:
    plain, places = readable(text)
    assert len(plain) == len(places) and places == sorted(places)
    for sign, place in zip(plain, places, strict=True):
        assert sign in (text[place], " ")
    assert {text[place] for place in set(range(len(text))) - set(places)} == set()


@pytest.mark.parametrize("length", [79, 80, 81, 160, 10_000])
def test_no_run_is_longer_than_the_tokenizer_takes(length: int) -> None:
    plain, places = readable("before " + "x" * length + " after")
    assert max(map(len, plain.split())) <= LONGEST_RUN and places == list(range(len(plain)))


@pytest.mark.parametrize(
    "words", [0, 1, 50, 125, 126, 127, 128, 129, 130, 200, 224, 225, 500, 2_000]
)
def test_every_piece_is_read_once_and_in_order(reader: Reader, words: int) -> None:
    text = " ".join(["bus"] * words)
    (pieces,) = reader.read([text])
    expected = [(4 * number, 4 * number + 3) for number in range(words)]
    assert list(pieces.offsets) == expected
    assert pieces.tagger.shape == (words, len(LABELS))
    assert pieces.rampart.shape == (words, len(reader.labels))


def test_every_piece_of_a_long_mixed_text_is_read_once(reader: Reader) -> None:
    text = (
        "Unbelievably Gurpreet's #SaveOurSkatepark 😀 costs 416-555-0142 dollars, n’est-ce pas ? "
        * 90
    )
    (pieces,) = reader.read([text])
    starts = [start for start, _ in pieces.offsets]
    assert starts == sorted(starts) and len(set(pieces.offsets)) == len(pieces.offsets)
    read = {at for start, end in pieces.offsets for at in range(start, end)}
    assert all(at in read for at, sign in enumerate(text) if sign.isalnum())
    assert all(text[start:end].strip() for start, end in pieces.offsets)


def test_windows_overlap_and_each_piece_is_owned_by_one(reader: Reader) -> None:
    windows = list(reader._encoder._windows(0, " ".join(["bus"] * 1_000)))
    assert all(len(window.ids) <= WINDOW for window in windows)
    step, at = WINDOW - OVERLAP, 0
    for number, window in enumerate(windows):
        first, last = window.own
        assert number * step + first == at
        at = number * step + last
    assert at == 1_000


def test_probabilities_are_such(reader: Reader) -> None:
    for pieces in reader.read(["my friend Gurpreet Sandhu waits", "😀 #Aa", "x" * 300]):
        for table in (pieces.tagger, pieces.rampart):
            assert np.all(table >= 0) and np.allclose(table.sum(-1), 1, atol=1e-3)


@pytest.mark.parametrize("text", ["", " ", "😀", "\n\n", "\u200d"])
def test_texts_without_a_piece(reader: Reader, text: str) -> None:
    empty, full = reader.read([text, "Maya waits"])
    assert len(empty.offsets) == len(empty.tagger) == len(empty.rampart) == 0
    assert len(full.offsets) >= 2


def test_the_order_of_texts_is_kept(reader: Reader) -> None:
    texts = ["bus " * size for size in (300, 1, 90, 0, 140)]
    assert [len(one.offsets) for one in reader.read(texts)] == [300, 1, 90, 0, 140]
    assert reader.read([]) == []


def test_softmax_of_large_numbers() -> None:
    found = softmax(np.array([[1e4, 0.0], [-1e4, -1e4]], np.float32))
    assert np.allclose(found, [[1, 0], [0.5, 0.5]])


def test_a_missing_encoder_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "PACKAGE", "no_such_package_here")
    with pytest.raises(ModelMissing, match="No text is let through"):
        Encoder()


@pytest.mark.parametrize("content", [None, b"", b"no model at all"])
def test_a_missing_or_damaged_tagger_is_said(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "tagger.onnx"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelMissing, match="No text is let through"):
        Tagger(path)


# --- shapes


def shape_of(text: str, word: str) -> tuple[int, ...]:
    """The five numbers of a word in a text: case, given, family, position, style."""
    start = text.index(word)
    (found,) = shapes(text, [(start, start + len(word))], lists.names())
    return tuple(found)


@pytest.mark.parametrize(
    ("word", "case"),
    [
        ("...", 0),
        ("42", 1),
        ("m4ya", 2),
        ("maya", 3),
        ("MAYA", 4),
        ("M", 5),
        ("Maya", 6),
        ("McKay", 7),
    ],
)
def test_the_case_of_a_word(word: str, case: int) -> None:
    assert shapes(word, [(0, len(word))], lists.names())[0].case == (0 if word == "..." else case)


def test_lists_and_position() -> None:
    text = "Maya met Tremblay. Then #Maya and @maya"
    assert shape_of(text, "Maya")[1] > 0 and shape_of(text, "Tremblay")[2] == 1
    assert shape_of(text, "met")[1:4] == (0, 0, 0)
    assert [shape_of(text, word)[3] for word in ("Maya", "met", "Then")] == [3, 0, 3]
    hashtag, handle = text.index("#") + 1, text.index("@") + 1
    found = shapes(text, [(hashtag, hashtag + 4), (handle, handle + 4)], lists.names())
    assert [one.position for one in found] == [1, 2]


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("no capital here", 0),
        ("One at the start", 1),
        ("Every Word Has One", 2),
        ("ALL OF THEM", 3),
        ("42", 0),
        ("", 0),
    ],
)
def test_the_style_of_a_message(text: str, style: int) -> None:
    found = shapes(text, [(0, 1)], lists.names())
    assert found[0].style == style


def test_pieces_of_one_word_share_its_shape() -> None:
    found = shapes("Maya's", [(0, 2), (2, 4), (4, 6)], lists.names())
    assert found[0] == found[1] == found[2] and found[0].given > 0


@settings(max_examples=200)
@given(st.text(max_size=60))
def test_shapes_fit_the_network(text: str) -> None:
    places = [found.span() for found in WORD.finditer(text)]
    for shape in shapes(text, places, lists.names()):
        assert all(0 <= value < size for value, size in zip(shape, SIZES, strict=True))
