"""The one door. Every source comes through here: network, form, file.

RawContribution → normalised text → language → masked text, risk, themes + sealed original →
Contribution. Nothing that was written rests in the clear afterwards.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import NamedTuple

from youthvoice.flow import mosaic
from youthvoice.flow.context import Analysing, Context
from youthvoice.model import Analysis, Contribution, RawContribution, ReviewStatus
from youthvoice.nlp.normalise import normalise, text_key_form
from youthvoice.store import contributions, topics
from youthvoice.store.engine import Tx
from youthvoice.trust.keys import PublicKeys
from youthvoice.trust.vault import seal

EMPTY = "empty text"
"""Why a message of invisible characters only is not counted."""


class Received(NamedTuple):
    """How a batch ended: `accepted` are new here, `seen` were stored before, `held` wait for a person."""

    accepted: int
    seen: int
    held: int


def source_key(keys: PublicKeys, channel: str, key: str) -> str:
    """The keyed hash under which a message is stored once."""
    return keys.pseudonym("source", channel, key)


def _key_of(keys: PublicKeys, raw: RawContribution) -> str:
    return source_key(keys, raw.channel, raw.source_key)


def admit(
    raws: Sequence[RawContribution],
    topic_id: int,
    keys: PublicKeys,
    analyser: Analysing,
    slug: str | None = None,
) -> list[Contribution]:
    """Turn raw messages into contributions; pure but for randomness, so it also runs in workers.

    `slug`: the topic whose own list of names stays.
    """
    texts = [normalise(raw.text) for raw in raws]
    return [
        contribution_of(raw, text, said, topic_id, keys)
        for raw, text, said in zip(raws, texts, analyser.analyse(texts, slug), strict=True)
    ]


def contribution_of(
    raw: RawContribution,
    text: str,
    said: Analysis,
    topic_id: int,
    keys: PublicKeys,
    pooled: bool = False,
) -> Contribution:
    """A message with what the machine said of its normalised `text`, sealed and ready to store."""
    ident = secrets.token_hex(16)  # random, so that no order of arrival can be read from it
    return Contribution(
        id=ident,
        topic_id=topic_id,
        question=raw.question,
        channel=raw.channel,
        source_key=_key_of(keys, raw),
        ref=raw.ref,
        author_key=raw.author_key,
        text_key=keys.pseudonym("text", text_key_form(text) or text),
        day=raw.day,
        language=said.language,
        # A text that a detector failed on is not shown to anybody: only its sealed original stays.
        masked=said.masked if said.masked.text else None,
        risk=said.risk,
        status=_first_status(text, said),
        hold=said.hold if text else EMPTY,
        themes=said.themes,
        model=said.model,
        sealed=seal(raw.text, ident, keys),
        version=_version(keys, raw),
        campaign=raw.campaign,
        pooled=pooled,
        labels=said.labels,
        shares=said.shares,
    )


def _version(keys: PublicKeys, raw: RawContribution) -> str | None:
    """A keyed hash of an edited text's version (a platform's may hold the second of the edit)."""
    return keys.pseudonym("version", raw.channel, raw.version) if raw.version else None


def _first_status(text: str, said: Analysis) -> ReviewStatus:
    if not text:
        return ReviewStatus.REJECTED  # nothing to read and no voice: kept sealed, not counted
    return ReviewStatus.HELD if said.hold else ReviewStatus.WAITING


def unseen(tx: Tx, keys: PublicKeys, raws: Sequence[RawContribution]) -> list[RawContribution]:
    """Those that are not stored yet, each once, before anything costly is done with them."""
    by_key = {_key_of(keys, raw): raw for raw in raws}
    known = contributions.seen(tx, list(by_key))
    return [raw for key, raw in by_key.items() if key not in known]


def admit_new(
    context: Context, topic_id: int, raws: Sequence[RawContribution]
) -> list[Contribution]:
    """Admit those that are not stored yet; the models load only if there are any."""
    with context.store.read() as tx:
        fresh = unseen(tx, context.keys, raws)
    return _admit(context, topic_id, fresh)


def _admit(context: Context, topic_id: int, raws: Sequence[RawContribution]) -> list[Contribution]:
    """Admit messages and hold those that, with what their account said before, single somebody out."""
    if not raws:
        return []
    with context.store.read() as tx:
        slug = topics.slug(tx, topic_id)
    analyser = context.analyser()
    admitted = admit(raws, topic_id, context.keys, analyser, slug)
    with context.store.read() as tx:
        return mosaic.hold_recognisable(tx, topic_id, admitted, analyser)


def admit_edited(
    context: Context, topic_id: int, raws: Sequence[RawContribution]
) -> list[Contribution]:
    """Admit the new text of messages that are stored with an earlier one."""
    edited = {
        _key_of(context.keys, raw): raw
        for raw in sorted(raws, key=lambda raw: len(raw.version))
        if raw.version
    }
    with context.store.read() as tx:
        stale = contributions.outdated(
            tx, {key: _version(context.keys, raw) or "" for key, raw in edited.items()}
        )
    changed = [raw for key, raw in edited.items() if key in stale]
    return _admit(context, topic_id, changed)


def receive(context: Context, topic_id: int, raws: Sequence[RawContribution]) -> Received:
    """Take messages in: analyse what is new, store it in one transaction."""
    admitted = admit_new(context, topic_id, raws)
    with context.store.write() as tx:
        return keep(tx, admitted, len(raws))


def keep(tx: Tx, admitted: Sequence[Contribution], read: int) -> Received:
    """Store admitted messages of a batch of `read`; what another process stored meanwhile is seen."""
    new = contributions.add_many(tx, admitted)
    held = sum(1 for item in admitted if item.id in new and item.status == ReviewStatus.HELD)
    return Received(len(new), read - len(new), held)
