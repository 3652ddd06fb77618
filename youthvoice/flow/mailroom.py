"""Voices that arrive at the same moment are committed together: each waits for the disk, but only once.

Whoever comes first commits for all who wait. Nobody is told that their voice was kept before it is on the
disk; where a batch fails, each is tried alone, so that one does not harm the others.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from youthvoice.errors import YouthVoiceError
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
    is_new: bool = False
    is_done: bool = False
    problem: YouthVoiceError | None = None


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
            while not letter.is_done:
                self._deliver(self._drain())
        if letter.problem is not None:
            raise letter.problem
        return letter.is_new

    def _drain(self) -> list[Letter]:
        batch: list[Letter] = []
        while self._waiting and len(batch) < AT_ONCE:
            batch.append(self._waiting.popleft())
        return batch

    def _deliver(self, batch: Sequence[Letter]) -> None:
        try:
            new = _commit(self._store, batch)
            for letter in batch:
                letter.is_new = letter.item.id in new
        except YouthVoiceError as problem:
            if len(batch) == 1:
                batch[0].problem = problem
            else:
                for letter in batch:
                    self._deliver([letter])
        finally:
            for letter in batch:
                letter.is_done = True


def _commit(store: Store, batch: Sequence[Letter]) -> set[str]:
    with store.write() as tx:
        new = contributions.add_many(tx, [letter.item for letter in batch])
        kept = [letter for letter in batch if letter.item.id in new]
        receipts.add_many(tx, {letter.receipt_key: letter.item.id for letter in kept})
        for letter in kept:
            if letter.about:
                contributions.describe(tx, letter.item.id, letter.about)
    return new
