"""A topic written as a TOML file (docs/committee/topics.md)."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

from youthvoice.errors import BadInput, note
from youthvoice.files import unreadable
from youthvoice.model import LANGUAGES, Topic, TopicStatus, TopicText


def read_topic(path: Path, proposed_by: str) -> Topic:
    """Read a topic. Raises `BadInput` that names what is missing."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise unreadable(path, problem) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise BadInput(
            note("The file %(file)s is not TOML: %(why)s.", file=path.name, why=str(problem)[:200]),
            note("docs/committee/topics.md shows a complete one."),
        ) from None
    try:
        topic = Topic(
            slug=_text(table, "slug"),
            status=TopicStatus.PROPOSED,
            ministry=_text(table, "ministry"),
            opens_on=_day(table, "opens_on"),
            closes_on=_day(table, "closes_on"),
            answer_due_on=_day(table, "answer_due_on"),
            proposed_by=proposed_by,
            texts={language: _said(table, language) for language in LANGUAGES},
            positions=_numbers(table, "positions"),
        )
    except KeyError as missing:
        raise BadInput(
            note("The file %(file)s lacks “%(key)s”.", file=path.name, key=missing.args[0]),
            note("docs/committee/topics.md shows a complete one."),
        ) from None
    _check_positions(topic)
    return topic


def _check_positions(topic: Topic) -> None:
    known = range(1, topic.questions + 1)
    whole = all(type(number) is int and number in known for number in topic.positions)
    if not whole or len(set(topic.positions)) < len(topic.positions):
        raise BadInput(
            note(
                "“positions” holds numbers of questions, from 1 to %(most)s, each once.",
                most=topic.questions,
            ),
            note(
                "For example, where the first question asks whether somebody agrees: positions = [1]"
            ),
        )


def _said(table: dict[str, Any], language: str) -> TopicText:
    if not isinstance(table.get(language), dict):
        raise KeyError(language)
    part = table[language]
    questions = part.get("questions")
    if not isinstance(questions, list) or not all(isinstance(q, str) for q in questions):
        raise KeyError(f"{language}.questions")
    return TopicText(
        title=_text(part, "title"),
        context=_text(part, "context"),
        influence=_text(part, "influence"),
        hashtag=_text(part, "hashtag").lstrip("#"),
        questions=tuple(questions),
    )


def _text(table: dict[str, Any], key: str) -> str:
    if not isinstance(table.get(key), str):
        raise KeyError(key)
    return str(table[key]).strip()


def _numbers(table: dict[str, Any], key: str) -> tuple[Any, ...]:
    found = table.get(key, [])
    return tuple(found) if isinstance(found, list) else (0,)  # no question has it: refused


def _day(table: dict[str, Any], key: str) -> date:
    if not isinstance(table.get(key), date) or isinstance(table.get(key), datetime):
        raise KeyError(key)
    found: date = table[key]
    return found
