"""Which texts are nearly the same, told from keyed signatures that hold no word."""

from __future__ import annotations

import pytest

from tests.factories import LETTER
from youthvoice.nlp.normalise import text_key_form
from youthvoice.trust.likeness import SHORTEST, THRESHOLD, Comparer, Signature

COMPARER = Comparer(b"k" * 32)
OTHERS = (
    "The bus to Thunder Bay only comes twice a day, so whoever lives out of town cannot take part in "
    "anything after school. A later bus would change more than any new building that somebody could plan.",
    "Je voudrais qu’il y ait plus de cours de métiers à l’école. Mon oncle est soudeur et il dit qu’il "
    "manque de monde partout, mais personne ne nous en parle avant la douzième année.",
)


def signed(text: str, comparer: Comparer = COMPARER) -> Signature:
    found = comparer.signature(text_key_form(text))
    assert found is not None
    return found


def found_and_like(one: Signature, other: Signature) -> tuple[bool, bool]:
    alike = COMPARER.similarity(one.values, other.values) >= THRESHOLD
    return bool(set(one.bands) & set(other.bands)), alike


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Dear minister", "Hello minister"),
        ("young person", "teenager"),
        ("twice as long", "too long"),
        (" Give it back, and ask us next time.", " Give it back! And ask us next time!!!"),
        ("mentoring", "MENTORING"),
    ],
)
def test_a_word_changed_in_a_letter_is_the_same_letter(old: str, new: str) -> None:
    assert old in LETTER
    assert found_and_like(signed(LETTER), signed(LETTER.replace(old, new))) == (True, True)


def test_the_same_words_have_the_same_signature() -> None:
    assert signed(LETTER) == signed(LETTER.upper())
    assert COMPARER.similarity(signed(LETTER).values, signed(LETTER).values) == 1


def test_different_texts_are_different() -> None:
    texts = [LETTER, *OTHERS]
    for one in texts:
        for other in texts:
            if one != other:
                assert found_and_like(signed(one), signed(other)) == (False, False)


def test_half_a_letter_is_another_text() -> None:
    half = LETTER[: len(LETTER) // 2]
    assert COMPARER.similarity(signed(LETTER).values, signed(half).values) < THRESHOLD


def test_short_texts_are_not_compared() -> None:
    assert COMPARER.signature("") is None
    assert COMPARER.signature("a" * (SHORTEST - 1)) is None
    assert COMPARER.signature("a" * SHORTEST) is not None


def test_another_key_tells_nothing_of_the_same_text() -> None:
    other = signed(LETTER, Comparer(b"o" * 32))
    assert not set(signed(LETTER).bands) & set(other.bands)
    assert COMPARER.similarity(signed(LETTER).values, other.values) < 0.2


def test_a_signature_holds_no_word() -> None:
    found = signed(LETTER)
    assert len(found.values) == 128 * 4 and len(found.bands) == len(set(found.bands)) == 14
    everything = found.values + "".join(found.bands).encode()
    assert b"mentor" not in everything.lower()
    assert COMPARER.similarity(found.values, b"") == 0
