import pytest

from youthvoice.errors import ModelMissing
from youthvoice.model import Language
from youthvoice.nlp.analyser import HOLD_DETECTOR, HOLD_RISK, Analyser
from youthvoice.nlp.pii.names import load


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
    assert care.hold == HOLD_RISK and care.risk.level == 3


def test_large_places_and_public_bodies_stay(analyser: Analyser) -> None:
    (found,) = analyser.analyse(["Toronto has programs, the Premier should fund ours in Ontario"])
    assert "Toronto" in found.masked.text and "Ontario" in found.masked.text


def test_other_languages_go_through_both_detectors(analyser: Analyser) -> None:
    (found,) = analyser.analyse(["Mi mentora Guadalupe Hernández me ayudó mucho con la escuela"])
    assert found.language == Language.OTHER and "Hernández" not in found.masked.text


def test_a_failing_detector_holds_the_text(
    analyser: Analyser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_texts: object) -> object:
        raise RuntimeError("CANARY")

    monkeypatch.setattr(analyser._names["en"], "find", broken)
    (found,) = analyser.analyse(["my friend Maya likes this program a lot"])
    assert found.hold == HOLD_DETECTOR and found.masked.text == "" and not found.themes


def test_a_missing_model_is_said(tmp_path) -> None:
    with pytest.raises(ModelMissing, match="no_such_model"):
        load("no_such_model")
    with pytest.raises(ModelMissing):
        load(str(tmp_path))


def test_one_bad_text_does_not_hold_the_others_nor_hide_a_danger(
    analyser: Analyser, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = analyser._names["en"].find

    def fails_on_one(texts):
        if any("BAD" in text for text in texts):
            raise RuntimeError
        return real(texts)

    monkeypatch.setattr(analyser._names["en"], "find", fails_on_one)
    good, bad = analyser.analyse(["the bus is late again", "BAD i want to kill myself tonight"])
    assert good.hold is None and good.masked.text
    assert bad.hold == HOLD_DETECTOR and bad.masked.text == "" and bad.risk.level >= 3


@pytest.mark.parametrize("sign", ["a-", "a.", "ab@", "1-2 ", "www.", "é'"])
def test_no_pattern_is_slow_on_a_long_text(sign: str) -> None:
    from time import process_time

    from youthvoice.nlp.pii import patterns

    started = process_time()
    list(patterns.find((sign * 10_000)[:10_000]))
    assert process_time() - started < 2  # quadratic ones took far longer; not a benchmark
