"""Does a message belong to a theme that the machine has never seen? From the theme's words alone.

A network (`python -m training.themes`; docs/models/themes.md is its card) gives messages and the names with
descriptions of themes vectors that are near where the one belongs to the other: one pass for each message, and
one for each theme. What counts is how much nearer a theme is than the codebook's others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from youthvoice import defaults
from youthvoice.model import CodebookTheme, Language
from youthvoice.nlp.sentences.encoder import Sentences, unit
from youthvoice.nlp.sentences.stack import Stack
from youthvoice.nlp.sentences.weights import Floats

NAME = "themes"
FEW = 8
"""A codebook with fewer themes is compared with the common ones beside its own: the network learned from
codebooks of 8 to 14."""
SLOPE, CUT = 12.0, 0.3


class ZeroShot:
    """Compares messages with themes. `network`: the trained one. Thread-safe."""

    def __init__(self, sentences: Sentences, network: Stack) -> None:
        self._sentences = sentences
        self._network = network
        self._slope = float(network.about.get("slope", SLOPE))
        self._cut = float(network.about.get("cut", CUT))

    @property
    def version(self) -> str:
        """The version of the trained network."""
        return self._network.version

    def vectors(self, texts: Sequence[str]) -> Floats:
        """(texts, 384), each at length 1."""
        found = self._network.scores(self._sentences.read(texts), len(texts), highest=False)
        return unit(found)

    def scores(
        self, vectors: Floats, languages: Sequence[Language], themes: Sequence[CodebookTheme]
    ) -> Floats:
        """(messages, themes), above 0 where the message likelier belongs than not; before any calibration.

        `vectors`: of the messages, as `vectors` gives them.
        """
        found = np.zeros((len(vectors), len(themes)), np.float32)
        french = np.array([language is Language.FR for language in languages], bool)
        for spoken, mine in (("en", ~french), ("fr", french)):
            if mine.any() and themes:
                said = [described(theme.name, theme.description, spoken) for theme in themes]
                near = vectors[mine] @ self.vectors(said + _others(said, spoken)).T
                centred = near - near.mean(1, keepdims=True)
                found[mine] = self._slope * (centred[:, : len(themes)] - self._cut)
        return found


def described(name: Mapping[str, str], description: Mapping[str, str], spoken: str) -> str:
    """A theme in the words that it is compared by, in one language."""
    own = description.get(spoken, "")
    return f"{name.get(spoken, '')}: {own}" if own else name.get(spoken, "")


def _others(said: Sequence[str], spoken: str) -> list[str]:
    """The common themes, where a codebook has too few of its own to compare with."""
    if len(said) >= FEW:
        return []
    told = defaults.load("theme_descriptions")
    common = [
        described(theme.name, told.get(theme.id, {}).get("description", {}), spoken)
        for theme in defaults.themes()
    ]
    return [one for one in common if one not in said]
