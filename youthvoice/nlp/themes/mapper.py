"""Maps messages to the themes of a codebook: from their descriptions, and with what people decided.

A level-1 theme is given where one of its own is; by itself it is not read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from youthvoice.model import CodebookTheme, Language, ThemeScore
from youthvoice.nlp.sentences.encoder import Sentences
from youthvoice.nlp.sentences.stack import Stack
from youthvoice.nlp.sentences.weights import Floats
from youthvoice.nlp.themes import learned as learning
from youthvoice.nlp.themes import usual
from youthvoice.nlp.themes.usual import Usual
from youthvoice.nlp.themes.zero_shot import NAME, ZeroShot

AT_ONCE = 128
ENCODER = 2.0
"""How much the encoder's own vectors count beside the themes'; chosen on SIB-200's training sentences."""
SAID = {"described": (1.0, 0.0, 0.3, 0.62), "usual": (1.0, 0.0, 0.3, 0.62)}
"""Where the network's card does not say it: slope, offset, low, sure. Without people's decisions a chance is
logistic(slope × score + offset); from low on a theme is proposed, where F1 is best on consultations that were
kept back, and from sure on the machine is sure of it (`python -m training.themes.calibration`)."""


class Mapper:
    """Maps messages to one codebook. Raises `ModelMissing`. Thread-safe.

    `learned`: what is known of the topic: weights from people's decisions (`learn`), and what is usual for its
    themes (`usual`). `network`: the trained one, if it is loaded already.
    """

    def __init__(
        self,
        themes: Sequence[CodebookTheme],
        sentences: Sentences,
        learned: Mapping[str, Any] | None = None,
        network: Stack | None = None,
    ) -> None:
        self._all = {theme.id: theme for theme in themes}
        self._read = [theme for theme in themes if theme.level > 1] or list(themes)
        self._ids = [theme.id for theme in self._read]
        network = network or Stack(NAME)
        self._sentences = sentences
        self._zero_shot = ZeroShot(sentences, network)
        self._learned = learned or {}
        self._usual: Usual = self._learned.get("usual", {})
        way = "usual" if self._usual else "described"
        self._slope, self._offset, low, sure = network.about.get(way, SAID[way])
        self._said_cuts = float(low), float(sure)

    @property
    def version(self) -> str:
        """Changes with the codebook's words and with what was learned."""
        said = [
            (t.id, t.parent, sorted(t.name.items()), sorted(t.description.items()))
            for t in self._read
        ]
        digest = hashlib.sha256(repr((said, self._learned)).encode()).hexdigest()[:8]
        way = "learned" if self._learned.get("themes") else "described"
        return f"{self._zero_shot.version}-{way}-{digest}"

    @property
    def themes(self) -> tuple[str, ...]:
        """The themes that are read, in the order of the columns of `chances`."""
        return tuple(self._ids)

    def map(
        self, texts: Sequence[str], languages: Sequence[Language], question: str = ""
    ) -> list[tuple[ThemeScore, ...]]:
        """The themes of each masked text with their chances, likeliest first; not `sure` ones are for a person.

        `question` is not read: a description says enough, and answers repeat their question seldom.
        """
        return [
            self._chosen(row)
            for start in range(0, len(texts), AT_ONCE)
            for row in self.chances(
                texts[start : start + AT_ONCE], languages[start : start + AT_ONCE]
            )
        ]

    def chances(self, texts: Sequence[str], languages: Sequence[Language]) -> Floats:
        """(texts, themes that are read): how likely each message belongs to each."""
        vectors, scores = self._scores(texts, languages)
        prior = np.asarray(1 / (1 + np.exp(-self._slope * scores - self._offset)), np.float32)
        if not self._learned.get("themes"):
            return prior
        given = self._features(texts, vectors)
        return learning.chances(self._learned, self._ids, given, scores, prior)

    def usual(self, texts: Sequence[str], languages: Sequence[Language]) -> dict[str, Any]:
        """What is usual for the themes among the masked texts of one topic, as `learned`; nothing of too few."""
        vectors = self._zero_shot.vectors(texts)
        found = usual.of(self._zero_shot.scores(vectors, languages, self._read), self._ids)
        return {"usual": found} if found else {}

    def learn(
        self,
        texts: Sequence[str],
        languages: Sequence[Language],
        labels: Sequence[Mapping[str, bool]],
    ) -> dict[str, Any]:
        """Weights from masked texts, and from what people said of each: which of the themes belong to it.

        A theme that a message was not asked about is missing in its labels. What this mapper knows to be
        usual stays so.
        """
        vectors, scores = self._scores(texts, languages)
        found = learning.learn(self._features(texts, vectors), scores, labels, self._ids)
        return {**found, "usual": dict(self._usual)} if self._usual else found

    def _features(self, texts: Sequence[str], vectors: Floats) -> Floats:
        """What is learned from: the themes' vectors, and the encoder's own, which are more alike across languages."""
        return np.hstack([vectors, ENCODER * self._sentences.vectors(texts)])

    def _scores(self, texts: Sequence[str], languages: Sequence[Language]) -> tuple[Floats, Floats]:
        """Vectors of the texts, and their scores against what is usual, where that is known."""
        vectors = self._zero_shot.vectors(texts)
        scores = self._zero_shot.scores(vectors, languages, self._read)
        if self._usual:
            scores = usual.against(scores, self._ids, self._usual)
        return vectors, scores

    def _chosen(self, row: Floats) -> tuple[ThemeScore, ...]:
        found = {}
        for theme, chance in zip(self._ids, row, strict=True):
            low, sure = self._cuts(theme)
            if chance >= low:
                found[theme] = ThemeScore(theme, round(float(chance), 3), bool(chance >= sure))
        for one in list(found.values()):
            parent = self._all[one.theme].parent
            if parent is not None and (parent not in found or found[parent].score < one.score):
                found[parent] = ThemeScore(parent, one.score, one.sure)
        return tuple(sorted(found.values(), key=lambda one: -one.score))

    def _cuts(self, theme: str) -> tuple[float, float]:
        """From which chance on a theme is proposed, and from which the machine is sure."""
        if theme in self._learned.get("themes", {}):
            return float(self._learned["low"]), float(self._learned["sure"])
        return self._said_cuts
