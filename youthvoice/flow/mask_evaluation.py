"""The machine of now, measured on the messages whose masks people corrected. Counts only, never a word.

The set grows with every correction, and shrinks as originals get too old. It holds messages that the
masks failed on, so its figures are lower than those of ordinary messages: compare versions with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from youthvoice.errors import Refused, note
from youthvoice.flow.context import Context
from youthvoice.flow.originals import note_opening
from youthvoice.intervals import Share, wilson
from youthvoice.model import Actor, Analysis, Masked, Role, Span
from youthvoice.nlp.analyser import HOLD_DETECTOR
from youthvoice.nlp.evaluation.counting import Counts, Scene
from youthvoice.nlp.evaluation.labelled import Labelled, Message
from youthvoice.nlp.normalise import normalise
from youthvoice.nlp.pii.places import fits
from youthvoice.store import contributions, corrections, sealed
from youthvoice.trust.keys import private_keys
from youthvoice.trust.vault import unseal

MEASURED = "masks measured"
"""The program's own reason: it opens, counts and shows nothing."""

AT_ONCE = 50


class Measured(NamedTuple):
    """One language. `recall_any`, `recall_full`: identifiers by people's word of which one character, or
    every character that is no space, is hidden. `precision`: hidden places that touch one.
    """

    language: str
    messages: int
    recall_any: Share | None
    recall_full: Share | None
    precision: Share | None


class Evaluation(NamedTuple):
    """The figures by language, and how many messages could not be measured.

    `gone`: their original is destroyed; `unfit`: it no longer fits its masks (an earlier version made
    them); `failed`: a detector failed, so nothing of them would be shown.
    """

    languages: list[Measured]
    gone: int
    unfit: int
    failed: int


class _Opened(NamedTuple):
    """A normalised original in memory, with the spans that people left or added."""

    text: str
    topic: str
    language: str
    spans: Sequence[Span]


def evaluate(context: Context, actor: Actor) -> Evaluation:
    """Run the machine over every original whose masks were corrected; each opening is in the audit log.

    Raises `Refused`, `KeysMissing`, `CannotOpen`.
    """
    if actor.role != Role.EDITOR:
        raise Refused(note("Only a member of the committee has the masks measured on originals."))
    private_keys(context.settings.private_keys_dir, "moderator")
    with context.store.read() as tx:
        ids = corrections.corrected(tx)
    counted: defaultdict[str, list[Counts]] = defaultdict(list)
    gone = unfit = failed = 0
    for start in range(0, len(ids), AT_ONCE):
        mine = ids[start : start + AT_ONCE]
        opened = _open(context, mine, actor)
        fitting = [one for one in opened if one is not None]
        gone += len(mine) - len(opened)
        unfit += len(opened) - len(fitting)
        for one, said in _said(context, fitting):
            if said.hold == HOLD_DETECTOR:
                failed += 1
            else:
                counted[one.language].append(_count(one, said.masked.spans))
    languages = [_measured(name, counts) for name, counts in sorted(counted.items())]
    return Evaluation(languages, gone, unfit, failed)


def _open(context: Context, ids: Sequence[str], actor: Actor) -> list[_Opened | None]:
    """The originals of those that have one; None for one that does not fit its masks."""
    keys = private_keys(context.settings.private_keys_dir, "moderator")
    with context.store.write() as tx:
        closed = []
        for ident in ids:
            item, original = contributions.find(tx, ident), sealed.read(tx, ident)
            if item is not None and original is not None:
                note_opening(context, tx, original, ident, actor, MEASURED)
                closed.append((item, original))
    opened: list[_Opened | None] = []
    for item, original in closed:
        text = normalise(unseal(original, item.id, "moderator", keys))
        fitting = fits(text, Masked(item.text or "", item.spans))
        opened.append(_Opened(text, item.topic, item.language, item.spans) if fitting else None)
    return opened


def _said(context: Context, opened: Sequence[_Opened]) -> Iterator[tuple[_Opened, Analysis]]:
    """What the machine says of each, with the names that its topic lets stay."""
    by_topic: defaultdict[str, list[_Opened]] = defaultdict(list)
    for one in opened:
        by_topic[one.topic].append(one)
    for slug, mine in by_topic.items():
        found = context.analyser().analyse([one.text for one in mine], slug)
        yield from zip(mine, found, strict=True)


def _count(one: _Opened, hidden: Sequence[Span]) -> Counts:
    wanted = tuple(Labelled(span.start, span.end, span.kind) for span in one.spans)
    return Scene(Message(one.text, one.language, wanted), hidden, kinds=None).count()


def _measured(language: str, counts: Sequence[Counts]) -> Measured:
    identifiers = sum(one.identifiers for one in counts)
    return Measured(
        language,
        len(counts),
        wilson(sum(one.any for one in counts), identifiers),
        wilson(sum(one.full for one in counts), identifiers),
        wilson(sum(one.right for one in counts), sum(one.predicted for one in counts)),
    )
