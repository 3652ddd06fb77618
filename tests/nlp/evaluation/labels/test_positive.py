"""What counts as positive, in labels and in answers."""

import pytest

from youthvoice.errors import BadInput
from youthvoice.nlp.evaluation.labels.examples import Example, LabelledSet
from youthvoice.nlp.evaluation.labels.positive import Rule, positive
from youthvoice.nlp.evaluation.labels.predictors import RiskGuess
from youthvoice.nlp.evaluation.labels.signals import SIGNALS, signal_of, signals_of


def sets(*labels: str | tuple[str, ...], signals: tuple[str, ...] = ()) -> list[LabelledSet]:
    each = [(one,) if isinstance(one, str) else one for one in labels]
    return [LabelledSet("x", [Example("words", one, "x", 1, signals=signals) for one in each])]


def said(
    given: list[LabelledSet], *words: str, start: int | None = None, signal: str = ""
) -> tuple[list[bool], tuple[Rule, ...]]:
    meant = positive(words, given, start, signal)
    return [meant.true(one) for one in given[0].examples], meant.rules


def rule(level: int, *signals: str) -> Rule:
    return Rule(frozenset(signals), level)


def test_our_signals_have_many_names() -> None:
    for word in ("threat", "Menace", "THR"):
        assert signal_of(word) == "threat"
    assert signal_of("self-harm") == signal_of("Suicide") == "self_harm"
    assert signal_of("haine") == signal_of("hateful") == "hate"
    assert signal_of("harcèlement") == "bullying" and signal_of("running away") == "running_away"
    assert signal_of("non-hateful") is None and signal_of("high") is None
    assert all(signal_of(one) == one for one in SIGNALS)


def test_signals_in_reasons() -> None:
    assert signals_of("self_harm 4: plan or means") == {"self_harm"}
    assert signals_of("running_away 3: bullying") == {"running_away"}
    assert signals_of("abuse or exploitation") == {"abuse", "exploitation"}
    assert signals_of("trait hate") == signals_of("trait reported") == frozenset()


def test_a_label_that_names_a_signal() -> None:
    assert said(sets("THR", "INS", "other"), "THR") == ([True, False, False], (rule(1, "threat"),))
    assert said(sets("hateful", "non-hateful"), "hate") == ([True, False], (rule(1, "hate"),))


def test_a_label_that_occurs_means_itself_alone() -> None:
    given = sets(("offensive", "hateful"), ("abusive",), ("normal",))
    assert said(given, "offensive")[0] == [True, False, False]
    assert said(given, "insult")[0] == [True, True, False]
    assert said(given, "hateful", "abusive") == (
        [True, True, False],
        (rule(1, "hate"), rule(1, "insult")),
    )


def test_a_number_is_a_level_and_above() -> None:
    assert said(sets("1", "3", "4", "5"), "4") == ([False, False, True, True], (rule(4),))
    assert said(sets("1", "3", "5"), "3", start=2) == ([False, True, True], (rule(2),))


def test_a_number_among_labels_that_are_no_levels() -> None:
    assert said(sets("0", "1"), "1") == ([False, True], (rule(4),))


def test_any_other_label_means_level_4() -> None:
    assert said(sets("risk", "none"), "Risk") == ([True, False], (rule(4),))
    assert said(sets("risk", "none"), "risk", start=3)[1] == (rule(3),)
    assert said(sets("risk", "none"), "risk", signal="menace")[1] == (rule(1, "threat"),)
    assert said(sets("risk", "none"), "risk", start=3, signal="menace")[1] == (rule(3, "threat"),)


def test_signals_of_our_own_sets() -> None:
    given = sets("4", "2", signals=("weapon",))
    assert said(given, "weapon") == ([True, True], (rule(1, "weapon"),))
    assert said(given, "arme", "4")[0] == [True, True]


def test_what_is_predicted() -> None:
    meant = positive(["THR", "risk"], sets("THR", "risk"), None, None)
    assert meant.predicted(RiskGuess(2, frozenset({"threat"})))
    assert meant.predicted(RiskGuess(4))
    assert not meant.predicted(RiskGuess(3, frozenset({"hate"})))
    assert rule(3, "hate").holds(RiskGuess(2, frozenset({"hate"}))) is False


def test_how_likely_it_is_found() -> None:
    guess = RiskGuess(4, frozenset({"threat"}), {"threat": 0.7, "high": 0.4})
    given = sets("THR", "risk", "HAT")
    assert positive(["THR"], given, None, None).chance(guess) == 0.7
    assert positive(["risk"], given, None, None).chance(guess) == 0.4
    assert positive(["risk", "THR"], given, None, None).chance(guess) == 0.7
    assert positive(["risk"], given, 3, None).chance(guess) is None
    assert positive(["THR", "risk"], given, None, None).chance(RiskGuess(4)) is None


def test_a_label_that_nobody_gave() -> None:
    with pytest.raises(BadInput, match="No message is labelled “high”") as caught:
        said(sets("a", "b"), "high")
    assert "a, b" in str(caught.value.next_step)
    with pytest.raises(BadInput) as caught:
        said(sets("canary words that somebody wrote", "b"), "high")
    assert "canary" not in f"{caught.value}{caught.value.next_step}"
    with pytest.raises(BadInput, match="“hat” is no signal"):
        said(sets("a"), "a", signal="hat")
