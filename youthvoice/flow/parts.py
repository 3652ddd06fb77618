"""What a topic says on a channel: the parts of its thread, each within that channel's length."""

from __future__ import annotations

import re
from typing import NamedTuple

from youthvoice.channels.base import Channel
from youthvoice.errors import Refused, note
from youthvoice.model import Topic

SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")


class Part(NamedTuple):
    """One post of a thread, and the question it asks (0: the context)."""

    text: str
    question: int


def compose(topic: Topic, language: str, channel: Channel, address: str | None) -> list[Part]:
    """The parts of a topic's thread: its context, over several posts if it is long, then each question.

    `address` is where the public pages are; None leaves the link out. Raises `Refused` for a question
    or a sentence that fits into no post.
    """
    said = topic.texts[language]
    link = f"{address}/{language}/topics/{topic.slug} " if address else ""
    tail = f"{link}#{said.hashtag}"
    parts = [Part(text, 0) for text in _context(said.title, said.context, tail, channel)]
    for number, question in enumerate(said.questions, start=1):
        parts.append(Part(f"{number}/{topic.questions} {question} #{said.hashtag}", number))
    for number, part in enumerate(parts):
        if channel.measure(part.text) > channel.caps.longest:
            raise Refused(
                note(
                    "Part %(part)s (%(language)s) is too long for %(channel)s: "
                    "%(length)s of %(most)s.",
                    part=number,
                    language=language,
                    channel=channel.name,
                    length=channel.measure(part.text),
                    most=channel.caps.longest,
                ),
                note("Shorten it; nothing was approved or posted."),
            )
    return parts


def _context(title: str, context: str, tail: str, channel: Channel) -> list[str]:
    """The context in as few posts as it needs, cut between sentences; the tail ends the first."""

    def fits(text: str) -> bool:
        return channel.measure(text) <= channel.caps.longest

    whole = f"{title}\n\n{context}\n\n{tail}"
    if fits(whole):
        return [whole]
    posts: list[str] = []
    current = ""
    for sentence in SENTENCE_END.split(context):
        longer = f"{current} {sentence}".strip()
        if fits(longer if posts else f"{title}\n\n{longer}\n\n{tail}") or not (current or posts):
            if not posts and not fits(f"{title}\n\n{longer}\n\n{tail}"):
                posts.append(f"{title}\n\n{tail}")  # no sentence fits beside the title
            current = longer
            continue
        posts.append(current if posts else f"{title}\n\n{current}\n\n{tail}")
        current = sentence
    return [*posts, current] if current else posts
