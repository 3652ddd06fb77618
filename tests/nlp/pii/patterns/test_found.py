"""What has a form is found whole and called by its name, in both languages; ordinary sentences are left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pytest

from tests.nlp.pii.patterns.tables import ENGLISH, FRENCH, NO_FORM, NO_NAME, WORDS, rows
from youthvoice.model import Span
from youthvoice.nlp.pii import patterns
from youthvoice.nlp.pii.kinds import KINDS, STRUCTURED


def _read(marked: str) -> tuple[str, int, int]:
    """A sentence without its marks, and where the part between them begins and ends."""
    start, end = marked.index("«"), marked.index("»") - 1
    return marked.replace("«", "").replace("»", ""), start, end


def _covered(text: str, start: int, end: int, spans: list[Span]) -> bool:
    signs = [at for at in range(start, end) if not text[at].isspace()]
    return all(any(span.start <= at < span.end for span in spans) for at in signs)


@pytest.mark.parametrize(("kind", "marked"), [*rows(ENGLISH), *rows(FRENCH), *rows(WORDS)])
def test_every_sign_is_found_under_the_right_kind(kind: str, marked: str) -> None:
    text, start, end = _read(marked)
    spans = list(patterns.find(text))
    assert _covered(text, start, end, spans)
    surest = max((s for s in spans if s.start < end and s.end > start), key=lambda span: span.score)
    assert surest.kind == kind


@pytest.mark.parametrize("table", [ENGLISH, FRENCH])
def test_every_kind_with_a_form_has_ten_sentences(table: Mapping[str, str]) -> None:
    told = Counter(kind for kind, _ in rows(table))
    assert {kind: told[kind] for kind in STRUCTURED if told[kind] < 10} == {}


@pytest.mark.parametrize("text", NO_FORM)
def test_what_has_no_form_stays(text: str) -> None:
    assert not [span for span in patterns.find(text.strip()) if span.kind in STRUCTURED]


@pytest.mark.parametrize("text", NO_NAME)
def test_what_names_nobody_stays(text: str) -> None:
    assert not [span for span in patterns.find(text.strip()) if span.kind != "age"]


@pytest.mark.parametrize(
    ("text", "part", "kind"),
    [
        ("call 416\n555\n0123", "416\n555\n0123", "phone"),
        ("i live at L8S\n4K1", "L8S\n4K1", "postal"),
        ("my card is 4539 3379\n6968 3612", "4539 3379\n6968 3612", "card"),
        ("my passport AB123456 is expired", "AB123456", "passport"),
        ("passeport no GA123456", "GA123456", "passport"),
    ],
)
def test_lines_and_passports(text: str, part: str, kind: str) -> None:
    assert (part, kind) in [(text[s.start : s.end], s.kind) for s in patterns.find(text)]


def test_the_detector_says_the_same_as_the_function() -> None:
    detector = patterns.PatternDetector()
    texts = ["text me 905-555-0199", "nothing here", ""]
    assert detector.find(texts) == [list(patterns.find(text)) for text in texts]
    (span,) = detector.find(texts)[0]
    assert span.detector == detector.version and span.reason and span.kind in KINDS


@pytest.mark.parametrize(
    ("text", "part", "kind"),
    [
        ("MAC:00:1A:2B:3C:4D:5E", "00:1A:2B:3C:4D:5E", "mac"),
        ("ip:2001:db8::1", "2001:db8::1", "ip"),
        ("address:12 King St W", "12 King St W", "address"),
        ("adresse:12 rue Main", "12 rue Main", "address"),
        ("Student number:\n300123456", "300123456", "student_number"),
        ("Permis:\n9876543", "9876543", "driver_licence"),
    ],
)
def test_a_form_may_stand_after_a_colon_or_on_the_next_line(
    text: str, part: str, kind: str
) -> None:
    assert (part, kind) in [(text[s.start : s.end], s.kind) for s in patterns.find(text)]
