"""What people do to hide a word from a program: seeded changes to labelled texts, spans moved along.

Each changes the inside of the spans and nothing else, so that recall can be compared with the plain form.
Names, schools and other words are changed by all of them; numbers and forms only where a person would.
"""

from __future__ import annotations

import base64 as coding
import itertools
import random
import unicodedata
from collections.abc import Callable, Mapping, Sequence

Labelled = tuple[int, int, str]
"""A span: start, end (exclusive), kind."""

Mutation = Callable[[str, list[Labelled], random.Random], tuple[str, list[Labelled]]]

WORDS = frozenset({"name", "place", "school", "team", "workplace", "shelter", "organisation"})
DIGITS = frozenset(
    {"phone", "sin", "card", "health_card", "student_number", "bank_account", "postal"}
)

_HIDDEN = "\u200b\u200c\u200d\u2060\ufeff"
_CYRILLIC = dict(zip("AaBCcEeHIiJjKMOoPpSsTXxYy", "АаВСсЕеНІіЈјКМОоРрЅѕТХхУу", strict=True))
_GREEK = dict(zip("ABEHIKMNOTXYZov", "ΑΒΕΗΙΚΜΝΟΤΧΥΖον", strict=True))
_LEET = {"a": "4@", "e": "3", "i": "1!", "o": "0", "s": "5$", "t": "7"}


def _letters(part: str) -> list[int]:
    return [place for place, sign in enumerate(part) if sign.isalpha()]


def zero_width(part: str, chance: random.Random) -> str:
    """An invisible sign somewhere inside, often several."""
    return "".join(
        sign + (chance.choice(_HIDDEN) if place < len(part) - 1 and chance.random() < 0.5 else "")
        for place, sign in enumerate(part)
    )


def soft_hyphens(part: str, chance: random.Random) -> str:
    """A soft hyphen after about every other letter."""
    return "".join(
        sign
        + ("\u00ad" if place < len(part) - 1 and sign.isalnum() and chance.random() < 0.5 else "")
        for place, sign in enumerate(part)
    )


def homoglyphs(part: str, chance: random.Random) -> str:
    """Letters of another script that look the same, two of three of those that have one."""
    table = chance.choice((_CYRILLIC, _CYRILLIC, _GREEK))
    return _accented(part, lambda base: table.get(base, base) if chance.random() < 0.67 else base)


def fullwidth(part: str, chance: random.Random) -> str:
    """Fullwidth or mathematical letters and digits; accents stay as marks."""
    first = chance.choice(((0xFF21, 0xFF41, 0xFF10), (0x1D5D4, 0x1D5EE, 0x1D7EC)))

    def styled(base: str) -> str:
        if not base.isascii() or not base.isalnum():
            return base
        capital, small, digit = first
        start, zero = (
            (digit, "0") if base.isdigit() else (capital, "A") if base.isupper() else (small, "a")
        )
        return chr(start + ord(base) - ord(zero))

    return _accented(part, styled)


def _accented(part: str, change: Callable[[str], str]) -> str:
    """The part with the base of each letter changed and its accents kept."""
    signs = []
    for sign in part:
        base, accents = (whole := unicodedata.normalize("NFD", sign))[:1], whole[1:]
        other = change(base)
        signs.append(sign if other == base else other + accents)
    return "".join(signs)


def leet(part: str, chance: random.Random) -> str:
    """One or two letters inside each word, never the last, become digits or signs."""
    words = []
    for word in part.split(" "):
        places = [
            place for place, sign in enumerate(word[:-1])
            if sign.lower() in _LEET and (place or sign.lower() in "ast") and len(word) > 3
        ]  # fmt: skip
        signs = list(word)
        for place in chance.sample(places, min(len(places), chance.choice((1, 1, 2)))):
            choices = _LEET[word[place].lower()]
            signs[place] = choices[0] if not place else chance.choice(choices)
        words.append("".join(signs))
    return " ".join(words)


def _set_apart(part: str, between: str) -> str:
    return (between + between).join(
        between.join(word) if len(word) > 2 else word for word in part.split(" ")
    )


