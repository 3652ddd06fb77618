"""What a topic says on each channel: within its length, cut between sentences, never inside a question."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.channels.stages import NAMES, staged
from youthvoice.demo import pilot
from youthvoice.errors import Refused
from youthvoice.flow.parts import compose
from youthvoice.model import LANGUAGES, Topic

ADDRESS = "https://youthvoice.example.ca"
LONG = " ".join(f"This is sentence number {n} of a context that goes on and on." for n in range(30))


def changed(topic: Topic, **values: object) -> Topic:
    texts = {lang: replace(said, **values) for lang, said in topic.texts.items()}  # type: ignore[arg-type]
    return replace(topic, texts=texts)


@pytest.fixture
def topic() -> Topic:
    return pilot.mentoring(date(2026, 11, 1), "author")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("context", [None, LONG, "Une seule phrase courte."])
def test_every_part_fits(name: str, context: str | None, topic: Topic, tmp_path: Path) -> None:
    with staged(name, tmp_path) as stage:
        channel = stage.channel
        topic = changed(topic, context=context) if context else topic
        for language in LANGUAGES:
            parts = compose(topic, language, channel, ADDRESS)
            said = topic.texts[language]
            assert all(channel.measure(part.text) <= channel.caps.longest for part in parts)
            assert [part.question for part in parts if part.question] == list(
                range(1, topic.questions + 1)
            )
            first = parts[0].text
            assert first.startswith(said.title) and f"#{said.hashtag}" in first
            assert f"{ADDRESS}/{language}/topics/{topic.slug}" in first
            whole = " ".join(part.text for part in parts if part.question == 0)
            assert all(sentence in whole for sentence in said.context.split(". "))
            assert ADDRESS not in " ".join(
                part.text for part in compose(topic, language, channel, None)
            )


def test_what_fits_nowhere_is_refused(topic: Topic, tmp_path: Path) -> None:
    with staged("x", tmp_path) as stage:
        for values in (
            {"questions": ("word " * 80,) * 4},
            {"context": "word " * 90 + "."},
            {"title": "word " * 60},
        ):
            with pytest.raises(Refused, match="too long for x"):
                compose(changed(topic, **values), "en", stage.channel, ADDRESS)
