"""The second verb: replies come in, page by page; deletions are followed.

A page's messages are stored in one transaction with the cursor's progress; what lies behind it moves
only with the last page. A channel that is refused or cannot be reached is left alone for a while and
does not keep the others. An empty turn is written down as empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from youthvoice import logs
from youthvoice.channels.base import Batch, Channel, Item, Place, Scope
from youthvoice.errors import ChannelError, YouthVoiceError
from youthvoice.flow import pausing, trail, withdrawals
from youthvoice.flow.context import Context
from youthvoice.flow.receive import admit_edited, admit_new, keep
from youthvoice.model import (
    LANGUAGES,
    Contribution,
    Posting,
    PostingStatus,
    RawContribution,
    Topic,
    TopicStatus,
)
from youthvoice.store import collections, contributions, postings, topics
from youthvoice.store.engine import Tx

MOST_PAGES = 10_000
LONGEST_REF = 200
"""Characters of a platform's id that the store keeps."""

EARLIEST = date(2006, 1, 1)
"""No social network is older."""

log = logs.get("collect")

ALARM_BEFORE = timedelta(days=2)
"""How long before the end of a channel's reach people are warned (5 days behind on X)."""


class Collected(NamedTuple):
    """What one turn brought in. `failed`: collections that were refused or not reached; `odd`: messages
    that could not be taken because nothing can refer to them.
    """

    accepted: int
    seen: int
    held: int
    tombstones: int
    pages: int
    edited: int = 0
    failed: int = 0
    odd: int = 0

    def plus(self, other: Collected) -> Collected:
        """Both together."""
        return Collected(*(a + b for a, b in zip(self, other, strict=True)))


class Lag(NamedTuple):
    """A collection that is far behind: for how long, and how far its channel's history reaches."""

    channel: str
    account: str
    behind: timedelta
    reach: timedelta


def collect(context: Context, by_hand: bool = False) -> Collected:
    """One turn over every topic that still collects, on every channel.

    `by_hand`: do not wait for the next regular turn of a channel (a platform's wish to wait counts).
    """
    total = Collected(0, 0, 0, 0, 0)
    for channel in context.channels.values():
        if not context.settings.is_live(channel.name):
            continue
        for account in LANGUAGES if channel.caps.per_account else ("",):
            if not by_hand and not _is_due(context, channel, account):
                continue
            try:
                found = _turn(context, channel, account)
            except YouthVoiceError:
                raise  # our own store or models: nothing can be collected anywhere
            except Exception as problem:  # one odd answer must not keep the other channels
                log.error("collection failed", channel=channel.name, type=type(problem).__name__)
                inside = ChannelError("failed_inside")
                pausing.refused(context, channel.name, verb(account), inside)
                found = Collected(0, 0, 0, 0, 0, 0, 1)
            total = total.plus(found)
    return total


def verb(account: str) -> str:
    """What a collection is called among the pauses."""
    return f"collect {account}".strip()


def _is_due(context: Context, channel: Channel, account: str) -> bool:
    pace = context.settings.pace(channel.name)
    with context.store.read() as tx:
        last = collections.find(tx, channel.name, account)
    if last is None or last.last_complete_at is None or last.last_complete_at < last.last_run_at:
        return True  # the first turn, or one that is still under way
    return context.now() - last.last_run_at >= pace


def lagging(context: Context) -> list[Lag]:
    """Collections that will lose messages if nobody acts."""
    now = context.now()
    found = []
    with context.store.read() as tx:
        every = collections.every(tx)
    for one in every:
        channel = context.channels.get(one.channel)
        reach = channel.caps.reach if channel else None
        if channel is None or reach is None or not scope(context, channel, one.account).posts:
            continue  # nothing to miss
        behind = now - (one.last_complete_at or one.began_at)
        if reach is not None and behind >= reach - ALARM_BEFORE:
            found.append(Lag(one.channel, one.account, behind, reach))
    return found


def _collecting(context: Context, tx: Tx) -> list[Topic]:
    today = context.settings.today().date()
    late = timedelta(days=context.settings.collect_days_after)
    found = topics.every(tx, [TopicStatus.OPEN, TopicStatus.CLOSED, TopicStatus.ANSWERED])
    return [topic for topic in found if today <= topic.closes_on + late]


def scope(context: Context, channel: Channel, account: str) -> Scope:
    """What a collection looks for: our posts of these topics, and the replies we know."""
    with context.store.read() as tx:
        wanted = _collecting(context, tx)
        posted: dict[int, list[Posting]] = {
            topic.id: [
                row
                for row in postings.of_topic(tx, topic.id, channel.name)
                if row.external_id
                and row.status == PostingStatus.SENT
                and account in ("", row.language)
            ]
            for topic in wanted
        }
    posts = {
        str(row.external_id): Place(row.topic_id, row.question)
        for rows in posted.values()
        for row in rows
    }
    roots = [
        str(row.external_id)
        for rows in posted.values()
        for row in rows
        if row.part == 0 and row.purpose == postings.CONSULTATION
    ]
    tags = {
        topic.texts[language].hashtag.lower(): topic.id
        for topic in wanted
        if posted[topic.id]
        for language in ((account,) if account else LANGUAGES)
    }
    known = _Known(context, channel.name, [topic.id for topic in wanted])
    return Scope(posts, roots, tags, known, account)


