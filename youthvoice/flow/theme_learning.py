"""What the machine learns themes from: messages that people decided or coded.

Only the half of them that is kept for teaching, by their random ids (`flow.coding.for_checking`): the machine
is measured on the other one. A decision that names no theme of the topic's own says nothing about those: it
may be older than they are, or look no further. A coding speaks of every theme of its version of the codebook.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from typing import NamedTuple

from youthvoice.errors import Refused, note
from youthvoice.flow import coding, encoding
from youthvoice.flow.context import Context
from youthvoice.flow.mapping import Learned, frozen, usual
from youthvoice.model import Codebook, Language
from youthvoice.store import codebooks, codings, topic_texts, topics
from youthvoice.store.engine import Tx

LEAST = 20
"""Messages that people decided or coded under which nothing is learned."""


class Labelled(NamedTuple):
    """A masked text, its language, and of each theme that people were asked about whether it belongs there."""

    text: str
    language: Language
    themes: Mapping[str, bool]


class _Votes(NamedTuple):
    """How many people were asked about each theme of one message, and how many gave it."""

    asked: Counter[str]
    given: Counter[str]


def learn(context: Context, slug: str) -> Learned:
    """Weights learned from what people said of the topic's messages. Refused under `LEAST` of them."""
    with context.store.read() as tx:
        topic = topics.get(tx, slug)
        used = frozen(tx, topic)
        found = labelled(tx, used)
    if len(found) < LEAST:
        raise Refused(
            note(
                "People decided or coded %(n)s messages of “%(topic)s” that may be learned from; learning "
                "begins with %(least)s.",
                n=len(found),
                topic=slug,
                least=LEAST,
            ),
            note("Code more: the queue shows first what teaches most."),
        )
    known = usual(context, topic.id, used)
    weights = encoding.mapper(used.themes, known).learn(
        [one.text for one in found],
        [one.language for one in found],
        [one.themes for one in found],
    )
    return Learned(weights, len(found), used.id)


def labelled(tx: Tx, used: Codebook) -> list[Labelled]:
    """Every message to learn from, in the order of ids; of texts that say nearly the same the first.

    Where people disagree, a theme counts that at least half of them gave.
    """
    votes = _votes(tx, used)
    ids = [ident for ident in sorted(votes) if not coding.for_checking(ident)]
    texts = topic_texts.texts(tx, ids)
    keys = topic_texts.text_keys(tx, ids)
    found: dict[str, Labelled] = {}
    for ident in ids:
        if ident in texts:
            found.setdefault(keys[ident], Labelled(*texts[ident], _agreed(votes[ident])))
    return list(found.values())


def _agreed(votes: _Votes) -> dict[str, bool]:
    return {theme: 2 * votes.given[theme] >= asked for theme, asked in votes.asked.items()}


def _votes(tx: Tx, used: Codebook) -> dict[str, _Votes]:
    common = {theme.id for theme in used.themes if theme.level == 1}
    every = {theme.id for theme in used.themes}
    found: defaultdict[str, _Votes] = defaultdict(lambda: _Votes(Counter(), Counter()))
    for ident, named in topic_texts.decided(tx, used.topic_id).items():
        looked_further = not common.issuperset(named)
        _vote(found[ident], used, every if looked_further else common, named)
    for version in codebooks.versions(tx, used.topic_id):
        had = {theme.id for theme in version.themes}
        for one in codings.of(tx, version.id):
            _vote(found[one.coding.contribution_id], used, had, one.coding.themes)
    return found


def _vote(votes: _Votes, used: Codebook, asked: Collection[str], named: Collection[str]) -> None:
    """Add one person's word on a message; a theme brings the one that it is under."""
    parents = {theme.id: theme.parent for theme in used.themes}
    above = {up for theme in named if (up := parents.get(theme))}
    votes.asked.update(theme for theme in parents if theme in asked or theme in above)
    votes.given.update(theme for theme in parents if theme in named or theme in above)
