"""People correct masks: nobody reads the original, nothing of it is written, and figures come of it."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import func, select

from tests.factories import MINISTRY, SECOND, open_topic, released, said, voice
from tests.store.test_store import item as stored_item
from youthvoice.app import build
from youthvoice.errors import BadInput, NotFound, Refused
from youthvoice.flow import (
    backup,
    forget,
    mask_evaluation,
    receipts,
    review,
    trail,
)
from youthvoice.flow.context import Context
from youthvoice.flow.corrections import LEAST, OPENED_FOR, Corrected, correct, figures
from youthvoice.model import (
    Actor,
    Analysis,
    Language,
    Masked,
    ReviewItem,
    ReviewStatus,
    Risk,
    Role,
    Span,
)
from youthvoice.nlp.pii.mask import mask
from youthvoice.nlp.pii.places import Place
from youthvoice.store import (
    audit,
    contributions,
    corrections,
    decisions,
    destruction,
    sealed,
    tables,
)
from youthvoice.store.corrections import PERSON, Verdict
from youthvoice.trust import age
from youthvoice.trust.keys import KeysMissing
from youthvoice.trust.vault import seal

CANARY = "zebrakanari"
WORDS = f"{CANARY} and Coach Kim-Lee  took the bus.\r\nAsk ZEBRAKANARI’s mom or call 905-555-0177"
TEXT = f"{CANARY} and Coach Kim-Lee took the bus.\nAsk ZEBRAKANARI’s mom or call 905-555-0177"


class Scripted:
    """An analyser that finds the words it is told, whatever the models of the day find."""

    theme_version = "scripted"

    def __init__(
        self, *wanted: str, language: Language = Language.EN, hold: str | None = None
    ) -> None:
        self.wanted, self.language, self.hold = wanted, language, hold
        self.topics: list[str | None] = []

    def propose(self, masked_text: str, language: Language) -> Sequence[object]:
        return ()

    def recognisable(self, masked_text: str, language: Language, earlier: object) -> bool:
        return False

    def analyse(self, texts: list[str], topic: str | None = None) -> list[Analysis]:
        self.topics.append(topic)
        return [self._one(text) for text in texts]

    def _one(self, text: str) -> Analysis:
        spans = [
            Span(text.index(word), text.index(word) + len(word), "name", 0.75, "scripted 1", "told")
            for word in self.wanted
            if word in text
        ]
        masked = Masked("") if self.hold else mask(text, spans, self.language)
        return Analysis(self.language, masked, Risk(), (), self.hold, "scripted 1")


def finding(context: Context, *wanted: str, **more: object) -> Context:
    """The same installation with another machine."""
    return replace(context, analyser=lambda: Scripted(*wanted, **more))  # type: ignore[arg-type, return-value]


@pytest.fixture
def told(context: Context) -> Context:
    """An installation whose machine hides the bus and a telephone number, and misses who it is about."""
    open_topic(context)
    return finding(context, "bus", "905-555-0177")


def message(context: Context, text: str = WORDS) -> ReviewItem:
    (receipt,) = released(context, text)
    return voice(context, receipt)


def now(context: Context, item: ReviewItem) -> ReviewItem:
    with context.store.read() as tx:
        return contributions.get(tx, item.id)


def labels(context: Context, item: ReviewItem) -> list[corrections.Label]:
    with context.store.read() as tx:
        return corrections.of(tx, item.id)


def place(item: ReviewItem, number: int) -> Place:
    return Place(item.spans[number].start, item.spans[number].end)


def trail_of(context: Context) -> list[str]:
    with context.store.read() as tx:
        return [entry.action for entry in audit.newest(tx, 5)]


def count(context: Context) -> int:
    with context.store.read() as tx:
        found = tx.execute(select(func.count()).select_from(tables.span_correction)).scalar()
    return int(found or 0)


def test_hiding_more_hides_it_everywhere(told: Context) -> None:
    item = message(told)
    assert (
        item.text
        == f"{CANARY} and Coach Kim-Lee took the [name 1].\nAsk ZEBRAKANARI’s mom or call [name 2]"
    )
    done = correct(told, item.id, SECOND, f"  {CANARY}\n\ncoach kim-lee\n")
    assert done == Corrected(3, 0)
    after = now(told, item)
    assert (
        after.text
        == "[name 1] and [name 2] took the [name 3].\nAsk [name 1]’s mom or call [name 4]"
    )
    mine = [span for span in after.spans if span.detector == PERSON]
    assert [TEXT[span.start : span.end] for span in mine] == [
        CANARY,
        "Coach Kim-Lee",
        "ZEBRAKANARI",
    ]
    assert [one.verdict for one in labels(told, item)] == [Verdict.MISSED] * 3
    assert {(one.kind, one.detector, one.score) for one in labels(told, item)} == {
        ("name", None, None)
    }


def test_what_is_no_identifier_is_shown_again(told: Context) -> None:
    item = message(told)
    assert correct(told, item.id, SECOND, no_identifier=[place(item, 0)]) == Corrected(0, 1)
    after = now(told, item)
    assert "took the bus." in str(after.text) and "call [name 1]" in str(after.text)
    (label,) = labels(told, item)
    assert label.verdict == Verdict.NO_IDENTIFIER and TEXT[label.start : label.end] == "bus"
    assert (label.kind, label.detector, label.score) == ("name", "scripted 1", 0.75)


def test_nothing_else_of_the_message_changes(told: Context) -> None:
    item = message(told)
    review.decide(told, item.id, ReviewStatus.HELD, ["civic"], SECOND, "personal information")
    with told.store.read() as tx:
        before = tx.execute(select(tables.contribution)).mappings().all()
    item = now(told, item)
    correct(told, item.id, SECOND, CANARY, "school", [place(item, 0)])
    after = now(told, item)
    assert replace(after, text=item.text, spans=item.spans) == item
    with told.store.read() as tx:
        for old, new in zip(
            before, tx.execute(select(tables.contribution)).mappings(), strict=True
        ):
            changed = {name for name in old if old[name] != new[name]}
            assert changed == {"masked", "spans"}
    assert "[school]" in str(after.text)


def test_both_steps_are_in_the_audit_log_in_their_order(told: Context) -> None:
    item = message(told)
    correct(told, item.id, SECOND, CANARY)
    with told.store.read() as tx:
        done, opened = audit.newest(tx, 2)
    assert (done.action, opened.action) == ("correct masks", "open original")
    assert opened.reason == OPENED_FOR and done.actor == opened.actor == SECOND.name
    assert item.id in done.subject and CANARY not in repr((done, opened))
    assert trail.verify(told).problems == []


def test_who_changes_their_mind_leaves_no_wrong_example(told: Context) -> None:
    item = message(told)
    correct(told, item.id, SECOND, "mom", "name", [place(item, 0)])
    changed = now(told, item)
    mom = next(n for n, span in enumerate(changed.spans) if span.detector == PERSON)
    correct(told, item.id, SECOND, "bus", "place", [place(changed, mom)])
    after = now(told, item)
    assert labels(told, item) == []
    assert after.text == item.text
    assert [(s.start, s.end, s.detector) for s in after.spans] == [
        (s.start, s.end, s.detector) for s in item.spans
    ]  # the machine had been right


def test_short_words_are_not_hidden_inside_of_others(told: Context) -> None:
    item = message(told, "Al also saw the bus, said al")
    correct(told, item.id, SECOND, "Al")
    assert now(told, item).text == "[name 1] also saw the [name 2], said [name 1]"
    other = message(told, "go #westdalepride on the bus")
    correct(told, other.id, SECOND, "Westdale", "school")
    assert now(told, other).text == "go #[school]pride on the [name 1]"


def test_words_may_run_over_a_line_and_quotes_may_be_straight(told: Context) -> None:
    item = message(told, "Ask d’Arcy\nSmith about the bus")
    correct(told, item.id, SECOND, "d'arcy smith")
    assert now(told, item).text == "Ask [name 1] about the [name 2]"


def test_brackets_of_the_writer_are_words(told: Context) -> None:
    item = message(told, "[name 1] my foot, [zed] took the bus")
    correct(told, item.id, SECOND, "zed")
    assert now(told, item).text == "[name 1] my foot, [[name 1]] took the [name 2]"
    with pytest.raises(BadInput, match="line 1"):
        correct(told, item.id, SECOND, "bus")


def refused(
    context: Context, item: ReviewItem, error: type[Exception], match: str, **more: object
) -> None:
    """Nothing changes, and the sentence holds nothing of what was typed or written."""
    before, rows = now(context, item), count(context)
    given = {"actor": SECOND, "hide": CANARY, **more}
    with pytest.raises(error, match=match) as problem:
        correct(context, item.id, **given)  # type: ignore[arg-type]
    assert CANARY not in str(problem.value).lower()
    assert now(context, item) == before and count(context) == rows
    assert "correct masks" not in trail_of(context)


@pytest.mark.parametrize("actor", [MINISTRY, Actor("op", Role.OPERATOR), Actor("s", Role.SAFETY)])
def test_only_the_committee_corrects(told: Context, actor: Actor) -> None:
    refused(told, message(told), Refused, "committee", actor=actor)


def test_what_is_not_in_the_masked_text_is_refused_before_anything_opens(told: Context) -> None:
    item = message(told)
    refused(told, item, BadInput, "line 2", hide=f"mom\n{CANARY} and the bus")
    refused(told, item, BadInput, "line 1", hide="905-555-0177")
    refused(told, item, BadInput, "line 1", hide="name 1")
    refused(told, item, BadInput, "must be hidden too", hide=" \n\u200b\n")
    refused(told, item, BadInput, "no kind", kind="person")
    assert "open original" not in trail_of(told)


def test_a_place_that_is_hidden_no_more_is_refused(told: Context) -> None:
    refused(told, message(told), Refused, "no more", no_identifier=[Place(0, 2)])


def test_without_the_private_key_nothing_happens(told: Context) -> None:
    item = message(told)
    (told.settings.keys_dir / "moderator.key").unlink()
    refused(told, item, KeysMissing, "moderator.key")
    assert "open original" not in trail_of(told)


def test_what_waits_for_its_batch_is_refused(told: Context) -> None:
    item = voice(told, said(told, WORDS))
    assert item.pooled
    refused(told, item, Refused, "batch")


def test_what_was_withdrawn_is_refused(told: Context) -> None:
    (receipt,) = released(told, WORDS)
    item = voice(told, receipt)
    receipts.withdraw(told, receipt)
    refused(told, item, Refused, "withdrawn")
    with pytest.raises(NotFound):
        correct(told, "f" * 32, SECOND, CANARY)


def test_an_original_that_is_too_old_is_refused(told: Context) -> None:
    item = message(told)
    with told.store.write() as tx:
        sealed.destroy(tx, [item.id])
    refused(told, item, Refused, "older than|is gone")


def test_a_message_of_which_nothing_is_shown_is_refused(told: Context) -> None:
    (receipt,) = released(finding(told, hold="detector failed"), WORDS)
    refused(told, voice(told, receipt), Refused, "nothing to correct")


def test_masks_of_an_earlier_normalisation_are_refused(told: Context) -> None:
    item = message(told)
    with told.store.write() as tx:
        shifted = [replace(span, start=span.start - 1, end=span.end - 1) for span in item.spans]
        corrections.rewrite(tx, item.id, Masked(str(item.text), tuple(shifted)))
    refused(told, item, Refused, "earlier version")


def test_two_people_at_once(told: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    item = message(told)
    unsealed = correct.__globals__["unseal"]

    def slow(*arguments: object) -> str:
        monkeypatch.undo()
        correct(told, item.id, SECOND, "mom")
        return str(unsealed(*arguments))

    monkeypatch.setitem(correct.__globals__, "unseal", slow)
    with pytest.raises(Refused, match="meanwhile"):
        correct(told, item.id, SECOND, CANARY)
    assert [one.verdict for one in labels(told, item)] == [Verdict.MISSED]
    assert CANARY in str(now(told, item).text)


def test_withdrawn_meanwhile(told: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    (receipt,) = released(told, WORDS)
    item = voice(told, receipt)
    unsealed = correct.__globals__["unseal"]

    def slow(*arguments: object) -> str:
        receipts.withdraw(told, receipt)
        return str(unsealed(*arguments))

    monkeypatch.setitem(correct.__globals__, "unseal", slow)
    with pytest.raises(Refused, match="withdrawn"):
        correct(told, item.id, SECOND, CANARY)
    assert count(told) == 0 and now(told, item).text is None


def corrected(context: Context) -> tuple[str, ReviewItem]:
    """A message with an example of each kind; its receipt and itself."""
    (receipt,) = released(context, WORDS)
    item = voice(context, receipt)
    correct(context, item.id, SECOND, CANARY, "name", [place(item, 0)])
    assert count(context) == 3
    return receipt, now(context, item)


def test_a_withdrawal_takes_the_examples_along(told: Context) -> None:
    receipt, _item = corrected(told)
    receipts.withdraw(told, receipt)
    assert count(told) == 0
    assert [one.messages for one in figures(told)] == [0, 0]


def test_an_edited_post_begins_anew(told: Context) -> None:
    (ident,) = fill(told, 1)
    correct(told, ident, SECOND, no_identifier=[place(message_of(told, ident), 0)])
    edited = stored_item(1, 1, id="e" * 32, masked=Masked("nobody took it"))
    with told.store.write() as tx:
        assert contributions.revise(tx, edited)
    assert count(told) == 0 and message_of(told, "e" * 32).text == "nobody took it"


def test_too_old_originals_leave_the_figures_and_texts_take_all(told: Context) -> None:
    _receipt, item = corrected(told)
    with time_machine.travel(told.now() + timedelta(days=91), tick=False):
        assert forget.forget(told).originals == 1
    assert count(told) == 3 and mask_evaluation.evaluate(told, SECOND).gone == 1
    with told.store.write() as tx:
        destruction.drop_text(tx, [item.id])
    assert count(told) == 0


def test_a_restored_backup_has_no_example_of_what_was_withdrawn(
    lite: Context, tmp_path: Path
) -> None:
    open_topic(lite)
    told = finding(lite, "bus", "905-555-0177")
    identity, recipient = age.new_identity()
    (tmp_path / "identity").write_text(identity)
    settings = told.settings.model_copy(update={"backup_recipient": recipient})
    told = replace(told, settings=settings)
    receipt, _item = corrected(told)
    _stays, other = corrected_other(told)
    done = backup.make(told)
    receipts.withdraw(told, receipt)
    home = tmp_path / "elsewhere"
    shutil.copytree(settings.keys_dir, home / "keys")
    elsewhere = settings.model_copy(
        update={"home": home, "database_url": f"sqlite:///{home / 'youthvoice.sqlite3'}"}
    )
    journal = settings.home / "withdrawn.txt"
    backup.restore(
        elsewhere.store_url, home, done.content, done.keys, tmp_path / "identity", journal
    )
    built = build(elsewhere, told.analyser)
    assert [one.start for one in labels(built, other)] == [0] and count(built) == 1
    built.store.close()


def corrected_other(context: Context) -> tuple[str, ReviewItem]:
    (receipt,) = released(context, f"{CANARY} likes the bus and nothing else at all")
    correct(context, voice(context, receipt).id, SECOND, CANARY)
    return receipt, voice(context, receipt)


def test_no_word_of_it_is_written_anywhere(lite: Context, caplog: pytest.LogCaptureFixture) -> None:
    open_topic(lite)
    told = finding(lite, "bus", "905-555-0177", CANARY)
    (receipt,) = released(told, WORDS)
    item = voice(told, receipt)
    # What is shown again, hidden again, refused and measured: in the database, its journal, or a log?
    correct(told, item.id, SECOND, "ZEBRAKANARI\nCoach Kim-Lee", "name", [place(item, 0)])
    correct(told, item.id, SECOND, CANARY)
    with pytest.raises(BadInput):
        correct(told, item.id, SECOND, f"{CANARY} nowhere")
    mask_evaluation.evaluate(told, SECOND)
    files = [path for path in told.settings.home.rglob("*") if path.is_file()]
    files = [path for path in files if "sandbox" not in path.parts]
    assert any(path.name.endswith("-wal") for path in files)
    for path in files:
        held = path.read_bytes().lower()
        for word in (CANARY.encode(), b"kim-lee", b"905-555-0177", CANARY.encode("utf-16-le")):
            assert word not in held, path.name
    assert CANARY not in caplog.text.lower()


def fill(
    context: Context,
    number: int,
    language: Language = Language.EN,
    status: ReviewStatus = ReviewStatus.RELEASED,
    read: bool = True,
    spans: int = 2,
) -> list[str]:
    """Messages with hidden places that somebody decided."""
    text = "ab " * spans
    found = [Span(3 * n, 3 * n + 2, "name", 0.5, "scripted 1") for n in range(spans)]
    with context.store.read() as tx:
        before = int(
            tx.execute(select(func.count()).select_from(tables.contribution)).scalar() or 0
        )
    items = [
        stored_item(
            before + n + 1,
            1,
            masked=mask(text.strip(), found, language),
            language=language,
            day=date(2026, 11, 1),
            sealed=seal(text.strip(), f"{before + n + 1:032x}", context.keys),
        )
        for n in range(number)
    ]
    with context.store.write() as tx:
        contributions.add_many(tx, items)
        for one in items:
            decisions.decide(
                tx, contributions.get(tx, one.id), status, [], "a", None, context.now(), read
            )
    return [one.id for one in items]


def by_language(context: Context) -> dict[str, tuple[int, int, object, object]]:
    return {one.language: tuple(one[1:]) for one in figures(context)}


def test_figures_count_what_people_left_took_away_and_added(told: Context) -> None:
    ids = fill(told, LEAST)
    first = now(told, message_of(told, ids[0]))
    correct(told, ids[0], SECOND, no_identifier=[place(first, 1)])
    rest = now(told, first)
    assert rest.text == "[name 1] ab"
    correct(told, ids[0], SECOND, "ab", "place")
    assert by_language(told)["en"][1] == 2 * LEAST  # the mind was changed: right after all
    correct(told, ids[0], SECOND, no_identifier=[place(first, 1)])
    figure = figures(told)[0]
    assert (figure.language, figure.messages, figure.spans) == ("en", LEAST, 60)
    assert figure.precision is not None and figure.precision[:2] == (59, 60)
    assert figure.recall is not None and figure.recall[:2] == (59, 59)
    assert figure.precision.low == pytest.approx(0.9114, abs=1e-4)
    assert figure.precision.high == pytest.approx(0.9970, abs=1e-4)
    assert figures(told)[1] == ("fr", 0, 0, None, None)


def message_of(context: Context, ident: str) -> ReviewItem:
    with context.store.read() as tx:
        return contributions.get(tx, ident)


def test_what_was_missed_lowers_recall(told: Context) -> None:
    fill(told, LEAST, Language.FR, spans=1)
    item = message(finding(told, "bus", language=Language.FR), "zed et zoé dans le bus")
    correct(told, item.id, SECOND, "zed\nzoé")
    figure = figures(told)[1]
    assert (figure.language, figure.messages, figure.spans) == ("fr", LEAST + 1, LEAST + 3)
    assert figure.recall is not None and figure.recall[:2] == (LEAST + 1, LEAST + 3)
    assert figure.precision is not None and figure.precision.share == 1.0


@pytest.mark.parametrize(
    "more",
    [
        {"read": False},
        {"status": ReviewStatus.REJECTED},
        {"status": ReviewStatus.HELD},
    ],
)
def test_what_nobody_read_and_released_is_not_counted(
    told: Context, more: dict[str, object]
) -> None:
    fill(told, 3, **more)  # type: ignore[arg-type]
    fill(told, 2)
    assert by_language(told)["en"] == (2, 4, None, None)


def test_a_later_decision_counts(told: Context) -> None:
    (ident,) = fill(told, 1)
    review.decide(told, ident, ReviewStatus.HELD, [], SECOND, "personal information")
    assert by_language(told)["en"][0] == 0
    review.decide(told, ident, ReviewStatus.RELEASED, [], SECOND)
    assert by_language(told)["en"][0] == 1


def test_other_languages_have_a_line_once_there_is_one(told: Context) -> None:
    fill(told, 1, Language.UNDECIDED)
    assert [one.language for one in figures(told)] == ["en", "fr", "undecided"]


def test_messages_without_a_hidden_place_have_no_precision(told: Context) -> None:
    fill(told, LEAST, spans=0)
    assert by_language(told)["en"] == (LEAST, 0, None, None)


def test_the_machine_of_now_is_measured_on_what_people_said(told: Context) -> None:
    _receipt, item = corrected(told)  # people: both of the name, the number; not the bus
    better = finding(told, CANARY, "Coach", "905-555")
    done = mask_evaluation.evaluate(better, SECOND)
    (english,) = done.languages
    assert (english.language, english.messages) == ("en", 1)
    assert english.recall_any is not None and english.recall_any[:2] == (2, 3)
    assert english.recall_full is not None and english.recall_full[:2] == (1, 3)
    assert english.precision is not None and english.precision[:2] == (2, 3)
    assert done[1:] == (0, 0, 0)
    with told.store.read() as tx:
        entry = audit.newest(tx, 1)[0]
    assert (entry.action, entry.reason) == ("open original", mask_evaluation.MEASURED)
    assert item.id in entry.subject and trail.verify(told).problems == []
    failing = mask_evaluation.evaluate(finding(told, hold="detector failed"), SECOND)
    assert failing == ([], 0, 0, 1)


def test_it_is_measured_with_the_names_that_its_topic_lets_stay(told: Context) -> None:
    _receipt, item = corrected(told)
    machine = Scripted(CANARY)
    mask_evaluation.evaluate(replace(told, analyser=lambda: machine), SECOND)  # type: ignore[arg-type, return-value]
    assert machine.topics == [item.topic] and item.topic


def test_what_does_not_fit_is_not_measured(told: Context) -> None:
    _receipt, item = corrected(told)
    with told.store.write() as tx:
        corrections.rewrite(tx, item.id, Masked("[name 1] elsewhere", item.spans[:1]))
    assert mask_evaluation.evaluate(told, SECOND) == ([], 0, 1, 0)


def test_measuring_needs_the_committee_and_its_key(told: Context) -> None:
    corrected(told)
    with pytest.raises(Refused, match="committee"):
        mask_evaluation.evaluate(told, Actor("op", Role.OPERATOR))
    (told.settings.keys_dir / "moderator.key").unlink()
    with pytest.raises(KeysMissing):
        mask_evaluation.evaluate(told, SECOND)
    assert trail_of(told)[0] == "correct masks"


def test_the_real_machine_can_be_corrected_and_measured(context: Context) -> None:
    open_topic(context)
    item = message(context, f"my friend {CANARY} at 905-555-0177 says the bus is late")
    hidden = [span for span in item.spans if span.kind == "phone"]
    correct(context, item.id, SECOND, "friend", "name", [Place(*s) for s in ends(hidden)])
    assert "905-555-0177" in str(now(context, item).text)
    done = mask_evaluation.evaluate(context, SECOND)
    assert sum(one.messages for one in done.languages) == 1


def ends(spans: Sequence[Span]) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in spans]
