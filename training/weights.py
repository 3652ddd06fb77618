"""Fit how much each detector's word weighs, and choose the thresholds: `python -m training.weights`.

Fitted on texts that the tagger given with `--tagger` was not trained on (`python -m training.names --without
btc_h.conll,emerging.dev.conll`) and on the development halves of our own sets, as they are and in lower
case. The thresholds are the lowest that remove no more ordinary words than `BUDGET` there.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from training.files import SETS
from training.names.data import Example, examples, lower
from youthvoice.nlp.pii import evidence
from youthvoice.nlp.pii.evidence import FEATURES, Word
from youthvoice.nlp.pii.lists import names
from youthvoice.nlp.pii.names import NameDetector, load
from youthvoice.nlp.pii.reader import Reader
from youthvoice.settings import Settings

HELD_OUT = ("btc_h.conll", "emerging.dev.conll")
BUDGET = {"en": 0.05, "en_lower": 0.036, "fr": 0.05, "fr_lower": 0.06}
"""Largest share of ordinary words removed, by the key of the threshold."""
BESIDE = 0.5
"""The threshold beside a name, as a share of the lowest threshold."""
_HANDLE = re.compile(r"@\w+")
_SPACED = re.compile(r"\S+")


class Measured(NamedTuple):
    """One set: the evidence of each word, whether it is a name, which words and names they belong to."""

    key: str
    words: list[list[Word]]
    examples: Sequence[Example]


def main() -> None:
    """Measure, fit, choose, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared/data"))
    parser.add_argument("--tagger", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=evidence.FILE)
    given = parser.parse_args()
    measured = measure(given.shared, given.tagger)
    model = fit(measured)
    model = model._replace(thresholds=choose(measured, model))
    model = model._replace(beside=min(model.thresholds.values()) * BESIDE)
    table = {
        "version": model.version,
        "features": list(FEATURES),
        "weights": dict(zip(FEATURES, (round(w, 4) for w in model.weights), strict=True)),
        "bias": round(model.bias, 4),
        "thresholds": {key: round(value, 5) for key, value in model.thresholds.items()},
        "beside": round(model.beside, 5),
        "fitted_on": [*HELD_OUT, "en.dev.jsonl", "fr.dev.jsonl"],
        "budget": BUDGET,
    }
    given.out.write_text(json.dumps(table, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(table, indent=2))
    for one in measured:
        print(one.key, report(one, model))


def measure(shared: Path, tagger: Path) -> list[Measured]:
    """The evidence of every word of the sets."""
    reader = Reader(names(), tagger=tagger)
    chosen = Settings()
    spacy = {"en": NameDetector(load(chosen.spacy_en)), "fr": NameDetector(load(chosen.spacy_fr))}
    sets = {name: ("en", examples(shared / "names-dev" / name, own=False)) for name in HELD_OUT}
    sets |= {
        f"{lang}.dev": (lang, examples(SETS / "pii" / f"{lang}.dev.jsonl", own=True))
        for lang in ("en", "fr")
    }
    measured = []
    for key, (spoken, plain) in sets.items():
        for style in ("", " lower"):
            shown = [one._replace(text=lower(one.text)) for one in plain] if style else plain
            texts = [one.text for one in shown]
            found = zip(texts, reader.read(texts), spacy[spoken].find(texts), strict=True)
            words = [evidence.words(t, p, reader.labels, s, names()) for t, p, s in found]
            measured.append(Measured(f"{spoken}{style} {key}", words, shown))
    return measured


def fit(measured: Sequence[Measured]) -> evidence.Weights:
    """The logistic regression over all sets, each weighing the same."""
    rows, wanted, weigh = [], [], []
    for one in measured:
        mine = [
            (w.evidence, _is_name(w, e))
            for ws, e in zip(one.words, one.examples, strict=True)
            for w in ws
        ]
        rows += [row for row, _ in mine]
        wanted += [name for _, name in mine]
        weigh += [1e4 / len(mine)] * len(mine)
    model = LogisticRegression(max_iter=2_000, C=1.0).fit(
        np.array(rows), wanted, sample_weight=weigh
    )
    return evidence.Weights(
        "weighed-1", tuple(float(w) for w in model.coef_[0]), float(model.intercept_[0]), {}, 0.0
    )


def choose(measured: Sequence[Measured], model: evidence.Weights) -> dict[str, float]:
    """The lowest thresholds within the budget."""
    chosen = {}
    for key, budget in BUDGET.items():
        spoken, _, style = key.partition("_")
        scores = [
            score
            for one in measured
            if one.key.split()[0] == spoken and (style == "lower") == (" lower " in one.key)
            for score in _outside(one, model)
        ]
        chosen[key] = float(np.quantile(scores, 1 - budget))
    return chosen


def report(one: Measured, model: evidence.Weights) -> str:
    """Recall and ordinary words removed at several shares, before the spreading to words beside."""
    outside = np.array(_outside(one, model))
    best = np.array(_inside(one, model))
    shares = (0.01, 0.02, 0.03, 0.04, 0.05, 0.07)
    return " ".join(
        f"{s:.0%}:{100 * (best > np.quantile(outside, 1 - s)).mean():.1f}" for s in shares
    ) + (f" n={len(best)}")


def _is_name(word: Word, example: Example) -> bool:
    return any(s < word.end and word.start < e and kind == "name" for s, e, kind in example.spans)


def _outside(one: Measured, model: evidence.Weights) -> list[float]:
    """The highest score in each spaced word outside of names and handles."""
    found = []
    for words, example in zip(one.words, one.examples, strict=True):
        taken = [(s, e) for s, e, kind in example.spans if kind in ("name", "handle")]
        taken += [match.span() for match in _HANDLE.finditer(example.text)]
        for spaced in _SPACED.finditer(example.text):
            start, end = spaced.span()
            if not any(s < end and start < e for s, e in taken):
                inside = [
                    evidence.score(w, model) for w in words if w.start < end and start < w.end
                ]
                found.append(max(inside, default=0.0))
    return found


def _inside(one: Measured, model: evidence.Weights) -> list[float]:
    return [
        max(
            (evidence.score(w, model) for w in words if w.start < end and start < w.end),
            default=0.0,
        )
        for words, example in zip(one.words, one.examples, strict=True)
        for start, end, kind in example.spans
        if kind == "name"
    ]


if __name__ == "__main__":
    main()
