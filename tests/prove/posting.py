"""Posting exactly once: seeded schedules of faults and deaths, on each channel.

In every schedule a thread of three posts goes out in two languages while calls are refused, limited,
lost after the post went live, or end the process; processes die before, in and after each write. A
person answers what stays in doubt by looking at the network. At the end each part must be live once.
"""

from __future__ import annotations

import contextlib
import random
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import time_machine

from tests.channels.stages import BlueskyStage, MastodonStage, Stage, XStage
from tests.prove.world import SECOND, Died, DyingStore, template, topic_id, world
from youthvoice.channels.base import Channel
from youthvoice.flow import post
from youthvoice.flow.context import Context
from youthvoice.model import Posting, PostingStatus
from youthvoice.store import postings

START = datetime(2026, 11, 20, 15, tzinfo=UTC)
MOST_TURNS = 600
WRITE_FAULTS = (("lost", 0.10), ("500", 0.06), ("timeout", 0.05), ("refused", 0.06), ("429", 0.08))
READ_FAULTS = (("500", 0.06), ("timeout", 0.05), ("refused", 0.04), ("429", 0.06))
DEATH = 0.02


class Outcome(NamedTuple):
    """What one schedule, or many, came to. `asked`: how often a person had to look."""

    schedules: int = 0
    posts: int = 0
    double: int = 0
    silent: int = 0
    asked: int = 0
    retried: int = 0
    deaths: int = 0
    turns: int = 0

    def plus(self, other: Outcome) -> Outcome:
        return Outcome(*(a + b for a, b in zip(self, other, strict=True)))


def stage_for(name: str) -> Stage:
    if name == "x":
        return XStage(validate=False)
    if name == "bluesky":
        return BlueskyStage(None)
    return MastodonStage(other=name.endswith("other"))


CHANNELS = ("x", "bluesky", "mastodon", "mastodon-other")


class Dying:
    """A channel whose process may die just before or just after a call."""

    def __init__(self, inner: Channel, dice: random.Random) -> None:
        self._inner = inner
        self._dice = dice

    def __getattr__(self, name: str) -> object:
        found = getattr(self._inner, name)
        if name not in ("publish", "find_published"):
            return found

        def call(*args: object) -> object:
            self._may_die()
            answer = found(*args)
            self._may_die()
            return answer

        return call

    def _may_die(self) -> None:
        if self._dice.random() < DEATH:
            DyingStore.deaths += 1
            raise Died


def _faults(dice: random.Random) -> Callable[[str], str | None]:
    def fault(kind: str) -> str | None:
        draw = dice.random()
        for name, chance in WRITE_FAULTS if kind == "write" else READ_FAULTS:
            draw -= chance
            if draw < 0:
                return name
        return None

    return fault


def schedule(name: str, seed: int, source: Path, home: Path) -> Outcome:
    """Play one schedule to its end."""
    dice = random.Random(f"{name}:{seed}")
    stage = stage_for(name)
    DyingStore.deaths = 0
    asked = retried = turns = 0
    try:
        with time_machine.travel(START, tick=False) as clock:
            if isinstance(stage, XStage):
                stage.api.lag = dice.choice([0.0, 0.0, 20.0, 90.0])
            context = world(source, home, Dying(stage.channel, dice))  # type: ignore[arg-type]
            assert isinstance(context.store, DyingStore)
            context.store.dice, context.store.chance = dice, DEATH
            stage.fault = _faults(dice)
            while turns < MOST_TURNS:
                turns += 1
                with contextlib.suppress(Died):
                    post.post(context)
                clock.shift(timedelta(seconds=dice.choice([20, 130, 400, 1900])))
                rows = _rows(context)
                if all(row.status == PostingStatus.SENT for row in rows):
                    break
                found = _operator(context, stage, rows)
                asked, retried = asked + found[0], retried + found[1]
            stage.fault = lambda _kind: None
            rows = _rows(context)
            double, silent = _judge(stage, rows)
            context.store.close()
    finally:
        if isinstance(stage, MastodonStage):
            stage.instance.close()
        shutil.rmtree(home, ignore_errors=True)
    return Outcome(1, len(rows), double, silent, asked, retried, DyingStore.deaths, turns)


def _rows(context: Context) -> list[Posting]:
    """What is planned; nothing planned would prove nothing."""
    mine = topic_id(context)
    with context.store.read() as tx:
        rows = postings.of_topic(tx, mine)
    assert rows
    return rows


def _operator(context: Context, stage: Stage, rows: list[Posting]) -> tuple[int, int]:
    """What a person does: looks at what is in doubt, tries again what failed. The store may not die here."""
    assert isinstance(context.store, DyingStore)
    chance, context.store.chance = context.store.chance, 0.0
    fault, stage.fault = stage.fault, lambda _kind: None
    asked = retried = 0
    live = {row.external_id for row in rows}
    for row in rows:
        if post.asks_person(row):
            asked += 1
            there = [ref for ref in _same(stage, row) if ref not in live]
            post.settle_by_hand(context, row.id, there[0] if there else None, SECOND)
        elif row.status == PostingStatus.FAILED:
            retried += 1
            post.retry(context, row.id)
    context.store.chance, stage.fault = chance, fault
    return asked, retried


def _texts(stage: Stage, language: str) -> dict[str, str]:
    """What is really live: the words of each own post by id, read behind the interface's back."""
    if isinstance(stage, XStage):
        return {ref: stage.network.posts[ref].text for ref in stage.own(language)}
    if isinstance(stage, BlueskyStage):
        return {ref: str(stage.network.posts[ref].record["text"]) for ref in stage.own(language)}
    assert isinstance(stage, MastodonStage)
    from youthvoice.channels.mastodon.text import plain

    found = {}
    for ref in stage.own(language):
        answer = stage.instance.http.get(f"/api/v1/statuses/{stage._inside(ref)}").json()
        found[ref] = plain(answer["content"])
    return found


def _same(stage: Stage, row: Posting) -> list[str]:
    wanted = " ".join(row.text.split())
    return [
        ref for ref, text in _texts(stage, row.language).items() if " ".join(text.split()) == wanted
    ]


def _judge(stage: Stage, rows: list[Posting]) -> tuple[int, int]:
    """(posts that are live twice, parts that are not live though nobody was told)."""
    double = silent = 0
    for language in ("en", "fr"):
        live = _texts(stage, language)
        counts = Counter(" ".join(text.split()) for text in live.values())
        double += sum(count - 1 for count in counts.values())
        for row in rows:
            if row.language == language and (
                row.status != PostingStatus.SENT or row.external_id not in live
            ):
                silent += 1
    return double, silent


def run(name: str, seeds: range, folder: Path) -> Outcome:
    """Many schedules on one channel, each from the same template."""
    stage = stage_for(name)
    with time_machine.travel(START, tick=False):
        source = template(folder / f"template-{name}-{seeds.start}", stage.channel)
    if isinstance(stage, MastodonStage):
        stage.instance.close()
    total = Outcome()
    for seed in seeds:
        total = total.plus(schedule(name, seed, source, folder / f"home-{name}-{seed}"))
    return total
