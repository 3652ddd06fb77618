"""How much each word of a message speaks for English or for French.

Frequent words that only one of the two has (`en.txt`, `fr.txt`: this project's own lists, words of chat
included), elisions and accents speak clearly; spellings and eldc's guess on the word with its neighbours
speak a little. Weights were chosen on tests/sets/language/dev.jsonl and on spliced development sentences.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from pathlib import Path

from youthvoice.nlp.language.identifier import guess

KNOWN, ACCENT, SPELLING, AROUND = 2.5, 1.8, 1.0, 1.0
"""What a listed word, an accent, an ending and eldc's guess weigh."""
_SPELLING_FR = 0.6
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ACCENTS = re.compile("[àâçéèêëîïôùûœ]")
_ENGLISH = re.compile(
    r"(?:ing|ght|[^aeiou]y|wh|^th|ck|ould|oo.|ee.)$|^(?:th|wh|kn|wr)|w|sh"
)  # fmt: skip
_FRENCH = re.compile(
    r"(?:eau|eux|euse|tion|ment|ique|aire|oir|ais|ait|ez|elle|ette|ée|és)$|^qu|oeu|oui"
)  # fmt: skip
_ELIDED = frozenset(
    ("j", "c", "d", "l", "n", "m", "t", "s", "qu", "y", "jusqu", "lorsqu", "puisqu")
)


@functools.cache
def listed(language: str) -> frozenset[str]:
    """The frequent words of `en` or `fr`."""
    path = Path(__file__).with_name(f"{language}.txt")
    return frozenset(path.read_text("utf-8").split())


def words_of(text: str) -> list[str]:
    """The words of a message, as they were written."""
    return _WORD.findall(text)


def is_known(word: str) -> bool:
    """Whether a word is clearly English or French."""
    plain = _plain(word)
    return plain in listed("en") or plain in listed("fr") or "'" in plain


def evidence(words: Sequence[str]) -> list[float]:
    """For each word: above 0 it speaks for English, below 0 for French."""
    return [
        _of_word(_plain(word)) + AROUND * _around(words, place) for place, word in enumerate(words)
    ]


def _of_word(plain: str) -> float:
    if plain in listed("en"):
        return KNOWN
    if plain in listed("fr") or ("'" in plain and plain.split("'")[0] in _ELIDED):
        return -KNOWN
    if _ACCENTS.search(plain):
        return -ACCENT
    if _ENGLISH.search(plain):
        return SPELLING
    return -SPELLING * _SPELLING_FR if _FRENCH.search(plain) else 0.0


def _around(words: Sequence[str], place: int) -> float:
    said = guess(" ".join(words[max(0, place - 1) : place + 2]))
    return max(-1.0, min(1.0, 3 * (said.english - said.french)))


def _plain(word: str) -> str:
    return word.lower().replace("’", "'")
