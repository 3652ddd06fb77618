"""A softener stops the phrase beside which it stands, and nothing else."""

import pytest

from youthvoice import defaults
from youthvoice.nlp.risk import RiskRules

RULES = RiskRules(defaults.risk_rules())


@pytest.mark.parametrize(
    ("soft", "trait"),
    [
        ("i would never kill myself", "negation"),
        ("j'ai jamais voulu me faire du mal", "negation"),
        ("lmao this exam makes me want to die", "hyperbole"),
        ("cet examen me donne envie de mourir mdr", "hyperbole"),
        ("the song on that album is about suicide", "fiction"),
        ("la chanson de cet album parle de suicide", "fiction"),
        ("years ago i was suicidal, my therapist saved me and im happy now", "past_help"),
        ("suicide prevention belongs in every school", "prevention"),
        ("il faut un programme de prévention du suicide", "prevention"),
        ("my brother beat me at chess again", "idiom"),
        ("ma soeur me bat toujours aux échecs", "idiom"),
    ],
)
def test_it_stops_its_phrase_and_says_so(soft: str, trait: str) -> None:
    assert RULES.assess(soft).level < 3
    assert trait in {finding.stopped for finding in RULES.explain(soft).findings}


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("i dont want to die but i took all my pills an hour ago", 5),
        ("je veux pas mourir mais j'ai avalé toute la boîte", 5),
        ("the song says it all. i have a plan to end my life", 4),
        ("lol im going to kill myself tonight", 5),
        ("mdr je vais me tuer ce soir", 5),
        ("therapy helped me for years but my stepdad still hits me", 4),
        ("we need more counsellors in schools. my coach touches me", 4),
        ("il faut plus de psys. mon oncle vient dans ma chambre la nuit", 4),
        ("not a joke, i want to die", 3),
        ("i would never hurt anyone, but sometimes i want to die", 3),
        ("my friend says she would never do it, and she wrote goodbye letters", 4),
        ("my cousin said he will bring a knife to school on monday", 5),
    ],
)
def test_it_lowers_nothing_else(text: str, level: int) -> None:
    assert RULES.assess(text).level >= level


def test_a_reason_says_signal_level_and_why_and_no_word_of_the_message() -> None:
    found = RULES.assess("Zebulon wrote his goodbye letters last thursday")
    assert "self_harm 4: plan or means" in found.reasons
    assert "ebulon" not in " ".join(found.reasons)


def test_traits_are_noted_beside_what_fired() -> None:
    found = RULES.assess("lol im going to kill myself tonight")
    assert "trait hyperbole" in found.reasons


def test_soon_adds_one_level_and_says_so() -> None:
    later, soon = (RULES.assess(f"i made a pipe bomb {when}") for when in ("", "for friday"))
    assert (later.level, soon.level) == (4, 5)
    assert "threat 5: now or soon" in soon.reasons
