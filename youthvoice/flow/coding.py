"""Coding: people give themes, a position and a feeling to single messages, without seeing what others gave.

Two modes. "Check" draws by chance, so that the machine and the agreement of people can be measured; every
fifth message goes to two people. "Teach" takes what teaches the machine most. The two never share a message:
one half of the random ids is for checking, the other for teaching, or the machine would be measured on what
it has learned from. What is held is decided first and not coded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from youthvoice.channels.policies import readable
from youthvoice.errors import BadInput, Refused, note
from youthvoice.flow import trail
from youthvoice.flow.context import Context
from youthvoice.model import (
    Actor,
    Codebook,
    Coding,
    Feeling,
    LabelKind,
    Position,
    ReviewItem,
    ReviewStatus,
    Role,
    Sample,
    ThemeScore,
    Topic,
)
from youthvoice.store import codebooks, codings, contributions, samples, topics
from youthvoice.store.engine import Tx
from youthvoice.store.samples import Candidate

TWICE_EVERY = 5
"""Of the messages that are drawn by chance, one in so many is given to two people."""

AHEAD = 40
"""Messages that are looked at beyond those that are coded already, to find the next one."""

POOL = 1500
"""Messages out of which those that teach most are chosen."""

VALUES: dict[LabelKind, tuple[str, ...]] = {
    LabelKind.POSITION: tuple(map(str, Position)),
    LabelKind.FEELING: tuple(map(str, Feeling)),
}
"""What each label may be."""


class Task(NamedTuple):
    """A message to code: why it was chosen, with which codebook, and whether it takes a position."""

    item: ReviewItem
    sample: Sample
    codebook: Codebook
    asks_position: bool


class Progress(NamedTuple):
    """What is coded with a codebook: messages by sample, those coded by two, and one person's own.

    `languages`: messages of the check by language.
    """

    checked: int
    twice: int
    taught: int
    own: int
    languages: Mapping[str, int]


def for_checking(contribution_id: str) -> bool:
    """Whether a message belongs to the half that the machine is measured on: by its random id, for ever."""
    return int(contribution_id[-1], 16) % 2 == 0


def for_two(contribution_id: str) -> bool:
    """Whether a message of the check is given to two people."""
    return int(contribution_id[-9:-1], 16) % TWICE_EVERY == 0


def codebook(context: Context, topic_id: int) -> Codebook | None:
    """The codebook that messages are coded with: the newest that was signed off."""
    with context.store.read() as tx:
        return codebooks.newest_frozen(tx, topic_id)


def next_task(
    context: Context, topic: Topic, sample: Sample, actor: Actor, without: Collection[str] = ()
) -> Task | None:
    """The next message for this person, or None where nothing is left. `without`: what they skipped."""
    _check_coder(actor)
    of = readable(context.settings.staff_readable_channels)
    with context.store.read() as tx:
        themes = codebooks.newest_frozen(tx, topic.id)
        if themes is None:
            raise Refused(
                note("This topic has no themes that were signed off."),
                note("Have a draft signed off first: somebody who did not make it does that."),
            )
        search = _Search(topic.id, themes.id, actor.name, of, frozenset(without))
        found = (_to_check if sample is Sample.CHECK else _to_teach)(tx, search)
        if found is None:
            return None
        item = contributions.get(tx, found)
        return Task(item, sample, themes, item.question in topic.positions)


class _Search(NamedTuple):
    """What the next message is looked for with."""

    topic_id: int
    codebook_id: int
    person: str
    channels: Sequence[str]
    without: frozenset[str]


def _to_check(tx: Tx, by: _Search) -> str | None:
    done = Counter(
        one.coding.contribution_id for one in codings.of(tx, by.codebook_id, Sample.CHECK)
    )
    left_out = codings.coded(tx, by.codebook_id, by.person) | by.without
    most = 2 * (len(done) + len(left_out)) + AHEAD  # about half of them are for teaching
    for one in samples.by_chance(tx, by.topic_id, by.channels, most):
        wanted = 2 if for_two(one.id) else 1
        if for_checking(one.id) and one.id not in left_out and done[one.id] < wanted:
            return one.id
    return None


def _to_teach(tx: Tx, by: _Search) -> str | None:
    pool = [
        one
        for one in samples.to_teach(tx, by.topic_id, by.channels, by.codebook_id, POOL)
        if not for_checking(one.id) and one.id not in by.without
    ]
    taught = Counter(
        key
        for one in codings.of(tx, by.codebook_id, Sample.TEACH)
        for key in _bins(one.language, one.themes)
    )
    return teaches_most(pool, taught)


def teaches_most(pool: Iterable[Candidate], taught: Mapping[tuple[str, str], int]) -> str | None:
    """The message that teaches most: where the machine is least sure, in the least taught theme and language.

    `taught`: how many were coded already of each (language, theme that the machine proposed; none: "").
    """
    best: dict[tuple[str, str], tuple[float, str]] = {}
    for one in pool:
        for score in one.themes or (ThemeScore("", 0.0, False),):
            key = (one.language, score.theme)
            best[key] = min(best.get(key, (3.0, "")), (doubt(score), one.id))
    if not best:
        return None
    return best[min(best, key=lambda key: (taught.get(key, 0), best[key], key))][1]


def doubt(score: ThemeScore) -> float:
    """How little a proposal teaches, from 0 to 2: first what the machine is not sure of, then what it is.

    A theme's threshold is not known here, only on which side of it a score is: of those below, the highest
    are the nearest to it, of those above, the lowest. Messages without any proposal come last.
    """
    if not score.theme:
        return 2.0
    return 1 + score.score / 2 if score.sure else (1 - score.score) / 2


def _bins(language: str, found: Sequence[ThemeScore]) -> list[tuple[str, str]]:
    return [(language, one.theme) for one in found] or [(language, "")]


def save(
    context: Context,
    contribution_id: str,
    codebook_id: int,
    sample: Sample,
    themes: Collection[str],
    labels: Mapping[str, str],
    actor: Actor,
) -> None:
    """Keep what one person says of a message; again by the same person, it replaces what they said before.

    A theme of the second level brings the theme that it stands under. Raises `BadInput` and `Refused`.
    """
    _check_coder(actor)
    with context.store.write() as tx:
        item = contributions.get(tx, contribution_id, lock=True)
        _check_can_code(context, item)
        used = codebooks.by_id(tx, codebook_id)
        chosen = with_parents({one.id: one.parent for one in used.themes}, themes)
        _check_labels(topics.by_id(tx, item.topic_id), item, labels)
        today = context.settings.today().date()
        codings.add(
            tx,
            Coding(contribution_id, codebook_id, actor.name, sample, chosen, dict(labels), today),
        )
        trail.record(context, tx, actor, f"code, {sample}", f"message {contribution_id}")


def with_parents(parents: Mapping[str, str | None], chosen: Collection[str]) -> tuple[str, ...]:
    """These themes and those that they are under. `parents`: of every theme that there is; else `BadInput`."""
    unknown = sorted(set(chosen) - set(parents))
    if unknown:
        raise BadInput(
            note("There is no theme “%(theme)s”.", theme=unknown[0]),
            note("Themes here: %(themes)s", themes=", ".join(sorted(parents))),
        )
    above = {parent for one in chosen if (parent := parents[one])}
    return tuple(sorted({*chosen, *above}))


def _check_coder(actor: Actor) -> None:
    if actor.role != Role.EDITOR:
        raise Refused(note("Only a member of the committee codes messages."))


def _check_can_code(context: Context, item: ReviewItem) -> None:
    if item.status == ReviewStatus.WITHDRAWN:
        raise Refused(note("This message was withdrawn by its author. Nothing of it is left."))
    if (
        item.text is None
        or item.pooled
        or item.status not in (ReviewStatus.WAITING, ReviewStatus.RELEASED)
        or item.channel not in readable(context.settings.staff_readable_channels)
    ):
        raise Refused(
            note("This message is not one that is coded now."),
            note("Somebody decided on it meanwhile. Go on with the next one."),
        )


def _check_labels(topic: Topic, item: ReviewItem, labels: Mapping[str, str]) -> None:
    if str(LabelKind.POSITION) in labels and item.question not in topic.positions:
        raise BadInput(note("This question asks for no position."))
    check_values(labels)


def fitting(topic: Topic, question: int, labels: Mapping[str, str]) -> dict[str, str]:
    """Labels without a position where the question asks for none."""
    asks = question in topic.positions
    return {kind: value for kind, value in labels.items() if asks or kind != LabelKind.POSITION}


def check_values(labels: Mapping[str, str]) -> None:
    """Raises `BadInput` for a kind or a value that there is not."""
    for kind, value in labels.items():
        allowed = VALUES.get(LabelKind(kind), ()) if kind in set(LabelKind) else ()
        if value not in allowed:
            raise BadInput(
                note("There is no “%(value)s” for %(kind)s.", value=value, kind=kind),
                note("Values here: %(values)s", values=", ".join(allowed) or "-"),
            )


def progress(context: Context, used: Codebook, actor: Actor) -> Progress:
    """How far the coding with a codebook is."""
    with context.store.read() as tx:
        done = codings.of(tx, used.id)
    checked = Counter(
        one.coding.contribution_id for one in done if one.coding.sample is Sample.CHECK
    )
    languages = {one.coding.contribution_id: one.language for one in done}
    taught = {one.coding.contribution_id for one in done if one.coding.sample is Sample.TEACH}
    return Progress(
        len(checked),
        sum(times > 1 for times in checked.values()),
        len(taught),
        sum(one.coding.actor == actor.name for one in done),
        Counter(languages[one] for one in checked),
    )
