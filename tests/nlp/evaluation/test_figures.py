"""Every figure against examples counted by hand, and what must hold for any message."""

import re
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from youthvoice.model import Span
from youthvoice.nlp.evaluation.counting import Counts, Scene
from youthvoice.nlp.evaluation.datasets import Dataset
from youthvoice.nlp.evaluation.figures import SHARES, figures
from youthvoice.nlp.evaluation.labelled import Labelled, Message, labelled
from youthvoice.nlp.evaluation.misses import Missed, classes, misses
from youthvoice.nlp.evaluation.report import as_json, report, speed_ratio
from youthvoice.nlp.evaluation.resampling import clustered, independent
from youthvoice.nlp.evaluation.running import Run, run

NAMES = frozenset({"name"})


def at(text: str, part: str, kind: str = "name") -> Span:
    start = text.index(part)
    return Span(start, start + len(part), kind, 1.0, "test")


def message(text: str, language: str = "en", **parts: str) -> Message:
    """A message in which `kind`=part marks a part ("Maya|Sam": several)."""
    marked = [at(text, one, kind) for kind, all_ in parts.items() for one in all_.split("|")]
    return labelled(text, [Labelled(one.start, one.end, one.kind) for one in marked], language)


def scene(said: Message, *found: str | Span, kinds: frozenset[str] | None = None) -> Scene:
    return Scene(said, [at(said.text, x) if isinstance(x, str) else x for x in found], kinds)


def test_one_message_counted_by_hand() -> None:
    said = message("Maya Okafor met Sam in town", name="Maya Okafor|Sam")
    assert scene(said, "Okafor", "in town").count() == Counts(
        identifiers=2, any=1, full=0, predicted=2, right=1, words=3, removed=2,
        identified=1, leaking=1, clean=0, touched=0,
    )  # fmt: skip


def test_spaces_need_no_cover() -> None:
    said = message("I am Maya Okafor", name="Maya Okafor")
    assert scene(said, "Maya", "Okafor").count().full == 1
    assert scene(said, "Maya", "kafor").count()[1:3] == (1, 0)


def test_a_word_that_an_identifier_touches_is_no_ordinary_one() -> None:
    said = message("Maya's bus", name="Maya")
    assert scene(said, "Maya's").count()[5:7] == (1, 0)


def test_clean_messages() -> None:
    said = message("the bus is late")
    assert scene(said, "bus").count()[-2:] == (1, 1)
    assert scene(said).count()[-2:] == (1, 0)


def test_kinds_limit_both_sides() -> None:
    said = message("Maya in Guelph", name="Maya", place="Guelph")
    found = (at(said.text, "Maya"), at(said.text, "Guelph", "place"))
    counted = scene(said, *found, kinds=NAMES).count()
    assert (counted.identifiers, counted.predicted, counted.right, counted.words) == (1, 1, 1, 2)
    assert scene(said, at(said.text, "Maya", "place"), kinds=NAMES).count().any == 0
    assert scene(said, at(said.text, "Maya", "place")).count().any == 1


def test_handles_are_neither_names_nor_ordinary_words() -> None:
    said = message("@maya_o and .@sam_1 saw Lee", name="Lee", handle="@maya_o")
    counted = scene(said, "maya", "@sam_1", "Lee", kinds=NAMES).count()
    assert (counted.identifiers, counted.predicted, counted.right) == (1, 1, 1)
    assert (counted.words, counted.removed) == (2, 0)
    beyond = scene(said, "@maya_o and", kinds=NAMES).count()
    assert (beyond.predicted, beyond.right, beyond.removed) == (1, 0, 1)
    asked = scene(said, at(said.text, "@maya_o", "handle"), kinds=frozenset({"handle"})).count()
    assert (asked.identifiers, asked.full, asked.right, asked.words) == (1, 1, 1, 3)


def test_a_handle_without_its_sign_is_none_of_ours() -> None:
    said = message("on snap im maya.22 ok", handle="maya.22")
    assert scene(said, "maya", kinds=NAMES).count() == Counts(words=4, clean=1)


def test_an_email_address_is_no_handle() -> None:
    said = message("write maya@example.ca now", email="maya@example.ca")
    assert said.spans[0].kind == "email"
    assert scene(said).count().words == 2


def test_a_held_message_is_covered_and_lost() -> None:
    said = message("Maya met Sam", name="Maya|Sam")
    assert Scene(said, None, None).count() == Counts(
        identifiers=2, any=2, full=2, words=1, removed=1, identified=1
    )
    assert Scene(message("the bus"), None, None).count()[-2:] == (1, 1)
    assert figures([Scene(said, None, None).count()], 1).held == 1


def test_a_prediction_outside_the_text_is_an_error() -> None:
    with pytest.raises(ValueError, match="outside"):
        scene(message("bus"), Span(0, 4, "name", 1, "test"))


