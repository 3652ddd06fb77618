"""Collecting everything once: many posts behind an interface that does what interfaces do on a bad day.

Pages come shuffled, uneven and with repeats; a tenth of the calls fail, three tenths are limited, and
processes die between and inside writes. At the end each reply must be stored, and once.
"""

from __future__ import annotations

import random
import shutil
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import time_machine

from tests.channels.stages import BlueskyStage, MastodonStage, Stage, XStage
from tests.prove.posting import stage_for
from tests.prove.world import Died, DyingStore, template, topic_id, world
from youthvoice.flow import collect, post
from youthvoice.flow.context import Context
from youthvoice.store import collections, contributions, pauses, postings

START = datetime(2026, 11, 16, 15, tzinfo=UTC)
FAIL, LIMIT, DEATH = 0.10, 0.30, 0.005
MOST_TURNS = 60_000
DAYS = 2
"""How long the consultation has been open when the collection begins."""


class Outcome(NamedTuple):
    """What a run came to. `limits`: how often a call was limited; `early`: the most calls that were made
    before one reset.
    """

    posts: int
    missing: int
    twice: int
    limits: int
    early: int
    calls: int
    deaths: int
    turns: int
    seconds: float


def _faults(dice: random.Random, calls: Counter[str]) -> Callable[[str], str | None]:
    def fault(_kind: str) -> str | None:
        calls["all"] += 1
        draw = dice.random()
        if draw < LIMIT:
            calls["429"] += 1
            return "429"
        if draw < LIMIT + FAIL:
            return dice.choice(["500", "503", "timeout", "refused"])
        return None

    return fault


def _own(context: Context) -> list[str]:
    mine = topic_id(context)
    with context.store.read() as tx:
        return [str(row.external_id) for row in postings.of_topic(tx, mine)]


def _fill(stage: Stage, context: Context, count: int, dice: random.Random) -> None:
    """Write replies: some to the context, some to a question, some to other replies, in two languages."""
    own = _own(context)
    recent: list[str] = []
    started = time.time() - DAYS * 86_400
    for number in range(count):
        below = recent and dice.random() < 0.3
        parent = dice.choice(recent[-40:]) if below else dice.choice(own)
        words = f"reply {number}: the bus, number {dice.randrange(10**6)}"
        if isinstance(stage, XStage):
            at = started + number * ((DAYS - 0.1) * 86_400 / count)
            # Some replies drop the mention of us, so only a search finds them.
            user = stage.network.account(f"kid{number % 997}").id
            ref = stage.network.write(user, words, parent, at, jitter_ms=dice.randint(-400, 400))
            if below and dice.random() < 0.5:
                stage.network.posts[ref].mentions.clear()
        else:
            ref = stage.say(f"kid{number % 2 + 1}" if number % 2 else "kid", words, parent)
        recent.append(ref)


def run(name: str, count: int, seed: int, folder: Path) -> Outcome:
    """Collect `count` replies on one channel."""
    dice = random.Random(f"collect:{name}:{seed}")
    stage = stage_for(name)
    calls: Counter[str] = Counter()
    DyingStore.deaths = 0
    began = time.perf_counter()
    turns = 0
    try:
        with time_machine.travel(START, tick=False) as clock:
            source = template(folder / f"template-{name}", stage.channel)
            context = world(source, folder / f"home-{name}", stage.channel)
            assert isinstance(context.store, DyingStore)
            post.post(context)
            clock.shift(timedelta(days=DAYS))
            _fill(stage, context, count, dice)
            if isinstance(stage, XStage):
                stage.api.nasty = dice
                stage.api.limits = dict.fromkeys(stage.api.limits, 10**9)
                # Short, so that a thousand of them do not outlast the seven days that search reaches.
                stage.api.limit_seconds = 15.0
            stage.fault = _faults(dice, calls)
            context.store.dice, context.store.chance = dice, DEATH
            own = _own(context)
            whole = 0
            seen: tuple[datetime | None, ...] = ()
            # People go on writing until the first whole collection; two more must bring the rest.
            while turns < MOST_TURNS and whole < 3:
                turns += 1
                if whole == 0 and turns % 3 == 0:
                    stage.say("kid", f"late {turns}", dice.choice(own))
                try:
                    collect.collect(context, by_hand=not _busy(context))
                except Died:
                    continue
                done = _complete(context, stage)
                if None not in done and all(
                    a != b for a, b in zip(done, seen or [None] * len(done), strict=True)
                ):
                    whole, seen = whole + 1, done
                _to_next_turn(context, clock)
            stage.fault = lambda _kind: None
            context.store.chance = 0.0
            missing, twice = _judge(stage, context)
            early = _early(stage)
            context.store.close()
    finally:
        if isinstance(stage, MastodonStage):
            stage.instance.close()
        shutil.rmtree(folder / f"home-{name}", ignore_errors=True)
    seconds = time.perf_counter() - began
    return Outcome(
        count,
        missing,
        twice,
        calls["429"],
        early,
        calls["all"],
        DyingStore.deaths,
        turns,
        seconds,
    )


def _accounts(stage: Stage) -> tuple[str, ...]:
    return ("en", "fr") if stage.channel.caps.per_account else ("",)


def _complete(context: Context, stage: Stage) -> tuple[datetime | None, ...]:
    """When each account's collection was last whole."""
    with context.store.read() as tx:
        every = [collections.find(tx, stage.channel.name, one) for one in _accounts(stage)]
    return tuple(found.last_complete_at if found else None for found in every)


def _busy(context: Context) -> bool:
    with context.store.read() as tx:
        return bool(pauses.every(tx))


def _to_next_turn(context: Context, clock: time_machine.Coordinates) -> None:
    """Move the clock to where the first pause ends."""
    with context.store.read() as tx:
        every = pauses.every(tx)
    now = context.now()
    waits = [one.until - now for one in every if one.until > now]
    clock.shift(min(waits, default=timedelta(seconds=1)) + timedelta(milliseconds=1))


def _judge(stage: Stage, context: Context) -> tuple[int, int]:
    mine = topic_id(context)
    with context.store.read() as tx:
        stored = [ref for _id, ref in contributions.refs(tx, mine, stage.channel.name)]
    if isinstance(stage, XStage):
        own = {account.user_id for account in stage.accounts}
        written = {ref for ref, one in stage.network.posts.items() if one.author not in own}
    elif isinstance(stage, BlueskyStage):
        own = {stage.network.account(handle).did for handle in stage.handles.values()}
        written = {ref for ref, one in stage.network.posts.items() if one.author not in own}
    else:
        assert isinstance(stage, MastodonStage)
        written = {
            stage._outside(ref) for who in ("kid", "kid2") for ref in stage.instance.live(who)
        }
    counts = Counter(stored)
    return len(written - set(stored)), sum(count - 1 for count in counts.values())


def _early(stage: Stage) -> int:
    if isinstance(stage, XStage):
        return max(stage.api.before_reset.values(), default=0)
    if isinstance(stage, BlueskyStage):
        return max(stage.server.before_reset.values(), default=0)
    return 0
