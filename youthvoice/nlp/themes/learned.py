"""Themes learned from people's decisions: a small classifier for each, over the sentence's vector.

Logistic regression (scikit-learn), on the numbers of the vectors and on what `zero_shot` says of the theme.
Retrained on demand; its weights are plain numbers that are kept with the topic. A sentence cannot be read
back from them.

Two cuts: from `LOW` on a theme is proposed, from `SURE` on the machine is sure of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from youthvoice.nlp.sentences.weights import Floats

LEAST_YES = 4
"""A theme that fewer messages have is not learned: its description goes on deciding."""
VECTOR_SCALE, STRENGTH = 2.0, 0.5
"""How much the vector's numbers are stretched beside the score, and the inverse of the regularisation
(scikit-learn's C): the best of a few on half of a consultation, measured on the other half."""
LOW, SURE = 0.5, 0.7
"""From which probability on a learned theme is proposed, and from which the machine is sure of it."""


def features(vectors: Floats, score: Floats) -> Floats:
    """What the classifier of one theme reads of each message: its vector, and its score for this theme."""
    return np.hstack([vectors * VECTOR_SCALE, np.clip(score, -6, 6)[:, None]])


def learn(
    vectors: Floats,
    scores: Floats,
    labels: Sequence[Mapping[str, bool]],
    themes: Sequence[str],
) -> dict[str, Any]:
    """Weights for every theme that enough messages have; JSON-able.

    `scores`: what zero-shot says (messages, themes). `labels`: for each message, which of the themes that
    people were asked about belong to it.
    """
    weights = {}
    for column, theme in enumerate(themes):
        asked = [place for place, one in enumerate(labels) if theme in one]
        wanted = np.array([labels[place][theme] for place in asked], bool)
        if LEAST_YES <= wanted.sum() < len(wanted):
            weights[theme] = _fit(features(vectors[asked], scores[asked, column]), wanted)
    return {"messages": len(labels), "themes": weights, "low": LOW, "sure": SURE}


def chances(
    learned: Mapping[str, Any],
    themes: Sequence[str],
    vectors: Floats,
    scores: Floats,
    prior: Floats,
) -> Floats:
    """(messages, themes): learned probabilities; of a theme that is not learned, `prior`'s."""
    found = np.array(prior, np.float32)
    for column, theme in enumerate(themes):
        one = learned["themes"].get(theme)
        if one is not None:
            given = features(vectors, scores[:, column])
            total = given @ np.array(one["weights"], np.float32) + one["bias"]
            found[:, column] = 1 / (1 + np.exp(-np.clip(total, -30, 30)))
    return found


def _fit(given: Floats, wanted: Any) -> dict[str, Any]:
    from sklearn.linear_model import LogisticRegression  # takes a second to load

    model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=400)
    model.fit(given, wanted)
    return {
        "weights": [round(float(one), 5) for one in model.coef_[0]],
        "bias": round(float(model.intercept_[0]), 5),
    }
