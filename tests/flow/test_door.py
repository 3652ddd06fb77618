"""The one door: what goes in, what is kept, and that nothing rests in the clear."""

from __future__ import annotations

from datetime import date

from tests.factories import open_topic
from youthvoice.flow.context import Context
from youthvoice.flow.receive import receive
from youthvoice.model import RawContribution, ReviewStatus
from youthvoice.store import review_queue, sealed
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
        waiting = review_queue.queue(tx, [ReviewStatus.WAITING], ["file"])
        held = review_queue.queue(tx, [ReviewStatus.HELD], ["file"])
        original = sealed.read(tx, waiting[0].id)
    assert "Maya" not in str(waiting[0].text) and "0199" not in str(waiting[0].text)
    assert "communities" in {score.theme for score in waiting[0].proposed}
    assert held[0].risk.level >= 3 and held[0].hold == "risk"
    assert original is not None
    private = keys.private_keys(context.settings.keys_dir, "moderator")
    assert unseal(original, waiting[0].id, "moderator", private) == text


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
