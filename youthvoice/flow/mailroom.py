"""Voices that arrive at the same moment are committed together: each waits for the disk, but only once.

Whoever comes first commits for all who wait. Nobody is told that their voice was kept before it is on the
disk; where a batch fails, each is tried alone, so that one does not harm the others.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from youthvoice.errors import StoreUnavailable, note
from youthvoice.model import Contribution, SelfDescription
from youthvoice.store import contributions, receipts
from youthvoice.store.engine import Store

AT_ONCE = 64


@dataclass
class Letter:
    """A voice to keep, with its receipt's keyed hash and what its writer said of themselves."""

    item: Contribution
    receipt_key: str = field(repr=False)
    about: SelfDescription
    outcome: bool | Exception | None = None
    """Whether it is new, or what went wrong; None: not tried yet."""


class Mailroom:
    """The way into one store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: deque[Letter] = deque()
        self._turn = threading.Lock()

    def keep(self, letter: Letter) -> bool:
        """Store a voice durably. False where its draft was stored before. Raises `StoreUnavailable`."""
        self._waiting.append(letter)
        with self._turn:
            while letter.outcome is None:
                self._deliver(self._drain())
        if isinstance(letter.outcome, Exception):
            raise letter.outcome
        return letter.outcome

    def _drain(self) -> list[Letter]:
        batch: list[Letter] = []
        while self._waiting and len(batch) < AT_ONCE:
            batch.append(self._waiting.popleft())
        return batch

    def _deliver(self, batch: Sequence[Letter]) -> None:
        """Give every letter of the batch its outcome, whatever happens: those who wrote them wait for it."""
        try:
            self._try(batch)
        finally:
            for letter in batch:
                if letter.outcome is None:  # this thread was ended; sent again, it is stored once
                    letter.outcome = StoreUnavailable(
                        note("The program is ending; this message was not stored.")
                    )

    def _try(self, batch: Sequence[Letter]) -> None:
        try:
            new = _commit(self._store, batch)
        except Exception as problem:  # whatever it was: nobody may be told that it worked
            if len(batch) == 1:
                batch[0].outcome = problem
                return
            for letter in batch:
                self._try([letter])
            return
        for letter in batch:
            letter.outcome = letter.item.id in new


def _commit(store: Store, batch: Sequence[Letter]) -> set[str]:
    with store.write() as tx:
        new = contributions.add_many(tx, [letter.item for letter in batch])
        kept = [letter for letter in batch if letter.item.id in new]
        receipts.add_many(tx, {letter.receipt_key: letter.item.id for letter in kept})
        for letter in kept:
            if letter.about:
                contributions.describe(tx, letter.item.id, letter.about)
    return new
