"""What a topic would say on every channel, how long that is, and what it would cost; nothing is sent."""

from __future__ import annotations

from typing import NamedTuple

from youthvoice.channels.base import Channel
from youthvoice.flow.context import Context
from youthvoice.flow.parts import compose
from youthvoice.flow.post import address_for, refresh_limits
from youthvoice.model import LANGUAGES, Topic


class Shown(NamedTuple):
    """One post as it would go out: its length in the channel's unit, and its price in US dollars.

    `without_link` is what the same part costs without the form's address.
    """

    channel: str
    language: str
    part: int
    question: int
    text: str
    length: int
    longest: int
    unit: str
    price: float
    without_link: float
    live: bool


class LinkOffer(NamedTuple):
    """What a channel's posts of a topic cost with the form's address, and without it, in US dollars."""

    channel: str
    with_link: float
    without: float


def preview(context: Context, topic: Topic, links: bool | None = None) -> list[Shown]:
    """Every part on every channel, as an approval would plan it. Raises `Refused` where one does not fit."""
    refresh_limits(context)
    return [
        shown
        for channel in context.channels.values()
        for language in LANGUAGES
        for shown in _thread(context, topic, channel, language, links)
    ]


def _thread(
    context: Context, topic: Topic, channel: Channel, language: str, links: bool | None
) -> list[Shown]:
    address = address_for(context, channel, links)
    parts = compose(topic, language, channel, address)
    plain = compose(topic, language, channel, None) if channel.name in context.priced else parts
    cheaper = sum(channel.price(part.text) for part in plain)
    dearer = sum(channel.price(part.text) for part in parts)
    return [
        Shown(
            channel.name,
            language,
            number,
            part.question,
            part.text,
            channel.measure(part.text),
            channel.caps.longest,
            str(channel.caps.unit),
            channel.price(part.text),
            channel.price(part.text) - (dearer - cheaper if number == 0 else 0.0),
            context.settings.is_live(channel.name),
        )
        for number, part in enumerate(parts)
    ]


def link_offers(shown: list[Shown]) -> list[LinkOffer]:
    """The channels on which leaving the link out would save money."""
    found = []
    for channel in sorted({row.channel for row in shown}):
        rows = [row for row in shown if row.channel == channel]
        offer = LinkOffer(
            channel, sum(row.price for row in rows), sum(row.without_link for row in rows)
        )
        if offer.without < offer.with_link:
            found.append(offer)
    return found
