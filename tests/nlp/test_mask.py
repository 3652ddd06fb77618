import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthvoice.model import Language, Span
from youthvoice.nlp.pii.mask import mask, merge


def span(start: int, end: int, kind: str = "name", score: float = 0.5) -> Span:
    return Span(start, end, kind, score, "test")


def test_the_same_person_has_the_same_number() -> None:
    text = "Maya told Priya that MAYA's late"
    found = mask(text, [span(0, 4), span(10, 15), span(21, 27)], Language.EN)
    assert found.text == "[name 1] told [name 2] that [name 1] late"


def test_placeholders_speak_the_language_of_the_message() -> None:
    assert mask("école X ici", [span(0, 7, "school")], Language.FR).text == "[école] ici"


def test_an_unknown_kind_is_replaced_too() -> None:
    assert mask("abc def", [span(0, 3, "tattoo")], Language.EN).text == "[hidden] def"


def test_overlaps_cover_both_and_keep_the_surest_kind() -> None:
    merged = merge([span(0, 5, "name", 0.4), span(3, 9, "phone", 0.9)])
    assert [(s.start, s.end, s.kind) for s in merged] == [(0, 9, "phone")]


def test_a_span_outside_the_text_is_an_error_not_a_leak() -> None:
    with pytest.raises(ValueError):
        mask("abc", [span(2, 9)], Language.EN)


@given(
    st.text(alphabet="xyz ", min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 39), st.integers(1, 10)), max_size=6),
)
def test_nothing_of_a_span_is_left(text: str, pairs: list[tuple[int, int]]) -> None:
    spans = [span(a, min(a + n, len(text))) for a, n in pairs if a < len(text)]
    covered = {i for s in spans for i in range(s.start, s.end)}
    kept = "".join(sign for i, sign in enumerate(text) if i not in covered)
    import re

    assert re.sub(r"\[name \d+\]", "", mask(text, spans, Language.EN).text) == kept
