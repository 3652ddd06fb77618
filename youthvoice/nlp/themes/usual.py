"""What is usual for a topic's themes: how its messages score on each, whatever they say.

A description that is near everything that is said in a topic would be given to all of its messages, one in
other words than the messages' own to none. So a score counts by how far it stands out from the topic's mean,
in its standard deviations (made a little larger: a theme that nobody speaks of has a small one).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from youthvoice.nlp.sentences.weights import Floats

LEAST = 30
"""From so many messages on it is told what is usual."""
ENOUGH = 500
"""More messages than these move it little."""
LARGER = 1.0
"""Added to each standard deviation, in the units of the scores; best on consultations that were kept back."""

Usual = Mapping[str, Sequence[float]]
"""Mean and standard deviation of each theme's scores."""


def of(scores: Floats, themes: Sequence[str], least: int = LEAST) -> dict[str, list[float]]:
    """What is usual, from scores (messages, themes); nothing under `least` messages. JSON-able."""
    if len(scores) < least:
        return {}
    pairs = np.stack([scores.mean(0), scores.std(0)], axis=1)
    return {
        theme: [round(float(one), 4) for one in pair]
        for theme, pair in zip(themes, pairs, strict=True)
    }


def against(scores: Floats, themes: Sequence[str], usual: Usual) -> Floats:
    """How far each score stands out from what is usual for its theme."""
    mean, spread = np.array([usual[theme] for theme in themes], np.float32).T
    return np.asarray((scores - mean) / (spread + LARGER), np.float32)
