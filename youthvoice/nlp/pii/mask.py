"""Merge the detectors' spans and replace them, from the right, by readable placeholders.

Overlapping spans become one that covers both, with the kind of the surer detector: a part of an
identifier never stays. The same name gets the same number within one message, never across messages.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from youthvoice.model import Language, Masked, Span

PLACEHOLDERS = {
    "name": {"en": "name", "fr": "nom"},
    "place": {"en": "place", "fr": "lieu"},
    "organisation": {"en": "organisation", "fr": "organisme"},
    "school": {"en": "school", "fr": "école"},
    "handle": {"en": "handle", "fr": "pseudo"},
    "email": {"en": "e-mail", "fr": "courriel"},
    "phone": {"en": "telephone", "fr": "téléphone"},
    "url": {"en": "link", "fr": "lien"},
    "postal": {"en": "postal code", "fr": "code postal"},
    "address": {"en": "address", "fr": "adresse"},
    "sin": {"en": "SIN", "fr": "NAS"},
}
OTHER = {"en": "hidden", "fr": "masqué"}
NUMBERED = ("name",)


def merge(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, overlapping ones joined; the kind and reason are those of the surest."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda found: (found.start, -found.end)):
        if merged and span.start < merged[-1].end:
            last = merged[-1]
            surest = max(last, span, key=lambda found: found.score)
            merged[-1] = replace(surest, start=last.start, end=max(last.end, span.end))
        else:
            merged.append(span)
    return merged


def mask(text: str, spans: Iterable[Span], language: Language) -> Masked:
    """Replace `spans` of `text` (offsets into it) by placeholders in the language of the message.

    An unknown kind is replaced too. Raises ValueError if a span lies outside the text.
    """
    merged = merge(spans)
    spoken = "fr" if language == Language.FR else "en"
    numbers: dict[str, int] = {}
    labels: list[str] = []
    for span in merged:
        if not 0 <= span.start < span.end <= len(text):
            raise ValueError("span outside the text")
        label = PLACEHOLDERS.get(span.kind, OTHER)[spoken]
        if span.kind in NUMBERED:
            who = text[span.start : span.end].casefold().removesuffix("'s").removesuffix("’s")
            label = f"{label} {numbers.setdefault(who, len(numbers) + 1)}"
        labels.append(f"[{label}]")
    for span, label in zip(reversed(merged), reversed(labels), strict=True):
        text = text[: span.start] + label + text[span.end :]
    return Masked(text, tuple(merged))