def test_figures_by_hand() -> None:
    counts = [
        scene(message("Maya Okafor met Sam", name="Maya Okafor|Sam"), "Okafor met").count(),
        scene(message("Sam ran", name="Sam"), "Sam").count(),
        scene(message("the bus is late"), "bus", "late").count(),
        scene(message("it rains")).count(),
    ]
    made = figures(counts)
    values = {name: one.value and round(one.value, 2) for name, one in made.shares.items()}
    assert values == {
        "recall_any": 66.67,  # 2 of 3
        "recall_full": 33.33,  # 1 of 3
        "precision": 50.0,  # 2 of 4
        "messages_leaking": 50.0,  # 1 of 2
        "words_removed": 37.5,  # met, bus, late of 8
        "clean_touched": 50.0,  # 1 of 2
    }
    assert (made.messages, made.identifiers) == (4, 3)
    assert {name: one.n for name, one in made.shares.items()} == {
        "recall_any": 3, "recall_full": 3, "precision": 4,
        "messages_leaking": 2, "words_removed": 8, "clean_touched": 2,
    }  # fmt: skip


def test_where_nothing_is_to_count_there_is_no_figure() -> None:
    for made in (figures([]), figures([Counts()])):
        assert all(one == (None, None, None, 0) for one in made.shares.values())


def test_messages_are_independent() -> None:
    # 10 of 20 and 0 of 10: R. G. Newcombe, Statistics in Medicine 17 (1998), method 3
    assert independent(10, 20) == pytest.approx((0.2993, 0.7007), abs=1e-4)
    assert independent(0, 10) == pytest.approx((0.0, 0.2775), abs=1e-4)
    assert independent(10, 10) == pytest.approx((0.7225, 1.0), abs=1e-4)


def test_resampling_follows_the_messages() -> None:
    rng = np.random.default_rng(1)
    wholes = np.full(400, 10)
    alone = rng.binomial(10, 0.3, 400)
    together = np.where(rng.random(400) < 0.3, 10, 0)
    low, high = clustered(alone, wholes)
    assert low < alone.sum() / 4000 < high
    assert high - low == pytest.approx(2 * 1.96 * (0.21 / 4000) ** 0.5, rel=0.15)
    low_, high_ = clustered(together, wholes)
    assert (high_ - low_) > 2.5 * (high - low)
    assert clustered(alone, wholes) == (low, high)


def test_agreement_and_one_message_are_no_certainty() -> None:
    ones = np.ones(10, dtype=np.int64)
    assert clustered(ones, ones) == independent(10, 10)
    assert clustered(ones * 0, ones) == independent(0, 10)
    assert clustered(ones[:1], ones[:1] * 2) == (0, 1)


def test_resampling_is_quick() -> None:
    wholes = np.full(5_000, 12)
    begin = time.perf_counter()
    clustered(np.arange(5_000) % 3, wholes)
    assert time.perf_counter() - begin < 20  # about 0.1 s; two cores are shared


def test_by_kind_language_and_file() -> None:
    one = message("Maya in Guelph", name="Maya", place="Guelph")
    two = message("Sam est à Hull", "fr", name="Sam", place="Hull")
    sets = [Dataset("one", [one]), Dataset("two", [two])]
    found = [
        [[at(one.text, "Maya", "place"), at(one.text, "in")]],
        [[at(two.text, "Hull", "place")]],
    ]
    made = report(sets, Run(found, [0.5, 0.25]), None, "fast")
    value = {name: made.by_kind[name].shares for name in ("name", "place")}
    assert list(made.by_kind) == ["name", "place"]
    assert value["name"]["recall_any"].value == 50  # Maya is covered, though as a place
    assert value["name"]["precision"].value == 0 and value["name"]["precision"].n == 1  # “in”
    assert value["place"]["recall_any"].value == 50 and value["place"]["precision"].value == 100
    assert value["name"]["words_removed"].value == pytest.approx(100 / 3)
    assert value["place"]["words_removed"].value == 0
    assert made.by_language["fr"].shares["recall_full"].value == 50
    assert made.by_file["one"].shares["precision"].value == 50
    assert (made.speed, made.speeds) == (2 / 0.75, {"one": 2.0, "two": 4.0})


def test_the_shape_of_the_object() -> None:
    sets = [Dataset("one", [message("Maya", name="Maya")])]
    made = report(sets, Run([[[at("Maya", "Maya")]]], [0.5]), NAMES, "thorough")
    shown = as_json(made)
    assert set(shown) == {
        *SHARES, "docs_per_second", "intervals", "messages", "identifiers", "held", "kinds", "setting",
        "by_kind", "by_language", "by_file",
    }  # fmt: skip
    assert shown["recall_any"] == 100 and shown["words_removed"] is None
    assert set(shown["intervals"]) == set(SHARES)
    assert shown["intervals"]["words_removed"] is None
    assert shown["intervals"]["recall_any"] == [0, 100]
    assert shown["kinds"] == ["name"] and shown["docs_per_second"] == 2
    assert shown["by_file"]["one"]["docs_per_second"] == 2
    assert speed_ratio(made, made) == 1
    assert as_json(made, with_misses=True)["misses"] == {
        "name": {
            "capitalised": {"identifiers": 1, "missed": 0, "partly": 0},
            "one_word": {"identifiers": 1, "missed": 0, "partly": 0},
        }
    }


