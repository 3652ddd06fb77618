"""What is said in a message: risk, feeling, themes and position; the sentence encoder is loaded once for all.

Nothing here masks. Risk reads what was written; everything else reads the masked words.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, TypeVar

from youthvoice import defaults
from youthvoice.model import CodebookTheme, Label, Language, Risk, ThemeScore
from youthvoice.nlp.feeling import Feelings
from youthvoice.nlp.models import Models
from youthvoice.nlp.position import NAME as POSITION
from youthvoice.nlp.position import Positions
from youthvoice.nlp.risk import HOLD_FROM, RiskRules, parts
from youthvoice.nlp.risk.both import Risks
from youthvoice.nlp.risk.learned import LearnedRisk
from youthvoice.nlp.sentences.encoder import Read, Sentences, chosen
from youthvoice.nlp.sentences.stack import Stack
from youthvoice.nlp.themes import ThemeTagger
from youthvoice.nlp.themes.mapper import Mapper
from youthvoice.nlp.themes.zero_shot import NAME as THEMES

Answer = TypeVar("Answer")
AT_ONCE = 128
"""So many texts are read together: what the encoder says of each takes some 50 kB."""


class Reader:
    """Reads messages. Raises `ModelMissing` where a network is not there. Thread-safe; one per process."""

    def __init__(self, models: Models) -> None:
        self._threads = models.threads
        self.sentences = Sentences(models.threads)
        learned = LearnedRisk(models.threads)
        self._risks = Risks(RiskRules(defaults.risk_rules(models.home)), learned)
        self._feelings = Feelings(models.threads) if models.feelings else None
        self._words = ThemeTagger(defaults.themes(models.home))
        self._networks: dict[str, Stack] = {}
        self._lock = threading.Lock()
        feelings = self._feelings.version if self._feelings else "no feeling"
        self.version = "+".join((self._words.version, learned.version, feelings))

    def load(self) -> None:
        """Load what is otherwise loaded when it is first needed. Raises `ModelMissing`."""
        for name in (THEMES, POSITION):
            self._network(name)

    def on_arrival(
        self, written: Sequence[str], masked: Sequence[str]
    ) -> list[tuple[Risk, tuple[Label, ...]]]:
        """Risk of each text as it was written, and feeling of its masked words (none of an empty one).

        As `risks` and `feelings`; but what masking left as it was is read once for both.
        """
        return [
            one
            for some in zip(_some(written), _some(masked), strict=True)
            for one in self._both(*some)
        ]

    def risks(self, texts: Sequence[str]) -> list[Risk]:
        """The risk of each text as it was written. A text that the models fail on is held for a person."""
        return [risk for some in _some(texts) for risk in self._risk_of(some)]

    def feelings(self, masked: Sequence[str]) -> list[tuple[Label, ...]]:
        """The feeling of each masked text, in a tuple of one; none where feelings are left out."""
        if self._feelings is None:
            return [()] * len(masked)
        return [labels for some in _some(masked) for labels in self._feeling_of(some)]

    def words(self, masked: str, language: Language) -> tuple[ThemeScore, ...]:
        """The common themes that a masked text's words suggest."""
        return self._words.propose(masked, language)

    def mapper(
        self, themes: Sequence[CodebookTheme], learned: Mapping[str, Any] | None = None
    ) -> Mapper:
        """What maps messages to a codebook's themes; `learned`: weights from people's decisions."""
        return Mapper(themes, self.sentences, learned, self._network(THEMES))

    @property
    def positions(self) -> Positions:
        """What reads positions on a question."""
        return Positions(self.sentences, self._network(POSITION))

    def _both(
        self, written: Sequence[str], masked: Sequence[str]
    ) -> Iterator[tuple[Risk, tuple[Label, ...]]]:
        reads: list[Read] = []
        try:
            reads = list(self.sentences.read(written))
            risks = self._risks.assess(written, chain(reads, parts.reads(self.sentences, written)))
        except Exception:  # as in `_risk_of`; what could be read, if anything, serves the feelings
            risks = self._risk_of(written)
        same = [n for n, text in enumerate(masked) if reads and text and text == written[n]]
        found = self._feeling_of([written[n] for n in same], chosen(reads, same)) if same else []
        labels = dict(zip(same, found, strict=True))
        changed = [n for n, text in enumerate(masked) if text and n not in labels]
        labels.update(zip(changed, self.feelings([masked[n] for n in changed]), strict=True))
        return ((risk, labels.get(n, ())) for n, risk in enumerate(risks))

    def _feeling_of(
        self, texts: Sequence[str], reads: Iterable[Read] | None = None
    ) -> list[tuple[Label, ...]]:
        """The feeling of each text; none of one that the models fail on. `reads`: where they were read."""
        if self._feelings is None:
            return [()] * len(texts)
        feelings = self._feelings

        def read(some: Sequence[str]) -> list[tuple[Label, ...]]:
            known = reads if reads is not None and some is texts else self.sentences.read(some)
            return [(label,) for label in feelings.read(known, len(some))]

        return _each(read, texts, ())  # no feeling is better than no message

    def _network(self, name: str) -> Stack:
        with self._lock:  # loaded when a codebook or a position first needs it
            if name not in self._networks:
                self._networks[name] = Stack(name, self._threads)
            return self._networks[name]

    def _risk_of(self, texts: Sequence[str]) -> list[Risk]:
        def read(some: Sequence[str]) -> list[Risk]:
            return self._risks.assess(some, parts.whole_and_parts(self.sentences, some))

        return _each(read, texts, Risk(HOLD_FROM, ()))  # in doubt, a person looks


def _some(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(texts), AT_ONCE):
        yield texts[start : start + AT_ONCE]


def _each(
    read: Callable[[Sequence[str]], list[Answer]], texts: Sequence[str], otherwise: Answer
) -> list[Answer]:
    """What `read` says of the texts; where it fails, of each by itself, so that one does not hold all."""
    try:
        return read(texts)
    except Exception:
        if len(texts) == 1:
            return [otherwise]
        return [answer for text in texts for answer in _each(read, [text], otherwise)]
