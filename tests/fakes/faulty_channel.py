"""A channel in front of a real one that fails as platforms do, following a list of faults.

`lost`: the post goes live, the acknowledgement does not come back. `down`: not reached at all.
`wait`: asks to wait. `no`: refuses for good. `ok`: works.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from youthvoice.channels.base import (
    Batch,
    Channel,
    Cursor,
    Finding,
    PostDraft,
    Presence,
    Scope,
    Stats,
)
from youthvoice.errors import Ambiguous, Rejected, RetryAt, Unavailable


class FaultyChannel:
    def __init__(self, inner: Channel, faults: Iterable[str] = ()) -> None:
        self.inner = inner
        self.faults = list(faults)
        self.name, self.caps, self.policy = inner.name, inner.caps, inner.policy
        self.published: list[str] = []
        self.looked_up = 0

    def measure(self, text: str) -> int:
        return self.inner.measure(text)

    def publish(self, draft: PostDraft, key: str) -> str:
        fault = self.faults.pop(0) if self.faults else "ok"
        if fault == "down":
            raise Unavailable("network")
        if fault == "wait":
            raise RetryAt("rate_limit", 0)
        if fault == "no":
            raise Rejected("forbidden")
        found = self.inner.publish(draft, key)
        self.published.append(found)
        if fault == "lost":
            raise Ambiguous("timeout")
        return found

    def price(self, text: str) -> float:
        return self.inner.price(text)

    def find_published(self, key: str, draft: PostDraft, since: datetime | None) -> str | None:
        self.looked_up += 1
        return self.inner.find_published(key, draft, since)

    def collect(self, scope: Scope, cursor: Cursor) -> Batch:
        return self.inner.collect(scope, cursor)

    def check(self, refs: Sequence[str], asked: bool = True) -> Mapping[str, Presence]:
        return self.inner.check(refs, asked)

    def ref_of(self, typed: str, language: str) -> str | None:
        return self.inner.ref_of(typed, language)

    def refresh(self) -> None:
        self.inner.refresh()

    def stats(self, refs: Sequence[str]) -> Mapping[str, Stats]:
        return self.inner.stats(refs)

    def where(self, language: str) -> str:
        return self.inner.where(language)

    def examine(self) -> Sequence[Finding]:
        return self.inner.examine()
