"""Everything the machine says of a message, with the real models; what it holds for a person, and why."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from youthvoice.errors import ModelMissing
from youthvoice.model import Language
from youthvoice.nlp import analyser as analysing
from youthvoice.nlp.analyser import (
    HOLD_DETECTOR,
    HOLD_RECOGNISABLE,
    HOLD_RISK,
    HOLD_SCREENED,
    HOLD_UNREAD,
    Analyser,
    Models,
)
from youthvoice.nlp.normalise import normalise
from youthvoice.nlp.pii.names import load
from youthvoice.settings import Settings

Find = Callable[..., object]


def test_one_pass_says_everything(analyser: Analyser) -> None:
    english, french, care = analyser.analyse(
        [
            "My name is Maya Okafor, i go to Maple Grove Secondary School, text me 905-555-0199",
            "Je m’appelle Chloé Tremblay et j’ai besoin d’un mentor à l’école",
            "i dont want to be here anymore",
        ]
    )
    for gone in ("Maya", "Okafor", "Maple", "0199"):
        assert gone not in english.masked.text
    assert english.language == Language.EN and "[telephone]" in english.masked.text
    assert "Chloé" not in french.masked.text and french.language == Language.FR
    assert {"support", "education"} <= {score.theme for score in french.themes}
    assert care.hold == HOLD_RISK and care.risk.level >= 3


def test_large_places_and_public_bodies_stay(analyser: Analyser) -> None:
    (found,) = analyser.analyse(["Toronto has programs, the Premier should fund ours in Ontario"])
    assert "Toronto" in found.masked.text and "Ontario" in found.masked.text


def test_other_languages_go_through_both_detectors(analyser: Analyser) -> None:
    (found,) = analyser.analyse(["Mi mentora Guadalupe Hernández me ayudó mucho con la escuela"])
    assert found.language == Language.OTHER and "Hernández" not in found.masked.text


def test_equal_texts_are_looked_at_once(
    analyser: Analyser, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    real = analyser.anonymiser.find

    def counted(texts: Sequence[str], *others: object) -> object:
        seen.append(len(texts))
        return real(texts, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(analyser.anonymiser, "find", counted)
    found = analyser.analyse(["the bus is late", "no library", "the bus is late"])
    assert seen == [2] and found[0] == found[2] != found[1]


def test_no_message_is_no_work(analyser: Analyser) -> None:
    assert analyser.analyse([]) == []


@pytest.mark.parametrize("text", ["", "😀", "😀😀😀", "✨💔✨", "!!!", "👩‍🏫"])
def test_nothing_to_hide_and_nothing_to_hold(analyser: Analyser, text: str) -> None:
    (found,) = analyser.analyse([text])
    assert found.masked.text == text and not found.masked.spans and found.hold is None


# --- a detector that fails


@pytest.mark.parametrize("part", ["_read", "_patterns", "en", "fr"])
def test_a_failing_detector_holds_the_text(
    analyser: Analyser, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    def broken(_texts: object) -> object:
        raise RuntimeError("CANARY")

    guarded = (
        getattr(analyser.anonymiser, part) if part[0] == "_" else analyser.anonymiser._spacy[part]
    )
    monkeypatch.setattr(guarded, "_run", broken)
    said = {
        "fr": "mon amie Maya aime beaucoup ce programme",
    }.get(part, "my friend Maya likes this program a lot")
    (found,) = analyser.analyse([said])
    assert found.hold == HOLD_DETECTOR and found.masked.text == "" and not found.themes


def test_a_slow_detector_holds_the_text(
    analyser: Analyser, monkeypatch: pytest.MonkeyPatch
) -> None:
    guarded = analyser.anonymiser._read
    assert guarded is not None
    monkeypatch.setattr(guarded, "_seconds", 0.05)
    monkeypatch.setattr(guarded, "_run", lambda texts: time.sleep(0.5))
    (found,) = analyser.analyse(["my friend Maya likes this program a lot"])
    assert found.hold == HOLD_DETECTOR and found.masked.text == ""


def test_one_bad_text_does_not_hold_the_others_nor_hide_a_danger(
    analyser: Analyser, monkeypatch: pytest.MonkeyPatch
) -> None:
    guarded = analyser.anonymiser._spacy["en"]
    real = guarded._run

    def fails_on_one(texts: Sequence[str]) -> object:
        if any("BAD" in text for text in texts):
            raise RuntimeError
        return real(texts)

    monkeypatch.setattr(guarded, "_run", fails_on_one)
    good, bad = analyser.analyse(["the bus is late again", "BAD i want to kill myself tonight"])
    assert good.hold is None and good.masked.text
    assert bad.hold == HOLD_DETECTOR and bad.masked.text == "" and bad.risk.level >= 3


def test_masking_that_errs_holds_the_text(
    analyser: Analyser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(analysing, "mask", lambda *_: 1 / 0)
    (found,) = analyser.analyse(["my friend Maya likes this program a lot"])
    assert found.hold == HOLD_DETECTOR and found.masked.text == "" and not found.masked.spans


def test_risk_rules_that_err_hold_the_text(
    analyser: Analyser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(analyser.reader._risks, "assess", lambda *_: 1 / 0)
    (found,) = analyser.analyse(["the bus is late again"])
    assert found.hold == HOLD_RISK and found.risk.level == 3


# --- what a person must see first


def test_a_first_screening_is_held(analyser: Analyser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analyser.anonymiser, "setting", "fast")
    calm, danger = analyser.analyse(["the bus is late again", "i want to kill myself tonight"])
    assert calm.hold == HOLD_SCREENED and calm.masked.text == "the bus is late again"
    assert danger.hold == HOLD_SCREENED and danger.risk.level >= 3  # both show


RECOGNISABLE = (
    "I'm 16, goalie at Birchmount Park Collegiate, and the accident on March 3 was our van",
    "I’m the only girl on the football team",
    "being the only Black girl in my grade is tiring",
    "everyone here knows my family, they'd know it's me",
    "je suis la seule fille de l'équipe de hockey",
    "la seule trans de mon école, c'est moi",
    "tout le monde ici sait ce qui est arrivé à ma famille",
)
ORDINARY = (
    "I'm 16 and in grade 11, buses should be free",
    "i play hockey and ice time costs too much",
    "the only thing that works is a bus pass",
    "j'ai 16 ans et les autobus devraient être gratuits",
    "la seule solution est un autobus",
)


@pytest.mark.parametrize("text", RECOGNISABLE)
def test_who_could_be_recognised_is_held(analyser: Analyser, text: str) -> None:
    (found,) = analyser.analyse([normalise(text)])
    assert analyser.recognisable(found.masked.text, found.language, ())
    # What sounds like danger is held for that first.
    assert found.hold in (HOLD_RECOGNISABLE, HOLD_RISK) and found.masked.text


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_messages_are_not_held(analyser: Analyser, text: str) -> None:
    (found,) = analyser.analyse([normalise(text)])
    assert found.hold is None


def test_the_only_thing_is_nobody(analyser: Analyser) -> None:
    (found,) = analyser.analyse(["the only thing that helps is talking"])
    assert not analyser.recognisable(found.masked.text, found.language, ())
    assert found.hold in (
        None,
        HOLD_RISK,
    )  # it may sound like distress: then a person reads it first


@pytest.mark.parametrize(
    "text",
    [
        "Привет меня зовут Мария",
        "مرحبا اسمي فاطمة",
        "ᐃᓄᒃᑎᑐᑦ",
    ],
)
def test_letters_that_no_detector_reads_are_held(analyser: Analyser, text: str) -> None:
    (found,) = analyser.analyse([normalise(text)])
    assert found.hold == HOLD_UNREAD


def test_what_was_said_before_counts(analyser: Analyser) -> None:
    new = "and I'm goalie"
    before = ["I'm 16 and in grade 11", "I go to [school] in [place]"]
    assert not analyser.recognisable(new, Language.EN, ())
    assert analyser.recognisable(new, Language.EN, before)
    assert not analyser.recognisable("buses should be free", Language.EN, before)


def test_a_rule_that_errs_holds(analyser: Analyser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysing.remaining, "assess", lambda *_: 1 / 0)
    assert analyser.recognisable("the bus is late again", Language.EN, ())
    (found,) = analyser.analyse(["the bus is late again"])
    assert found.hold == HOLD_RECOGNISABLE


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=100))
def test_nothing_raises(analyser: Analyser, text: str) -> None:
    for one in (text, normalise(text)):
        (found,) = analyser.analyse([one])
        assert found.hold != HOLD_DETECTOR and 1 <= found.risk.level <= 5
        assert found.masked.text or not one.strip()


# --- the models


def test_a_missing_model_is_said(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="no_such_model"):
        load("no_such_model")
    with pytest.raises(ModelMissing):
        load(str(tmp_path))
    with pytest.raises(ModelMissing):
        Analyser(Models("no_such_model", "no_such_model"))


def test_the_settings_name_the_models(tmp_path: Path) -> None:
    chosen = Settings(home=tmp_path, masking="fast", large_place=9_000, detector_seconds=7)
    models = Models.of(chosen)
    assert models == Models(chosen.spacy_en, chosen.spacy_fr, tmp_path, "fast", 9_000, 7)


@pytest.mark.parametrize("sign", ["a-", "a.", "ab@", "1-2 ", "www.", "é'"])
def test_no_pattern_is_slow_on_a_long_text(sign: str) -> None:
    from time import process_time

    from youthvoice.nlp.pii import patterns

    started = process_time()
    list(patterns.find((sign * 10_000)[:10_000]))
    assert process_time() - started < 2  # quadratic ones took far longer; not a benchmark
