"""A small part of `make prove` in every run; and that the proofs can fail."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.prove import collecting, posting
from youthvoice.channels.mastodon.channel import MastodonChannel


@pytest.mark.parametrize(
    ("name", "count"), [("x", 40), ("bluesky", 40), ("mastodon", 6), ("mastodon-other", 6)]
)
def test_posting_exactly_once(name: str, count: int, tmp_path: Path) -> None:
    found = posting.run(name, range(5_000, 5_000 + count), tmp_path)
    assert found.schedules == count and found.double == 0 and found.silent == 0
    assert found.deaths > count / 2  # something did happen


def test_the_proof_of_posting_can_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An outbox that does not look before it tries again posts twice, and the proof says so."""
    monkeypatch.setattr(MastodonChannel, "find_published", lambda *_args: None)
    found = posting.run("mastodon-other", range(8), tmp_path)
    assert found.double > 0


@pytest.mark.parametrize(("name", "count"), [("x", 2_500), ("bluesky", 600), ("mastodon", 120)])
def test_collecting_everything_once(name: str, count: int, tmp_path: Path) -> None:
    found = collecting.run(name, count, 7, tmp_path)
    assert (found.missing, found.twice) == (0, 0) and found.early <= 1
    assert found.calls > 20


def test_the_proof_of_collecting_can_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cursor that moves before the last page loses what lies behind it."""
    from youthvoice.channels.x import collecting as reading

    real = reading.turned

    def hasty(cursor, every, source, newest, token, *rest):
        return real(cursor, every, source, newest, "" if random.random() < 0.3 else token, *rest)

    monkeypatch.setattr(reading, "turned", hasty)
    found = collecting.run("x", 1_500, 7, tmp_path)
    assert found.missing > 0
