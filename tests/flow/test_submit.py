"""A voice from the form: what is shown before it is sent, and what is stored, once, when it is."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest
import time_machine

from tests.factories import AUTHOR, SECOND, open_topic, said
from youthvoice.errors import BadInput, Refused
from youthvoice.flow import campaigns, release, review
from youthvoice.flow import receipts as coming_back
from youthvoice.flow.context import Context
from youthvoice.flow.submit import (
    NotSent,
    Preview,
    Settled,
    Written,
    again,
    prepare,
    send,
    written_in,
)
from youthvoice.model import ReviewItem, ReviewStatus, SelfDescription, TopicStatus
from youthvoice.store import contributions, pool, topics
from youthvoice.trust import proofs, receipts

WORDS = "My name is Maya, call 905-555-0199, there is no bus"


def shown(context: Context, text: str = WORDS, question: int = 3, **more: object) -> Preview:
    return prepare(context, Written("mentoring", question, text, **more))  # type: ignore[arg-type]


def solved(preview: Preview) -> str:
    return proofs.solve(preview.challenge)


def stored(context: Context) -> list[ReviewItem]:
    """Everything from the form, also what still waits for its batch."""
    with context.store.read() as tx:
        return [contributions.get(tx, ident) for ident in pool.waiting(tx)]


def test_the_preview_shows_what_will_be_hidden_and_stores_nothing(context: Context) -> None:
    open_topic(context)
    preview = shown(context)
    assert "Maya" not in preview.masked.text and "0199" not in preview.masked.text
    assert "bus" in preview.masked.text and preview.masked.spans
    assert preview.language == "en" and preview.topic.slug == "mentoring"
    assert stored(context) == []
    assert b"Maya" not in base64.urlsafe_b64decode(preview.carried)
    found = written_in(context, preview.carried)
    assert found is not None and found == preview.written


def test_what_was_seen_is_what_is_stored(context: Context) -> None:
    open_topic(context)
    preview = shown(context)
    sent = send(context, preview.carried, solved(preview))
    assert not sent.again
    assert receipts.read(sent.receipt) == sent.receipt
    (item,) = stored(context)
    assert (item.text, item.spans) == (preview.masked.text, preview.masked.spans)
    assert (item.topic, item.question, item.channel) == ("mentoring", 3, "form")
    assert item.day == context.settings.today().date() and item.pooled


def test_two_people_may_write_the_same_words(context: Context) -> None:
    open_topic(context)
    assert said(context, "the bus is always late") != said(context, "the bus is always late")
    assert len(stored(context)) == 2


@pytest.mark.parametrize(
    ("text", "question", "sentence"),
    [
        ("", 0, "is empty"),
        (" \n ", 0, "is empty"),
        ("\u200b\u2060", 0, "is empty"),
        ("x" * 10_001, 0, "longer than 10000"),
        ("hello", 9, "no such question"),
        ("hello", -1, "no such question"),
    ],
)
def test_what_cannot_be_sent_as_it_is(
    lite: Context, text: str, question: int, sentence: str
) -> None:
    open_topic(lite)
    with pytest.raises(BadInput, match=sentence):
        shown(lite, text, question)


def test_the_longest_text_that_is_taken(lite: Context) -> None:
    open_topic(lite)
    said(lite, "é" * 10_000)
    assert len(stored(lite)) == 1


def test_a_topic_that_is_not_open(lite: Context) -> None:
    with pytest.raises(BadInput, match="no topic"):
        shown(lite)
    open_topic(lite)
    preview = shown(lite)
    review.close_topic(lite, "mentoring", SECOND)
    with pytest.raises(Refused, match="not open"):
        shown(lite)
    with pytest.raises(Refused, match="not open"):  # it closed while the page was open
        send(lite, preview.carried, solved(preview))
    assert stored(lite) == []


def test_the_topic_that_is_always_open(context: Context) -> None:
    receipt = said(context, "nobody asks us about homework", slug="own-issue", question=1)
    (item,) = stored(context)
    assert receipt and item.topic == "own-issue"
    with pytest.raises(Refused, match="always open"):
        review.close_topic(context, "own-issue", AUTHOR)
    with context.store.read() as tx:
        assert [topic.slug for topic in topics.every(tx)] == []


def test_a_page_that_was_changed_on_its_way(lite: Context) -> None:
    open_topic(lite)
    preview = shown(lite)
    for carried in ("", "x", preview.carried[:-8] + "AAAAAAA=", preview.carried[4:]):
        with pytest.raises(BadInput, match="changed on its way"):
            send(lite, carried, solved(preview))
        assert written_in(lite, carried) is None and again(lite, carried) is None
    assert stored(lite) == []


def test_a_page_that_was_open_too_long_gives_the_words_back(lite: Context) -> None:
    open_topic(lite)
    with time_machine.travel(lite.now(), tick=False) as clock:
        preview = shown(lite)
        proof = solved(preview)
        clock.shift(timedelta(minutes=61))
        with pytest.raises(NotSent, match="more than an hour") as told:
            send(lite, preview.carried, proof)
        assert told.value.written == preview.written and told.value.exit_code == 2
        assert stored(lite) == []
        fresh = again(lite, preview.carried)
        assert fresh is not None and fresh.masked == preview.masked
        assert not send(lite, fresh.carried, solved(fresh)).again
    assert len(stored(lite)) == 1


def test_words_are_in_no_refusal(lite: Context) -> None:
    open_topic(lite)
    preview = shown(lite, "CANARY words about a bus")
    with pytest.raises(NotSent) as told:
        send(lite, preview.carried)
    for said_of_it in (str(told.value), repr(told.value), repr(told.value.written), repr(preview)):
        assert "CANARY" not in said_of_it


@pytest.mark.parametrize("proof", ["x", "bm90aGluZw==", "{}"])
def test_a_proof_that_does_not_hold(lite: Context, proof: str) -> None:
    open_topic(lite)
    preview = shown(lite)
    with pytest.raises(NotSent, match="check of your device") as told:
        send(lite, preview.carried, proof, "7")
    assert told.value.written.text == WORDS and stored(lite) == []


def test_a_proof_of_another_page(lite: Context) -> None:
    open_topic(lite)
    preview, other = shown(lite), shown(lite)
    with pytest.raises(NotSent, match="check of your device"):
        send(lite, preview.carried, solved(other))
    send(lite, preview.carried, solved(preview))


def test_sent_twice_is_stored_once(context: Context) -> None:
    open_topic(context)
    with time_machine.travel(context.now(), tick=False) as clock:
        preview = shown(context)
        proof = solved(preview)
        first = send(context, preview.carried, proof)
        clock.shift(timedelta(minutes=50))
        second = send(context, preview.carried, proof)
        assert (first.again, second.again) == (False, True)
        same = first.receipt == second.receipt
        assert same
        clock.shift(timedelta(minutes=20))
        with pytest.raises(NotSent, match="more than an hour"):
            send(context, preview.carried, proof)
        with pytest.raises(Refused, match="only once"):
            again(context, preview.carried)
    assert len(stored(context)) == 1


def test_what_was_stored_before_its_topic_closed_is_shown_again(context: Context) -> None:
    """The line broke, and the page is sent once more an instant too late."""
    open_topic(context)
    preview, late = shown(context), shown(context)
    first = send(context, preview.carried, solved(preview))
    review.close_topic(context, "mentoring", AUTHOR)
    second = send(context, preview.carried, solved(preview))
    assert second.again and second.topic.status == TopicStatus.CLOSED
    same = first.receipt == second.receipt
    assert same
    with pytest.raises(Settled, match="only once"):
        again(context, preview.carried)
    with pytest.raises(Refused, match="not open now"):
        send(context, late.carried, solved(late))
    with pytest.raises(Refused, match="not open now"):
        again(context, late.carried)
    coming_back.withdraw(context, first.receipt)
    with pytest.raises(Settled, match="taken back"):
        send(context, preview.carried, solved(preview))
    assert len(stored(context)) == 0


def test_each_message_has_a_receipt_of_its_own(lite: Context) -> None:
    open_topic(lite)
    one, other = shown(lite), shown(lite)
    codes = {send(lite, page.carried, solved(page)).receipt for page in (one, other)}
    assert len(codes) == 2
    for code in codes:
        assert code not in one.carried + other.carried


def test_a_campaigns_code_stays_with_its_topic_only(context: Context) -> None:
    open_topic(context)
    made = campaigns.new(context, "mentoring", "Libraries", SECOND)
    said(context, "from a library", campaign=made.code)
    said(context, "another topic", slug="own-issue", campaign=made.code)
    said(context, "no code at all", campaign="scribble")
    release.release(context)
    with context.store.read() as tx:
        from youthvoice.store import campaigns as kept

        assert kept.messages(tx) == {made.code: 1}


def test_a_text_that_a_detector_fails_on_is_shown_to_nobody(
    lite: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_topic(lite)
    analyser = lite.analyser()
    monkeypatch.setattr(analyser.anonymiser._spacy["en"], "_run", lambda texts: 1 / 0)  # type: ignore[attr-defined]
    preview = shown(lite, "my friend Maya likes this program a lot")
    assert preview.masked.text == "" and preview.masked.spans == ()
    send(lite, preview.carried, solved(preview))
    (item,) = stored(lite)
    assert item.text is None and item.status == ReviewStatus.HELD
    assert item.hold == "detector failed"


def test_danger_is_held(lite: Context) -> None:
    open_topic(lite)
    said(lite, "i dont want to be here anymore")
    (item,) = stored(lite)
    assert item.status == ReviewStatus.HELD and item.risk.level >= 3


def test_what_somebody_says_of_themselves_is_kept_apart(context: Context) -> None:
    from sqlalchemy import select

    from youthvoice.store.tables import self_description

    open_topic(context)
    about = SelfDescription("16-18", "P0", "fr", ("newcomer", "rural"))
    said(context, "more to do in the north", about=about)
    said(context, "nothing about me")
    with context.store.read() as tx:
        (row,) = tx.execute(select(self_description)).all()
        item = contributions.get(tx, row.contribution_id)
    assert (row.age_band, row.region, row.first_language) == ("16-18", "P0", "fr")
    assert row.groups == ["newcomer", "rural"] and "north" in str(item.text)
    assert "P0" not in repr(about)
