"""What the proofs share: a home that is made once and copied, a store that dies, an analyser of nothing."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from youthvoice import app
from youthvoice.channels.base import Channel
from youthvoice.flow import review
from youthvoice.flow.context import Context
from youthvoice.model import (
    Actor,
    Analysis,
    Language,
    Masked,
    Risk,
    Role,
    Topic,
    TopicStatus,
    TopicText,
)
from youthvoice.settings import Settings
from youthvoice.store import topics
from youthvoice.store.engine import Store, Tx

AUTHOR = Actor("author", Role.EDITOR)
SECOND = Actor("second", Role.EDITOR)
SLUG = "getting-around"
"""The topic that is posted here; every installation has another one that never is."""


class Died(BaseException):
    """The process ends here, as by a power cut: nothing after this line runs."""


class PlainAnalyser:
    """Says nothing about a text: what is proved is who comes in, not what is said of them."""

    theme_version = "none"

    def propose(self, masked_text: str, language: Language) -> list[object]:
        return []

    def recognisable(self, masked_text: str, language: Language, earlier: object) -> bool:
        return False

    def analyse(self, texts: list[str], topic: str | None = None) -> list[Analysis]:
        return [
            Analysis(Language("en"), Masked(text), Risk(), (), None, self.theme_version)
            for text in texts
        ]


class DyingStore(Store):
    """A store whose process may die before a write, just before its commit, or just after."""

    dice: random.Random | None = None
    chance = 0.0
    deaths = 0

    def _may_die(self) -> None:
        if self.dice is not None and self.dice.random() < self.chance:
            DyingStore.deaths += 1
            raise Died

    @contextmanager
    def write(self) -> Iterator[Tx]:
        self._may_die()
        with super().write() as tx:
            yield tx
            self._may_die()
        self._may_die()


def small_topic(opened: date) -> Topic:
    """A topic of two questions: three posts a language."""

    def said(language: str) -> TopicText:
        return TopicText(
            f"Getting around ({language})",
            "How do you get to school, to work, to friends?",
            "The plan for buses in 2027.",
            "YVBus",
            ("What makes it hard?", "What would you change first?"),
        )

    return Topic(
        SLUG,
        TopicStatus.PROPOSED,
        "transportation",
        opened,
        opened + timedelta(days=60),
        opened + timedelta(days=120),
        AUTHOR.name,
        {"en": said("en"), "fr": said("fr")},
    )


def topic_id(context: Context) -> int:
    """The number of the topic that is posted here."""
    with context.store.read() as tx:
        return topics.get(tx, SLUG).id


def template(folder: Path, channel: Channel) -> Path:
    """A home with one approved topic whose posts are planned for `channel`."""
    settings = Settings(home=folder, demo=False, live="all")
    app.prepare(settings)
    built = replace(app.build(replace_live(settings)), channels={channel.name: channel})
    topic = small_topic(settings.today().date())
    topic = replace(topic, ministry=next(iter(built.ministries)))
    review.propose_topic(built, topic, AUTHOR)
    review.approve_topic(built, topic.slug, SECOND)
    built.store.close()
    return folder


def replace_live(settings: Settings) -> Settings:
    """The settings as `build` takes them: no credentials here, the channels are put in by hand."""
    return settings.model_copy(update={"live": ""})


def world(source: Path, home: Path, channel: Channel) -> Context:
    """A copy of a template's home, wired with a channel and a store that can die."""
    shutil.copytree(source, home, dirs_exist_ok=True)
    settings = Settings(home=home, demo=False, live="all", recheck_days=1)
    built = app.build(replace_live(settings), PlainAnalyser)  # type: ignore[arg-type]
    built.store.close()
    return replace(
        built,
        settings=settings,
        store=DyingStore(settings.store_url),
        channels={channel.name: channel},
    )
