"""The ledger: priced before, settled after, capped by need, exact, and on the safe side when a process dies."""

from __future__ import annotations

import threading

import pytest
import time_machine

from youthvoice import defaults
from youthvoice.channels.metering import Need
from youthvoice.errors import OutOfCredit
from youthvoice.flow import spending
from youthvoice.flow.spending import StoredMeter
from youthvoice.store import ledger
from youthvoice.store.engine import Store

PRICES = {"search": 0.005, "publish": 0.015, "publish_with_link": 0.2, "count": 0.0}


def total(store: Store, account: str = "en") -> int:
    with store.read() as tx:
        return ledger.month_total(tx, "x", account, spending.today())


def test_what_is_not_used_comes_back(store: Store) -> None:
    meter = StoredMeter(store, "x", PRICES, 1.0)
    reserved = meter.reserve("en", "search", 100, Need.WORK)
    assert total(store) == 500_000
    reserved.settle({7: 12, None: 3})
    assert total(store) == 75_000
    with store.read() as tx:
        found = {one.topic_id: (one.calls, one.units, one.micros) for one in ledger.spent(tx)}
    assert found == {None: (1, 3, 15_000), 7: (0, 12, 60_000)}


def test_a_call_that_is_never_settled_stays_booked(store: Store) -> None:
    StoredMeter(store, "x", PRICES, 1.0).reserve("en", "search", 100, Need.WORK)
    assert total(store) == 500_000


@pytest.mark.parametrize(
    ("need", "share"), [(Need.EXTRA, 0.8), (Need.WORK, 0.95), (Need.DUTY, 1.0)]
)
def test_what_is_needed_least_stops_first(store: Store, need: Need, share: float) -> None:
    meter = StoredMeter(store, "x", PRICES, 1.0)
    meter.reserve("en", "search", int(200 * share), Need.DUTY)
    with pytest.raises(OutOfCredit, match="our_cap"):
        meter.reserve("en", "search", 1, need)
    meter.reserve("fr", "search", 1, need)  # each account has its own
    meter.reserve("en", "count", 1, need)  # what costs nothing is never refused


def test_no_cap_no_call(store: Store) -> None:
    with pytest.raises(OutOfCredit):
        StoredMeter(store, "x", PRICES, 0.0).reserve("en", "publish", 1, Need.DUTY)


def test_a_call_without_a_price_is_not_made(store: Store) -> None:
    with pytest.raises(OutOfCredit, match="no_price"):
        StoredMeter(store, "x", PRICES, 1.0).reserve("en", "something_new", 1, Need.DUTY)


def test_a_month_ends(store: Store) -> None:
    meter = StoredMeter(store, "x", PRICES, 0.3)
    with time_machine.travel("2026-11-30T23:59:00Z", tick=False):
        meter.reserve("en", "publish_with_link", 1, Need.DUTY)
        with pytest.raises(OutOfCredit):
            meter.reserve("en", "publish_with_link", 1, Need.DUTY)
    with time_machine.travel("2026-12-01T00:00:01Z", tick=False):
        meter.reserve("en", "publish_with_link", 1, Need.DUTY)
        assert total(store) == 200_000
    with time_machine.travel("2026-12-31T12:00:00Z", tick=False):
        assert total(store) == 200_000


def test_two_processes_cannot_pass_the_cap_together(store: Store) -> None:
    meter = StoredMeter(store, "x", PRICES, 0.05)
    granted: list[int] = []

    def ask() -> None:
        for _ in range(10):
            try:
                meter.reserve("en", "search", 1, Need.DUTY)
                granted.append(1)
            except OutOfCredit:
                return

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(granted) == 10 and total(store) == 50_000


def test_every_operation_of_x_has_a_price_and_a_source() -> None:
    listed = defaults.prices()["x"]
    assert set(listed.price) == {
        "publish", "publish_with_link", "mentions", "search", "timeline", "lookup", "me", "count",
    }  # fmt: skip
    assert listed.source.startswith("https://") and listed.read_on.year >= 2026
    assert listed.price["publish_with_link"] / listed.price["publish"] == pytest.approx(
        13.33, abs=0.1
    )
