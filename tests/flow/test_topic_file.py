"""A topic written as a file: which of its questions ask whether somebody agrees."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.factories import AUTHOR
from youthvoice.errors import BadInput
from youthvoice.flow import review
from youthvoice.flow.context import Context
from youthvoice.flow.topic_file import read_topic
from youthvoice.store import topics

DOCS = Path(__file__).resolve().parents[2] / "docs" / "committee" / "topics.md"
LINE = re.compile(r"^positions = .*$", re.MULTILINE)


@pytest.fixture
def example() -> str:
    """The file that the guide shows."""
    found = re.search(r"```toml\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    return found[1]


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "topic.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_file_that_the_guide_shows_is_stored(
    context: Context, tmp_path: Path, example: str
) -> None:
    topic = read_topic(written(tmp_path, example), AUTHOR.name)
    assert topic.positions == (1,)
    review.propose_topic(context, topic, AUTHOR)
    with context.store.read() as tx:
        assert topics.get(tx, topic.slug).positions == (1,)
    review.send_back_topic(context, topic.slug, AUTHOR)
    more = LINE.sub("positions = [1, 2]", example)
    review.propose_topic(context, read_topic(written(tmp_path, more), AUTHOR.name), AUTHOR)
    with context.store.read() as tx:
        assert topics.get(tx, topic.slug).positions == (1, 2)


def test_no_question_need_ask_for_a_position(tmp_path: Path, example: str) -> None:
    assert read_topic(written(tmp_path, LINE.sub("", example)), "Ana").positions == ()
    empty = LINE.sub("positions = []", example)
    assert read_topic(written(tmp_path, empty), "Ana").positions == ()


@pytest.mark.parametrize("wrong", ["[0]", "[3]", "[1, 1]", '["1"]', "[true]", "[1.0]", "1", '"1"'])
def test_only_numbers_of_its_questions_are_taken(tmp_path: Path, example: str, wrong: str) -> None:
    with pytest.raises(BadInput) as found:
        read_topic(written(tmp_path, LINE.sub(f"positions = {wrong}", example)), "Ana")
    assert "from 1 to 2" in str(found.value)
