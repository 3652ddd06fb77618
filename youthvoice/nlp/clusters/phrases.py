"""What a group of texts is about in its own words: key phrases, of each language apart.

Class-based TF-IDF (Grootendorst 2022) over one to three words: how many texts of the group say a phrase,
against how many texts of all groups do. Each text counts a phrase once. A phrase begins and ends with a
word that means something; it never reaches over punctuation or over what was masked, and at least
`SAID_BY` different texts of the group say it, so that no phrase is one person's.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from math import log
from typing import NamedTuple

LONGEST = 3
SAID_BY = 3
"""So many different texts say a phrase before it is shown or names anything."""
MOST = 5
SHORTEST = 3
"""A phrase of one word has so many letters."""
MORE_OFTEN = 1.5
"""A phrase of a group is said there so many times as often as in all texts: not what everybody says."""
LONGER = 1.25
"""A phrase of more words says more than its parts: its weight is multiplied by this for each word more."""

_MASKED = re.compile(r"\[[^\[\]]*\]")
_BREAK = re.compile(r"[^\w\s'’-]|\d|_|\s[-'’]|[-'’]\s|--+")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_PART = re.compile(r"[^\w]+")
_ELIDED = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)'(?=\w)")
_MORE = {
    "en": "really just want need get got make thing things lot people like would could don't doesn't can't "
    "isn't i'm i've it's didn't wasn't that's there's you're they're we're i'd won't think know going",
    "fr": "vraiment juste veux veut faut faire fait faut-il chose choses gens beaucoup trop aime être avoir c'est "
    "j'ai n'ai n'est y'a avait était sont suis quelqu'un aujourd'hui ça pis là va vais pense sais svp est-ce",
}  # the words of every answer, which stop lists leave out


class Phrase(NamedTuple):
    """Words that a group shares, how many different texts of it say them, and their weight."""

    words: str
    texts: int
    weight: float


def key_phrases(
    groups: Sequence[Sequence[str]], language: str, asked: str = ""
) -> list[tuple[Phrase, ...]]:
    """The phrases of each group of masked texts of one language (`en`, `fr`), the weightiest first.

    The texts of a group differ from each other. `asked`: what the topic asks in that language; its words
    are in every answer and name nothing. Empty where the texts share no words.
    """
    known = frozenset(_PART.split(_plain(asked)))
    counted = [_counted(texts, language, known) for texts in groups]
    everywhere: Counter[str] = Counter()
    for one in counted:
        everywhere.update(one)
    sizes = [len(texts) for texts in groups]
    return [
        _best(_weighed(own, everywhere, size, sum(sizes), len(groups)))
        for own, size in zip(counted, sizes, strict=True)
    ]


def grams(text: str, language: str) -> Iterator[str]:
    """Every phrase that a masked text holds, as often as it does."""
    for part in _BREAK.split(_MASKED.sub(" . ", _plain(text))):
        words = _WORD.findall(part)
        for length in range(1, LONGEST + 1):
            for start in range(len(words) - length + 1):
                found = _bare(words[start : start + length], language)
                if _speaks(found, language):
                    yield " ".join(found)


def _bare(words: Sequence[str], language: str) -> list[str]:
    """A phrase without what is elided before it: “l'école” is “école”, “liste d'attente” stays whole."""
    first = _ELIDED.sub("", words[0]) if language == "fr" else words[0]
    return [first, *words[1:]]


def _speaks(words: Sequence[str], language: str) -> bool:
    empty = _stop_words(language)
    ends = words[0], _ELIDED.sub("", words[-1]) if language == "fr" else words[-1]
    if any(word in empty for word in ends):
        return False
    return len(words) > 1 or len(words[0]) >= SHORTEST


def _counted(texts: Iterable[str], language: str, known: frozenset[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for text in texts:
        found.update({one for one in grams(text, language) if not known.issuperset(one.split())})
    return found


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")


def _weighed(
    own: Counter[str], everywhere: Counter[str], size: int, texts: int, groups: int
) -> list[Phrase]:
    """What enough texts of a group say, and more of them than elsewhere (in one group: no elsewhere)."""
    usual = sum(everywhere.values()) / groups
    return [
        Phrase(words, n, n / size * log(1 + usual / everywhere[words]) * LONGER ** words.count(" "))
        for words, n in own.items()
        if n >= SAID_BY and (groups == 1 or n / size >= MORE_OFTEN * everywhere[words] / texts)
    ]


def _best(weighed: Sequence[Phrase]) -> tuple[Phrase, ...]:
    chosen: list[Phrase] = []
    for one in sorted(weighed, key=lambda phrase: (-phrase.weight, phrase.words)):
        if not any(_overlap(one.words, other.words) for other in chosen):
            chosen.append(one)
    return tuple(chosen[:MOST])


def _overlap(one: str, other: str) -> bool:
    """Whether two phrases share a word, or its beginning (“bus” and “buses” are one thing said twice)."""
    return any(
        a == b or (min(len(a), len(b)) >= SHORTEST and (a.startswith(b) or b.startswith(a)))
        for a in _PART.split(one)
        for b in _PART.split(other)
    )


@functools.cache
def _stop_words(language: str) -> frozenset[str]:
    from spacy.lang.en.stop_words import STOP_WORDS as ENGLISH
    from spacy.lang.fr.stop_words import STOP_WORDS as FRENCH

    listed = {"en": ENGLISH, "fr": FRENCH}[language]
    return frozenset(word.replace("’", "'") for word in listed) | set(_MORE[language].split())
