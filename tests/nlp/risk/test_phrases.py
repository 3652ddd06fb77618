"""The small language of phrases, and how long it takes on texts that were made to be slow."""

import random
import time
from pathlib import Path

import pytest

from youthvoice import defaults
from youthvoice.errors import BadInput
from youthvoice.nlp.risk import RiskRules
from youthvoice.nlp.risk.phrases import Index, Phrase

BOOK = defaults.risk_rules()
RULES = RiskRules(BOOK)
LISTS = {"family": ["mom", "step dad"]}


@pytest.mark.parametrize(
    ("phrase", "text", "there"),
    [
        ("{family} hits me", "my step dad hits me", True),
        ("{family}|coach hits me", "coach hits me", True),
        ("suicid*", "suicidal", True),
        ("i am 13-15", "i am 14", True),
        ("i am 13-15", "i am 16", False),
        ("go .. home", "go to my small old home", True),
        ("go .. home", "go . home", False),
        ("go .. home", "go to my very small old home", False),
        ("go ... home", "go to my very small old home", True),
        ("the? gun", "gun", True),
        ("< gun", "gun here", True),
        ("< gun", "a gun here", False),
        ("gun >", "a gun", True),
        ("going_to|will leave", "i am going to leave", True),
        ("cut", "cuts", False),
    ],
)
def test_what_a_phrase_fits(phrase: str, text: str, there: bool) -> None:
    made = Phrase(phrase, LISTS)
    assert (made.pattern.search(f" {text} ") is not None) == there
    if there:
        assert Index([made]).candidates(text.split()) == [0]


@pytest.mark.parametrize("phrase", ["{nobody} hits", "a|(b", "..", "word? other?"])
def test_what_cannot_be_read_is_refused(phrase: str) -> None:
    with pytest.raises(BadInput):
        Phrase(phrase, LISTS)


def test_no_phrase_is_lost_by_the_index() -> None:
    """Whatever a phrase fits, the index proposes: each phrase on a text made of its own words."""
    chance = random.Random(7)
    for rule in BOOK.rules:
        for language, phrases in rule.phrases.items():
            for written in phrases:
                phrase = Phrase(written, BOOK.words[language])
                text = " ".join(
                    chance.choice(item.alternatives).replace("_", " ").replace("*", "x")
                    for item, _ in phrase._items
                    if not isinstance(item, str)
                )
                if phrase.pattern.search(f" {text} "):
                    assert Index([phrase]).candidates(text.split()) == [0], written


HARD = {
    "one word": "i " * 5000,
    "words of rules": "my dad he hit me i am going to kill my " * 260,
    "gaps": "i want to die with my gun in the bag at school je vais me tuer " * 160,
    "one letter": "a" * 10_000,
    "letters apart": "k i l l " * 1250,
    "stars": "s*" * 5000,
    "quotes": "'" * 10_000,
    "lines": "i want to\n" * 1000,
    "anything": "".join(random.Random(3).choices("aeijklmnostu'*. 137", k=10_000)),
}


@pytest.mark.parametrize("text", HARD.values(), ids=HARD)
def test_no_text_takes_long(text: str) -> None:
    """Ten thousand signs take some hundredths of a second; a pattern that explodes would take minutes."""
    began = time.process_time()
    RULES.assess(text)
    assert time.process_time() - began < 10


def test_an_operator_replaces_one_signal_or_all_rules(tmp_path: Path) -> None:
    folder = tmp_path / "config" / "risk"
    folder.mkdir(parents=True)
    rule = '[[rule]]\nsignal = "hate"\nlevel = 3\nwhy = "ours"\n[rule.phrases]\nen = ["purple people"]\n'
    (folder / "hate.toml").write_text(rule)
    some = RiskRules(defaults.risk_rules(tmp_path))
    assert some.assess("purple people everywhere").reasons == ("hate 3: ours",)
    assert some.assess("i want to die").level == 3
    (tmp_path / "config" / "risk.toml").write_text(rule)
    only = RiskRules(defaults.risk_rules(tmp_path))
    assert (
        only.assess("purple people everywhere").level == 3
        and only.assess("i want to die").level == 1
    )
