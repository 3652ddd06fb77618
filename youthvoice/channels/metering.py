"""What a call costs, asked before it is made. The ledger itself lives in the store; flow connects them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol


class Need(StrEnum):
    """How badly a call is needed when the money runs low.

    `DUTY`: posting, looking up what may be live, deletions that were asked for; may use the whole cap.
    `WORK`: collecting replies and scheduled deletion checks. `EXTRA`: hashtag search and counts; stops
    first.
    """

    DUTY = "duty"
    WORK = "work"
    EXTRA = "extra"


SHARE = {Need.DUTY: 1.0, Need.WORK: 0.95, Need.EXTRA: 0.8}
"""The part of the monthly cap that each need may use."""

WARN_AT = (0.5, 0.8, 1.0)
"""The parts of the cap at which people are warned."""


class Reservation(Protocol):
    """Money set aside for one call."""

    def settle(self, units: Mapping[int | None, int]) -> None:
        """Say what was really used, by topic (None: shared); what was set aside beyond it comes back."""
        ...


class Meter(Protocol):
    """Prices a call before it is made."""

    def reserve(self, account: str, operation: str, units: int, need: Need) -> Reservation:
        """Set aside `units` of `operation`. Raises `OutOfCredit` if the account's cap forbids it."""
        ...

    def price(self, operation: str, units: int) -> float:
        """What that costs, in US dollars."""
        ...


class _Free:
    def settle(self, units: Mapping[int | None, int]) -> None:
        """Nothing to give back."""


class FreeMeter:
    """For platforms that cost nothing."""

    def reserve(self, account: str, operation: str, units: int, need: Need) -> Reservation:
        """Always granted."""
        return _Free()

    def price(self, operation: str, units: int) -> float:
        """Nothing."""
        return 0.0
