"""What stays readable because it cannot single anybody out: large places, public bodies, office-holders.

The list is dated configuration (`kept.toml`), with one more for each topic; how large a place must be is a
setting. A name that a detector takes for a person's goes, even if a city is called so.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import replace

from babel import Locale

from youthvoice.defaults import Kept
from youthvoice.model import Span
from youthvoice.nlp.pii.lists import fold, large_places
from youthvoice.nlp.pii.mask import SURE_NAME

WORDS = ("name", "place", "organisation", "workplace", "team", "shelter", "school")
"""Kinds that may stay. What has a form (a telephone number) never does."""
_ARTICLE = re.compile(
    r"^(?:(?:the city of|city of|ville de|the|le|la|les|à|a|in|de|du|des|au|aux|en)\s+|[ld]')(?=\w)"
)
_APOSTROPHE = re.compile("['’]")
_SEPARATORS = re.compile(r"[\s-]+")


def bare(text: str) -> str:
    """The folded words of a name, without article, hyphens or a possessive ending."""
    folded = _SEPARATORS.sub(" ", fold(text)).strip(" .,!?:;#'\"").removesuffix("'s")
    return _ARTICLE.sub("", _ARTICLE.sub("", folded)).strip()


class Staying:
    """What stays in one topic. `people`: how many must live in a place for it to stay."""

    def __init__(self, kept: Kept, people: int) -> None:
        self._regions = {bare(name) for name in kept.places}
        self._places = self._regions | _countries() | large_places(people)
        self._named = _pattern([*kept.bodies, *kept.people])
        self._topics = {slug: _pattern(names) for slug, names in kept.topics.items()}

    def leave(self, text: str, spans: Sequence[Span], topic: str | None = None) -> list[Span]:
        """The spans that must go: those that do not lie in what may stay."""
        stays = [found.span() for found in self._named.finditer(text)]
        if topic in self._topics:
            stays += [found.span() for found in self._topics[topic].finditer(text)]
        return [
            part
            for span in spans
            for part in _outside(span, stays)
            if not self._large(text[part.start : part.end], part)
        ]

    def _large(self, words: str, span: Span) -> bool:
        unsure = span.kind == "name" and span.score < SURE_NAME
        if span.kind not in ("place", "organisation") and not unsure:
            return span.kind == "name" and bare(words) in self._regions
        parts = [bare(part) for part in re.split(r",|\s/\s", words)]
        return all(part in self._places for part in parts if part) and any(parts)


def _outside(span: Span, stays: Sequence[tuple[int, int]]) -> list[Span]:
    """The parts of a span outside of what stays; as it is where it touches nothing or has a form."""
    if span.kind not in WORDS:
        return [span]
    parts = [(span.start, span.end)]
    for start, end in stays:
        if span.kind in ("school", "team", "workplace", "shelter") and not (
            start <= span.start and span.end <= end
        ):
            continue  # "the Ministry Street Warriors" is a team for all that
        parts = [
            part
            for a, b in parts
            for part in ((a, min(b, start)), (max(a, end), b))
            if part[1] - part[0] > 1
        ]
    return [replace(span, start=start, end=end) for start, end in parts]


def _pattern(names: Sequence[str]) -> re.Pattern[str]:
    """Any of the names, as whole words, in any case, with either apostrophe."""
    if not names:
        return re.compile(r"(?!)")
    alternatives = "|".join(
        _APOSTROPHE.sub("['’]", re.escape(name)).replace(r"\ ", r"\s+")
        for name in sorted(names, key=len, reverse=True)
    )
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)


@functools.cache
def _countries() -> frozenset[str]:
    """Countries, in both languages (Unicode CLDR, through Babel)."""
    found = (name for code in ("en", "fr") for name in Locale(code).territories.values())
    return frozenset(bare(name) for name in found)
