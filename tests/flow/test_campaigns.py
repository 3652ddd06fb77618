"""Codes on paper: made for an approved topic, forgiven when mistyped, counted by messages only."""

from __future__ import annotations

import pytest

from tests.factories import AUTHOR, SECOND, open_topic, proposed_topic, said, topic
from youthvoice.errors import BadInput, NotFound, Refused
from youthvoice.flow import campaigns, release, review
from youthvoice.flow.context import Context
from youthvoice.model import Actor, Role
from youthvoice.trust import codes


def test_a_code_and_what_came_with_it(context: Context) -> None:
    open_topic(context)
    made = campaigns.new(context, "mentoring", "  Libraries,   March ", SECOND)
    assert made.name == "Libraries, March" and len(made.code) == 6
    for number in range(11):
        said(context, f"a ride after {number}", campaign=codes.grouped(made.code).lower())
    said(context, "no code")
    said(context, "a code of nothing", campaign="ZZZZZZ")
    release.release(context)
    (row,) = campaigns.report(context)
    assert (row.code, row.topic, row.messages) == (made.code, "mentoring", 11)
    other = campaigns.new(context, "mentoring", "Schools", SECOND)
    said(context, "from a school", campaign=other.code)
    release.release(context)
    by_code = {one.code: one.messages for one in campaigns.report(context, "mentoring")}
    assert by_code == {made.code: 11, other.code: None}  # a small count is withheld


def test_who_and_when(lite: Context) -> None:
    proposed_topic(lite)
    with pytest.raises(Refused, match="not been approved"):
        campaigns.new(lite, "mentoring", "Libraries", SECOND)
    review.approve_topic(lite, "mentoring", SECOND)
    with pytest.raises(Refused):
        campaigns.new(lite, "mentoring", "Libraries", Actor("kid", Role.VISITOR))
    for name in ("", "   ", "x" * 121):
        with pytest.raises(BadInput):
            campaigns.new(lite, "mentoring", name, AUTHOR)
    with pytest.raises(NotFound):
        campaigns.get(lite, "ZZZZZZ")
    assert campaigns.code_for(lite, "not a code at all", topic(lite).id) is None


@pytest.mark.parametrize("typed", ["7KQ2M0", "7kq2mo", " 7kq-2m0 ", "7KQ 2MO"])
def test_what_is_forgiven(typed: str) -> None:
    assert codes.read(typed, 6) == "7KQ2M0"


@pytest.mark.parametrize("typed", ["", "7KQ2M", "7KQ2M00", "7KQ2MU", "7KQ2M!", "é" * 6])
def test_what_is_no_code(typed: str) -> None:
    assert codes.read(typed, 6) is None


def test_codes_use_every_letter() -> None:
    made = "".join(codes.make(6) for _ in range(2_000))
    assert set(made) == set(codes.ALPHABET)
