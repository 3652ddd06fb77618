"""The cost ledger: money is set aside before each call, and what was not used comes back.

If a process dies in between, the whole sum stays booked: we may believe to have spent more than we
did, never less.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import NamedTuple

from youthvoice.channels.metering import SHARE, WARN_AT, Need
from youthvoice.errors import OutOfCredit
from youthvoice.flow.context import Context
from youthvoice.model import Spent, Topic
from youthvoice.store import contributions, ledger, topics
from youthvoice.store.engine import Store, Tx

MICROS = 1_000_000


def today() -> date:
    """The day on which a call is booked: UTC, as platforms bill."""
    return datetime.now(UTC).date()


class StoredMeter:
    """Prices one channel's calls from a price list (US dollars) and books them in the store.

    `cap` is the most a calendar month may cost for each account, in US dollars.
    """

    def __init__(self, store: Store, channel: str, prices: Mapping[str, float], cap: float) -> None:
        self._store = store
        self._channel = channel
        self._prices = prices
        self._cap = cap

    def price(self, operation: str, units: int) -> float:
        """What `units` of `operation` cost. An operation that is not in the list is not allowed."""
        return self._micros(operation, units) / MICROS

    def _micros(self, operation: str, units: int) -> int:
        if operation not in self._prices:
            raise OutOfCredit("no_price")
        return round(self._prices[operation] * MICROS) * units

    def reserve(self, account: str, operation: str, units: int, need: Need) -> StoredReservation:
        """Book the most that the call can cost. Raises `OutOfCredit` beyond this need's share of the cap."""
        micros = self._micros(operation, units)
        day = today()
        with self._store.write() as tx:
            ledger.lock(tx, self._channel, account)
            before = ledger.month_total(tx, self._channel, account, day)
            if micros and before + micros > self._cap * MICROS * SHARE[need]:
                raise OutOfCredit("our_cap")
            ledger.add(tx, day, self._channel, account, operation, None, 1, units, micros)
        return StoredReservation(self, account, operation, day, units)

    def settle(self, reserved: StoredReservation, units: Mapping[int | None, int]) -> None:
        """Book what was used to its topics, and give back the rest."""
        with self._store.write() as tx:
            self._book(tx, reserved, None, -reserved.units)
            for topic_id, used in units.items():
                if used:
                    self._book(tx, reserved, topic_id, used)

    def _book(self, tx: Tx, reserved: StoredReservation, topic: int | None, units: int) -> None:
        ledger.add(
            tx,
            reserved.day,
            self._channel,
            reserved.account,
            reserved.operation,
            topic,
            0,
            units,
            self._micros(reserved.operation, units),
        )


class StoredReservation:
    """Money set aside for one call."""

    def __init__(
        self, meter: StoredMeter, account: str, operation: str, day: date, units: int
    ) -> None:
        self._meter = meter
        self.account = account
        self.operation = operation
        self.day = day
        self.units = units

    def settle(self, units: Mapping[int | None, int]) -> None:
        """Say what was really used, by topic."""
        self._meter.settle(self, units)


class Budget(NamedTuple):
    """Where an account stands this month, in US dollars; `warned` is the highest mark it has passed."""

    channel: str
    account: str
    spent: float
    cap: float
    warned: float


class TopicCost(NamedTuple):
    """What a topic has cost on a channel, and what a voice there costs (None without voices).

    `shared` is its part of what belongs to no topic alone, by its part of the voices.
    """

    topic: str
    channel: str
    direct: float
    shared: float
    voices: int

    @property
    def voice(self) -> float | None:
        """US dollars a voice."""
        return (self.direct + self.shared) / self.voices if self.voices else None


def budgets(context: Context) -> list[Budget]:
    """This month's spending of every account that has a cap."""
    found = []
    day = today()
    with context.store.read() as tx:
        for (channel, account), cap in sorted(context.caps.items()):
            used = ledger.month_total(tx, channel, account, day) / MICROS
            passed = [mark for mark in WARN_AT if cap and used >= mark * cap]
            found.append(Budget(channel, account, used, cap, max(passed, default=0.0)))
    return found


def spent(context: Context) -> list[Spent]:
    """This month's calls by account, operation and topic."""
    with context.store.read() as tx:
        return ledger.spent(tx, today().replace(day=1))


def topic_costs(context: Context) -> list[TopicCost]:
    """What each topic has cost since the beginning, on each channel that costs something."""
    with context.store.read() as tx:
        known: dict[int, Topic] = {
            topic.id: topic for topic in topics.every(tx, with_standing=True)
        }
        everything = ledger.spent(tx)
        voices = contributions.voices(tx)
    costs = []
    for channel in sorted({one.channel for one in everything}):
        totals = ledger.by_topic([one for one in everything if one.channel == channel])
        here = {key: count for (key, name), count in voices.items() if name == channel}
        shared = totals.get(None, 0) / MICROS
        every_voice = sum(here.values())
        for key in sorted({*totals, *here} - {None}, key=str):
            if key is None or key not in known:
                continue
            count = here.get(key, 0)
            part = shared * count / every_voice if every_voice else 0.0
            costs.append(
                TopicCost(known[key].slug, channel, totals.get(key, 0) / MICROS, part, count)
            )
    return costs
