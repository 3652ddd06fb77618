"""The review page: asking a writer, near-duplicates, objections, and opening an original."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import session
from tests.dashboard.test_staff import at_home, page, words  # noqa: F401  (a fixture)
from tests.factories import SECOND, open_topic, said
from youthvoice.flow import collapse, receipts, release, review
from youthvoice.flow.context import Context
from youthvoice.model import ReviewStatus
from youthvoice.store import audit, contributions, decisions

LETTER = (
    "Please bring back the mentors of our school, they helped {} with homework every single week"
)


def test_asking_and_answering(at_home: Context) -> None:  # noqa: F811
    open_topic(at_home)
    code = said(at_home, "my mentor Zebrakanari helped me with homework")
    release.release(at_home)
    (item,) = review.queue(at_home)
    test = page("review", "sacha")
    test.text_area(key=f"ask_{item.id}").input("Which school year was it?").run()
    test.button(key=f"ask_now_{item.id}").click().run()
    assert not test.exception
    shown = receipts.look(at_home, code)
    assert shown and [one.text for one in shown.thread] == ["Which school year was it?"]
    receipts.reply(at_home, code, "grade nine, call 905-555-0177")
    review.decide(at_home, item.id, ReviewStatus.RELEASED, ["education"], SECOND)
    receipts.reply(at_home, code, "and grade ten")
    release.release(at_home)
    found = words(page("review", "sacha"))
    assert "answered your question" in found and "grade ten" in found and "905-555" not in found


def test_an_objection_is_shown_and_settled(at_home: Context) -> None:  # noqa: F811
    open_topic(at_home)
    code = said(at_home, "my mentor helped me with homework")
    release.release(at_home)
    (item,) = review.queue(at_home)
    review.decide(at_home, item.id, ReviewStatus.RELEASED, ["health"], SECOND)
    assert not review.queue(at_home)
    receipts.object_to(at_home, code, "health")
    assert not review.queue(at_home)  # with the next batch
    release.release(at_home)
    test = page("review", "sacha")
    assert "this is not what it is about" in words(test)
    test.pills[0].set_value(["education"])
    test.button(key=f"released_{item.id}").click().run()
    assert not test.exception and not review.queue(at_home)


def test_what_was_done_stays_long_enough_to_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def frame() -> None:
        from dashboard import session

        session.show_done()

    test = AppTest.from_function(frame)
    test.session_state[session.DONE] = session.Done("Kept.")
    for _ in range(2):  # the second: a field lost its focus
        assert [one.value for one in test.run().success] == ["Kept."]
    monkeypatch.setattr(session, "SAID_SECONDS", -1.0)
    assert not test.run().success and not test.exception


def test_near_duplicates_are_decided_together_and_the_unread_never_quoted(
    at_home: Context,  # noqa: F811
) -> None:
    at_home.keys.pepper = b"p" * 32  # what is nearly the same depends on it, by a hair
    open_topic(at_home)
    for name in ("us", "me", "them"):
        said(at_home, LETTER.format(name))
    release.release(at_home)
    assert collapse.collapse(at_home).joined == 2
    (item,) = review.queue(at_home)
    test = page("review", "sacha")
    assert "2 other messages say nearly the same" in words(test)
    test.checkbox(key=f"together_{item.id}").check().run()
    test.button(key=f"released_{item.id}").click().run()
    assert not test.exception and not review.queue(at_home)
    with at_home.store.read() as tx:
        assert contributions.status_counts(tx)["released"] == 3
        assert [one.id for one in decisions.quotations(tx, item.topic_id, ["form"])] == [item.id]


def test_an_original_opens_for_a_reason_and_leaves_an_entry(at_home: Context) -> None:  # noqa: F811
    open_topic(at_home)
    said(at_home, "call me, Zebrakanari, at 905-555-0177")
    release.release(at_home)
    (item,) = review.queue(at_home)
    test = page("review", "sacha")
    assert "905-555-0177" not in words(test)
    test.selectbox(key=f"open_reason_{item.id}").set_value("duty to report").run()
    test.button(key=f"open_{item.id}").click().run()
    assert not test.exception and "905-555-0177" in words(test)
    with at_home.store.read() as tx:
        entry = audit.newest(tx)[0]
    assert (entry.action, entry.reason) == ("open original", "duty to report")
    assert item.id in entry.subject and len(entry.commitment) == 64
    assert "905-555-0177" not in words(page("review", "sacha"))


def test_who_is_heard(at_home: Context) -> None:  # noqa: F811
    from youthvoice.flow import aggregate, heard
    from youthvoice.model import SelfDescription

    open_topic(at_home)
    for number in range(heard.LEAST):
        said(at_home, f"homework {number}", about=SelfDescription("13-15", "P0", None, ("rural",)))
    release.release(at_home)
    aggregate.aggregate(at_home)
    found = words(page("explore"))
    assert "Who is heard" in found and "Northern Ontario" in found and "withheld" in found
