"""Coding by hand: what is drawn by chance, what teaches, and what is kept of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.factories import AUTHOR, MINISTRY, SECOND, open_topic, released, topic
from youthvoice.errors import BadInput, Refused
from youthvoice.flow import coding, review
from youthvoice.flow.context import Context
from youthvoice.model import Codebook, CodebookTheme, ReviewStatus, Sample, ThemeScore
from youthvoice.store import audit, codebooks, codings
from youthvoice.store.samples import Candidate

THIRD = replace(SECOND, name="third")
OWN = CodebookTheme(
    "buses",
    2,
    "communities",
    {"en": "Buses", "fr": "Autobus"},
    {"en": "Getting there by bus.", "fr": "S’y rendre en autobus."},
)


def frozen(context: Context) -> Codebook:
    """A codebook of the topic that a second person signed: the common themes, and one of its own."""
    common = [CodebookTheme(one.id, 1, None, one.name, one.name) for one in context.themes]
    today = context.settings.today().date()
    with context.store.write() as tx:
        draft = codebooks.add_draft(tx, topic(context).id, [*common, OWN], AUTHOR.name, today)
        return codebooks.freeze(tx, draft.id, SECOND.name, today)


@pytest.fixture
def coded(context: Context) -> Context:
    """An open topic with a codebook and forty messages that people may read."""
    open_topic(context)
    frozen(context)
    released(context, *[f"the bus number {n} is late again" for n in range(40)])
    return context


def next_one(context: Context, sample: Sample = Sample.CHECK, who=SECOND, without=()):
    return coding.next_task(context, topic(context), sample, who, without)


def save(context: Context, task: coding.Task, themes=("buses",), labels=None, who=SECOND) -> None:
    coding.save(context, task.item.id, task.codebook.id, task.sample, themes, labels or {}, who)


def all_of(context: Context, sample: Sample, who=SECOND) -> list[str]:
    """Code whatever this person is given, to the end; the ids in that order."""
    found = []
    while task := next_one(context, sample, who):
        save(context, task, who=who)
        found.append(task.item.id)
    return found


def test_nothing_is_coded_before_a_codebook_is_signed(context: Context) -> None:
    open_topic(context)
    with pytest.raises(Refused, match="signed off"):
        next_one(context)


def test_one_half_is_checked_and_the_other_taught(coded: Context) -> None:
    checked, taught = all_of(coded, Sample.CHECK), all_of(coded, Sample.TEACH)
    assert not set(checked) & set(taught) and len(checked) + len(taught) == 40
    assert checked == sorted(checked)  # ids are random: their order is chance
    assert all(coding.for_checking(one) for one in checked)


def test_every_fifth_message_is_given_to_two_people(coded: Context) -> None:
    mine = all_of(coded, Sample.CHECK)
    theirs = all_of(coded, Sample.CHECK, AUTHOR)
    assert theirs == [one for one in mine if coding.for_two(one)]
    assert all_of(coded, Sample.CHECK, THIRD) == []
    done = coding.progress(coded, coding.codebook(coded, topic(coded).id), AUTHOR)
    assert (done.checked, done.twice, done.own) == (len(mine), len(theirs), len(theirs))


def test_what_is_saved_names_parents_and_stands_in_the_log(coded: Context) -> None:
    task = next_one(coded)
    save(coded, task, labels={"feeling": "negative"})
    with coded.store.read() as tx:
        (kept,) = codings.of(tx, task.codebook.id)
        entry = audit.newest(tx)[0]
    assert kept.coding.themes == ("buses", "communities")
    assert kept.coding.labels == {"feeling": "negative"} and kept.coding.actor == SECOND.name
    assert kept.model and entry.action == "code, check" and task.item.id in entry.subject


def test_a_skipped_message_comes_no_more(coded: Context) -> None:
    first = next_one(coded)
    second = next_one(coded, without=[first.item.id])
    assert second.item.id != first.item.id


def test_positions_only_where_the_question_asks(coded: Context) -> None:
    task = next_one(coded)
    assert not task.asks_position
    with pytest.raises(BadInput, match="asks for no position"):
        save(coded, task, labels={"position": "agrees"})
    with coded.store.write() as tx:
        tx.exec_driver_sql("UPDATE topic SET positions = '[0]' WHERE slug = 'mentoring'")
    assert next_one(coded).asks_position
    save(coded, task, labels={"position": "agrees"})


def test_wrong_values_are_refused_and_nothing_is_kept(coded: Context) -> None:
    task = next_one(coded)
    for themes, labels in ((["nonsense"], {}), ([], {"feeling": "angry"}), ([], {"mood": "x"})):
        with pytest.raises(BadInput):
            save(coded, task, themes, labels)
    with pytest.raises(Refused):
        save(coded, task, who=MINISTRY)
    with coded.store.read() as tx:
        assert codings.of(tx, task.codebook.id) == []


def test_held_and_withdrawn_messages_are_not_coded(coded: Context) -> None:
    task = next_one(coded)
    review.decide(coded, task.item.id, ReviewStatus.HELD, [], SECOND, "spam")
    assert next_one(coded).item.id != task.item.id
    with pytest.raises(Refused, match="not one that is coded"):
        save(coded, task)


def test_what_teaches_most() -> None:
    def one(ident: str, language: str, *themes: ThemeScore) -> Candidate:
        return Candidate(ident, "words", language, 0, themes)

    sure = one("sure", "en", ThemeScore("health", 0.9))
    close = one("close", "en", ThemeScore("health", 0.45, False))
    far = one("far", "en", ThemeScore("health", 0.1, False))
    french = one("french", "fr", ThemeScore("health", 0.9))
    nothing = one("nothing", "en")
    pool = [sure, close, far, french, nothing]
    assert coding.teaches_most(pool, {}) == "close"
    assert coding.teaches_most(pool, {("en", "health"): 3}) == "french"
    taught = {("en", "health"): 3, ("fr", "health"): 3}
    assert coding.teaches_most(pool, taught) == "nothing"
    assert coding.teaches_most([], {}) is None


def test_two_halves_and_fifths_of_random_ids() -> None:
    import secrets

    ids = [secrets.token_hex(16) for _ in range(4000)]
    half = sum(map(coding.for_checking, ids)) / len(ids)
    fifth = sum(map(coding.for_two, ids)) / len(ids)
    assert abs(half - 0.5) < 0.05 and abs(fifth - 0.2) < 0.04
