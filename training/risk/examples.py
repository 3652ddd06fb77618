"""The texts that the learned risk is trained on, and what it says of them."""

from __future__ import annotations

from typing import Any

from training.files import SETS, TEXTS, objects
from training.themes import consultations

FILES = (
    "risk.en", "risk.fr", "risk_more.en", "risk_more.fr", "risk_third.en", "risk_third.fr",
    "hate.en", "hate.fr", "chat.en", "chat.fr", "calm", "quiet.en", "quiet.fr", "told", "hate_chat",
    "arms", "away", "quiet_more", "calm_more", "hate_more",
    "whole.en", "whole.fr", "chat_more", "calm_third", "terse.en", "terse.fr",
)  # fmt: skip
SIGNALS = (
    "self_harm", "abuse", "exploitation", "threat", "weapon", "running_away", "eating", "bullying",
    "hate", "insult", "spam",
)  # fmt: skip
LEVELS = (2, 3, 4, 5)


def small_talk() -> list[dict[str, Any]]:
    """Short ordinary messages of this project's other sets, as young people write: they are no danger either."""
    paths = [TEXTS / f"{name}.jsonl" for name in ("en", "fr")]
    for folder in ("feeling", "position"):
        paths += [SETS / folder / f"{name}.dev.jsonl" for name in ("en", "fr")]
    paths.append(SETS / "language" / "dev.jsonl")
    return [{"text": one["text"], "level": 1, "signals": []} for one in objects(paths)]


def ordinary(kept_back: bool) -> list[dict[str, Any]]:
    """This project's invented answers to consultations, as ordinary messages: they teach what is no danger.

    `kept_back`: those of every seventh consultation, which nothing is trained on, to choose thresholds.
    """
    return [
        {"text": answer["text"], "level": 1, "signals": [], "language": answer["language"]}
        for number, one in enumerate(consultations.read())
        if (number % 7 == 3) == kept_back
        for answer in one["answers"]
    ]
