"""Write what the machine proposes for the messages of a topic: a batch at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from youthvoice.flow import encoding
from youthvoice.flow.context import Context
from youthvoice.model import Label, LabelKind, Language, ThemeScore, Topic
from youthvoice.nlp.position import Positions
from youthvoice.nlp.themes.mapper import Mapper
from youthvoice.store import labels, mappings, proposals, topic_texts
from youthvoice.store.masked_texts import MaskedMessage
from youthvoice.store.proposals import Proposed

BATCH = 200

Step = Callable[[int, int], None]
"""Told how many messages are done, and of how many (0: not known)."""
Map = Callable[[Sequence[str], Sequence[Language]], list[tuple[ThemeScore, ...]]]
Labels = Mapping[str, Sequence[Label]]


def by_codebook(
    context: Context, topic: Topic, mapper: Mapper, model: str, step: Step | None = None
) -> int:
    """Propose a codebook's themes under the version `model`, wherever the proposals are of another one.

    A position that a question asks for, and that nobody has read yet, is read as well. Returns for how many
    messages. What a batch wrote stays written; it ends where something else was applied meanwhile.
    """
    done = 0
    while some := waiting(context, topic, (model,), BATCH):
        also = _unread_positions(context, topic, some)
        new = Proposals(read(mapper.map, some), model, also=also)
        written = propose(context, topic, some, new, applied=model)
        if written is None:
            break
        done += written
        if step:
            step(done, 0)
    return done


def waiting(
    context: Context, topic: Topic, versions: Sequence[str], most: int
) -> list[MaskedMessage]:
    """Messages of a topic whose proposals are of none of these versions."""
    with context.store.read() as tx:
        return proposals.to_tag(tx, topic.id, versions[0], most, versions[1:])


class Proposals(NamedTuple):
    """What is written of some messages under `version`: their themes, in order, and labels by message.

    `said`: labels in place of those that a message has (None: those stay); `also`: what is added to them.
    """

    themes: Sequence[tuple[ThemeScore, ...]]
    version: str
    said: Labels | None = None
    also: Labels | None = None


def propose(
    context: Context,
    topic: Topic,
    some: Sequence[MaskedMessage],
    new: Proposals,
    applied: str | None,
) -> int | None:
    """Write proposals; None where another version than `applied` is applied to the topic by now.

    A message that was taken back while it was read gets nothing. Returns how many got something.
    """
    ids = [one.id for one in some]
    with context.store.write() as tx:
        now = mappings.of(tx, topic.id)
        if (now.model if now else None) != applied:
            return None
        here = topic_texts.still_here(tx, ids)
        kept = labels.proposed(tx, ids) if new.said is None else new.said
        more = new.also or {}
        proposals.propose_many(
            tx,
            [
                Proposed(ident, found, (*kept.get(ident, ()), *more.get(ident, ())))
                for ident, found in zip(ids, new.themes, strict=True)
                if ident in here
            ],
            new.version,
        )
    return len(here)


def _unread_positions(context: Context, topic: Topic, some: Sequence[MaskedMessage]) -> Labels:
    """Positions of those messages that answer a question which asks for one, and have none."""
    asked = [one for one in some if one.question in topic.positions]
    if not asked:
        return {}
    with context.store.read() as tx:
        had = labels.proposed(tx, [one.id for one in asked])
    unread = [
        one for one in asked if all(it.kind != LabelKind.POSITION for it in had.get(one.id, ()))
    ]
    return positions(encoding.positions(), topic, unread) if unread else {}


def read(themes: Map, some: Sequence[MaskedMessage]) -> list[tuple[ThemeScore, ...]]:
    """The machine's themes of these messages; the very same words are read once."""
    places: dict[tuple[str, str], list[int]] = {}
    for place, one in enumerate(some):
        places.setdefault((one.text, one.language), []).append(place)
    given = themes([text for text, _ in places], [Language(spoken) for _, spoken in places])
    found: list[tuple[ThemeScore, ...]] = [()] * len(some)
    for own, said in zip(places.values(), given, strict=True):
        for place in own:
            found[place] = said
    return found


def positions(read_by: Positions, topic: Topic, some: Sequence[MaskedMessage]) -> Labels:
    """The position of each message on the question it answers, where that asks for one, by its id."""
    found: dict[str, tuple[Label]] = {}
    for number in topic.positions:
        for language in ("en", "fr"):
            mine = [
                one
                for one in some
                if one.question == number and (one.language == "fr") == (language == "fr")
            ]
            if mine:
                asked = topic.texts[language].questions[number - 1]
                said = read_by.read(asked, [one.text for one in mine])
                found |= {one.id: (label,) for one, label in zip(mine, said, strict=True)}
    return found
