"""Letters that are nearly the same: each counts as a message, all of them as one text."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.factories import LETTER, SECOND, open_topic, released, said, topic, voice
from youthvoice.errors import BadInput, Refused
from youthvoice.flow import aggregate, collapse, quotes, receipts, release, remask, review
from youthvoice.flow.context import Context
from youthvoice.model import ReviewStatus, Stage
from youthvoice.store import contributions, rollups

LETTERS = [
    LETTER,
    LETTER.replace("Dear", "Hello"),
    LETTER.replace("half", "two"),
    LETTER.upper(),
]
BUS = "the last bus leaves at six, so nobody from my town can take part in anything after school"


@pytest.fixture
def steady(context: Context) -> Context:
    """What is nearly the same depends on the pepper, by a hair: here it is always the same one."""
    context.keys.pepper = b"p" * 32
    open_topic(context)
    return context


def counted(context: Context) -> tuple[int, int]:
    aggregate.aggregate(context)
    with context.store.read() as tx:
        found = rollups.totals(tx, topic(context).id)
    assert found is not None
    return found.messages, found.texts


def test_messages_count_each_and_texts_once(steady: Context) -> None:
    released(steady, *LETTERS, BUS)
    assert counted(steady) == (5, 4)  # upper case alone is the very same text
    assert collapse.collapse(steady).checked == 5
    assert counted(steady) == (5, 2)
    assert collapse.collapse(steady) == (0, 0)


def test_what_comes_later_joins(steady: Context) -> None:
    released(steady, LETTERS[0])
    collapse.collapse(steady)
    released(steady, LETTERS[1], BUS)
    assert collapse.collapse(steady) == (2, 1)
    released(steady, *LETTERS[2:])
    collapse.collapse(steady)
    assert counted(steady) == (5, 2)


def test_every_place_where_texts_are_counted(steady: Context) -> None:
    released(steady, *LETTERS)
    collapse.collapse(steady)
    with steady.store.read() as tx:
        for slice_ in rollups.slices():
            for cell in rollups.count(tx, topic(steady).id, slice_):
                assert (cell.messages, cell.texts) == (4, 1), slice_


def test_what_is_in_the_pool_is_not_compared_yet(steady: Context) -> None:
    said(steady, LETTER)
    assert collapse.collapse(steady) == (0, 0)
    release.release(steady)
    assert collapse.collapse(steady) == (1, 0)


def test_topics_do_not_mix(steady: Context) -> None:
    said(steady, LETTERS[0])
    said(steady, LETTERS[1], slug="own-issue")
    release.release(steady)
    assert collapse.collapse(steady) == (2, 0)


def test_short_texts_are_the_same_only_as_a_whole(steady: Context) -> None:
    released(steady, "no bus in my town", "no bus in our town", "No bus in my town!")
    assert collapse.collapse(steady) == (3, 0)
    assert counted(steady) == (3, 2)


def test_the_queue_shows_one_of_them(steady: Context) -> None:
    released(steady, *LETTERS, BUS)
    collapse.collapse(steady)
    shown = {item.alike: item for item in review.queue(steady)}
    assert sorted(shown) == [0, 3]
    rest = review.queue(steady, without=[shown[3].id])
    assert [item.alike for item in rest] == [0]


def test_one_decision_for_all_of_them(steady: Context) -> None:
    given = released(steady, *LETTERS, BUS)
    collapse.collapse(steady)
    item = next(item for item in review.queue(steady) if item.alike)
    done = review.decide_alike(steady, item.id, ReviewStatus.RELEASED, ["support"], SECOND)
    assert done == 4
    for receipt in given[:4]:
        assert tuple(voice(steady, receipt).decided or ()) == ("support",)
    assert voice(steady, given[4]).decided is None
    (left,) = review.queue(steady)
    assert left.alike == 0


def test_what_nobody_read_itself_is_counted_and_never_quoted(steady: Context) -> None:
    given = released(steady, *LETTERS)
    collapse.collapse(steady)
    (item,) = review.queue(steady)
    review.decide_alike(steady, item.id, ReviewStatus.RELEASED, ["support"], SECOND)
    with steady.store.read() as tx:
        assert [one.id for one in quotes.quotes(tx, topic(steady).id)] == [item.id]
    stages = Counter(receipts.look(steady, receipt).stage for receipt in given)  # type: ignore[union-attr]
    assert stages == {Stage.QUOTED: 1, Stage.COUNTED: 3} and counted(steady)[0] == 4


def test_danger_is_decided_one_by_one(steady: Context) -> None:
    released(steady, *[f"{text} i dont want to be here anymore" for text in LETTERS[:2]])
    collapse.collapse(steady)
    item = review.queue(steady)[0]
    with pytest.raises(Refused, match="one by one"):
        review.decide_alike(steady, item.id, ReviewStatus.RELEASED, [], SECOND, "safe now")
    assert all(one.decided is None for one in review.queue(steady))


def test_a_decision_that_is_refused_decides_nothing(steady: Context) -> None:
    released(steady, *LETTERS)
    collapse.collapse(steady)
    (item,) = review.queue(steady)
    with pytest.raises(BadInput, match="Say why"):
        review.decide_alike(steady, item.id, ReviewStatus.REJECTED, [], SECOND)
    assert review.queue(steady)[0].alike == 3


def test_nobodys_words_are_left_out_unread(steady: Context) -> None:
    """Only the very same words are rejected or held together."""
    given = released(steady, *LETTERS)
    collapse.collapse(steady)
    same = voice(steady, given[0])
    assert review.decide_alike(steady, same.id, ReviewStatus.REJECTED, [], SECOND, "spam") == 2
    statuses = [voice(steady, receipt).status for receipt in given]
    assert statuses == [ReviewStatus.REJECTED, ReviewStatus.WAITING, ReviewStatus.WAITING,
                        ReviewStatus.REJECTED]  # fmt: skip
    assert counted(steady) == (2, 1)


def test_one_of_them_may_be_decided_alone(steady: Context) -> None:
    released(steady, *LETTERS)
    collapse.collapse(steady)
    (item,) = review.queue(steady)
    review.decide(steady, item.id, ReviewStatus.RELEASED, [], SECOND)
    (next_one,) = review.queue(steady)
    assert next_one.alike == 2 and next_one.id != item.id


def test_an_objection_to_one_of_them_is_seen(steady: Context) -> None:
    given = released(steady, *LETTERS)
    collapse.collapse(steady)
    (item,) = review.queue(steady)
    review.decide_alike(steady, item.id, ReviewStatus.RELEASED, ["support", "civic"], SECOND)
    for receipt in given[:2]:
        assert receipts.object_to(steady, receipt, "civic")
    release.release(steady)
    assert len(review.queue(steady)) == 2


def test_the_gravest_is_not_hidden_behind_the_others(steady: Context) -> None:
    """Danger in one of many letters: its own line in the queue, and the first."""
    released(steady, *LETTERS, f"{LETTER} i dont want to be here anymore")
    collapse.collapse(steady)
    first, other = review.queue(steady)
    assert (first.risk.level, first.alike) == (3, 0)
    assert other.alike == 3


def test_a_turn_ends_in_time_and_the_next_goes_on(steady: Context, monkeypatch) -> None:
    monkeypatch.setattr(collapse, "AT_ONCE", 2)
    released(steady, *LETTERS, BUS)
    assert collapse.collapse(steady, seconds=-1).checked == 2
    assert collapse.collapse(steady).checked == 3
    assert counted(steady) == (5, 2)


def test_a_text_that_is_masked_later_is_compared_then(
    lite: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    lite.keys.pepper = b"p" * 32
    open_topic(lite)
    released(lite, LETTERS[0])
    with monkeypatch.context() as patched:
        analyser = lite.analyser()
        patched.setattr(analyser.anonymiser._spacy["en"], "_run", lambda texts: 1 / 0)  # type: ignore[attr-defined]
        released(lite, LETTERS[1])
    assert collapse.collapse(lite) == (2, 0)
    assert remask.remask(lite, SECOND) == (1, 0)
    assert collapse.collapse(lite) == (1, 1)
    with lite.store.read() as tx:
        assert contributions.status_counts(tx)["waiting"] == 2
