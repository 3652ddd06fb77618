"""What language a message is in, word by word: switching inside a sentence is common and no error.

The words' evidence (`words`) is read as a chain with two states and a price for switching (Viterbi 1967).
The shares are those of the words. A message is mixed when the lesser language has enough words and enough
evidence; borrowed words do not make it so.
"""

from __future__ import annotations

from collections.abc import Sequence

from youthvoice.model import Language, LanguageRead
from youthvoice.nlp.language.identifier import Guess, guess
from youthvoice.nlp.language.words import evidence, is_known, words_of

SWITCH = 1.8
"""What switching costs, in the unit of the evidence."""
MIXED_EVIDENCE, MIXED_SHARE = 3.5, 0.14
OTHER_MARGIN = 0.03
OTHER_LETTERS, OTHER_LETTERS_SURE = 22, 16
"""A text in another language needs so many letters to be called so: short ones look like any."""
OTHER_KNOWN = 0.25
"""At most this share of its words is clearly ours."""
CLEAR = 1.0
GUESSED_LETTERS = 10
LATIN_END = 0x24F
MOST_WORDS = 400
"""Of longer texts the beginning is read: it tells the language as well."""


def identify(text: str) -> Language:
    """The language of a normalised text. Never fails: what cannot be told is `UNDECIDED`."""
    return read(text).language


def dominant(text: str) -> Language:
    """The language that most of a text is in, English or French; `UNDECIDED` or `OTHER` where neither."""
    found = read(text)
    if found.language is not Language.MIXED:
        return found.language
    return Language.EN if found.shares["en"] >= found.shares["fr"] else Language.FR


def read(text: str) -> LanguageRead:
    """The language of a normalised text, with the share of its words in each. Never fails."""
    letters = [sign for sign in text if sign.isalpha()]
    if len(letters) < 2:
        return LanguageRead(Language.UNDECIDED)
    if 2 * sum(_is_foreign(sign) for sign in letters) > len(letters):
        return LanguageRead(Language.OTHER, {"other": 1.0})
    words = words_of(text)[:MOST_WORDS]
    if not words:
        return LanguageRead(Language.UNDECIDED)
    said = guess(text)
    if _is_other(said, words, len(letters)):
        return LanguageRead(Language.OTHER, {"other": 1.0})
    found = evidence(words)
    path = _path(found)
    french = sum(path) / len(path)
    shares = {"en": round(1 - french, 2), "fr": round(french, 2)}
    if _is_mixed(found, path):
        return LanguageRead(Language.MIXED, shares)
    language = _language(sum(found), said, len(letters))
    return LanguageRead(language, {} if language is Language.UNDECIDED else shares)


def _is_foreign(sign: str) -> bool:
    code = ord(sign)
    return code > LATIN_END and not 0x1E00 <= code <= 0x1EFF


def _is_other(said: Guess, words: Sequence[str], letters: int) -> bool:
    enough = OTHER_LETTERS_SURE if said.reliable else OTHER_LETTERS
    return (
        said.best not in ("en", "fr", None)
        and said.top - max(said.english, said.french) > OTHER_MARGIN
        and letters >= enough
        and sum(map(is_known, words)) <= OTHER_KNOWN * len(words)
    )


def _language(total: float, said: Guess, letters: int) -> Language:
    """English or French by the words' evidence, by eldc's guess where that is weak, or undecided."""
    if abs(total) >= CLEAR:
        return Language.EN if total > 0 else Language.FR
    if letters >= GUESSED_LETTERS and said.best in ("en", "fr"):
        return Language(said.best)
    return Language.UNDECIDED


def _is_mixed(found: Sequence[float], path: Sequence[int]) -> bool:
    """`path` says 0 for an English word and 1 for a French one."""
    weights = [0.0, 0.0]
    for value, state in zip(found, path, strict=True):
        if (value < 0) == bool(state):
            weights[state] += abs(value)
    lesser = min((0, 1), key=lambda state: (path.count(state), weights[state]))
    return path.count(lesser) >= MIXED_SHARE * len(path) and weights[lesser] >= MIXED_EVIDENCE


def _path(found: Sequence[float]) -> list[int]:
    """The likeliest chain of languages: 0 English, 1 French."""
    scores, steps = [0.0, 0.0], []
    for value in found:
        before, step = scores, [0, 0]
        scores = [0.0, 0.0]
        for state, fits in ((0, value / 2), (1, -value / 2)):
            stay, switch = before[state], before[1 - state] - SWITCH
            step[state] = state if stay >= switch else 1 - state
            scores[state] = max(stay, switch) + fits
        steps.append(step)
    state = 0 if scores[0] >= scores[1] else 1
    path = []
    for step in reversed(steps):
        path.append(state)
        state = step[state]
    return path[::-1]
