"""What each public page shows, read from the store's rollups and the flows; no HTML here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from dashboard import codebook, look
from dashboard.codebook import Themes
from dashboard.labels import question_name, why_quoted
from dashboard.look import Sign
from youthvoice.flow import quotes
from youthvoice.flow.context import Context
from youthvoice.flow.quotes import Quotation
from youthvoice.model import (
    Cell,
    Response,
    ResponseStatus,
    Topic,
    TopicStatus,
    TopicTotals,
)
from youthvoice.store import responses, rollups, topics
from youthvoice.strings import Translator

PUBLIC = (TopicStatus.OPEN, TopicStatus.CLOSED, TopicStatus.ANSWERED)


class Bar(NamedTuple):
    """A bar of the themes' chart; `messages` None where the figure is withheld."""

    name: str
    sign: Sign
    messages: int | None
    texts: int | None
    width: float


class Quote(NamedTuple):
    """A released, masked message, as the public may read it; `text` marks what is left out of `whole`.

    `why`: what it stands for. `channel`, `spoken` (a language) are message ids; `week` is a Monday.
    """

    text: str
    whole: str
    language: str
    themes: Sequence[str]
    why: str
    question: str
    channel: str
    spoken: str
    week: date


@dataclass(frozen=True)
class TopicPage:
    """Everything a topic's page shows. `bars`: the common themes; `own`: those of this topic."""

    topic: Topic
    ministry: str
    totals: TopicTotals | None
    bars: Sequence[Bar]
    own: Sequence[Bar]
    quotes: Sequence[Quote]
    answers: Sequence[Response]
    days_left: int
    per_question: Sequence[Cell | None]


@dataclass(frozen=True)
class HomePage:
    """Everything the first page shows."""

    current: TopicPage | None
    others: Sequence[Topic]
    latest: Response | None
    standing: Topic | None


def bars(cells: Sequence[Cell], themes: Themes) -> list[Bar]:
    """Themes as bars, the longest first, withheld ones last."""
    longest = max((cell.messages or 0 for cell in cells), default=0)
    found = [
        Bar(
            themes.name(cell.values["theme"]),
            themes.sign(cell.values["theme"]),
            cell.messages,
            cell.texts,
            round(100 * (cell.messages or 0) / longest, 1) if longest else 0,
        )
        for cell in cells
    ]
    return sorted(found, key=lambda bar: (-(bar.messages or 0), bar.name))


def _quote(one: Quotation, topic: Topic, themes: Themes, t: Translator) -> Quote:
    item = one.item
    return Quote(
        one.excerpt,
        one.text,
        item.language if item.language in ("en", "fr") else "",
        [themes.name(theme) for theme in item.decided or ()],
        why_quoted(one, t),
        question_name(str(item.question), topic, t),
        look.channel_name(item.channel),
        look.language_name(item.language),
        item.day - timedelta(days=item.day.weekday()),
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
    t = Translator(language)
    with context.store.read() as tx:
        themes = codebook.of_topic(context, tx, topic.id, t)
        cells = rollups.read(tx, topic.id, ("theme",))
        own = [cell for cell in cells if themes.is_own(cell.values["theme"])]
        per_question = {
            cell.values["question"]: cell for cell in rollups.read(tx, topic.id, ("question",))
        }
        return TopicPage(
            topic,
            context.ministries[topic.ministry].name[language],
            rollups.totals(tx, topic.id),
            bars([cell for cell in cells if cell not in own], themes),
            bars(own, themes),
            [_quote(one, topic, themes, t) for one in quotes.public(tx, topic.id)],
            responses.every(tx, [ResponseStatus.PUBLISHED], topic.id),
            (topic.closes_on - context.settings.today().date()).days,
            [per_question.get(str(n)) for n in range(1, topic.questions + 1)],
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
    t = Translator(language)
    with context.store.read() as tx:
        published = responses.every(tx, [ResponseStatus.PUBLISHED])
        known = {topic.slug: topic for topic in topics.every(tx, PUBLIC, with_standing=True)}
        themes = {one.topic: codebook.of_topic(context, tx, one.topic_id, t) for one in published}
    answered = [
        Answer(
            one,
            known[one.topic],
            themes[one.topic].name(one.theme) if one.theme else None,
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
