"""Check digits, dates, network addresses; which kind wins; ages only beside others; no pattern is slow."""

from __future__ import annotations

from time import process_time

import pytest

from youthvoice.model import Span
from youthvoice.nlp.pii import patterns
from youthvoice.nlp.pii.patterns import checks, only_beside_others


def test_check_digits() -> None:
    assert checks.luhn("130 692 544") and not checks.luhn("130 692 545") and not checks.luhn("")
    assert checks.sin("130692544") and not checks.sin("046454286")
    assert checks.card("4539 3379 6968 3612") and not checks.card("4539 3379 6968 3613")
    assert not checks.card("0000 0000 0000 0000")
    assert checks.iban("GB29 NWBK 6016 1331 9268 19") and not checks.iban("GB28NWBK60161331926819")
    assert checks.ramq("TREM 0562 1514") and not checks.ramq("TREM 0599 1514")
    assert checks.ipv4("255.0.10.1") and not checks.ipv4("256.0.10.1")
    assert checks.ipv6("2001:db8::1") and not checks.ipv6("::") and not checks.ipv6("10:15:42")


@pytest.mark.parametrize(
    ("text", "real"),
    [
        ("2008-11-03", True),
        ("31/12/2008", True),
        ("12/31/08", True),
        ("2008-13-31", False),
        ("30.02.2008", False),
        ("29 février 2008", True),
        ("29 February 2007", False),
        ("March 14th, 2007", True),
        ("1er mai", True),
        ("20081103", True),
        ("03112008", True),
        ("20089999", False),
    ],
)
def test_dates_exist(text: str, real: bool) -> None:
    assert checks.real_date(text) is real


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("my sin is 130692544", "sin"),
        ("my health card is 9055550143", "health_card"),
        ("call me 9055550143", "phone"),
        ("carte 4539337969683612", "card"),
        ("my OEN is 130 692 544", "student_number"),
        ("licence N09817745135127", "driver_licence"),
        ("tiktok.com/@le.vrai", "url"),
        ("maya@example.org", "email"),
    ],
)
def test_the_surest_kind_wins(text: str, kind: str) -> None:
    assert max(patterns.find(text), key=lambda span: span.score).kind == kind


def _ages(text: str) -> list[str]:
    return [text[s.start : s.end] for s in patterns.find(text) if s.kind == "age"]


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("im 9 and i live in Wawa", "9"),
        ("my brother, 9 yrs old, hides", "9 yrs old"),
        ("shes 8", "8"),
        ("my nan is 71 and", "71"),
        ("when i was six, we moved", "six"),
        ("a seven year old kid", "seven year old"),
        ("Ritva (45) drives", "45"),
        ("my dad Harjeet, 52, drives", "52"),
        ("ma mère a 43 ans", "43 ans"),
        ("Fernande, 81 ans, parle", "81 ans"),
        ("j'ai 11 ans", "11 ans"),
        ("lui 9.", "9"),
        ("à neuf ans, j'ai", "neuf ans"),
    ],
)
def test_ages_outside_the_band(text: str, age: str) -> None:
    assert age in _ages(text)


@pytest.mark.parametrize(
    "text",
    [
        "im 17",
        "she is 22",
        "j'ai 16 ans",
        "i was 45 minutes late",
        "im 90% sure",
        "it is 11 degrees",
        "rent is 1450",
        "il y a 5 ans",
        "depuis 40 ans",
        "3 ans d'attente",
        "moins de 30 ans",
        "the internet is one bar",
        "im 5'4",
        "for 11 years",
        "she is 6 feet tall",
    ],
)
def test_no_age(text: str) -> None:
    assert not _ages(text)


def test_an_age_alone_is_nobody() -> None:
    age = Span(0, 2, "age", 0.6, "d")
    place = Span(5, 9, "place", 0.6, "d")
    phone = Span(12, 20, "phone", 0.9, "d")
    assert only_beside_others([age, phone]) == [phone]
    assert only_beside_others([age, place, phone]) == [age, place, phone]


@pytest.mark.parametrize("family", patterns.FAMILIES)
@pytest.mark.parametrize(
    "sign",
    ["a-", "a.", "1 ", "1-2 ", "A", "J.", "O'", "Aa ", "A-", "four ", "a_", "#",
     "@a", "@ab ", "a:", "a@b.", "12 rue ", "de la "],
)  # fmt: skip
def test_no_family_is_slow_on_a_long_text(family, sign: str) -> None:
    started = process_time()
    list(family.find((sign * 10_000)[:10_000]))
    assert process_time() - started < 3  # a quadratic one takes far longer; not a benchmark
