"""A share and its interval, against published values (Newcombe 1998, table I)."""

import pytest

from youthvoice.intervals import wilson
from youthvoice.strings import Translator


@pytest.mark.parametrize(
    ("part", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)  # fmt: skip
def test_published_values(part: int, of: int, low: float, high: float) -> None:
    found = wilson(part, of)
    assert found is not None and found[:2] == (part, of)
    assert (found.low, found.high) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


def test_all_and_nothing() -> None:
    every = wilson(40, 40)
    assert every is not None and every.share == every.high == 1.0 and every.low > 0.9
    assert wilson(0, 0) is None


def test_in_words() -> None:
    share = wilson(81, 263)
    assert share is not None
    assert share.said(Translator("en")) == "30.8% (25.5 to 36.6)"
    assert share.said(Translator("fr")) == "30,8\u00a0% (de 25,5 à 36,6)"
