"""Which messages people are given to code: by chance, to measure the machine, or to choose the teaching from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import select

from youthvoice.model import ReviewStatus, ThemeScore
from youthvoice.store import masked_texts, proposals
from youthvoice.store.engine import Tx
from youthvoice.store.tables import coding, contribution

READ = (str(ReviewStatus.WAITING), str(ReviewStatus.RELEASED))


class Candidate(NamedTuple):
    """A message that may be given to somebody to code; `themes`: what the machine proposes now."""

    id: str
    text: str
    language: str
    question: int
    themes: tuple[ThemeScore, ...]


def by_chance(tx: Tx, topic_id: int, channels: Sequence[str], most: int) -> list[Candidate]:
    """The topic's messages with the smallest ids, of those that count and that staff may read.

    Ids are random hexadecimal numbers, given before anybody knows what a message says: so the first
    `most` by id are a random sample of those messages, the same for everybody who asks. Not in it: held
    and rejected messages, withdrawn ones, what is pooled, and channels whose rules let nobody read.
    Messages that arrive later fall among the others; a sample that is drawn again is then a new one.
    """
    return _candidates(tx, _readable(topic_id, channels), most)


def to_teach(
    tx: Tx, topic_id: int, channels: Sequence[str], codebook_id: int, most: int
) -> list[Candidate]:
    """Messages of `by_chance` that nobody has coded with this codebook, nor decided.

    In the order of their ids: a random pool of at most `most`, out of which the caller takes those that
    teach most.
    """
    coded = select(coding.c.contribution_id).where(coding.c.codebook_id == codebook_id)
    wanted = (
        _readable(topic_id, channels)
        & contribution.c.has_decision.is_(False)
        & contribution.c.id.not_in(coded)
    )
    return _candidates(tx, wanted, most)


def _readable(topic_id: int, channels: Sequence[str]) -> Any:
    return (
        (contribution.c.topic_id == topic_id)
        & contribution.c.status.in_(READ)
        & contribution.c.channel.in_(channels)
        & contribution.c.pooled.is_(False)
        & contribution.c.uncounted.is_(False)
        & contribution.c.masked.is_not(None)
    )


def _candidates(tx: Tx, wanted: Any, most: int) -> list[Candidate]:
    found = masked_texts.page(tx, wanted, most)
    themes = proposals.themes(tx, [one.id for one in found])
    return [
        Candidate(one.id, one.text, one.language, one.question, themes.get(one.id, ()))
        for one in found
        if one.text
    ]
