"""A message as the rules of risk read it: small letters, one spelling, one sign for each end of a sentence.

Undone are invisible signs, leet, letters apart or drawn out (`nlp.pii.plain`), capitals, accents, curly quotes,
contractions and elisions ("don't", "j'ai", "jai"), chat spelling (tables in defaults/risk/spelling.toml), words
with a star inside, French "ne", and words that say nothing by themselves ("really", "vraiment").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping

from youthvoice.defaults import RiskSpelling
from youthvoice.nlp.pii.plain import view

_PLAIN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "œ": "oe", "æ": "ae"})
_ELISION = re.compile(r"(?<![a-z])(j|m|t|s|l|d|n|c|qu|y|jusqu|lorsqu|puisqu)'(?=[a-z])")
_FULL = {
    "j": "je",
    "m": "me",
    "t": "te",
    "s": "se",
    "l": "le",
    "d": "de",
    "n": "ne",
    "c": "ce",
    "qu": "que",
}
_IS = (
    r"(?<=\b(?:he|it))'s|(?<=\bshe)'s|(?<=\b(?:that|what))'s|(?<=\b(?:there|where))'s|(?<=\bwho)'s"
)
_CONTRACTIONS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\bcan't\b"), "can not"),
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"'m\b"), " am"),
    (re.compile(r"'re\b"), " are"),
    (re.compile(r"'ll\b"), " will"),
    (re.compile(r"'ve\b"), " have"),
    (re.compile(r"'d\b"), " would"),
    (re.compile(_IS), " is"),
    (re.compile(r"'s\b"), ""),
)
_TOKEN = re.compile(r"\d+[:h]\d*(?![a-z])|[a-z0-9*#]+|[.!?\n…]+|[,;:()]|[\"«»“”„]|[^\sa-z0-9'\-_/]")
_STARRED = re.compile(r"(?=.*[a-z])[a-z]*[*#]+[a-z*#]*")
_DRAWN = re.compile(r"([a-z])\1{2,}")
_DOUBLE = re.compile(r"([ahijkquvwxy])\1|([a-z])\2$")
_JE = re.compile(r"j(?=[bcdfghklmnpqrstvwxz])[a-z]{2,}")
_ENDS = frozenset(".!?\n…")
_PAUSES = frozenset(",;:()")
_QUOTES = frozenset('"«»“”„')

_REMEMBERED = 20_000
"""So many different tokens are remembered with their reading."""


class Reader:
    """Reads messages with the tables of spelling; `known`: whether a word stands in any rule."""

    def __init__(self, spelling: RiskSpelling, known: Callable[[str], bool]) -> None:
        self._spelling: Mapping[str, str] = spelling.same
        self._pairs: Mapping[str, str] = spelling.pairs
        self._joined = re.compile(
            "|".join(map(re.escape, sorted(spelling.pairs, key=len, reverse=True))) or r"(?!)"
        )
        self._dropped = frozenset(spelling.dropped)
        self._starred = tuple(spelling.starred)
        self._known = known
        self._seen: dict[str, tuple[str, ...]] = {}

    def read(self, text: str) -> str:
        """The words of `text`, one blank before and after each; "." ends a sentence, "," a part of it."""
        words = [
            word for token in _TOKEN.findall(_small(view(text).text)) for word in self._words(token)
        ]
        joined = f" {' '.join(words)} "
        for pair, word in self._pairs.items():
            if pair in joined:
                joined = joined.replace(pair, word)
        return joined

    def _words(self, token: str) -> Iterator[str]:
        """The words that one token stands for; none for a word that says nothing."""
        first = token[0]
        if first in _ENDS:
            yield "."
        elif first in _PAUSES:
            yield ","
        elif first not in _QUOTES:
            yield from (word for word in self._spelt(token).split() if word not in self._dropped)

    def _spelt(self, token: str) -> str:
        """A token in the spelling of the rules; perhaps several words."""
        if "*" in token or "#" in token:
            token = self._unstarred(token)
        found = token if token in self._dropped else self._spelling.get(token)
        if found is not None:
            return found
        drawn = _DRAWN.sub(r"\1\1", token)
        if drawn != token or (not self._known(token) and _DOUBLE.search(token) is not None):
            token = self._undrawn(drawn)
            found = self._spelling.get(token)
        if found is not None:
            return found
        return f"je {token[1:]}" if _JE.fullmatch(token) and not self._known(token) else token

    def _undrawn(self, token: str) -> str:
        """A word with drawn-out letters: as the rules know it, each drawn letter twice or once."""
        if self._known(token):
            return token
        once = re.sub(r"([a-z])\1", r"\1", token)
        return once if self._known(once) or once in self._spelling else token

    def _unstarred(self, token: str) -> str:
        """A word with stars for letters, as the word it stands for; otherwise without its signs."""
        if _STARRED.fullmatch(token):
            shape = re.compile(re.sub(r"[*#]+", "[a-z]{1,4}", token))
            for word in self._starred:
                if shape.fullmatch(word):
                    return word
        return token.replace("*", "").replace("#", "")


def _small(text: str) -> str:
    """Small letters without accents, with straight apostrophes, elisions and contractions written out."""
    text = text.lower().translate(_PLAIN)
    if not text.isascii():
        text = "".join(
            sign
            for sign in unicodedata.normalize("NFD", text)
            if unicodedata.category(sign) != "Mn"
        )
    if "'" in text:
        text = _ELISION.sub(lambda found: f"{_FULL.get(found[1], found[1])} ", text)
        for pattern, full in _CONTRACTIONS:
            text = pattern.sub(full, text)
    return text.replace("'", "")
