"""Everything the machine says of a message, in one pass: loads the models once, fails closed."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

from youthvoice import defaults
from youthvoice.model import Analysis, Language, Masked, Risk, Span, ThemeScore
from youthvoice.nlp.language import identify
from youthvoice.nlp.pii import patterns
from youthvoice.nlp.pii.mask import mask
from youthvoice.nlp.pii.names import NameDetector, load
from youthvoice.nlp.risk import HOLD_FROM, RiskRules
from youthvoice.nlp.themes import ThemeTagger

HOLD_RISK = "risk"
HOLD_DETECTOR = "detector failed"


class Analyser:
    """Language, masking, risk and themes of messages. Thread-safe; one per process."""

    def __init__(self, spacy_en: str, spacy_fr: str, home: Path | None = None) -> None:
        kept = defaults.kept_names(home)
        self._names = {
            "en": NameDetector(load(spacy_en), kept),
            "fr": NameDetector(load(spacy_fr), kept),
        }
        self._themes = ThemeTagger(defaults.themes(home))
        self._risk = RiskRules(defaults.risk_rules(home))
        self._kept = kept
        self._lock = threading.Lock()

    @property
    def theme_version(self) -> str:
        """The version of the theme proposals that this analyser makes."""
        return self._themes.version

    def analyse(self, texts: Sequence[str]) -> list[Analysis]:
        """What the machine says of each normalised text, in their order.

        A text that a detector errs on is held (`hold`), with nothing of it shown.
        Equal texts are looked at once.
        """
        distinct = list(dict.fromkeys(texts))
        languages = {text: identify(text) for text in distinct}
        found: dict[str, list[Span]] = {text: [] for text in distinct}
        failed: set[str] = set()
        for spoken, detector in self._names.items():
            # Undecided and other languages go through both.
            mine = [t for t in distinct if languages[t] not in _without(spoken)]
            for text, spans in self._find(detector, mine).items():
                if spans is None:
                    failed.add(text)
                else:
                    found[text].extend(spans)
        done = {t: self._finish(t, languages[t], found[t], t in failed) for t in distinct}
        return [done[text] for text in texts]

    def propose(self, masked_text: str, language: Language) -> Sequence[ThemeScore]:
        """The theme proposals for a text that is masked already; no detector runs."""
        return self._themes.propose(masked_text, language)

    def _find(self, detector: NameDetector, texts: list[str]) -> dict[str, list[Span] | None]:
        """The spans of each text, None for a text that the detector fails on."""
        try:
            with self._lock:
                return dict(zip(texts, detector.find(texts), strict=True))
        except Exception:  # whatever a model raises: one bad text must not hold all the others
            if len(texts) == 1:
                return {texts[0]: None}
            return {text: self._find(detector, [text])[text] for text in texts}

    def _finish(self, text: str, language: Language, spans: list[Span], failed: bool) -> Analysis:
        hold: str | None = HOLD_DETECTOR if failed else None
        masked = Masked("", ())
        risk = self._assess(text)
        if not failed:
            try:
                fixed = [s for s in patterns.find(text) if not self._stays(text, s)]
                masked = mask(text, [*spans, *fixed], language)
                if risk.level >= HOLD_FROM:
                    hold = HOLD_RISK
            except Exception:  # fail closed, see above
                masked, hold = Masked("", ()), HOLD_DETECTOR
        themes = self._themes.propose(masked.text, language) if masked.text else ()
        return Analysis(language, masked, risk, themes, hold, self._themes.version)

    def _assess(self, text: str) -> Risk:
        # Apart from the detectors of names: a failure there must not hide that somebody is in danger.
        try:
            return self._risk.assess(text)
        except Exception:  # in doubt, a person looks
            return Risk(HOLD_FROM, ())

    def _stays(self, text: str, span: Span) -> bool:
        return span.kind in ("name", "place", "organisation") and (
            text[span.start : span.end].lower() in self._kept
        )


def _without(spoken: str) -> tuple[Language, ...]:
    return (Language.FR,) if spoken == "en" else (Language.EN,)
