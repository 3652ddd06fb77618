from __future__ import annotations

import pytest

from tests.factories import (
    AUTHOR,
    MINISTRY,
    SECOND,
    answer,
    answered,
    collected,
    network,
    open_topic,
    topic,
)
from youthvoice.errors import BadInput, Refused
from youthvoice.flow import codebooks, feed_back, post
from youthvoice.flow.context import Context
from youthvoice.model import CodebookTheme, ResponseStatus, TopicStatus
from youthvoice.store import responses

NAMES = {"en": "No bus", "fr": "Pas d’autobus"}


def test_the_answer_goes_back_under_the_own_root(context: Context) -> None:
    open_topic(context)
    collected(context, *["no bus in my town"] * 12)
    key = feed_back.write(context, "mentoring", answer("communities"), MINISTRY)
    feed_back.approve(context, key, SECOND)
    assert feed_back.feed_back(context).published == 0  # not before it is posted
    assert post.post(context).sent == 2
    assert feed_back.feed_back(context).published == 1
    with context.store.read() as tx:
        found = responses.get(tx, key)
    assert found.status == ResponseStatus.PUBLISHED
    assert (found.messages, found.texts) == (12, None)  # one text twelve times: too few to be said
    said = {
        reply.text
        for root in network(context).roots()
        for reply in network(context).thread(root.id, 50)
        if reply.official and reply.parent_id == root.id
    }
    assert any("Rides are paid." in str(text) for text in said)
    assert any("Les trajets sont payés." in str(text) for text in said)


@pytest.mark.parametrize("theme", ["communities", None])
def test_an_answer_says_from_how_many_texts(context: Context, theme: str | None) -> None:
    open_topic(context)
    collected(context, *[f"no bus number {n} in my town" for n in range(12)], "no bus 3 in my town")
    key = answered(context, theme)
    with context.store.read() as tx:
        found = responses.get(tx, key)
    assert (found.messages, found.texts) == (13, 13)


def test_a_theme_of_the_topic_can_be_answered(context: Context) -> None:
    open_topic(context)
    own = CodebookTheme("no-bus", 2, "communities", NAMES, NAMES)
    codebooks.edit(context, "mentoring", [*codebooks.level_one(context), own], AUTHOR)
    with pytest.raises(BadInput, match="no theme"):
        feed_back.write(context, "mentoring", answer("no-bus"), MINISTRY)
    codebooks.sign_off(context, "mentoring", SECOND)
    assert feed_back.write(context, "mentoring", answer("no-bus"), MINISTRY)


def test_the_whole_topic_answered_is_answered(context: Context) -> None:
    open_topic(context)
    key = feed_back.write(context, "mentoring", answer(), MINISTRY)
    feed_back.approve(context, key, SECOND)
    post.post(context)
    feed_back.feed_back(context)
    assert topic(context).status == TopicStatus.ANSWERED
    assert feed_back.worklist(context) == []


def test_rules_of_an_answer(context: Context) -> None:
    open_topic(context)
    with pytest.raises(Refused, match="Both languages"):
        feed_back.write(context, "mentoring", answer(did={"en": "x", "fr": ""}), MINISTRY)
    with pytest.raises(Refused, match="ministry"):
        feed_back.write(context, "mentoring", answer(), SECOND)
    with pytest.raises(BadInput, match="no theme"):
        feed_back.write(context, "mentoring", answer("nope"), MINISTRY)
    with pytest.raises(BadInput, match="too long"):
        feed_back.write(context, "mentoring", answer(did={"en": "x" * 600, "fr": "y"}), MINISTRY)
    key = feed_back.write(context, "mentoring", answer(), MINISTRY)
    feed_back.send_back(context, key, SECOND)
    with pytest.raises(Refused):
        feed_back.approve(context, key, SECOND)
    better = answer(did={"en": "All rides are paid.", "fr": "Tous les trajets sont payés."})
    assert feed_back.write(context, "mentoring", better, MINISTRY, replaces=key) == key
    with context.store.read() as tx:
        (found,) = responses.every(tx)
    assert found.did["en"] == "All rides are paid." and found.status == ResponseStatus.SUBMITTED


def test_the_worklist_counts_days(context: Context) -> None:
    open_topic(context)
    ((found, days),) = feed_back.worklist(context)
    assert found.slug == "mentoring" and days == 57
