"""Rules and network together: either raises, none lowers, and the dangers of our own sets are seen."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from youthvoice import defaults
from youthvoice.model import Risk
from youthvoice.nlp.normalise import normalise
from youthvoice.nlp.risk import RiskRules
from youthvoice.nlp.risk.both import Risks, joined
from youthvoice.nlp.risk.learned import WHY, Learned, LearnedRisk
from youthvoice.nlp.sentences.encoder import Sentences

SETS = Path(__file__).parents[2] / "sets" / "risk"


@pytest.fixture(scope="module")
def rules() -> RiskRules:
    return RiskRules(defaults.risk_rules())


@pytest.fixture(scope="module")
def risks(rules: RiskRules) -> Risks:
    return Risks(rules, LearnedRisk())


def assess(risks: Risks, sentences: Sentences, *texts: str) -> list[Risk]:
    return risks.assess(texts, sentences.read(texts))


def dev(language: str) -> list[dict[str, Any]]:
    lines = (SETS / f"{language}.dev.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize(("ruled", "level"), itertools.product(range(1, 6), range(1, 6)))
def test_either_raises_and_none_lowers(ruled: int, level: int) -> None:
    first = Risk(ruled, (f"threat {ruled}: said",) if ruled > 1 else ())
    second = Learned(level, ("self_harm",), {})
    found = joined(first, second)
    assert found.level == max(ruled, level)
    assert set(found.reasons) == {*first.reasons, *second.reasons}
    if level > ruled:
        assert found.reasons[0] == f"self_harm {level}: {WHY}"
    elif ruled > 1:
        assert found.reasons[0] == first.reasons[0]


def test_a_network_that_finds_nothing_changes_nothing() -> None:
    ruled = Risk(4, ("abuse 4: violence at home", "trait reported"))
    assert joined(ruled, Learned(1, ("abuse",), {"abuse": 0.9})) is ruled


def test_a_reason_is_given_once() -> None:
    same = f"hate 3: {WHY}"
    assert joined(Risk(3, (same,)), Learned(3, ("hate",), {})).reasons == (same,)


def test_without_a_network_the_rules_stand(rules: RiskRules, sentences: Sentences) -> None:
    texts = [row["text"] for row in dev("en")[:20]]
    alone = assess(Risks(rules, None), sentences, *texts)
    assert alone == [rules.assess(text) for text in texts]


def test_no_texts(risks: Risks, sentences: Sentences) -> None:
    assert assess(risks, sentences) == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_never_below_the_rules(
    risks: Risks, rules: RiskRules, sentences: Sentences, language: str
) -> None:
    texts = [row["text"] for row in dev(language)[::4]]
    for text, found in zip(texts, assess(risks, sentences, *texts), strict=True):
        ruled = rules.assess(text)
        assert found.level >= ruled.level and set(ruled.reasons) <= set(found.reasons)


def test_reasons_hold_no_word_of_the_text(risks: Risks, sentences: Sentences) -> None:
    texts = ["canaryword hit me again, my stepdad canaryword", "canaryword veut que je meure"]
    for found in assess(risks, sentences, *texts):
        assert "canary" not in " ".join(found.reasons)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_floor_for_level_four_and_five(risks: Risks, sentences: Sentences, language: str) -> None:
    rows = dev(language)
    found = assess(risks, sentences, *(normalise(row["text"]) for row in rows))
    grave = [one.level >= 3 for one, row in zip(found, rows, strict=True) if row["level"] >= 4]
    routine = [one.level >= 4 for one, row in zip(found, rows, strict=True) if row["level"] == 1]
    print(
        f"{language}: {sum(grave)} of {len(grave)}; level 1 to 4: {sum(routine)} of {len(routine)}"
    )
    assert len(grave) >= 60 and sum(grave) / len(grave) >= 0.9
    assert sum(routine) / len(routine) <= 0.25
