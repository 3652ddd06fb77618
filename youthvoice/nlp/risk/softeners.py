"""What takes the danger out of a phrase: a denial, a quotation, a song, a way of speaking, help that came.

A softener only ever stops the phrase beside which it stands, in a rule that names it (`soften`). It lowers nothing
that another phrase, rule or model found.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from youthvoice.defaults import Softener
from youthvoice.nlp.risk.phrases import Lists, Phrase

_NEAR = 90
"""So many characters before a phrase are looked at for a softener that must stand right before it."""


class Softening:
    """The compiled softeners."""

    def __init__(self, softeners: Sequence[Softener], lists: Mapping[str, Lists]) -> None:
        self._softeners = {softener.trait: _Compiled(softener, lists) for softener in softeners}

    @property
    def traits(self) -> tuple[str, ...]:
        """The names of the softeners."""
        return tuple(self._softeners)

    def stops(self, traits: Sequence[str], plain: str, start: int, end: int) -> str | None:
        """The first of `traits` that softens what stands at `start` to `end` of a text; None: none does."""
        return next(
            (trait for trait in traits if self._softeners[trait].softens(plain, start, end)), None
        )

    def noted(self, plain: str) -> tuple[str, ...]:
        """The traits that the text as a whole shows."""
        return tuple(trait for trait, softener in self._softeners.items() if softener.shows(plain))


class _Compiled:
    def __init__(self, softener: Softener, lists: Mapping[str, Lists]) -> None:
        self._before = _any(softener.before, lists, r"\Z")
        self._anywhere = _any(softener.anywhere, lists)
        self._after = _any(softener.after, lists)
        self._unless = _any(softener.unless, lists)

    def softens(self, plain: str, start: int, end: int) -> bool:
        """Whether it softens the phrase at `start` to `end`."""
        if self._unless is not None and self._unless.search(plain):
            return False
        return bool(
            (self._before is not None and self._before.search(plain[max(0, start - _NEAR) : start]))
            or (self._after is not None and self._after.match(plain, end))
            or (self._anywhere is not None and self._anywhere.search(plain))
        )

    def shows(self, plain: str) -> bool:
        """Whether the text shows it anywhere, whatever else it says."""
        return self._anywhere is not None and self._anywhere.search(plain) is not None


def _any(
    phrases: Mapping[str, Sequence[str]], lists: Mapping[str, Lists], end: str = ""
) -> re.Pattern[str] | None:
    """One regular expression of all the phrases; None where there is none."""
    sources = [
        Phrase(phrase, lists[language]).source
        for language, some in phrases.items()
        for phrase in some
    ]
    return re.compile(f"(?<= )(?:{'|'.join(sources)}){end}") if sources else None
