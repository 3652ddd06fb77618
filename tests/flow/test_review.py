from __future__ import annotations

import pytest

from tests.factories import AUTHOR, MINISTRY, SECOND, collected, open_topic, proposed_topic, topic
from youthvoice.errors import BadInput, Refused
from youthvoice.flow import remask, review, tag, withdrawals
from youthvoice.flow.context import Context
from youthvoice.model import ReviewItem, ReviewStatus, ThemeScore, TopicStatus
from youthvoice.store import audit, contributions, proposals


def first(context: Context) -> ReviewItem:
    return review.queue(context)[0]


def test_a_second_person_approves(context: Context) -> None:
    proposed_topic(context)
    with pytest.raises(Refused, match="second person"):
        review.approve_topic(context, "mentoring", AUTHOR)
    with pytest.raises(Refused):
        review.approve_topic(context, "mentoring", MINISTRY)
    assert topic(context).status == TopicStatus.PROPOSED
    review.approve_topic(context, "mentoring", SECOND)
    with pytest.raises(Refused):
        review.approve_topic(context, "mentoring", SECOND)


def test_the_decision_stands_beside_the_proposal(context: Context) -> None:
    open_topic(context)
    collected(context, "my mentor helped me with homework at school")
    item = first(context)
    assert {score.theme for score in item.proposed} == {"support", "education"}
    review.decide(context, item.id, ReviewStatus.RELEASED, ["education"], SECOND)
    with context.store.read() as tx:
        after = contributions.get(tx, item.id)
        entries = audit.newest(tx)
    assert after.decided == ("education",) and after.proposed == item.proposed
    assert entries[0].actor == "second" and item.id in entries[0].subject


def test_a_later_model_never_overwrites_a_person(context: Context) -> None:
    open_topic(context)
    collected(context, "my mentor helped me with homework", "no bus in my town")
    item = first(context)
    review.decide(context, item.id, ReviewStatus.RELEASED, ["civic"], SECOND)
    with context.store.write() as tx:
        for one in [*review.queue(context), item]:
            proposals.propose(tx, one.id, [ThemeScore("health", 0.1)], "older model")
    assert tag.tag(context).tagged == 2
    assert tag.tag(context).tagged == 0
    with context.store.read() as tx:
        after = contributions.get(tx, item.id)
    assert after.decided == ("civic",) and "health" not in {p.theme for p in after.proposed}


def test_a_person_may_decide_that_there_is_no_theme(context: Context) -> None:
    open_topic(context)
    collected(context, "homework")
    item = first(context)
    review.decide(context, item.id, ReviewStatus.RELEASED, [], SECOND)
    with context.store.read() as tx:
        assert contributions.get(tx, item.id).decided == ()


def test_rules_of_a_decision(context: Context) -> None:
    open_topic(context)
    collected(context, "i dont want to be here anymore")
    item = first(context)
    assert item.status == ReviewStatus.HELD
    with pytest.raises(BadInput, match="Say why"):
        review.decide(context, item.id, ReviewStatus.RELEASED, [], SECOND)
    with pytest.raises(BadInput, match="Say why"):
        review.decide(context, item.id, ReviewStatus.REJECTED, [], SECOND, "because")
    with pytest.raises(BadInput, match="no theme"):
        review.decide(context, item.id, ReviewStatus.RELEASED, ["x"], SECOND, "safe now")
    with pytest.raises(Refused):
        review.decide(context, item.id, ReviewStatus.RELEASED, [], MINISTRY, "safe now")
    review.decide(context, item.id, ReviewStatus.RELEASED, [], SECOND, "safe now")


def test_themes_can_be_corrected_after_release(context: Context) -> None:
    open_topic(context)
    collected(context, "homework")
    item = first(context)
    review.decide(context, item.id, ReviewStatus.RELEASED, [], SECOND)
    review.decide(context, item.id, ReviewStatus.RELEASED, ["education"], SECOND)
    with context.store.read() as tx:
        assert contributions.get(tx, item.id).decided == ("education",)


def test_what_no_detector_saw_cannot_be_released(lite: Context, monkeypatch) -> None:
    open_topic(lite)
    analyser = lite.analyser()
    monkeypatch.setattr(analyser.anonymiser._spacy["en"], "_run", lambda texts: 1 / 0)  # type: ignore[attr-defined]
    collected(lite, "my friend Maya likes this program a lot")
    item = first(lite)
    assert item.text is None and item.status == ReviewStatus.HELD
    with pytest.raises(Refused, match="detector"):
        review.decide(lite, item.id, ReviewStatus.RELEASED, [], SECOND, "safe now")

    monkeypatch.undo()
    assert remask.remask(lite, SECOND) == (1, 0)
    again = first(lite)
    assert again.status == ReviewStatus.WAITING and "Maya" not in str(again.text)
    assert "program" in str(again.text)
    with lite.store.read() as tx:
        assert any("open original" in entry.action for entry in audit.newest(tx))


def test_a_topic_that_was_sent_back_is_proposed_again(context: Context) -> None:
    from dataclasses import replace

    from youthvoice.demo import pilot

    old = proposed_topic(context)
    review.send_back_topic(context, "mentoring", SECOND)
    again = pilot.mentoring(old.opens_on, AUTHOR.name)
    better = replace(again.texts["en"], title="Better", questions=again.texts["en"].questions[:2])
    french = replace(again.texts["fr"], questions=again.texts["fr"].questions[:2])
    review.propose_topic(context, replace(again, texts={"en": better, "fr": french}), AUTHOR)
    found = topic(context)
    assert found.status == TopicStatus.PROPOSED and found.texts["en"].title == "Better"
    assert found.questions == 2 and found.id == old.id


@pytest.mark.parametrize("slug", ["a/b", "A", "x y", "", "x" * 61])
def test_a_short_name_must_fit_in_an_address(lite: Context, slug: str) -> None:
    from dataclasses import replace
    from datetime import date

    from youthvoice.demo import pilot

    with pytest.raises(BadInput, match="short name"):
        review.propose_topic(
            lite, replace(pilot.mentoring(date(2026, 11, 1), "a"), slug=slug), AUTHOR
        )


def test_a_withdrawn_message_stays_withdrawn(context: Context) -> None:
    open_topic(context)
    collected(context, "homework")
    item = first(context)
    with context.store.write() as tx:
        ((_, ref),) = contributions.refs(tx, topic(context).id, "sandbox")
        withdrawals.withdraw_posts(context, tx, "sandbox", [ref])
    with pytest.raises(Refused, match="withdrawn"):
        review.decide(context, item.id, ReviewStatus.RELEASED, [], SECOND)
