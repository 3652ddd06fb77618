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
