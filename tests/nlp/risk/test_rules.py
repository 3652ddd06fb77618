import pytest

from youthvoice import defaults
from youthvoice.nlp.risk import RiskRules

RULES = RiskRules(defaults.risk_rules())


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("honestly some nights i dont want to be here anymore", 3),
        ("je veux plus être là", 3),
        ("j’ai envie de mourir", 3),
        ("i'm going to kill myself tonight", 5),
        ("je vais me tuer", 4),
        ("my stepdad hits me", 4),
        ("j’ai peur de rentrer à la maison", 4),
        ("im gonna bring a knife tomorrow", 5),
        ("ils m’intimident tous les jours", 3),
        ("free followers dm for promo", 2),
        ("you guys are all idiots", 2),
        ("gagne 500 $ par jour", 2),
        ("mentors should be closer to our age", 1),
        ("c’est une bonne idée", 1),
        ("i love this program", 1),
    ],
)
def test_levels(text: str, level: int) -> None:
    found = RULES.assess(text)
    assert found.level == level
    assert bool(found.reasons) == (level > 1)
