"""A share with its 95 % interval (Wilson's score interval, 1927), which also holds for few and for all."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

from youthvoice.strings import Translator

Z = 1.959964
"""The 97.5 % point of the normal distribution."""


class Share(NamedTuple):
    """`part` out of `of`, as a share from 0 to 1, with the ends of its 95 % interval."""

    part: int
    of: int
    share: float
    low: float
    high: float

    def said(self, t: Translator) -> str:
        """The share in words: 93.3% (87.4 to 96.6)."""
        one, low, high = (
            t.number(round(100 * value, 1)) for value in (self.share, self.low, self.high)
        )
        return t("%(share)s%% (%(low)s to %(high)s)", share=one, low=low, high=high)


def wilson(part: int, of: int) -> Share | None:
    """`part` out of `of` with Wilson's 95 % interval; None out of nothing.

    The parts are taken as independent: places of one message are not quite, so it is a little too narrow.
    """
    if of <= 0:
        return None
    share = part / of
    middle = share + Z * Z / (2 * of)
    reach = Z * sqrt(share * (1 - share) / of + Z * Z / (4 * of * of))
    scale = 1 + Z * Z / of
    return Share(
        part, of, share, max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)
    )
