"""What all detectors found in one text, turned into spans to hide.

Names are weighed (`evidence`). A place is one where our tagger is sure, where the tagger and another detector
see it, or where it is listed; an organisation where our tagger is sure. What may stay is left out later.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from youthvoice.model import Language, Span
from youthvoice.nlp.pii import evidence, tagger
from youthvoice.nlp.pii.lists import COMMON, KNOWN, Names, fold, small_places
from youthvoice.nlp.pii.reader import Pieces
from youthvoice.nlp.pii.shape import WORD
from youthvoice.nlp.pii.staying import bare

LISTS = "lists-1"
PLACE_FROM, ORGANISATION_FROM, AGREED_FROM = 0.5, 0.7, 0.05
"""The tagger's probability from which a place, an organisation counts; a place that another one sees too."""
_RAMPART_PLACES = ("B-CITY", "I-CITY", "B-STREET_NAME", "I-STREET_NAME")
_ARTICLE = re.compile(r"(?:(?:the|le|la|les|du|des|de|à|au|aux)\s+|[ld]['’])+", re.IGNORECASE)


class Findings(NamedTuple):
    """What the detectors say of one text; `pieces` is None in the fast setting."""

    text: str
    language: Language
    spacy: Sequence[Span]
    forms: Sequence[Span]
    pieces: Pieces | None


def thorough(
    findings: Findings, names: Names, large_place: int, labels: Sequence[str]
) -> list[Span]:
    """The spans of every detector together."""
    if findings.pieces is None:
        raise ValueError("the reader's pieces are missing")
    model = evidence.weights()
    words = evidence.words(findings.text, findings.pieces, labels, findings.spacy, names)
    spoken = "fr" if findings.language == Language.FR else "en"
    return [
        *findings.forms,
        *evidence.spans(findings.text, words, model, spoken),
        *_places(findings, large_place, labels),
        *_organisations(findings),
    ]


def fast(findings: Findings, names: Names, large_place: int) -> list[Span]:
    """The spans of spaCy, the lists and the patterns."""
    return [
        *findings.forms,
        *(span for span in findings.spacy if span.kind in ("name", "place")),
        *_listed_names(findings.text, names),
        *_listed_places(findings.text, large_place),
    ]


def _listed_names(text: str, names: Names) -> Iterator[Span]:
    """Capitalised words inside a sentence that many people bear as a given name, with what follows."""
    found = [match for match in WORD.finditer(text) if match.group()[0].isalpha()]
    first = True
    for place, match in enumerate(found):
        word = match.group()
        inside = place > 0 and not re.search(
            r"[.!?\n…:]", text[found[place - 1].end() : match.start()]
        )
        rank = names.given.get(fold(word).removesuffix("'s"), 0)
        if word[0].isupper() and inside and rank >= (KNOWN if not first else COMMON):
            yield Span(match.start(), match.end(), "name", 0.5, LISTS, "in the list of given names")
        first = False


def _listed_places(text: str, large_place: int) -> Iterator[Span]:
    """Capitalised words, up to three, that are a small place of Canada after a word of where."""
    small = small_places(large_place)
    for match in _WHERE.finditer(text):
        words = match["place"]
        while words:
            if fold(words).replace("-", " ") in small:
                start = match.start("place")
                yield Span(
                    start, start + len(words), "place", 0.6, LISTS, "in the list of small places"
                )
                break
            words = words.rpartition(" ")[0]


_WHERE = re.compile(
    r"\b(?:in|from|to|near|at|around|outside|à|a|de|d['’]|près de|dans|vers|en)[ ]?"
    r"(?P<place>[A-ZÀ-ÖØ-Þ][\w'’-]+(?: [A-ZÀ-ÖØ-Þ][\w'’-]+){0,2})"
)


def _places(findings: Findings, large_place: int, labels: Sequence[str]) -> Iterator[Span]:
    """Places that our tagger is sure of, that another detector and the tagger both see, or that are listed."""
    yield from _listed_places(findings.text, large_place)
    pieces = findings.pieces
    if pieces is None:
        return
    small = small_places(large_place)
    tagged = pieces.tagger[:, tagger.LABELS.index("place")]
    yield from _runs(findings, tagged, PLACE_FROM, "place", tagger.VERSION)
    wanted = [labels.index(label) for label in _RAMPART_PLACES]
    rampart = pieces.rampart[:, wanted].sum(-1)
    others = [span for span in findings.spacy if span.kind == "place"]
    others += _runs(findings, rampart, PLACE_FROM, "place", "Rampart")
    for span in others:
        seen = max(
            (
                float(p)
                for (a, b), p in zip(pieces.offsets, tagged, strict=True)
                if a < span.end and span.start < b
            ),
            default=0.0,
        )
        if seen >= AGREED_FROM or bare(findings.text[span.start : span.end]) in small:
            yield from _bare(findings.text, span)


def _organisations(findings: Findings) -> Iterator[Span]:
    if findings.pieces is None:
        return
    tagged = findings.pieces.tagger[:, tagger.LABELS.index("organisation")]
    for span in _runs(findings, tagged, ORGANISATION_FROM, "organisation", tagger.VERSION):
        yield from _bare(findings.text, span)


def _bare(text: str, span: Span) -> Iterator[Span]:
    """The span without an article before the name; nothing where only that is left."""
    article = _ARTICLE.match(text, span.start, span.end)
    start = article.end() if article else span.start
    if any(sign.isalnum() for sign in text[start : span.end]):
        yield replace(span, start=start)


def _runs(
    findings: Findings, scores: Iterable[float], least: float, kind: str, detector: str
) -> Iterator[Span]:
    """Pieces in a row that reach `least`, as spans of whole words."""
    if findings.pieces is None:
        return
    hits = [
        (start, float(score))
        for (start, _end), score in zip(findings.pieces.offsets, scores, strict=True)
        if score >= least
    ]
    if not hits:
        return
    units = list(evidence.units_of(findings.text))
    current: Span | None = None
    for start, score in hits:
        unit = next((u for u in units if u[0] <= start < u[1]), None)
        if unit is None:
            continue
        if (
            current is not None
            and findings.text[current.end : unit[0]].strip(" -.'’") == ""
            and (unit[0] - current.end <= 2)
        ):
            current = Span(current.start, max(current.end, unit[1]), kind, max(current.score, score), detector,
                           current.reason)  # fmt: skip
            continue
        if current is not None:
            yield current
        current = Span(*unit, kind, score, detector, f"labelled {kind}, {score:.2f}")
    if current is not None:
        yield current
