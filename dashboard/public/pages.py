"""What each public page shows, read from the store's rollups and the flows; no HTML here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dashboard.look import Sign, sign
from youthvoice.flow.context import Context
from youthvoice.flow.quotes import quotes
from youthvoice.model import (
    Cell,
    Response,
    ResponseStatus,
    ReviewItem,
    Topic,
    TopicStatus,
    TopicTotals,
)
from youthvoice.store import responses, rollups, topics

PUBLIC = (TopicStatus.OPEN, TopicStatus.CLOSED, TopicStatus.ANSWERED)


class Bar(NamedTuple):
    """A bar of the themes' chart; `messages` None where the figure is withheld."""

    name: str
    sign: Sign
    messages: int | None
    texts: int | None
    width: float


class Quote(NamedTuple):
    """A released, masked message, as the public may read it."""

    text: str
    language: str
    themes: Sequence[str]


@dataclass(frozen=True)
class TopicPage:
    """Everything a topic's page shows."""

    topic: Topic
    ministry: str
    totals: TopicTotals | None
    bars: Sequence[Bar]
    quotes: Sequence[Quote]
    answers: Sequence[Response]
    days_left: int
    per_question: Sequence[int | None]


@dataclass(frozen=True)
class HomePage:
    """Everything the first page shows."""

    current: TopicPage | None
    others: Sequence[Topic]
    latest: Response | None
    standing: Topic | None


def _theme_names(context: Context, language: str) -> dict[str, str]:
    return {theme.id: theme.name[language] for theme in context.themes}


def bars(cells: Sequence[Cell], names: dict[str, str]) -> list[Bar]:
    """Themes as bars, the longest first, withheld ones last."""
    longest = max((cell.messages or 0 for cell in cells), default=0)
    found = [
        Bar(
            names.get(cell.values["theme"], cell.values["theme"]),
            sign(cell.values["theme"]),
            cell.messages,
            cell.texts,
            round(100 * (cell.messages or 0) / longest, 1) if longest else 0,
        )
        for cell in cells
    ]
    return sorted(found, key=lambda bar: (-(bar.messages or 0), bar.name))


def _quote(item: ReviewItem, names: dict[str, str]) -> Quote:
    return Quote(
        item.text or "",
        item.language if item.language in ("en", "fr") else "",
        [names.get(theme, theme) for theme in item.decided or ()],
    )


def public_topic(context: Context, slug: str) -> Topic | None:
    """A topic that the public may see, or None."""
    with context.store.read() as tx:
        topic = topics.find(tx, slug)
    return topic if topic is not None and topic.status in PUBLIC else None


def topic_page(context: Context, slug: str, language: str) -> TopicPage | None:
    """A topic's page, or None if there is no such public topic."""
    topic = public_topic(context, slug)
    if topic is None:
        return None
    names = _theme_names(context, language)
    with context.store.read() as tx:
        per_question = {
            cell.values["question"]: cell.messages
            for cell in rollups.read(tx, topic.id, ("question",))
        }
        return TopicPage(
            topic,
            context.ministries[topic.ministry].name[language],
            rollups.totals(tx, topic.id),
            bars(rollups.read(tx, topic.id, ("theme",)), names),
            [_quote(item, names) for item in quotes(tx, topic.id)],
            responses.every(tx, [ResponseStatus.PUBLISHED], topic.id),
            (topic.closes_on - context.settings.today().date()).days,
            [per_question.get(str(n), 0) for n in range(1, topic.questions + 1)],
        )


def home_page(context: Context, language: str) -> HomePage:
    """The first page: the newest open topic, the others, and the newest answer."""
    with context.store.read() as tx:
        found = topics.every(tx, PUBLIC)
        standing = topics.standing(tx)
        published = responses.every(tx, [ResponseStatus.PUBLISHED])
    first = [topic for topic in found if topic.status == TopicStatus.OPEN] or found
    current = topic_page(context, first[0].slug, language) if first else None
    return HomePage(
        current,
        [topic for topic in found if current is None or topic.slug != current.topic.slug],
        published[0] if published else None,
        standing,
    )


class Answer(NamedTuple):
    """A published answer with the names of its topic, theme and ministry."""

    response: Response
    topic: Topic
    theme: str | None
    ministry: str


def answers_page(context: Context, language: str) -> tuple[list[Answer], list[tuple[Topic, str]]]:
    """Published answers, and the topics that still wait for one with the ministry that must answer."""
    names = _theme_names(context, language)
    with context.store.read() as tx:
        published = responses.every(tx, [ResponseStatus.PUBLISHED])
        known = {topic.slug: topic for topic in topics.every(tx, PUBLIC, with_standing=True)}
    answered = [
        Answer(
            one,
            known[one.topic],
            names.get(one.theme, one.theme) if one.theme else None,
            context.ministries[known[one.topic].ministry].name[language],
        )
        for one in published
        if one.topic in known
    ]
    waiting = [
        (topic, context.ministries[topic.ministry].name[language])
        for topic in known.values()
        if topic.status != TopicStatus.ANSWERED and not topic.standing
    ]
    return answered, waiting
