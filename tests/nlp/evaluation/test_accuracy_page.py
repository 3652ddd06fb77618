"""docs/accuracy.md: every section from one run, evasion counted by hand, and no word of a message."""

import random
import re

import pytest

from benchmarks.accuracy import drop, evasion, measure
from benchmarks.accuracy_page import page
from youthvoice.model import Span
from youthvoice.nlp.evaluation.datasets import Dataset
from youthvoice.nlp.evaluation.labelled import Labelled, Message

TEXT = "Canaryword met Sam at 5"
MESSAGE = Message(TEXT, "en", (Labelled(0, 10, "name"), Labelled(15, 18, "name")))


class Capitals:
    def find(self, texts):
        return [
            [Span(m.start(), m.end(), "name", 1, "test") for m in re.finditer(r"[A-Z]\w+", text)]
            for text in texts
        ]


def lower_first(text, spans, chance: random.Random):
    """Only the first identifier changes."""
    return text[0].lower() + text[1:], spans


def test_a_drop_counts_what_was_changed() -> None:
    found = evasion([Dataset("x", [MESSAGE] * 3)], Capitals(), lower_first, "lower")
    made = found["en"]["recall_any"]
    assert (made.identifiers, made.plain, made.changed, made.drop) == (3, 100, 0, 100)
    assert (made.low, made.high) == (100, 100)


def test_the_interval_of_a_drop() -> None:
    made = drop([[(True, False)]] * 10 + [[(True, True), (True, True)]] * 45 + [[]])
    assert (made.identifiers, made.drop) == (100, 10)
    assert 3 < made.low < 10 < made.high < 20
    assert drop([]).identifiers == 0


@pytest.mark.parametrize("shared", [True, False])
def test_the_page(shared: bool) -> None:
    own = [
        Dataset(f"{lang}.{half}.jsonl", [MESSAGE] * 4)
        for lang in ("en", "fr")
        for half in ("dev", "test")
    ]
    sets = [Dataset("btc_a.conll", [MESSAGE] * 9)] if shared else []
    who = {"thorough": Capitals(), "fast": Capitals(), "Presidio": Capitals()}
    made = page(measure(sets, own, who, {"lower_first": lower_first} if shared else {}, sample=3))
    for heading in (
        "Names of people",
        "Every kind",
        "have a form",
        "Evasion",
        "Speed",
        "What is missed",
    ):
        assert re.search(f"^## .*{heading}", made, re.M), heading
    for name in ("Broad Twitter Corpus, section f", "WNUT-17, test", "SLURP", "CyberAgressionAdo"):
        assert name in made
    assert "at most 3 messages" in made and "development: seen" in made
    assert ("Skipped" in made) is not shared and ("were not there" in made) is not shared
    assert "canary" not in made.lower() and "Sam" not in made
