"""Everything the machine says of a message, in one pass: loads the models once, fails closed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from youthvoice.model import Analysis, Label, Language, LanguageRead, Masked, Risk, Span, ThemeScore
from youthvoice.nlp import language as languages
from youthvoice.nlp.models import Models as Models  # whoever makes an analyser names both
from youthvoice.nlp.pii import remaining
from youthvoice.nlp.pii.anonymiser import Anonymiser
from youthvoice.nlp.pii.mask import mask
from youthvoice.nlp.pii.scripts import unread
from youthvoice.nlp.reader import Reader
from youthvoice.nlp.risk import HOLD_FROM

HOLD_RISK = "risk"
HOLD_DETECTOR = "detector failed"
HOLD_SCREENED = "first screening only"
HOLD_RECOGNISABLE = "could be recognised"
HOLD_UNREAD = "letters no detector reads"


class Analyser:
    """Language, masking, risk, feeling and themes of messages. Thread-safe; one per process."""

    def __init__(self, models: Models) -> None:
        self.anonymiser = Anonymiser(models)
        self.reader = Reader(models)
        self._home = models.home

    @property
    def theme_version(self) -> str:
        """The version of what this analyser proposes, its themes and all else."""
        return self.reader.version

    def analyse(self, texts: Sequence[str], topic: str | None = None) -> list[Analysis]:
        """What the machine says of each normalised text, in their order.

        A text that a detector errs on is held (`hold`), with nothing of it shown. Equal texts are looked at
        once. `topic`: the slug whose own list of names stays.
        """
        distinct = list(dict.fromkeys(texts))
        spoken = [languages.read(text) for text in distinct]
        found = self.anonymiser.find(distinct, [one.language for one in spoken], topic)
        masks = [_masked(*one) for one in zip(distinct, found, spoken, strict=True)]
        # Apart from the detectors of names: a failure there must not hide that somebody is in danger.
        labels = self.reader.on_arrival(distinct, [one.text if one else "" for one in masks])
        finished = map(self._finish, distinct, spoken, masks, labels)
        done = dict(zip(distinct, finished, strict=True))
        return [done[text] for text in texts]

    def propose(self, masked_text: str, language: Language) -> Sequence[ThemeScore]:
        """The common themes that the words of a masked text suggest; no detector runs."""
        return self.reader.words(masked_text, language)

    def recognisable(self, masked_text: str, language: Language, earlier: Iterable[str]) -> bool:
        """Whether what stays readable singles the writer out, with what they said before (masked texts)."""
        try:
            before = {
                trait
                for text in earlier
                for trait in remaining.traits(text, languages.identify(text), self._home)
            }
            return remaining.assess(masked_text, language, before, self._home).hold
        except Exception:  # in doubt, a person looks
            return True

    def _finish(
        self,
        text: str,
        spoken: LanguageRead,
        masked: Masked | None,
        read: tuple[Risk, tuple[Label, ...]],
    ) -> Analysis:
        language, (risk, labels) = spoken.language, read
        hold: str | None = HOLD_DETECTOR
        if masked is not None:
            try:
                hold = self._why_held(text, masked.text, language, risk)
            except Exception:  # fail closed: nothing of it is shown
                masked = None
        if masked is None:
            masked, labels = Masked("", ()), ()
        themes = self.reader.words(masked.text, language) if masked.text else ()
        version = self.reader.version
        return Analysis(
            language, masked, risk, themes, hold, version, labels=labels, shares=spoken.shares
        )

    def _why_held(self, text: str, masked: str, language: Language, risk: Risk) -> str | None:
        if self.anonymiser.setting != "thorough":
            # Before all else: its risk shows anyway, and it must be masked again.
            return HOLD_SCREENED
        if risk.level >= HOLD_FROM:
            return HOLD_RISK
        if unread(text):
            return HOLD_UNREAD
        return HOLD_RECOGNISABLE if self.recognisable(masked, language, ()) else None


def _masked(text: str, spans: list[Span] | None, spoken: LanguageRead) -> Masked | None:
    """The text with its spans replaced; None where a detector or the masking failed."""
    if spans is None:
        return None
    try:
        return mask(text, spans, _written(spoken))
    except Exception:  # fail closed
        return None


def _written(spoken: LanguageRead) -> Language:
    """The language of the placeholders: of a mixed message, the one that most of it is in."""
    if spoken.language is not Language.MIXED:
        return spoken.language
    return Language.EN if spoken.shares["en"] >= spoken.shares["fr"] else Language.FR
