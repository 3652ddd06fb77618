import itertools

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


def test_overlaps_are_covered_and_the_kind_that_says_more_keeps_its_extent() -> None:
    merged = merge([span(0, 5, "name", 0.4), span(3, 9, "phone", 0.9)])
    assert [(s.start, s.end, s.kind) for s in merged] == [(0, 3, "name"), (3, 9, "phone")]
    merged = merge([span(0, 12, "place", 0.9), span(0, 4, "name", 0.4)])
    assert [(s.start, s.end, s.kind) for s in merged] == [(0, 4, "name"), (4, 12, "place")]
    merged = merge([span(0, 5, "name", 0.4), span(3, 9, "name", 0.9)])
    assert [(s.start, s.end, s.score) for s in merged] == [(0, 9, 0.9)]


def test_a_first_name_is_the_person_whose_full_name_was_said() -> None:
    text = "Maya Okafor and Priya, Maya’s friend, and Okafor"
    spans = [span(0, 11), span(16, 21), span(23, 27), span(42, 48)]
    found = mask(text, spans, Language.EN).text
    assert found == "[name 1] and [name 2], [name 1]’s friend, and [name 1]"


@given(
    st.lists(
        st.tuples(
            st.integers(0, 30),
            st.integers(1, 12),
            st.sampled_from(["name", "place", "phone", "school", "tattoo"]),
            st.floats(0, 1),
        ),
        max_size=8,
    )
)
def test_merged_spans_never_overlap_and_lose_nothing(
    drawn: list[tuple[int, int, str, float]],
) -> None:
    spans = [span(a, a + n, kind, score) for a, n, kind, score in drawn]
    merged = merge(spans)
    assert all(one.end <= two.start for one, two in itertools.pairwise(merged))
    covered = {i for s in spans for i in range(s.start, s.end)}
    assert {i for s in merged for i in range(s.start, s.end)} == covered


def test_a_span_outside_the_text_is_an_error_not_a_leak() -> None:
    with pytest.raises(ValueError):
        mask("abc", [span(2, 9)], Language.EN)


@given(
    st.text(alphabet="xyz-", min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 39), st.integers(1, 10)), max_size=6),
)
def test_nothing_of_a_span_is_left(text: str, pairs: list[tuple[int, int]]) -> None:
    spans = [span(a, min(a + n, len(text))) for a, n in pairs if a < len(text)]
    covered = {i for s in spans for i in range(s.start, s.end)}
    kept = "".join(sign for i, sign in enumerate(text) if i not in covered)
    import re

    assert re.sub(r"\[name \d+\]", "", mask(text, spans, Language.EN).text) == kept
