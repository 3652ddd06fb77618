"""What is said in messages, with the real networks: either raises a risk, and a failure holds its text only."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from tests.themed import OWN
from youthvoice import defaults
from youthvoice.model import LabelKind, Language, Risk
from youthvoice.nlp import reader as reading
from youthvoice.nlp.models import Models
from youthvoice.nlp.reader import AT_ONCE, Reader
from youthvoice.nlp.risk import HOLD_FROM
from youthvoice.nlp.sentences.encoder import Read
from youthvoice.nlp.sentences.stack import Stack

NONE = Models("no model of names is needed here", "", threads=2)
SETS = Path(__file__).parents[1] / "sets" / "risk"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(NONE)


def some_texts() -> list[str]:
    """Each fifth message of the development halves."""
    return [
        json.loads(line)["text"]
        for language in ("en", "fr")
        for line in (SETS / f"{language}.dev.jsonl").read_text("utf-8").splitlines()[::5]
    ]


def test_either_raises(reader: Reader) -> None:
    texts = some_texts()
    ruled = [reader._risks._rules.assess(text).level for text in texts]
    assert reader._risks._learned is not None
    learned = [
        one.level for one in reader._risks._learned.assess(reader.sentences.read(texts), len(texts))
    ]
    found = [risk.level for risk in reader.risks(texts)]
    assert found == [max(pair) for pair in zip(ruled, learned, strict=True)]
    assert any(one > other for one, other in zip(ruled, learned, strict=True)), "rules add nothing"
    assert any(one < other for one, other in zip(ruled, learned, strict=True)), "nothing learned"


def test_what_the_rules_find_is_found(reader: Reader) -> None:
    danger, routine = reader.risks(
        ["i’m going to kill myself tonight", "mentors should be closer to our age"]
    )
    assert danger.level >= 4 and any(why.startswith("self_harm") for why in danger.reasons)
    assert routine == Risk()


def test_a_failing_model_holds_only_that_text(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, real = "the network cannot read this one", reader._risks.assess
    calls: list[int] = []

    def failing(texts: Sequence[str], reads: Iterable[Read]) -> list[Risk]:
        calls.append(len(texts))
        if bad in texts:
            raise RuntimeError("CANARY")
        return real(texts, reads)

    texts = ["the bus is late", bad, "i’m going to kill myself tonight", "j’aime mon école"]
    wanted = reader.risks(texts)
    monkeypatch.setattr(reader._risks, "assess", failing)
    found = reader.risks(texts)
    assert found[1] == Risk(HOLD_FROM, ())
    assert [found[n].level for n in (0, 2, 3)] == [wanted[n].level for n in (0, 2, 3)]
    assert calls == [4, 1, 1, 1, 1]


def test_an_encoder_that_fails_holds_and_does_not_raise(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader.sentences, "read", lambda _texts: 1 / 0)
    assert reader.risks(["the bus is late", "ok"]) == [Risk(HOLD_FROM, ())] * 2


def test_a_text_that_is_no_unicode_is_held(reader: Reader) -> None:
    bad, fine = reader.risks(["half a sign \ud83d", "the bus is late"])
    assert bad.level >= HOLD_FROM and fine.level == 1


def test_many_texts_keep_their_order(reader: Reader) -> None:
    place = AT_ONCE + 3
    texts = [f"The library should open on Sundays ({n})" for n in range(AT_ONCE + 10)]
    texts[place] = "i’m going to kill myself tonight"
    found = reader.risks(texts)
    assert len(found) == len(texts) and found[place].level >= 4
    assert any(why.startswith("self_harm") for why in found[place].reasons)
    assert not any(why.startswith("self_harm") for one in found[:place] for why in one.reasons)
    feelings = reader.feelings(["I love this!"] + ["i take the bus to school"] * AT_ONCE)
    assert len(feelings) == AT_ONCE + 1 and feelings[0][0].value == "positive"
    assert {label.kind for (label,) in feelings} == {LabelKind.FEELING}


def test_a_late_bus_is_no_danger(reader: Reader) -> None:
    found = reader.risks([f"the bus number {number} is late" for number in range(40)])
    assert sum(risk.level > 1 for risk in found) <= 2  # one in twenty: what the thresholds allow


def test_what_comes_is_read_as_apart(reader: Reader) -> None:
    written = [*some_texts(), "maya says the bus is late and i hate it", "i love this", ""]
    masked = [text.replace("maya", "[name 1]") for text in written[:-2]] + ["", ""]
    found = reader.on_arrival(written, masked)
    assert [risk for risk, _ in found] == reader.risks(written)
    readable = [text for text in masked if text]
    feelings = dict(zip(readable, reader.feelings(readable), strict=True))
    # Eight-bit numbers are rounded by the batch: a score moves a little with its neighbours.
    for text, (_, labels) in zip(masked, found, strict=True):
        wanted = feelings.get(text, ())
        assert [one.score for one in labels] == pytest.approx(
            [one.score for one in wanted], abs=0.25
        )


def test_a_text_that_cannot_be_read_holds_itself_only(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = reader._risks.assess

    def failing(texts: Sequence[str], reads: Iterable[Read]) -> list[Risk]:
        if "broken" in texts:
            raise RuntimeError("as the runtime may")
        return whole(texts, reads)

    monkeypatch.setattr(reader._risks, "assess", failing)
    texts = ["the bus is late", "broken"]
    fine, bad = reader.on_arrival(texts, texts)
    assert fine[0].level == 1 and bad[0].level == HOLD_FROM and fine[1] and bad[1]


def test_danger_in_a_long_text_is_found(reader: Reader) -> None:
    long = "the bus was late and then we talked about hockey. " * 40
    danger = "my uncle comes into my room at night and i am scared"
    texts = [f"{long}{danger}", f"{danger}. {long}", f"{long}{danger} {long}", long]
    first, second, third, calm = reader.risks(texts)
    assert min(first.level, second.level, third.level) >= HOLD_FROM > calm.level
    assert [risk for risk, _ in reader.on_arrival(texts, texts)] == [first, second, third, calm]


def test_nothing_to_read(reader: Reader) -> None:
    assert reader.risks([]) == [] and reader.feelings([]) == []
    assert reader.on_arrival([], []) == []


def test_feelings_can_be_left_out(reader: Reader) -> None:
    without = Reader(NONE._replace(feelings=False))
    assert without.feelings(["I love this!", "bof"]) == [(), ()]
    assert without.version != reader.version and "no feeling" in without.version
    assert without.risks(["j’ai envie de mourir"])[0].level >= HOLD_FROM


def test_feelings_that_are_left_out_need_no_network(
    monkeypatch: pytest.MonkeyPatch, own_models: Path
) -> None:
    (own_models / "feeling.onnx").unlink()
    monkeypatch.setattr(reading, "Feelings", lambda threads: Stack("feeling", threads, own_models))
    assert Reader(NONE._replace(feelings=False)).feelings(["bof"]) == [()]


def test_other_words_are_another_version(reader: Reader, tmp_path: Path) -> None:
    words = Path(defaults.__file__).with_name("themes.toml").read_text("utf-8")
    config = tmp_path / "config"
    config.mkdir()
    (config / "themes.toml").write_text(
        words.replace('"famil', '"family of mine", "famil', 1), "utf-8"
    )
    other = Reader(NONE._replace(home=tmp_path))
    assert other.version != reader.version
    assert other.version.split("+")[1:] == reader.version.split("+")[1:]


def test_themes_of_the_words_are_still_there(reader: Reader) -> None:
    found = reader.words("I need a mentor at school", Language.EN)
    assert "education" in {one.theme for one in found}


def test_each_network_is_loaded_once(
    reader: Reader, position_network: Stack, themes_network: Stack
) -> None:
    assert reader.positions._pairs is reader.positions._pairs
    assert reader._network("themes") is reader._network("themes")
    assert reader._network("themes") is not reader._network("position")
    assert reader.mapper(OWN).version.startswith(themes_network.version)
    (label,) = reader.positions.read("Should the bus be free?", ["Yes, I fully agree."])
    assert label.kind is LabelKind.POSITION