def test_a_kind_that_was_asked_for_has_its_row() -> None:
    made = report(
        [Dataset("x", [message("a bus")])], Run([[[]]], [0.1]), frozenset({"sin"}), "fast"
    )
    assert list(made.by_kind) == ["sin"] and made.by_kind["sin"].identifiers == 0


def test_misses_by_class() -> None:
    said = message("ask maya or Sam Lee, #MayaOkafor", name="maya|Sam Lee|MayaOkafor", postal="ask")
    found = misses([scene(said, "Lee", "MayaOkafor", kinds=NAMES)])
    assert found == {
        "name": {
            "lower_case": Missed(1, 1, 0),
            "capitalised": Missed(2, 0, 1),
            "hashtag": Missed(1, 0, 0),
            "one_word": Missed(2, 1, 0),
            "several_words": Missed(1, 0, 1),
        }
    }
    assert classes("416-555-0134", 0, 12) == ["one_word", "digits"]


def test_predictors_run_side_by_side() -> None:
    asked: list[tuple[str, int]] = []

    class Everything:
        def __init__(self, name: str) -> None:
            self.name = name

        def find(self, texts):
            asked.append((self.name, len(texts)))
            return [[Span(0, len(text), "name", 1, "test")] for text in texts]

    sets = [Dataset("x", [message("bus")] * 300), Dataset("y", [message("car")])]
    told: list[tuple[int, int]] = []
    runs = run(sets, [Everything("a"), Everything("b")], lambda done, of: told.append((done, of)))
    assert asked[2:] == [("a", 256), ("b", 256), ("a", 44), ("b", 44), ("a", 1), ("b", 1)]
    assert told == [(256, 301), (300, 301), (301, 301)]
    assert [list(map(len, one.found)) for one in runs] == [[300, 1], [300, 1]]
    assert all(len(one.seconds) == 2 and min(one.seconds) >= 0 for one in runs)


WORDS = st.sampled_from(
    [
        "Maya",
        "maya",
        "@sam_1",
        "Guelph",
        "the",
        "bus",
        "été",
        "🙂",
        "x@y.ca",
        "#Sam",
        "N2L",
        "3G1",
        "\n",
    ]
)
KIND = st.sampled_from(["name", "place", "phone", "handle", "PERSON"])


@st.composite
def messages(draw: st.DrawFn) -> Message:
    text = " ".join(draw(st.lists(WORDS, min_size=1, max_size=8)))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
    spans = [
        Labelled(start, end, draw(KIND))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
        if text[start:end].strip()
    ]
    return labelled(text, spans, "en")


LIMIT = st.sampled_from([None, NAMES, frozenset({"name", "place"}), frozenset({"handle", "phone"})])
SEVERAL = st.lists(messages(), min_size=1, max_size=5)


def measured(said, found, kinds) -> dict[str, float | None]:
    counts = [Scene(one, spans, kinds).count() for one, spans in zip(said, found, strict=True)]
    return {name: one.value for name, one in figures(counts).shares.items()}


def expect(values, **wanted: float) -> None:
    for name, value in wanted.items():
        assert values[name] in (None, value), (name, values[name])


@settings(max_examples=150, deadline=None)
@given(SEVERAL, LIMIT)
def test_a_perfect_prediction(said, kinds) -> None:
    found = [[Span(s.start, s.end, s.kind, 1, "test") for s in one.spans] for one in said]
    expect(
        measured(said, found, kinds),
        recall_any=100, recall_full=100, precision=100,
        messages_leaking=0, words_removed=0, clean_touched=0,
    )  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(SEVERAL, LIMIT)
def test_predicting_nothing(said, kinds) -> None:
    values = measured(said, [[] for _ in said], kinds)
    assert values["precision"] is None
    expect(
        values, recall_any=0, recall_full=0, messages_leaking=100, words_removed=0, clean_touched=0
    )


@settings(max_examples=150, deadline=None)
@given(SEVERAL, LIMIT)
def test_predicting_everything(said, kinds) -> None:
    kind = min(kinds) if kinds else "name"
    found = [[Span(0, len(one.text), kind, 1, "test")] for one in said]
    values = measured(said, found, kinds)
    expect(values, recall_any=100, recall_full=100, messages_leaking=0, words_removed=100)


@settings(max_examples=150, deadline=None)
@given(SEVERAL, LIMIT, st.data())
def test_shares_lie_within_their_intervals(said, kinds, data) -> None:
    found = [
        [
            Span(m.start(), m.end(), data.draw(KIND), 1, "test")
            for m in re.finditer(r"\w+", one.text)
        ]
        for one in said
    ]
    made = figures([Scene(*pair, kinds).count() for pair in zip(said, found, strict=True)])
    for one in made.shares.values():
        if one.value is not None:
            assert 0 <= one.low <= one.high <= 100 and 0 <= one.value <= 100
    assert (made.shares["recall_full"].value or 0) <= (made.shares["recall_any"].value or 0)
