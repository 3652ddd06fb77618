"""What people decided measures the machine, and corrects what it counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import pytest
from sqlalchemy import update

from tests.factories import AUTHOR, SECOND, open_topic, topic
from tests.store.test_store import item as stored_item
from youthvoice import app
from youthvoice.errors import NotFound
from youthvoice.estimates import LEAST, Estimate
from youthvoice.export.checks import FEELING_LEAST
from youthvoice.flow import aggregate
from youthvoice.flow.accuracy import TopicAccuracy, accuracy
from youthvoice.flow.agreement import agreement
from youthvoice.flow.context import Context
from youthvoice.flow.measuring import Checked, Figure, NotYetChecked, Withheld
from youthvoice.model import (
    Codebook,
    CodebookTheme,
    Coding,
    Label,
    LabelKind,
    Language,
    ReviewStatus,
    Risk,
    Sample,
    ThemeScore,
)
from youthvoice.settings import Settings
from youthvoice.store import (
    codebooks,
    codings,
    contributions,
    decisions,
    destruction,
    tables,
)
from youthvoice.store import mappings as store_mappings
from youthvoice.store.mappings import Applied

MODEL, DAY = "machine 2", date(2026, 11, 20)
OWN = CodebookTheme("buses", 2, "communities", {"en": "Buses"}, {"en": "By bus."})


@pytest.fixture
def context(settings: Settings, database_url: str) -> Iterator[Context]:
    """A topic with a codebook that is applied, on both databases; no model is needed to measure one."""
    chosen = settings.model_copy(update={"database_url": database_url})
    app.prepare(chosen)
    built = app.build(chosen)
    open_topic(built)
    apply(built)
    yield built
    built.store.close()


def apply(context: Context, model: str = MODEL) -> Codebook:
    """A new codebook, and the mapping that uses it."""
    common = [CodebookTheme(one.id, 1, None, one.name, one.name) for one in context.themes]
    with context.store.write() as tx:
        draft = codebooks.add_draft(tx, topic(context).id, [*common, OWN], AUTHOR.name, DAY)
        frozen = codebooks.freeze(tx, draft.id, SECOND.name, DAY)
        used = Applied(topic(context).id, frozen.id, model, None, 0, SECOND.name, DAY)
        store_mappings.apply(tx, used)
    return frozen


class Filling:
    """Messages with what the machine says of them; each another text, if nothing else is said."""

    def __init__(self, context: Context) -> None:
        self.context, self.number = context, 0

    def add(
        self,
        count: int,
        machine: Sequence[str] = (),
        unsure: Sequence[str] = (),
        text: str | None = None,
        language: Language = Language.EN,
        **more: object,
    ) -> list[str]:
        scores = [ThemeScore(one, 0.9) for one in machine]
        scores += [ThemeScore(one, 0.4, sure=False) for one in unsure]
        values: dict[str, object] = {"model": MODEL, "themes": tuple(scores), **more}
        key = topic(self.context).id
        items = []
        for _ in range(count):
            self.number += 1
            same = {"text_key": text or f"{self.number:064x}", "language": language}
            items.append(stored_item(self.number, key, **same, **values))
        with self.context.store.write() as tx:
            contributions.add_many(tx, items)
        return [one.id for one in items]

    def decide(self, ids: Sequence[str], *themes: str, **more: object) -> None:
        """As a moderator decides."""
        status = more.pop("status", ReviewStatus.RELEASED)
        with self.context.store.write() as tx:
            for one in ids:
                found = contributions.get(tx, one)
                now = self.context.now()
                decisions.decide(tx, found, status, themes, "a", None, now, **more)  # type: ignore[arg-type]

    def code(
        self,
        ids: Sequence[str],
        *themes: str,
        by: str = "a",
        sample: Sample = Sample.CHECK,
        **said: str,
    ) -> None:
        """As somebody who codes."""
        with self.context.store.write() as tx:
            used = codebooks.newest_frozen(tx, topic(self.context).id)
            assert used is not None
            for one in ids:
                codings.add(tx, Coding(one, used.id, by, sample, themes, said, DAY))


@pytest.fixture
def filling(context: Context) -> Filling:
    return Filling(context)


def measured(filling: Filling) -> TopicAccuracy:
    aggregate.aggregate(filling.context)
    return accuracy(filling.context, "mentoring")


def checked(figure: Figure) -> Checked:
    assert isinstance(figure, Checked)
    return figure


def education(filling: Filling) -> Checked:
    return checked(measured(filling).themes["education"].every)


def estimate(found: Estimate | None) -> Estimate:
    assert found is not None
    return found


def test_precision_recall_and_the_corrected_total(filling: Filling) -> None:
    right = filling.add(30, ["education"])
    wrong = filling.add(10, ["education"])
    missed = filling.add(20)
    neither = filling.add(60, unsure=["education"])
    filling.add(120, ["education"])
    filling.add(360)
    filling.code(right + missed, "education")
    filling.code(wrong + neither)
    found = education(filling)
    assert (found.decisions, found.unsure) == (120, 60)
    assert found.precision is not None and found.precision[:2] == (30, 40)
    assert found.recall is not None and found.recall[:2] == (30, 50)
    assert (round(found.precision.low, 3), round(found.precision.high, 3)) == (0.598, 0.858)
    # 50 known; of the rest 120 · 30/40 + 360 · 20/80.
    messages = estimate(found.messages)
    assert (messages.checked, messages.of, messages.total[0]) == (120, 600, 50 + 90 + 90)
    assert messages.low < messages.value < messages.high
    assert found.texts == messages  # each message is a text of its own


def test_below_thirty_decisions_there_is_no_figure(filling: Filling) -> None:
    filling.code(filling.add(LEAST - 1, ["education"]), "education")
    filling.add(40, ["education"])
    found = measured(filling).themes["education"]
    assert found.every == NotYetChecked(LEAST - 1)
    filling.code(filling.add(1, ["education"]), "education")
    assert checked(measured(filling).themes["education"].every).decisions == LEAST


def test_languages_apart_and_together(filling: Filling) -> None:
    filling.code(filling.add(40, ["education"]), "education")
    filling.code(filling.add(31, ["education"], language=Language.FR))
    filling.code(filling.add(12, ["education"], language=Language.MIXED), "education")
    filling.add(300, ["education"])
    filling.add(100, ["education"], language=Language.FR)
    found = measured(filling).themes["education"]
    english, french = (checked(found.by_language[one]) for one in ("en", "fr"))
    assert english.precision is not None and english.precision[:2] == (40, 40)
    assert french.precision is not None and french.precision[:2] == (0, 31)
    assert french.recall is None  # nobody gave it to any
    assert estimate(english.messages).of == 340 and estimate(french.messages).of == 131
    assert estimate(french.messages).low == 0 < estimate(french.messages).high
    every = checked(found.every)
    assert every.decisions == 83 and estimate(every.messages).of == 483
    # Mixed ones are too few alone, and go with the French: 52 known, 300 · 40/40, 100 · 12/43.
    assert estimate(every.messages).total[0] == round(52 + 300 + 100 * 12 / 43)


def test_moderation_measures_where_a_person_read_and_released(filling: Filling) -> None:
    filling.decide(filling.add(40, ["education"]), "education")
    filling.decide(filling.add(3, ["education"]), read=False)
    filling.decide(filling.add(3, ["education"]), status=ReviewStatus.HELD)
    filling.decide(filling.add(3, ["education"]), status=ReviewStatus.REJECTED)
    found = education(filling)
    assert found.decisions == 40
    assert estimate(found.messages).of == 46  # the rejected ones are counted nowhere


def test_grave_messages_are_no_random_sample_but_known(filling: Filling) -> None:
    filling.decide(filling.add(40), "education")
    filling.decide(filling.add(20, risk=Risk(4)))
    found = education(filling)
    assert found.decisions == 40
    assert estimate(found.messages).total == (40, 40, 40) and estimate(found.messages).of == 60


def test_only_what_the_present_version_proposed_measures_it(filling: Filling) -> None:
    old = filling.add(50, ["education"], model="machine 1")
    filling.decide(old)
    with filling.context.store.write() as tx:
        tx.execute(update(tables.contribution).values(model=MODEL))
    filling.code(old, "education")  # it may have learned from these: not measured on them again
    filling.code(filling.add(40, ["education"]), "education")
    filling.add(10, ["education"])
    found = education(filling)
    assert found.decisions == 40
    assert found.precision is not None and found.precision.share == 1.0
    # Yet what is known is known: where two people differ, half.
    assert estimate(found.messages).total[0] == 25 + 40 + 10


def test_what_was_proposed_at_that_time_counts(filling: Filling) -> None:
    ids = filling.add(40, ["education"])
    filling.code(ids, "education")
    with filling.context.store.write() as tx:
        tx.execute(tables.proposed_theme.delete())
    found = education(filling)
    assert found.precision is not None and found.precision[:2] == (40, 40)


def test_what_a_moderator_was_shown_unsurely_was_not_proposed(filling: Filling) -> None:
    filling.decide(filling.add(35, unsure=["education"]), "education")
    filling.decide(filling.add(5, ["education"]), "education")
    found = education(filling)
    assert (found.decisions, found.unsure) == (40, 35)
    assert found.recall is not None and found.recall[:2] == (5, 40)


def test_a_campaign_is_one_text(filling: Filling) -> None:
    letters = filling.add(500, ["education"], text="f" * 64)
    filling.code(letters[:20], "education")
    filling.code(filling.add(40))
    filling.add(60)
    found = education(filling)
    assert found.decisions == 41
    assert found.precision is not None and found.precision[:2] == (1, 1)
    # All 500 say what those 20 say; they are one of 101 texts.
    assert estimate(found.messages).of == 600 and estimate(found.messages).total[0] == 500
    assert estimate(found.texts).of == 101 and estimate(found.texts).total[0] == 1


def test_a_campaign_that_nobody_read_leaves_the_total_open(filling: Filling) -> None:
    filling.add(500, ["education"], text="f" * 64)
    filling.code(filling.add(20, ["education"]), "education")
    filling.code(filling.add(20, ["education"]))
    found = estimate(education(filling).messages)
    assert found.low < 0.2 and found.high > 0.8


def test_teaching_does_not_measure(filling: Filling) -> None:
    filling.code(filling.add(50, ["education"]), "education", sample=Sample.TEACH)
    assert measured(filling).themes["education"].every == NotYetChecked(0)


def test_no_hit_of_a_rare_theme_is_not_nothing(filling: Filling) -> None:
    filling.code(filling.add(100))
    filling.add(900)
    found = education(filling)
    assert found.precision is None and found.recall is None
    messages = estimate(found.messages)
    assert messages.value == 0.0 and 0.02 < messages.high < 0.05


def test_all_checked_is_what_people_say(filling: Filling) -> None:
    filling.decide(filling.add(30, ["education"]), "health")
    filling.decide(filling.add(30), "education")
    found = education(filling)
    assert estimate(found.messages)[:3] == (0.5, 0.5, 0.5)


def test_what_the_totals_withhold_is_withheld(filling: Filling) -> None:
    small = filling.context.settings.min_cell - 1
    filling.code(filling.add(40, ["education"]), "education")
    filling.add(small, ["health"])
    filling.code(filling.add(30, ["education"], language=Language.FR), "education")
    themes = measured(filling).themes
    assert themes["health"].every == Withheld()
    assert isinstance(themes["education"].by_language["fr"], Checked)
    assert isinstance(themes["support"].every, Checked)  # nobody, said the totals too


def test_a_topics_own_themes_are_measured_on_codings(filling: Filling) -> None:
    filling.decide(filling.add(40, ["buses", "communities"]), "communities")
    assert measured(filling).themes["buses"].every == NotYetChecked(0)
    filling.code(filling.add(30, ["buses", "communities"]), "buses", "communities")
    themes = measured(filling).themes
    own, common = checked(themes["buses"].every), checked(themes["communities"].every)
    assert (own.decisions, common.decisions) == (30, 70)
    assert own.precision is not None and own.precision.share == 1.0
    assert estimate(own.messages).of == 70


def test_a_coding_counts_before_a_moderators_word(filling: Filling) -> None:
    ids = filling.add(40, ["education"])
    filling.decide(ids, "education")
    filling.code(ids)
    found = education(filling)
    assert found.precision is not None and found.precision[:2] == (0, 40)


def label(value: str, kind: LabelKind = LabelKind.FEELING, sure: bool = True) -> dict[str, object]:
    return {"labels": (Label(kind, value, 0.8, sure),)}


def test_feelings(filling: Filling) -> None:
    filling.code(filling.add(40, **label("negative")), feeling="negative")
    filling.code(filling.add(25, **label("negative", sure=False)), feeling="neutral")
    filling.code(filling.add(50, **label("positive")))  # nobody said how they sound
    filling.decide(filling.add(30, **label("positive")), labels={"feeling": "negative"})
    feelings = measured(filling).feelings
    negative = checked(feelings["negative"].every)
    assert (negative.decisions, negative.unsure) == (95, 25)
    assert negative.precision is not None and negative.precision[:2] == (40, 40)
    assert negative.recall is not None and negative.recall[:2] == (40, 70)
    positive = checked(feelings["positive"].every)
    assert positive.precision is not None and positive.precision[:2] == (0, 30)
    neutral = checked(feelings["neutral"].every)
    assert neutral.precision is None and neutral.recall is not None
    assert neutral.recall[:2] == (0, 25)


def test_no_feeling_of_fewer_than_twenty_messages(filling: Filling) -> None:
    filling.code(filling.add(40, **label("negative")), feeling="negative")
    filling.add(FEELING_LEAST - 1, **label("neutral"))
    assert measured(filling).feelings["neutral"].every == Withheld()


def test_positions_only_where_a_question_asks(filling: Filling) -> None:
    agrees = label("agrees", LabelKind.POSITION)
    filling.code(filling.add(40, question=2, **agrees), position="agrees")
    filling.code(filling.add(40, question=1))
    filling.add(20, question=2, **agrees)
    assert measured(filling).positions == {}
    with filling.context.store.write() as tx:
        tx.execute(update(tables.topic).values(positions=[2]))
    found = checked(measured(filling).positions["agrees"].every)
    assert found.decisions == 40 and estimate(found.messages).of == 60


def test_without_a_codebook_the_common_themes_are_measured(
    settings: Settings, database_url: str
) -> None:
    chosen = settings.model_copy(update={"database_url": database_url})
    app.prepare(chosen)
    built = app.build(chosen)
    open_topic(built)
    assert accuracy(built, "mentoring").model is None
    filling = Filling(built)
    filling.decide(filling.add(40, ["education"]), "education")
    filling.add(5, ["education"], model="machine 1")
    assert measured(filling).model == MODEL
    assert education(filling).decisions == 40
    with pytest.raises(NotFound):
        agreement(built, "mentoring")
    with pytest.raises(NotFound):
        accuracy(built, "nowhere")
    built.store.close()


def test_a_withdrawal_leaves_the_totals(filling: Filling) -> None:
    ids = filling.add(40, ["education"])
    filling.decide(ids, "education")
    with filling.context.store.write() as tx:
        destruction.forget(tx, ids[:5])
    found = education(filling)
    assert found.decisions == 40 and estimate(found.messages).of == 40


def test_agreement_of_two_people(filling: Filling) -> None:
    both = filling.add(40)
    filling.code(both[:20], "education", by="sacha", feeling="negative")
    filling.code(both[20:], by="sacha", feeling="positive")
    filling.code(both[:18], "education", "health", by="robin", feeling="negative")
    filling.code(both[18:], by="robin", feeling="positive")
    filling.code(filling.add(25), "education", by="sacha")  # by one only
    letters = filling.add(30, text="f" * 64)
    for who in ("sacha", "robin"):
        filling.code(letters, "education", by=who)
    found = agreement(filling.context, "mentoring")
    assert (found.version, found.messages) == (1, 41)
    # 2 of 41 disputed; of 82 answers 40 yes, 42 no.
    assert found.themes["education"].value == pytest.approx(1 - 81 * 4 / (2 * 40 * 42))
    assert found.themes["buses"] == (None, None, None, 41)
    assert found.feeling.messages == 40 and found.position.messages == 0
    assert found.every.value is not None and found.feeling.value is not None
    assert found.every.value < found.feeling.value < 1
    assert "sacha" not in repr(found) and "robin" not in repr(found)
