"""People correct the masks of a message: hide more, or show what is no identifier. Nobody need read the original.

The sealed original is opened in memory, in a process that holds the moderator's private key; the audit
log says so first. What people said is kept as labelled places (`store/corrections.py`), and the masks are
measured on it.

The rule of the figures. Checked is a message that a person read and released, or whose masks somebody
corrected. Precision: of what the machine had hidden there, the share that people left as it is. Recall:
that, out of it and what they added. Under `LEAST` messages of a language there are no figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from youthvoice.errors import BadInput, Refused, note
from youthvoice.flow import trail
from youthvoice.flow.context import Context
from youthvoice.flow.originals import note_opening
from youthvoice.intervals import Share, wilson
from youthvoice.model import (
    LANGUAGES,
    Actor,
    Language,
    Masked,
    ReviewItem,
    ReviewStatus,
    Role,
    SealedItem,
    Span,
)
from youthvoice.nlp.normalise import normalise
from youthvoice.nlp.pii import places
from youthvoice.nlp.pii.kinds import KINDS
from youthvoice.nlp.pii.mask import mask, merge
from youthvoice.nlp.pii.places import Place
from youthvoice.store import contributions, corrections, sealed
from youthvoice.store.corrections import PERSON, Counted, Label, Verdict
from youthvoice.store.engine import Tx
from youthvoice.trust.keys import private_keys
from youthvoice.trust.vault import unseal

OPENED_FOR = "masks corrected"
"""The program's own reason: it opens, masks anew and shows nothing that is not in the new masked text."""

LEAST = 30
"""Fewer checked messages of a language give no figures."""


class Corrected(NamedTuple):
    """How many places are hidden now that were not, and how many are shown again."""

    hidden: int
    shown: int


class Figure(NamedTuple):
    """How good the masks of a language are, on what people checked.

    `spans`: places that people decided about. `precision` and `recall` are None where fewer than `LEAST`
    messages were checked, or nothing was there to decide about.
    """

    language: str
    messages: int
    spans: int
    precision: Share | None
    recall: Share | None


class _Change(NamedTuple):
    """What a correction makes of a message: its masks, and the examples that come and go."""

    masked: Masked
    new: list[Label]
    gone: list[Label]
    counted: Corrected


def correct(
    context: Context,
    contribution_id: str,
    actor: Actor,
    hide: str = "",
    kind: str = "name",
    no_identifier: Sequence[Place] = (),
) -> Corrected:
    """Hide the words of `hide` (as they stand in the masked text, a line each) wherever they are; show
    the places of `no_identifier` (start and end of spans) again. Status, hold and themes stay.

    Raises `Refused`, `BadInput`, `NotFound`, `KeysMissing`, `CannotOpen`; nothing changes then. What it
    says never repeats what was typed.
    """
    if actor.role != Role.EDITOR:
        raise Refused(note("Only a member of the committee corrects what is hidden."))
    words = places.lines(hide)
    _check_asked(words, kind, no_identifier)
    keys = private_keys(context.settings.private_keys_dir, "moderator")
    with context.store.write() as tx:
        item, closed = _to_correct(tx, contribution_id)
        _check_there(words, item)
        note_opening(context, tx, closed, contribution_id, actor, OPENED_FOR)
    text = normalise(unseal(closed, contribution_id, "moderator", keys))
    with context.store.write() as tx:
        _check_same(item, tx)
        earlier = corrections.of(tx, contribution_id)
        change = _changed(item, text, _found(words, kind, item, text), no_identifier, earlier)
        corrections.rewrite(tx, contribution_id, change.masked)
        corrections.take_back(tx, contribution_id, change.gone)
        today = context.settings.today().date()
        corrections.add(tx, contribution_id, change.new, actor.name, today)
        trail.record(context, tx, actor, "correct masks", f"message {contribution_id}")
    return change.counted


def _check_asked(words: Sequence[str], kind: str, no_identifier: Sequence[Place]) -> None:
    if not words and not no_identifier:
        raise BadInput(note("Say what must be hidden too, or what is no identifier."))
    if kind not in KINDS:
        raise BadInput(
            note("There is no kind “%(kind)s”.", kind=kind),
            note("Kinds here: %(kinds)s", kinds=", ".join(KINDS)),
        )


