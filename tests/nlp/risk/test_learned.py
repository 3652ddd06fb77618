"""The learned part of risk: thresholds from the file beside it, reasons without a word, a floor on our own sets."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from youthvoice.errors import ModelMissing
from youthvoice.nlp.evaluation.labels.signals import SIGNALS
from youthvoice.nlp.normalise import normalise
from youthvoice.nlp.risk import parts
from youthvoice.nlp.risk.learned import LEVELS, NAME, WHY, Learned, LearnedRisk
from youthvoice.nlp.sentences.encoder import MODELS, Sentences

SETS = Path(__file__).parents[2] / "sets" / "risk"
ABOUT: Mapping[str, Any] = json.loads((MODELS / f"{NAME}.json").read_text("utf-8"))
TEXTS = (
    "mentors should be closer to our age",
    "i swallowed all the pills and nobody is home",
    "mon oncle me touche quand ma mère travaille",
    "",
)


@pytest.fixture(scope="module")
def learned() -> LearnedRisk:
    return LearnedRisk()


def read(learned: LearnedRisk, sentences: Sentences, *texts: str) -> list[Learned]:
    return learned.assess(sentences.read(texts), len(texts))


def with_thresholds(folder: Path, cut: float, **thresholds: float) -> LearnedRisk:
    """The same network; every score counts from `cut` on, but for those that are named (_ for a blank)."""
    every = dict.fromkeys(ABOUT["labels"], cut)
    every |= {name.replace("level_", "level "): one for name, one in thresholds.items()}
    (folder / f"{NAME}.json").write_text(json.dumps({**ABOUT, "thresholds": every}), "utf-8")
    return LearnedRisk(folder=folder)


def test_every_score_has_a_name_that_the_rest_knows() -> None:
    levels = {f"level {level}" for level in LEVELS}
    assert set(ABOUT["labels"]) == levels | set(SIGNALS)
    assert set(ABOUT.get("thresholds", {})) <= set(ABOUT["labels"])
    assert all(0 < one < 1 for one in ABOUT.get("thresholds", {}).values())


def test_scores_are_chances_and_say_what_is_raised(
    learned: LearnedRisk, sentences: Sentences
) -> None:
    for one in read(learned, sentences, *TEXTS, *sample("en"), *sample("fr")):
        assert set(one.chances) == set(ABOUT["labels"])
        assert all(0 <= chance <= 1 for chance in one.chances.values())
        assert one.level == 1 or one.signals
        likely = [one.chances[signal] for signal in one.signals]
        assert likely == sorted(likely, reverse=True)


def test_clear_ones(learned: LearnedRisk, sentences: Sentences) -> None:
    """Likelier than not, whatever the thresholds: those are chosen beside the rules."""
    routine, pills, uncle, nothing = read(learned, sentences, *TEXTS)
    assert max(routine.chances["level 3"], nothing.chances["level 3"]) < 0.2
    assert routine.level == nothing.level == 1 and routine.reasons == ()
    assert min(pills.chances["level 3"], uncle.chances["level 3"]) > 0.5
    # Which signal is first moves with what a text is read with; a moderator sees every likely one.
    assert "self_harm" in pills.signals and "exploitation" in uncle.signals


def test_thresholds_are_those_of_the_file(sentences: Sentences, own_models: Path) -> None:
    never = read(with_thresholds(own_models, 2.0), sentences, *TEXTS)
    assert [(one.level, one.signals, one.reasons) for one in never] == [(1, (), ())] * len(TEXTS)
    always = read(with_thresholds(own_models, 0.0), sentences, *TEXTS)
    assert all(one.level == 5 and set(one.signals) == set(SIGNALS) for one in always)
    some = read(with_thresholds(own_models, 2.0, level_3=0.0, weapon=0.0), sentences, *TEXTS)
    assert all((one.level, one.signals) == (3, ("weapon",)) for one in some)


def test_a_level_without_a_signal_names_the_likeliest(
    sentences: Sentences, own_models: Path
) -> None:
    for one in read(with_thresholds(own_models, 2.0, level_4=0.0), sentences, *TEXTS):
        assert one.level == 4 and len(one.signals) == 1
        likeliest = max(SIGNALS, key=lambda signal: one.chances[signal])
        assert one.reasons == (f"{likeliest} 4: {WHY}",)


def test_a_signal_without_a_level_gives_no_reason(sentences: Sentences, own_models: Path) -> None:
    for one in read(with_thresholds(own_models, 2.0, insult=0.0), sentences, *TEXTS):
        assert (one.level, one.signals, one.reasons) == (1, ("insult",), ())


def test_reasons_hold_no_word_of_the_text(learned: LearnedRisk, sentences: Sentences) -> None:
    allowed = {f"{signal} {level}: {WHY}" for signal in SIGNALS for level in LEVELS}
    found = read(learned, sentences, *TEXTS, *sample("en"), *sample("fr"))
    reasons = {reason for one in found for reason in one.reasons}
    assert reasons and reasons <= allowed


LONG = "the bus was late and then we talked about hockey. " * 40


def test_of_a_long_text_the_gravest_part_counts(learned: LearnedRisk, sentences: Sentences) -> None:
    texts = [f"{LONG}{TEXTS[1]}", f"{TEXTS[1]}. {LONG}"]
    found = learned.assess(parts.whole_and_parts(sentences, texts), len(texts))
    assert min(one.chances["level 3"] for one in found) > 0.5


def test_a_long_text_is_not_raised_for_its_length(
    learned: LearnedRisk, sentences: Sentences
) -> None:
    (one,) = read(learned, sentences, LONG)
    assert one.level == 1 and one.chances["level 3"] < 0.5


def test_no_texts(learned: LearnedRisk, sentences: Sentences) -> None:
    assert read(learned, sentences) == []


def test_it_may_be_missing(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=NAME):
        LearnedRisk(folder=tmp_path)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_floor_by_itself(learned: LearnedRisk, sentences: Sentences, language: str) -> None:
    """How often a grave message is found likelier to be so than a routine one (area under the curve).

    The thresholds are chosen for rules and network together: test_both has the floor for these.
    """
    rows = dev(language)
    found = read(learned, sentences, *(normalise(row["text"]) for row in rows))
    chances = [one.chances["level 4"] for one in found]
    grave = [chance for chance, row in zip(chances, rows, strict=True) if row["level"] >= 4]
    routine = [chance for chance, row in zip(chances, rows, strict=True) if row["level"] == 1]
    area = sum(one > other for one in grave for other in routine) / (len(grave) * len(routine))
    print(f"{language}: {area:.3f}")
    assert area >= 0.9


def dev(language: str) -> list[dict[str, Any]]:
    lines = (SETS / f"{language}.dev.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def sample(language: str) -> list[str]:
    return [row["text"] for row in dev(language)[::6]]
