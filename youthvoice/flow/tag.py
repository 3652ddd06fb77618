"""The third verb: the machine's proposals brought to the present version; decisions stay as they are.

Every message first gets the common themes by their words, its feeling, and its position where the question
asks for one. Where a topic's own themes were signed off and applied, its codebook then maps it. What a newer
program would say of messages that a codebook has mapped is not written by itself: `youthvoice themes map`
shows it first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from youthvoice.flow import proposing
from youthvoice.flow.context import Context
from youthvoice.model import Language, Topic
from youthvoice.store import codebooks, mappings, topics
from youthvoice.store.mappings import Applied
from youthvoice.store.masked_texts import MaskedMessage

if TYPE_CHECKING:
    from youthvoice.nlp.reader import Reader


class Tagged(NamedTuple):
    """How many messages got new proposals."""

    tagged: int


def tag(context: Context) -> Tagged:
    """Propose themes, feelings and positions, from the masked texts, wherever they are of an older version."""
    with context.store.read() as tx:
        every = topics.every(tx, with_standing=True)
    return Tagged(sum(_tag(context, topic) for topic in every))


def _tag(context: Context, topic: Topic) -> int:
    with context.store.read() as tx:
        applied = mappings.of(tx, topic.id)
    done = _common(context, topic, applied)
    mapped = (applied.model,) if applied else ()
    if applied is None or not proposing.waiting(context, topic, mapped, 1):
        return done
    with context.store.read() as tx:
        codebook = codebooks.by_id(tx, applied.codebook_id)
    # The encoder that read the common labels reads these too.
    mapper = context.analyser().reader.mapper(codebook.themes, applied.learned)
    return max(done, proposing.by_codebook(context, topic, mapper, applied.model))


def _common(context: Context, topic: Topic, applied: Applied | None) -> int:
    """What does not need a codebook, for messages that none has mapped; ends where one is applied meanwhile."""
    model = applied.model if applied else None
    mapped = (model,) if model else ()
    analyser = context.analyser()
    version = analyser.theme_version + ("+positions" if topic.positions else "")
    done = 0
    while some := proposing.waiting(context, topic, (version, *mapped), proposing.BATCH):
        themes = [tuple(analyser.propose(one.text, Language(one.language))) for one in some]
        feelings = analyser.reader.feelings([one.text for one in some])
        said = dict(zip((one.id for one in some), feelings, strict=True))
        new = proposing.Proposals(themes, version, said, _positions(analyser.reader, topic, some))
        if proposing.propose(context, topic, some, new, applied=model) is None:
            break
        done += len(some)
    return done


def _positions(reader: Reader, topic: Topic, some: list[MaskedMessage]) -> proposing.Labels:
    return proposing.positions(reader.positions, topic, some) if topic.positions else {}
