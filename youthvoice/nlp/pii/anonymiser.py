"""Every detector over every text, and one answer: what must be hidden.

Text as a reader reads it → spaCy, Rampart, our tagger, lists, patterns → names weighed together, places and
organisations judged → what may stay is left → spans, merged. A text that any detector fails on gets None:
whoever called holds it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from youthvoice import defaults
from youthvoice.model import Language, Span
from youthvoice.nlp.language import identify
from youthvoice.nlp.models import SETTINGS, Models
from youthvoice.nlp.pii import patterns, plain
from youthvoice.nlp.pii.detector import Detector
from youthvoice.nlp.pii.guarded import Guarded
from youthvoice.nlp.pii.judging import Findings, fast, thorough
from youthvoice.nlp.pii.kinds import STRUCTURED
from youthvoice.nlp.pii.lists import names
from youthvoice.nlp.pii.mask import merge
from youthvoice.nlp.pii.names import NameDetector, load
from youthvoice.nlp.pii.reader import Pieces, Reader
from youthvoice.nlp.pii.staying import Staying
from youthvoice.nlp.pii.views import View


class Anonymiser:
    """The detectors of one setting, loaded once. Thread-safe. Raises `ModelMissing` if one is missing."""

    def __init__(self, models: Models) -> None:
        if models.masking not in SETTINGS:
            raise ValueError(models.masking)
        self.setting = models.masking
        self._staying = Staying(defaults.kept(models.home), models.large_place)
        self._large_place = models.large_place
        self._names = names()
        named = {"en": models.spacy_en, "fr": models.spacy_fr}
        pipelines = {spoken: NameDetector(load(name)) for spoken, name in named.items()}
        seconds = models.detector_seconds
        self._spacy = {spoken: _guarded(one, seconds) for spoken, one in pipelines.items()}
        self._patterns = _guarded(patterns.PatternDetector(), seconds)
        self._reader: Reader | None = None
        self._read: Guarded[Pieces] | None = None
        if models.masking == "thorough":
            self._reader = Reader(self._names, models.threads)
            self._read = Guarded(self._reader.read, seconds)

    def find(
        self,
        texts: Sequence[str],
        languages: Sequence[Language] | None = None,
        topic: str | None = None,
    ) -> list[list[Span] | None]:
        """For each text the spans to hide, in order and apart; None where a detector failed.

        `languages`: what each text is in, where the caller knows it; `topic`: whose own list of names stays.
        """
        spoken = list(languages) if languages is not None else [identify(text) for text in texts]
        by_text = [list(_readings(place, text)) for place, text in enumerate(texts)]
        readings = [one for mine in by_text for one in mine]
        judged = self._judged(readings, spoken, topic)
        found = [_as_written(text, mine[0].view) for text, mine in zip(texts, by_text, strict=True)]
        for reading, spans in zip(readings, judged, strict=True):
            so_far = found[reading.text]
            if spans is None or so_far is None:
                found[reading.text] = None
            else:
                so_far += spans
        return [_together(text, spans) for text, spans in zip(texts, found, strict=True)]

    def _judged(
        self, readings: Sequence[_Reading], spoken: Sequence[Language], topic: str | None
    ) -> list[list[Span] | None]:
        """What each reading of a text has to hide, as places in the text itself."""
        plains = ["" if one.view is None else one.view.text for one in readings]
        languages = [spoken[one.text] for one in readings]
        by_language = self._by_language(plains, languages)
        read: list[Pieces | None] = self._read(plains) if self._read else [None] * len(plains)
        formed = self._patterns(plains)
        judged: list[list[Span] | None] = []
        for place, reading in enumerate(readings):
            spacy, pieces, forms = by_language[place], read[place], formed[place]
            failed = spacy is None or forms is None or (self._read is not None and pieces is None)
            if reading.view is None or spacy is None or forms is None or failed:
                judged.append(None)
                continue
            findings = Findings(reading.view.text, languages[place], spacy, forms, pieces)
            judged.append(self._resolve(reading, reading.view, findings, topic))
        return judged

    def _resolve(
        self, reading: _Reading, view: View, findings: Findings, topic: str | None
    ) -> list[Span] | None:
        try:
            left = self._staying.leave(view.text, self._judge(findings), topic)
            spans = [(span, _back(view, span)) for span in (_tight(view.text, one) for one in left)]
        except Exception:  # fail closed: what cannot be resolved is not shown
            return None
        return [there for here, there in spans if reading.counts(here, there)]

    def _judge(self, findings: Findings) -> list[Span]:
        if self._reader is None:
            return fast(findings, self._names, self._large_place)
        return thorough(findings, self._names, self._large_place, self._reader.labels)

    def _by_language(
        self, texts: Sequence[str], languages: Sequence[Language]
    ) -> list[list[Span] | None]:
        """What spaCy finds: each text by its language's pipeline, any other text by both."""
        found: list[list[Span] | None] = [[] for _ in texts]
        for spoken, other in (("en", Language.FR), ("fr", Language.EN)):
            mine = [place for place, language in enumerate(languages) if language != other]
            results = self._spacy[spoken]([texts[place] for place in mine])
            for place, spans in zip(mine, results, strict=True):
                so_far = found[place]
                found[place] = None if spans is None or so_far is None else [*so_far, *spans]
        return found


def _guarded(detector: Detector, seconds: float) -> Guarded[list[Span]]:
    return Guarded(detector.find, seconds)


class _Reading(NamedTuple):
    """One way to read the text number `text`; `view` is None where that failed."""

    text: int
    view: View | None
    again: bool
    """A bolder reading beside the first: only what it alone can see counts."""

    def counts(self, here: Span, there: Span) -> bool:
        """Whether a span of this reading counts: in a bolder one, only where it reads something joined."""
        return not self.again or there.end - there.start != here.end - here.start


def _readings(place: int, text: str) -> Iterator[_Reading]:
    """The text as a reader reads it, and bolder readings of it where there are any."""
    try:
        seen = plain.view(text)
        yield _Reading(place, seen, False)
        for bolder in (plain.joined, plain.undrawn):
            if (view := bolder(text, seen)) is not None:
                yield _Reading(place, view, True)
    except Exception:  # fail closed: the text is held
        yield _Reading(place, None, False)


def _together(text: str, spans: list[Span] | None) -> list[Span] | None:
    """All spans of a text, apart and without spaces at their ends."""
    if spans is None:
        return None
    merged = merge(patterns.only_beside_others(spans))
    return [_tight(text, span) for span in merged if text[span.start : span.end].strip()]


def _as_written(text: str, seen: View | None) -> list[Span] | None:
    """What only the text as it was written shows: coded words, and forms that a reader's eye would change."""
    if seen is None:
        return None
    try:
        forms = [] if seen.text == text else patterns.find(text)
        return [*plain.encoded(text), *(span for span in forms if span.kind in STRUCTURED)]
    except Exception:  # fail closed: the text is held
        return None


def _tight(text: str, span: Span) -> Span:
    """The span without spaces at its ends (what may stay was cut out of it)."""
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    return replace(
        span, start=start, end=max(start + 1, span.end - len(words) + len(words.rstrip()))
    )


def _back(view: View, span: Span) -> Span:
    start, end = view.back(span.start, span.end)
    return Span(start, end, span.kind, span.score, span.detector, span.reason)
