"""How often a network may send: enough for a class, not for a machine, and nobody can be found in it."""

from __future__ import annotations

import pytest

from youthvoice.trust.limits import ROTATE_SECONDS, Limits, Rate, network

ADDRESS = "203.0.113.77"


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def build(clock: Clock, **rates: Rate) -> Limits:
    return Limits({name.replace("_", " "): rate for name, rate in rates.items()}, clock)


def test_a_burst_then_a_flow() -> None:
    clock = Clock()
    limits = build(clock, form=Rate(3, 6))
    assert [limits.take("form", ADDRESS) for _ in range(3)] == [0, 0, 0]
    assert limits.take("form", ADDRESS) == pytest.approx(10)
    clock.now += 4
    assert limits.take("form", ADDRESS) == pytest.approx(6)  # asking again takes nothing
    clock.now += 6
    assert limits.take("form", ADDRESS) == 0
    assert limits.take("form", ADDRESS) > 0


def test_a_bucket_does_not_run_over() -> None:
    clock = Clock()
    limits = build(clock, form=Rate(2, 60))
    limits.take("form", ADDRESS)
    clock.now += 1_000
    assert [limits.take("form", ADDRESS) == 0 for _ in range(4)] == [True, True, False, False]


def test_networks_and_kinds_have_buckets_of_their_own() -> None:
    limits = build(Clock(), form=Rate(1, 1), slow=Rate(1, 1))
    assert limits.take("form", ADDRESS) == 0
    assert limits.take("slow", ADDRESS) == 0
    assert limits.take("form", "203.0.114.77") == 0
    assert limits.take("form", "203.0.113.1") > 0  # the same network


def test_everybody_shares_one_bucket() -> None:
    clock = Clock()
    limits = build(clock, form=Rate(9, 1), everybody_form=Rate(2, 1))
    assert limits.take("form", "198.51.100.1") == 0
    assert limits.take("form", "203.0.113.1") == 0
    assert limits.take("form", "192.0.2.1") == pytest.approx(60)
    clock.now += 60
    assert limits.take("form", "192.0.2.1") == 0


def test_who_waits_for_everybody_loses_no_token_of_their_own() -> None:
    clock = Clock()
    limits = build(clock, form=Rate(2, 0.001), everybody_form=Rate(1, 60))
    assert limits.take("form", ADDRESS) == 0
    for _ in range(5):
        assert limits.take("form", ADDRESS) > 0
    clock.now += 1
    assert limits.take("form", ADDRESS) == 0


def test_within_the_hour_everything_is_forgotten() -> None:
    assert ROTATE_SECONDS < 3_600
    clock = Clock()
    limits = build(clock, form=Rate(1, 0.000_1))
    assert limits.take("form", ADDRESS) == 0
    clock.now += ROTATE_SECONDS - 1
    assert limits.take("form", ADDRESS) > 0
    clock.now += 1
    assert limits.take("form", ADDRESS) == 0


def test_everybodys_bucket_is_not_forgotten_with_the_networks() -> None:
    clock = Clock()
    limits = build(clock, form=Rate(9, 9), everybody_form=Rate(1, 0.000_1))
    assert limits.take("form", ADDRESS) == 0
    clock.now += ROTATE_SECONDS
    assert limits.take("form", ADDRESS) > 0


def test_a_flood_of_networks_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("youthvoice.trust.limits.MOST_BUCKETS", 10)
    limits = build(Clock(), form=Rate(1, 1))
    for number in range(100):
        limits.take("form", f"10.0.{number}.1")
        assert len(limits._buckets) <= 10


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("203.0.113.1", "203.0.113.254", True),
        ("203.0.113.1", "203.0.112.1", False),
        ("2001:db8:1:2::1", "2001:db8:1:ffff::9", True),
        ("2001:db8:1::1", "2001:db8:2::1", False),
        ("::ffff:203.0.113.9", "203.0.113.1", True),
        ("::ffff:203.0.113.9", "::ffff:203.0.112.9", False),
        (None, "", True),
        ("testclient", "not an address", True),
    ],
)
def test_what_is_one_network(one: str | None, other: str | None, same: bool) -> None:
    assert (network(one) == network(other)) is same


def test_a_network_names_nobody() -> None:
    assert network("203.0.113.77") == "203.0.113.0/24"
    assert network("2001:db8:1:2:3:4:5:6") == "2001:db8:1::/48"
    assert "77" not in network("::ffff:203.0.113.77")


def test_no_address_is_kept() -> None:
    limits = build(Clock(), form=Rate(2, 1), everybody_form=Rate(9, 1))
    for address in (ADDRESS, "2001:db8:1:2::1"):
        limits.take("form", address)
    kept = repr(vars(limits)) + repr([vars(bucket) for bucket in limits._buckets.values()])
    for part in (ADDRESS, "203.0.113", "2001:db8", "/24", "/48"):
        assert part not in kept
        assert part.encode() not in b"".join(limits._buckets)
