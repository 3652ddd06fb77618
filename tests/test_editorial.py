import re
from pathlib import Path

import pytest

from tests.factories import AUTHOR, MINISTRY, SECOND
from youthvoice import editorial
from youthvoice.demo import pilot
from youthvoice.errors import Refused
from youthvoice.model import ReviewStatus, TopicStatus

ROOT = Path(__file__).resolve().parents[1]


def test_a_topic_needs_a_second_person() -> None:
    step = (editorial.TOPIC_MOVES, TopicStatus.PROPOSED, TopicStatus.APPROVED)
    assert editorial.can_move(*step, SECOND, AUTHOR.name)
    with pytest.raises(Refused, match="second person"):
        editorial.check_move(*step, AUTHOR, AUTHOR.name)


def test_a_role_is_needed_and_a_step_must_exist() -> None:
    with pytest.raises(Refused, match="role"):
        editorial.check_move(
            editorial.TOPIC_MOVES, TopicStatus.PROPOSED, TopicStatus.APPROVED, MINISTRY, "x"
        )
    with pytest.raises(Refused, match="cannot become"):
        editorial.check_move(
            editorial.TOPIC_MOVES, TopicStatus.DRAFT, TopicStatus.OPEN, AUTHOR, "x"
        )


def test_nobody_moves_a_withdrawn_message() -> None:
    assert not [m for m in editorial.REVIEW_MOVES if m.source == ReviewStatus.WITHDRAWN]


def test_only_the_program_opens_and_publishes() -> None:
    assert not editorial.can_move(
        editorial.TOPIC_MOVES, TopicStatus.APPROVED, TopicStatus.OPEN, SECOND
    )


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_topic_without_one_language_is_refused(language: str) -> None:
    from dataclasses import replace
    from datetime import date

    whole = pilot.mentoring(date(2026, 11, 1), "author")
    editorial.check_topic_complete(whole)
    text = replace(whole.texts[language], context=" ")
    with pytest.raises(Refused, match="Both languages"):
        editorial.check_topic_complete(replace(whole, texts={**whole.texts, language: text}))


def test_the_diagrams_in_the_design_are_those_of_the_tables() -> None:
    design = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    shown = re.findall(r"```mermaid\n(stateDiagram.*?)\n```", design, re.S)
    assert shown == [editorial.diagram(name) for name in editorial.TABLES]