class _Known(Mapping[str, Place]):
    """The replies stored before, read from the store when somebody first asks for one."""

    def __init__(self, context: Context, channel: str, topic_ids: Sequence[int]) -> None:
        self._context = context
        self._channel = channel
        self._topic_ids = topic_ids
        self._loaded: dict[str, Place] | None = None

    def _places(self) -> dict[str, Place]:
        if self._loaded is None:
            with self._context.store.read() as tx:
                found = contributions.known(tx, self._channel, self._topic_ids)
            self._loaded = {ref: Place(*place) for ref, place in found.items()}
        return self._loaded

    def __getitem__(self, ref: str) -> Place:
        return self._places()[ref]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places())

    def __len__(self) -> int:
        return len(self._places())


def _raw(context: Context, channel: Channel, item: Item) -> RawContribution:
    return RawContribution(
        channel=channel.name,
        source_key=item.id,
        text=item.text,
        day=_day(context, item.written_at),
        question=item.place.question,
        ref=item.ref or item.id,
        author_key=item.author_key,
        version=item.version,
    )


def _day(context: Context, written_at: datetime) -> date:
    """The day in our zone; a date that cannot be (the year 1, a far future) counts as today."""
    today = context.settings.today().date()
    try:
        day = written_at.astimezone(context.settings.zone).date()
    except (OverflowError, ValueError):
        return today
    return day if EARLIEST <= day <= today else today


def _turn(context: Context, channel: Channel, account: str) -> Collected:
    nothing = Collected(0, 0, 0, 0, 0)
    if pausing.waits(context, channel.name, verb(account)):
        return nothing
    looking = scope(context, channel, account)
    if not looking.posts:
        return nothing
    return _pages(context, channel, account, looking)


def _pages(context: Context, channel: Channel, account: str, looking: Scope) -> Collected:
    """Page after page until the last one, or until the channel refuses; what came in is kept."""
    with context.store.read() as tx:
        before = collections.find(tx, channel.name, account)
    cursor: Mapping[str, str] = before.cursor if before else {}
    gap_from = None
    if before and before.last_complete_at and channel.caps.reach is not None:
        behind = context.now() - before.last_complete_at
        if behind > channel.caps.reach and _was_open(context, before.last_complete_at):
            gap_from = before.last_complete_at
    done = Collected(0, 0, 0, 0, 0)
    for _ in range(MOST_PAGES):
        try:
            batch = channel.collect(looking, cursor)
        except ChannelError as problem:
            pausing.refused(context, channel.name, verb(account), problem)
            return done._replace(failed=1)
        if done.pages == 0:
            pausing.worked(
                context, channel.name, verb(account)
            )  # so waits do not grow over a long one
        admitted = _admit(context, channel, batch)
        with context.store.write() as tx:
            page = _keep(tx, context, channel, batch, admitted)
            done = done.plus(page)
            collections.advance(
                tx,
                channel.name,
                account,
                batch.next_cursor,
                done.accepted,
                context.now(),
                batch.complete,
                gap_from,
            )
        if batch.complete:
            break
        cursor = batch.next_cursor
    return done


def _was_open(context: Context, moment: datetime) -> bool:
    """Whether a topic that still collects was open already then; if not, nothing can have been missed."""
    day = moment.astimezone(context.settings.zone).date()
    with context.store.read() as tx:
        return any(topic.opens_on <= day for topic in _collecting(context, tx))


class _Admitted(NamedTuple):
    new: list[tuple[int, list[Contribution]]]
    edited: list[Contribution]
    odd: int


def _admit(context: Context, channel: Channel, batch: Batch) -> _Admitted:
    by_topic: dict[int, list[RawContribution]] = {}
    odd = 0
    for item in batch.items:
        if len(item.ref or item.id) > LONGEST_REF:
            odd += 1  # it could be neither looked at again nor forgotten
            continue
        by_topic.setdefault(item.place.topic, []).append(_raw(context, channel, item))
    new, edited = [], []
    for topic_id, raws in by_topic.items():
        new.append((len(raws), admit_new(context, topic_id, raws)))
        edited += admit_edited(context, topic_id, raws)
    return _Admitted(new, edited, odd)


def _keep(
    tx: Tx, context: Context, channel: Channel, batch: Batch, admitted: _Admitted
) -> Collected:
    accepted = seen = held = 0
    for read, new in admitted.new:
        kept = keep(tx, new, read)
        accepted, seen, held = accepted + kept.accepted, seen + kept.seen, held + kept.held
    edited = sum(contributions.revise(tx, one) for one in admitted.edited)
    withdrawn = withdraw(tx, context, channel, batch.tombstones)
    return Collected(accepted, seen, held, withdrawn, 1, edited, 0, admitted.odd)


def withdraw(tx: Tx, context: Context, channel: Channel, refs: Sequence[str]) -> int:
    """Forget posts that are gone, where the channel's rules want it; how many were here."""
    if not refs or not channel.policy.follow_deletions:
        return 0
    gone = withdrawals.withdraw_posts(context, tx, channel.name, refs)
    if gone:
        trail.record(context, tx, None, "follow deletions", f"{channel.name}: {gone}")
    return gone