def _to_correct(tx: Tx, contribution_id: str) -> tuple[ReviewItem, SealedItem]:
    """A message with its sealed original, if its masks can be corrected."""
    item = contributions.get(tx, contribution_id, lock=True)
    if item.status == ReviewStatus.WITHDRAWN:
        raise Refused(note("This message was withdrawn by its author. Nothing of it is left."))
    if item.pooled:
        raise Refused(
            note("This message waits for its batch; its masks can be corrected after that.")
        )
    if item.text is None:
        raise Refused(
            note("Nothing of this message can be shown, so there is nothing to correct."),
            note("If a detector failed on it, run: youthvoice review mask-again"),
        )
    closed = sealed.read(tx, contribution_id)
    if closed is None:
        raise Refused(
            note("The original of this message is gone; its masks can no longer be corrected."),
            note("It was older than originals are kept. Hold or reject the message instead."),
        )
    return item, closed


def _check_there(words: Sequence[str], item: ReviewItem) -> None:
    """Before anything is opened: a slip of the pen leaves no entry."""
    masked = Masked(item.text or "", item.spans)
    parts = places.readable(masked)
    for number, line in enumerate(words, 1):
        if not places.occurrences(line, masked.text, parts):
            raise _not_there(number)


def _not_there(number: int) -> BadInput:
    return BadInput(
        note("What stands in line %(line)s is not in the message as it is shown.", line=number),
        note("Copy the words from it, without what is hidden already. Nothing was changed."),
    )


def _check_same(item: ReviewItem, tx: Tx) -> None:
    now, _closed = _to_correct(tx, item.id)
    if (now.text, now.spans) != (item.text, item.spans):
        raise Refused(note("Somebody else corrected this message meanwhile. Load the page again."))


def _found(words: Sequence[str], kind: str, item: ReviewItem, text: str) -> list[Span]:
    """Where the words stand in the original `text`, as spans of a person."""
    if not places.fits(text, Masked(item.text or "", item.spans)):
        raise Refused(
            note("What is hidden in this message was found by an earlier version of the program."),
            note("It cannot be corrected. Hold or reject the message instead."),
        )
    parts = places.shown(text, item.spans)
    found: list[Span] = []
    for number, line in enumerate(words, 1):
        here = places.occurrences(line, text, parts)
        if not here:
            raise _not_there(number)
        found += [Span(place.start, place.end, kind, 1.0, PERSON) for place in here]
    return merge(found)


def _changed(
    item: ReviewItem,
    text: str,
    added: Sequence[Span],
    no_identifier: Sequence[Place],
    earlier: Sequence[Label],
) -> _Change:
    """The new masks. Whoever changes their mind takes an earlier example back and makes no new one."""
    rejected = [span for span in item.spans if (span.start, span.end) in set(no_identifier)]
    if len(rejected) < len(set(no_identifier)):
        raise Refused(note("One of these places is hidden no more. Load the page again."))
    again = _among(earlier, Verdict.NO_IDENTIFIER, added)
    no_more = _among(earlier, Verdict.MISSED, rejected)
    restored = {(label.start, label.end) for label in again}
    missed = [span for span in added if (span.start, span.end) not in restored]
    wrong = [span for span in rejected if span.detector != PERSON]
    kept = [span for span in item.spans if span not in rejected]
    return _Change(
        mask(text, [*kept, *missed, *(one.as_span() for one in again)], Language(item.language)),
        [Label(one.start, one.end, one.kind, Verdict.MISSED) for one in missed]
        + [
            Label(one.start, one.end, one.kind, Verdict.NO_IDENTIFIER, one.detector, one.score)
            for one in wrong
        ],
        [*again, *no_more],
        Corrected(len(added), len(rejected)),
    )


def _among(earlier: Sequence[Label], verdict: Verdict, spans: Sequence[Span]) -> list[Label]:
    """Earlier examples of a verdict about these very places."""
    at = {(span.start, span.end) for span in spans}
    return [one for one in earlier if one.verdict == verdict and (one.start, one.end) in at]


def figures(context: Context) -> list[Figure]:
    """How good the masks are by language, on what people checked; English and French always."""
    with context.store.read() as tx:
        found = {one.language: one for one in corrections.counts(tx)}
    names = [*LANGUAGES, *sorted(set(found) - set(LANGUAGES))]
    return [_figure(found.get(name) or Counted(name, 0, 0, 0, 0)) for name in names]


def _figure(one: Counted) -> Figure:
    enough = one.messages >= LEAST
    return Figure(
        one.language,
        one.messages,
        one.left + one.rejected + one.added,
        wilson(one.left, one.left + one.rejected) if enough else None,
        wilson(one.left, one.left + one.added) if enough else None,
    )
