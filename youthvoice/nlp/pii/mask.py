"""Resolve the detectors' spans and replace them, from the right, by readable placeholders.

Where spans overlap, the kind that says more keeps its extent and the others keep what is left of theirs: a
part of an identifier never stays. The same person gets the same number within one message, never across
messages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from youthvoice.model import Language, Masked, Span
from youthvoice.nlp.pii.kinds import KINDS, STRUCTURED, placeholder
from youthvoice.nlp.pii.lists import fold

INSTITUTIONS = frozenset({"school", "team", "workplace", "shelter"})
SURE_NAME = 0.15
"""A name less likely than this is called what a surer detector calls it; it is hidden all the same."""
_POSSESSIVE = ("'s", "s'", "'")


def merge(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, none overlapping, covering all that any covered.

    A form (a telephone number) comes before an institution, that before a name, that before places and other
    organisations, because a name marked as a place is still a name; then the surer one.
    """
    chosen: list[Span] = []
    for span in sorted(spans, key=_rank):
        chosen = _add(chosen, span)
    return sorted(chosen, key=lambda span: span.start)


def _rank(span: Span) -> tuple[int, float, int, int]:
    if span.kind in STRUCTURED:
        first = 0
    elif span.kind in INSTITUTIONS:
        first = 1
    else:
        first = 2 if span.kind == "name" and span.score >= SURE_NAME else 3
    return first, -span.score, span.start, -span.end


def _add(chosen: Sequence[Span], span: Span) -> list[Span]:
    """The chosen spans and what `span` covers beside them; it grows the first one of its own kind."""
    result = list(chosen)
    for place, other in enumerate(result):
        if other.kind == span.kind and span.start < other.end and other.start < span.end:
            grown = replace(other, start=min(other.start, span.start), end=max(other.end, span.end))
            return _apart([*result[:place], grown, *result[place + 1 :]], grown)
    return [*result, *_left(span, result)]


def _apart(chosen: Sequence[Span], grown: Span) -> list[Span]:
    """Cut what has grown where it now overlaps others, which were chosen for good reason."""
    others = [span for span in chosen if span is not grown]
    return [*others, *_left(grown, others)]


def _left(span: Span, others: Iterable[Span]) -> list[Span]:
    """The parts of `span` that no other covers."""
    parts = [(span.start, span.end)]
    for other in others:
        parts = [
            part
            for start, end in parts
            for part in ((start, min(end, other.start)), (max(start, other.end), end))
            if part[0] < part[1]
        ]
    return [replace(span, start=start, end=end) for start, end in sorted(set(parts))]


def mask(text: str, spans: Iterable[Span], language: Language) -> Masked:
    """Replace `spans` of `text` (offsets into it) by placeholders in the language of the message.

    An unknown kind is replaced too. Raises ValueError if a span lies outside the text.
    """
    merged = merge(spans)
    if any(not 0 <= span.start < span.end <= len(text) for span in merged):
        raise ValueError("span outside the text")
    merged = [span for span in merged if not text[span.start : span.end].isspace()]
    labels = labels_of(text, merged, "fr" if language == Language.FR else "en")
    for span, label in zip(reversed(merged), reversed(labels), strict=True):
        text = text[: span.start] + label + text[span.end :]
    return Masked(text, tuple(merged))


def labels_of(text: str, merged: Sequence[Span], spoken: str) -> list[str]:
    """The placeholder of each span, persons numbered in the order in which they come up."""
    people: list[frozenset[str]] = []
    labels: list[str] = []
    for span in merged:
        label = placeholder(span.kind, spoken)
        if span.kind in KINDS and KINDS[span.kind].numbered:
            label = f"{label} {_number(text[span.start : span.end], people)}"
        labels.append(f"[{label}]")
    return labels


def _number(name: str, people: list[frozenset[str]]) -> int:
    """Which person of this message bears the name: one with the same parts, or with these among theirs."""
    parts = frozenset(_parts(name))
    for number, known in enumerate(people):
        if parts and (parts <= known or known <= parts):
            people[number] = known | parts
            return number + 1
    people.append(parts)
    return len(people)


def _parts(name: str) -> Iterable[str]:
    for part in fold(name).split():
        bare = part.strip(".,#@")
        for ending in _POSSESSIVE:
            bare = bare.removesuffix(ending) if len(bare) > len(ending) + 1 else bare
        yield bare
