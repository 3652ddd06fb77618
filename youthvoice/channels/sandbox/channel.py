"""The sandbox network as a channel, through the same verbs as any platform.

Like X, the network honours no idempotency key: what may have gone out is looked up on the own
timeline (`find_published`) before it is tried again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from youthvoice.channels.base import (
    Batch,
    Caps,
    Cursor,
    Deletions,
    Finding,
    Idempotency,
    Item,
    Place,
    PostDraft,
    Presence,
    Pseudonym,
    Scope,
    Stats,
    Unit,
)
from youthvoice.channels.policies import POLICIES, SANDBOX
from youthvoice.channels.sandbox.network import LONGEST, Network

PAGE = 50
ACCOUNTS = {
    "en": ("YouthVoiceON_demo", "YouthVoice Ontario (demo)"),
    "fr": ("VoixJeunesON_demo", "VoixDesJeunes Ontario (démo)"),
}


class SandboxChannel:
    """Posts to and collects from a sandbox `Network`. `pseudonym` keys an author's id."""

    name = SANDBOX
    caps = Caps(
        longest=LONGEST,
        unit=Unit.CHARACTERS,
        idempotency=Idempotency.RECONCILE,
        deletions=Deletions.PUSH,
    )
    policy = POLICIES[SANDBOX]

    def __init__(self, network: Network, pseudonym: Pseudonym) -> None:
        self._network = network
        self._pseudonym = pseudonym

    def measure(self, text: str) -> int:
        """Characters."""
        return len(text)

    def price(self, text: str) -> float:
        """Nothing."""
        return 0.0

    def publish(self, draft: PostDraft, key: str) -> str:
        """Post as the account of the draft's language."""
        parent = int(draft.parent) if draft.parent else None
        return str(self._network.write(self._account(draft.language), draft.text, parent))

    def find_published(self, key: str, draft: PostDraft, since: datetime | None) -> str | None:
        """Look for the same text under the same parent on the own timeline."""
        parent = int(draft.parent) if draft.parent else None
        for mine in self._network.own_posts(self._account(draft.language)):
            if mine.text == draft.text and mine.parent_id == parent:
                return str(mine.id)
        return None

    def collect(self, scope: Scope, cursor: Cursor) -> Batch:
        """The next page of replies under the own posts, and the tombstones since last time."""
        after = int(cursor.get("post", "0"))
        gone_after = int(cursor.get("deletion", "0"))
        own_posts = [int(ref) for ref in scope.posts]
        found = self._network.replies(own_posts, after, PAGE) if own_posts else []
        own = {handle for handle, _name in ACCOUNTS.values()}
        items = [
            Item(
                str(one.id),
                one.text or "",
                one.written_at.replace(tzinfo=UTC),
                scope.place(str(one.parent_id), str(one.root_id)) or Place(0, 0),
                self._pseudonym("author", f"{self.name}:{one.handle}"),
                str(one.id),
            )
            for one in found
            if one.handle not in own
        ]
        tombstones = self._network.deletions(gone_after, PAGE)
        return Batch(
            items,
            [str(post_id) for _id, post_id in tombstones],
            {
                "post": str(found[-1].id if found else after),
                "deletion": str(tombstones[-1][0] if tombstones else gone_after),
            },
            complete=len(found) < PAGE and len(tombstones) < PAGE,
        )

    def check(self, refs: Sequence[str], asked: bool = True) -> Mapping[str, Presence]:
        """Present or gone; the network is local, so always known."""
        present = self._network.present([int(ref) for ref in refs])
        return {ref: Presence.PRESENT if int(ref) in present else Presence.GONE for ref in refs}

    def stats(self, refs: Sequence[str]) -> Mapping[str, Stats]:
        """Direct replies to each own post."""
        counts = self._network.reply_counts([int(ref) for ref in refs])
        return {ref: Stats(counts[int(ref)]) for ref in refs}

    def ref_of(self, typed: str, language: str) -> str | None:
        """A post's number."""
        return typed.strip() if typed.strip().isdigit() else None

    def refresh(self) -> None:
        """The network is local; its limit is fixed."""

    def where(self, language: str) -> str:
        """The network's timeline on our own public pages."""
        return f"/{language}/sandbox"

    def examine(self) -> Sequence[Finding]:
        """The network is local: it is there, or the database says why not."""
        return [
            Finding("credentials", self._network.exists, "" if self._network.exists else "gone")
        ]

    def _account(self, language: str) -> int:
        handle, name = ACCOUNTS[language]
        return self._network.ensure_account(handle, name, official=True)
