"""How often: token buckets a network, and one for everybody. In memory only, and nobody can be found in it.

A network is known by an HMAC of its address (IPv4: /24, IPv6: /48) under a key that was never written
down and is thrown away with all buckets within the hour. A school or a library is one network, so a
bucket holds enough for a class; what stops a machine is the proof of work.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

ROTATE_SECONDS = 3_000.0
"""The key's life: fifty minutes, so that it is gone within the hour."""
MOST_BUCKETS = 200_000
"""More networks than that in one key's life: all begin anew (the bucket of everybody still holds)."""


class Rate(NamedTuple):
    """A bucket's size (tokens) and how many tokens flow in each minute."""

    burst: int
    per_minute: float


@dataclass
class _Bucket:
    tokens: float
    at: float


class Limits:
    """The buckets of one process."""

    def __init__(self, rates: dict[str, Rate], clock: Callable[[], float] = time.monotonic) -> None:
        self._rates = rates
        self._clock = clock
        self._lock = threading.Lock()
        self._shared: dict[str, _Bucket] = {}
        self._timer: threading.Timer | None = None
        self._renew()

    def _renew(self) -> None:
        self._key = secrets.token_bytes(32)
        self._born = self._clock()
        self._buckets: dict[bytes, _Bucket] = {}

    def take(self, kind: str, address: str | None) -> float:
        """Take a token of this kind for this network, and one of everybody's.

        Returns 0, or the seconds after which to try again; then nothing was taken.
        """
        with self._lock:
            now = self._clock()
            if now - self._born >= ROTATE_SECONDS or len(self._buckets) >= MOST_BUCKETS:
                self._renew()
            self._forget_in_time()
            name = hmac.new(self._key, f"{kind}\0{network(address)}".encode(), hashlib.sha256)
            own = self._fill(self._buckets.setdefault(name.digest(), self._full(kind)), kind, now)
            every = f"everybody {kind}"
            if every not in self._rates:
                return self._spend([(own, kind)])
            shared = self._fill(self._shared.setdefault(every, self._full(every)), every, now)
            return self._spend([(own, kind), (shared, every)])

    def _forget_in_time(self) -> None:
        """See to it that the key goes within the hour also if nobody comes any more."""
        if self._timer is None or not self._timer.is_alive():
            self._timer = threading.Timer(ROTATE_SECONDS, self._forget)
            self._timer.daemon = True
            self._timer.start()

    def _forget(self) -> None:
        with self._lock:
            self._renew()

    def _full(self, kind: str) -> _Bucket:
        return _Bucket(float(self._rates[kind].burst), self._clock())

    def _fill(self, bucket: _Bucket, kind: str, now: float) -> _Bucket:
        rate = self._rates[kind]
        flowed = (now - bucket.at) * rate.per_minute / 60
        bucket.tokens = min(float(rate.burst), bucket.tokens + flowed)
        bucket.at = now
        return bucket

    def _spend(self, buckets: list[tuple[_Bucket, str]]) -> float:
        waits = [
            (1 - bucket.tokens) * 60 / self._rates[kind].per_minute
            for bucket, kind in buckets
            if bucket.tokens < 1
        ]
        if waits:
            return max(waits)
        for bucket, _kind in buckets:
            bucket.tokens -= 1
        return 0.0


def network(address: str | None) -> str:
    """The network that an address belongs to: /24 or /48; what is no address is one network."""
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    prefix = 24 if found.version == 4 else 48
    return str(ipaddress.ip_network(f"{found}/{prefix}", strict=False))
