"""Where words stand, without anybody reading the original."""

from hypothesis import given
from hypothesis import strategies as st

from youthvoice.model import Language, Masked, Span
from youthvoice.nlp.pii import places
from youthvoice.nlp.pii.mask import mask
from youthvoice.nlp.pii.places import Place, fits, labels, lines, occurrences, readable, shown


def found(words: str, text: str) -> list[str]:
    return [text[a:b] for a, b in occurrences(words, text, [Place(0, len(text))])]


def span(start: int, end: int) -> Span:
    return Span(start, end, "name", 0.5, "test")


def test_what_is_left_to_be_read() -> None:
    assert shown("abcdef", [span(1, 2), span(4, 6)]) == [(0, 1), (2, 4), (6, 6)]
    assert shown("abc", []) == [(0, 3)]


@given(st.text(alphabet="ab[]1 \n", max_size=30), st.data())
def test_a_masked_text_fits_its_own_original(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    masked = mask(text, [span(start, end) for start, end in pairs], Language.EN)
    assert fits(text, masked)
    assert fits(text, Masked(masked.text.replace("[name", "[nom"), masked.spans)) or "[name" in text


def test_another_original_does_not_fit() -> None:
    masked = mask("ask Maya today", [span(4, 8)], Language.EN)
    assert fits("ask Anna today", masked)  # what is hidden cannot tell
    for other in ("ask Maya  today", "ask Mayatoday", "ask Maya Today", "so ask Maya today"):
        assert not fits(other, masked)
    assert not fits("ask Maya today", Masked("ask  today", masked.spans))


def test_whole_words_come_first() -> None:
    assert found("al", "Al also, AL") == ["Al", "AL"]
    assert found("also", "falsome") == ["also"]
    assert found("@kid", "ask @kid or @kids") == ["@kid"]
    assert found("nobody", "somebody") == []


def test_spaces_lines_and_quotes_do_not_matter() -> None:
    assert found("d'Arcy Smith", "d’arcy\nsmith, D'Arcy Smith") == ["d’arcy\nsmith", "D'Arcy Smith"]
    assert found("a.b*", "a.b* axb") == ["a.b*"]


def test_only_inside_of_the_parts() -> None:
    text = "zed [zed] zed"
    assert occurrences("zed", text, [Place(0, 4), Place(9, 13)]) == [(0, 3), (10, 13)]


def test_lines_are_normalised() -> None:
    assert lines("  Ma\u200bya \r\n\n\n ｚｏé ") == ["Maya", "zoé"]
    assert lines(" \n\u200b") == []


def test_placeholders_are_told_unless_the_writer_used_brackets() -> None:
    masked = mask("ask Maya or Zoe", [span(4, 8), span(12, 15)], Language.EN)
    assert labels(masked) == ["[name 1]", "[name 2]"]
    assert [masked.text[a:b] for a, b in readable(masked)] == ["ask ", " or ", ""]
    own = mask("[x] Maya", [span(4, 8)], Language.EN)
    assert labels(own) == [""] and readable(own) == [(0, len(own.text))]


def test_the_placeholder_is_that_of_the_masks() -> None:
    masked = mask("Maya", [Span(0, 4, "tattoo", 0.5, "test")], Language.FR)
    assert places.PLACEHOLDER.fullmatch(masked.text)