def spaced(part: str, chance: random.Random) -> str:
    """A space between the signs, two between words."""
    return _set_apart(part, " ")


def dotted(part: str, chance: random.Random) -> str:
    """A point, a hyphen, an underscore or a star between the signs of each word."""
    between = chance.choice(".-_*")
    return " ".join(between.join(word) if len(word) > 2 else word for word in part.split(" "))


def emoji_letters(part: str, chance: random.Random) -> str:
    """Pictures of letters; halves of flags, squared or circled letters, the same kind throughout."""
    first = chance.choice((0x1F1E6, 0x1F170, 0x1F130, 0x1F150))

    def picture(base: str) -> str:
        return (
            chr(first + ord(base.upper()) - ord("A")) if base.isascii() and base.isalpha() else base
        )

    return "".join(picture(unicodedata.normalize("NFD", sign)[:1]) for sign in part)


def split_lines(part: str, chance: random.Random) -> str:
    """The longest word cut over two lines, with a hyphen as often as not."""
    longest = max(part.split(" "), key=len)
    if len(longest) < 4:
        return part
    at = part.index(longest) + chance.randint(2, len(longest) - 2)
    if not (part[at - 1].isalpha() and part[at].isalpha()):
        return part
    return part[:at] + chance.choice(("-\n", "\n")) + part[at:]


def right_to_left(part: str, chance: random.Random) -> str:
    """An override around it, or a mark inside."""
    if chance.random() < 0.5:
        return f"\u202e{part}\u202c"
    at = chance.randint(1, max(1, len(part) - 1))
    return part[:at] + chance.choice("\u200f\u200e\u061c") + part[at:]


def base64(part: str, chance: random.Random) -> str:
    """Written in base64, where it is long enough to be worth it."""
    return coding.b64encode(part.encode()).decode() if len(part) >= 6 else part


def repeated_letters(part: str, chance: random.Random) -> str:
    """One letter of each word drawn out: four to eight times."""
    words = []
    for word in part.split(" "):
        places = _letters(word)
        if places:
            at = chance.choice(places)
            word = word[:at] + word[at] * chance.randint(4, 8) + word[at + 1 :]
        words.append(word)
    return " ".join(words)


def upper_lower_mix(part: str, chance: random.Random) -> str:
    """Capitals at random; a letter that has none of one sign stays."""
    return "".join(
        other if chance.random() < 0.5 and len(other := sign.swapcase()) == 1 else sign
        for sign in part
    )


_FOR_WORDS = (
    homoglyphs, leet, emoji_letters, split_lines, base64, repeated_letters, upper_lower_mix,
)  # fmt: skip
_FOR_ALL = (zero_width, soft_hyphens, fullwidth, spaced, dotted, right_to_left)


def mutations() -> Mapping[str, Mutation]:
    """Each change by its name: (text, spans, chance) → the new text and its spans, in their order."""
    return {
        **{change.__name__: _over(change, WORDS) for change in _FOR_WORDS},
        **{change.__name__: _over(change, WORDS | DIGITS) for change in _FOR_ALL},
    }


def _over(change: Callable[[str, random.Random], str], kinds: frozenset[str]) -> Mutation:
    def mutate(
        text: str, spans: list[Labelled], chance: random.Random
    ) -> tuple[str, list[Labelled]]:
        parts: list[str] = []
        moved: list[Labelled] = []
        done = size = 0
        for start, end, kind in _in_order(spans):
            inside = text[start:end]
            new = change(inside, chance) if kind in kinds else inside
            before = text[done:start]
            moved.append((size + len(before), size + len(before) + len(new), kind))
            parts += [before, new]
            size += len(before) + len(new)
            done = end
        return "".join([*parts, text[done:]]), moved

    return mutate


def _in_order(spans: Sequence[Labelled]) -> list[Labelled]:
    """The spans from left to right. Raises ValueError where two overlap: no text can hold both."""
    ordered = sorted(spans)
    if any(a[1] > b[0] for a, b in itertools.pairwise(ordered)):
        raise ValueError("spans overlap")
    return ordered
