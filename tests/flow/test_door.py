"""The one door: what goes in, what is kept, and that nothing rests in the clear."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories import open_topic
from youthvoice.errors import BadInput, Refused
from youthvoice.flow.context import Context
from youthvoice.flow.receive import receive
from youthvoice.flow.submit import submit
from youthvoice.model import RawContribution, ReviewStatus
from youthvoice.store import contributions
from youthvoice.trust import keys
from youthvoice.trust.vault import unseal


def raw(number: int, text: str) -> RawContribution:
    return RawContribution("file", f"k{number}", text, date(2026, 11, 10), 2)


def test_a_message_walks_in(context: Context) -> None:
    topic = open_topic(context)
    text = "My na​me is Maya, call 905-555-0199, there is no bus"
    first = receive(context, topic.id, [raw(1, text), raw(2, "i dont want to be here anymore")])
    assert first == (2, 0, 1)
    assert receive(context, topic.id, [raw(1, text), raw(1, text)]) == (0, 2, 0)
    with context.store.read() as tx:
        waiting = contributions.queue(tx, [ReviewStatus.WAITING], ["file"])
        held = contributions.queue(tx, [ReviewStatus.HELD], ["file"])
        sealed = sealed.read(tx, waiting[0].id)
    assert "Maya" not in str(waiting[0].text) and "0199" not in str(waiting[0].text)
    assert "communities" in {score.theme for score in waiting[0].proposed}
    assert held[0].risk.level == 3 and held[0].hold == "risk"
    assert sealed is not None
    key = keys.private_key(context.settings.keys_dir, "moderator")
    assert unseal(sealed, waiting[0].id, "moderator", key) == text


def test_a_voice_through_the_form(context: Context) -> None:
    open_topic(context)
    assert submit(context, "mentoring", 3, "the bus is always late").accepted == 1
    assert submit(context, "mentoring", 3, "the bus is always late").accepted == 1
    for question, text in ((0, " \n "), (0, "\u200b\u200b"), (9, "hello"), (0, "x" * 10_001)):
        with pytest.raises(BadInput):
            submit(context, "mentoring", question, text)


def test_a_closed_topic_takes_nothing(lite: Context) -> None:
    from tests.factories import SECOND
    from youthvoice.flow import review

    open_topic(lite)
    review.close_topic(lite, "mentoring", SECOND)
    with pytest.raises(Refused):
        submit(lite, "mentoring", 0, "late")


def test_words_hide_in_every_object_of_the_way(lite: Context) -> None:
    from youthvoice.flow.receive import admit

    found = admit([raw(1, "CANARY canary")], 1, lite.keys, lite.analyser())
    assert "canary" not in repr((raw(1, "CANARY canary"), found)).lower()


def test_invisible_characters_are_no_voice(context: Context) -> None:
    from youthvoice.store import rollups

    topic = open_topic(context)
    receive(context, topic.id, [raw(1, "\u200b\u2060"), raw(2, "a bus")])
    with context.store.read() as tx:
        assert rollups.count_total(tx, topic.id)[0] == 1
