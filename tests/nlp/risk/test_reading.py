"""How the rules of risk read what people write."""

import pytest

from youthvoice import defaults
from youthvoice.nlp.risk.reading import Reader

READER = Reader(
    defaults.risk_rules().spelling, lambda word: word in {"kill", "die", "tuer", "myself"}
)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("I’m gonna K1LL mys3lf", "i am going to kill myself"),
        ("k i l l  m y s e l f", "kill myself"),
        ("killlll myself", "kill myself"),
        ("kms", "kill myself"),
        ("su*c*de", "suicide"),
        ("wanna d\u200bie", "want to die"),
        ("i really just can't", "i can not"),
        ("j’ai", "je ai"),
        ("jai", "je ai"),
        ("chui", "je suis"),
        ("jpp", "je en peux plus"),
        ("jveux", "je veux"),
        ("je n’veux", "je veux"),
        ("tkt, tg!", "t inquiete , ta gueule ."),
        ("mtn ds la voiture", "maintenant dans la voiture"),
        ("mettre fin à mes jours", "me suicider"),
        ("« Déjà »", "deja"),
        ("18h30 at 7:10", "18h30 at 7:10"),
        ("noon", "noon"),
    ],
)
def test_one_spelling(written: str, read: str) -> None:
    assert READER.read(written).strip() == read
