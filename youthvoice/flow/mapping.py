"""Which themes the machine gives a topic's messages: shown before it changes, changed only by a person.

A codebook that was signed off, or weights learned from people's decisions, are first previewed: what each
theme would gain and lose. Applied, they replace the machine's own proposals, a batch at a time; what people
decided or coded is never touched, also where a theme of theirs is no longer in the codebook.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from youthvoice.errors import Refused, note
from youthvoice.flow import encoding, proposing, trail
from youthvoice.flow.context import Context
from youthvoice.flow.proposing import BATCH, Step
from youthvoice.model import Actor, Codebook, Language, Role, ThemeScore, Topic
from youthvoice.nlp.themes.usual import ENOUGH
from youthvoice.store import codebooks, mappings, proposals, topic_texts, topics
from youthvoice.store.engine import Tx
from youthvoice.store.mappings import Applied
from youthvoice.store.masked_texts import MaskedMessage

if TYPE_CHECKING:
    from youthvoice.nlp.themes.mapper import Mapper


class Learned(NamedTuple):
    """What a mapper knows of the topic (`Mapper`), and the number of messages that its weights were learned from:
    0 where it knows only what is usual.
    """

    weights: Mapping[str, Any]
    messages: int
    codebook_id: int


class Change(NamedTuple):
    """What one theme would gain and lose, in messages that no person decided.

    `now` and `then`: those that the machine is sure of. `unsure`: those that it would not be sure of.
    """

    theme: str
    now: int
    then: int
    gains: int
    loses: int
    unsure: int


class Preview(NamedTuple):
    """What would change for a topic's messages if this codebook were applied, with these weights if any.

    `undecided` messages would get new proposals, of which `unsure` some theme that the machine is not sure
    of, and `none` no theme; `decided` ones stay as people left them. `gone`: messages that people gave a
    theme which this codebook has not (merged or removed): they keep it.
    """

    topic: str
    version: int
    learned_from: int
    undecided: int
    decided: int
    unsure: int
    none: int
    changes: tuple[Change, ...]
    gone: dict[str, int]


class Mapped(NamedTuple):
    """How many messages got new proposals, and with which version of the codebook."""

    topic: str
    version: int
    messages: int


class _Ready(NamedTuple):
    """What a mapping is made with."""

    topic: Topic
    codebook: Codebook
    machine: Mapper
    learned: Learned | None


def preview(
    context: Context, slug: str, learned: Learned | None = None, step: Step | None = None
) -> Preview:
    """What would change if the newest frozen codebook were applied; nothing is written.

    `learned`: weights that were just learned; None: those applied with this codebook already, if any.
    """
    ready = _ready(context, slug, learned)
    known = {theme.id for theme in ready.codebook.themes}
    count = _Count()
    for read in _pages(context, ready.topic.id, step):
        ids = [one.id for one in read]
        with context.store.read() as tx:
            now = proposals.themes(tx, ids)
            decided = topic_texts.decided_themes(tx, ids)
        open_ones = [one for one in read if not one.decided]
        for one, then in zip(open_ones, proposing.read(ready.machine.map, open_ones), strict=True):
            count.add(now.get(one.id, ()), then)
        count.decided += len(read) - len(open_ones)
        count.gone.update(theme for had in decided.values() for theme in had if theme not in known)
    return count.preview(ready)


def apply(
    context: Context,
    slug: str,
    actor: Actor,
    learned: Learned | None = None,
    step: Step | None = None,
) -> Mapped:
    """Apply the newest frozen codebook: from now on it maps the topic's messages, those here as well.

    A run that was stopped goes on where it ended when the same is applied again.
    """
    ready = _chosen(context, slug, actor, learned)
    done = proposing.by_codebook(
        context, ready.topic, ready.machine, ready.machine.version, step=step
    )
    return Mapped(slug, ready.codebook.version, done)


def choose(context: Context, slug: str, actor: Actor) -> None:
    """As `apply`, but the messages that are here are left to the tag job."""
    _chosen(context, slug, actor, None)


def _chosen(context: Context, slug: str, actor: Actor, learned: Learned | None) -> _Ready:
    if actor.role != Role.EDITOR:
        raise Refused(note("Only a member of the committee applies themes."))
    ready = _ready(context, slug, learned)
    with context.store.write() as tx:
        topics.get(tx, slug, lock=True)
        _check_newest(tx, ready)
        if _applied(context, tx, ready, actor):
            subject = f"topic {slug} version {ready.codebook.version}"
            trail.record(context, tx, actor, "apply themes", subject)
    return ready


def _ready(context: Context, slug: str, learned: Learned | None) -> _Ready:
    with context.store.read() as tx:
        topic = topics.get(tx, slug)
        newest = frozen(tx, topic)
        now = mappings.of(tx, topic.id)
    if learned is None and now is not None and now.codebook_id == newest.id and now.learned:
        learned = Learned(now.learned, now.learned_from, newest.id)
    if learned is None:
        known = usual(context, topic.id, newest)
        learned = Learned(known, 0, newest.id) if known else None
    if learned is not None and learned.codebook_id != newest.id:
        raise Refused(
            note("A newer version of the themes was signed off meanwhile."),
            note("Learn again, with its themes. Nothing was changed."),
        )
    machine = encoding.mapper(newest.themes, learned.weights if learned else None)
    return _Ready(topic, newest, machine, learned)


def usual(context: Context, topic_id: int, codebook: Codebook) -> dict[str, Any]:
    """What is usual for the themes among the topic's messages, as `Mapper.usual`: of the first by their random
    ids; nothing where there are too few.
    """
    with context.store.read() as tx:
        some = topic_texts.page(tx, topic_id, "", ENOUGH)
    texts, spoken = [one.text for one in some], [Language(one.language) for one in some]
    return encoding.mapper(codebook.themes).usual(texts, spoken)


def frozen(tx: Tx, topic: Topic) -> Codebook:
    """The newest codebook that was signed off. Refused where there is none."""
    found = codebooks.newest_frozen(tx, topic.id)
    if found is None:
        raise Refused(
            note("This topic has no themes that were signed off."),
            note("Have a draft signed off first: somebody who did not make it does that."),
        )
    return found


def _check_newest(tx: Tx, ready: _Ready) -> None:
    if frozen(tx, ready.topic).id != ready.codebook.id:
        raise Refused(
            note("A newer version of the themes was signed off meanwhile."),
            note("Look at what it would change first: youthvoice themes map TOPIC"),
        )


def _applied(context: Context, tx: Tx, ready: _Ready, actor: Actor) -> bool:
    """Write what maps the topic from now on; whether that is new."""
    learned = ready.learned
    new = Applied(
        topic_id=ready.topic.id,
        codebook_id=ready.codebook.id,
        model=ready.machine.version,
        learned=dict(learned.weights) if learned else None,
        learned_from=learned.messages if learned else 0,
        applied_by=actor.name,
        applied_on=context.settings.today().date(),
    )
    old = mappings.of(tx, ready.topic.id)
    if old is not None and _same(old, new):
        return False
    mappings.apply(tx, new)
    return True


def _same(old: Applied, new: Applied) -> bool:
    return old._replace(applied_by=new.applied_by, applied_on=new.applied_on) == new


def _pages(context: Context, topic_id: int, step: Step | None) -> Iterator[list[MaskedMessage]]:
    with context.store.read() as tx:
        total = topic_texts.count(tx, topic_id)
    after, done = "", 0
    while True:
        with context.store.read() as tx:
            read = topic_texts.page(tx, topic_id, after, BATCH)
        if not read:
            return
        yield read
        after, done = read[-1].id, done + len(read)
        if step:
            step(done, total)


class _Count:
    """Adds up what would change."""

    def __init__(self) -> None:
        self.now: Counter[str] = Counter()
        self.then: Counter[str] = Counter()
        self.gains: Counter[str] = Counter()
        self.loses: Counter[str] = Counter()
        self.unsure_of: Counter[str] = Counter()
        self.gone: Counter[str] = Counter()
        self.undecided = self.decided = self.unsure = self.none = 0

    def add(self, now: Sequence[ThemeScore], then: Sequence[ThemeScore]) -> None:
        """One message that nobody decided, with the machine's themes of now and then."""
        had, gets = _sure(now), _sure(then)
        doubted = {one.theme for one in then if not one.sure}
        self.undecided += 1
        self.unsure += bool(doubted)
        self.none += not then
        self.now.update(had)
        self.then.update(gets)
        self.gains.update(gets - had)
        self.loses.update(had - gets)
        self.unsure_of.update(doubted)

    def preview(self, ready: _Ready) -> Preview:
        """All of it, by theme in the order of the codebook; then those that it no longer has."""
        known = [theme.id for theme in ready.codebook.themes]
        older = sorted(set(self.now) - set(known))
        changes = tuple(
            Change(
                theme,
                self.now[theme],
                self.then[theme],
                self.gains[theme],
                self.loses[theme],
                self.unsure_of[theme],
            )
            for theme in (*known, *older)
        )
        return Preview(
            ready.topic.slug,
            ready.codebook.version,
            ready.learned.messages if ready.learned else 0,
            self.undecided,
            self.decided,
            self.unsure,
            self.none,
            changes,
            dict(sorted(self.gone.items())),
        )


def _sure(scores: Sequence[ThemeScore]) -> set[str]:
    return {one.theme for one in scores if one.sure}
