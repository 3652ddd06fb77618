"""Each signal, level, language and softener, on sentences of this project's own; danger beside its harmless twin."""

from collections.abc import Iterator

import pytest

from tests.nlp.risk.sentences import DANGER, ORDINARY
from youthvoice import defaults
from youthvoice.nlp.risk import HOLD_FROM, RiskRules

RULES = RiskRules(defaults.risk_rules())
FULL_STOP_FROM = 4


def danger() -> Iterator[tuple[str, int, str]]:
    return (
        (signal, level, text)
        for (signal, level), languages in DANGER.items()
        for texts in languages.values()
        for text in texts
    )


@pytest.mark.parametrize(("signal", "level", "text"), list(danger()))
def test_danger_is_raised(signal: str, level: int, text: str) -> None:
    found = RULES.assess(text)
    assert found.level >= level
    assert any(reason.startswith(f"{signal} ") for reason in found.reasons)


@pytest.mark.parametrize(
    "text", [text for kinds in ORDINARY.values() for texts in kinds.values() for text in texts]
)
def test_ordinary_messages_are_not_held(text: str) -> None:
    assert RULES.assess(text).level < HOLD_FROM


def test_both_languages_are_tested_with_equal_care() -> None:
    for languages in (*DANGER.values(), *ORDINARY.values()):
        assert len(languages["en"]) == len(languages["fr"])
