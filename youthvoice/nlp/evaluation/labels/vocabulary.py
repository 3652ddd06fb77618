"""The labels of languages and of feelings, and how other people's sets call them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace

from youthvoice.errors import note
from youthvoice.model import Feeling, Language
from youthvoice.nlp.evaluation.labels.examples import Example, LabelledSet, refuse
from youthvoice.nlp.language import identify
from youthvoice.nlp.normalise import normalise


def key(word: str) -> str:
    """A word as it is compared: lower case, no accents, “_” for spaces and hyphens."""
    plain = unicodedata.normalize("NFKD", word.casefold().strip())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.sub(r"[\s_-]+", "_", letters)


def _words(known: Mapping[str, str]) -> dict[str, str]:
    return {word: label for label, words in known.items() for word in (label, *words.split())}


LANGUAGE_WORDS: Mapping[str, str] = _words(
    {
        Language.EN: "eng english anglais eng_latn en_ca en_us en_gb",
        Language.FR: "fra fre french francais fra_latn fr_ca fr_fr",
        Language.MIXED: "mix mixte both en_fr fr_en code_switched code_switching franglais",
        Language.OTHER: (
            "autre others ar ary arb cs da de deu el es spa fa fi fil he hi hin hu id it ita ja jpn ko kor"
            " nl no pa pl pol por pt ro ru rus so sv sw swh ta tl tr tur uk ur urd vi yo zh zho"
        ),
        Language.UNDECIDED: "unknown unk und undetermined indecis inconnu",
    }
)
FEELING_WORDS: Mapping[str, str] = _words(
    {
        Feeling.NEGATIVE: "0 neg negatif",
        Feeling.NEUTRAL: "1 neu neutre",
        Feeling.POSITIVE: "2 pos positif",
    }
)
LEVEL_WORDS: Mapping[str, str] = {str(level): str(level) for level in range(1, 6)}


def in_our_words(
    sets: Iterable[LabelledSet], known: Mapping[str, str], shown: Iterable[str]
) -> list[LabelledSet]:
    """The sets with their labels in our words; `shown` are these, for the error.

    Raises `BadInput` with file and line of a message that has another label, or not exactly one.
    """
    ours = ", ".join(shown)
    return [
        replace(one, examples=[_in_our_words(each, known, ours) for each in one.examples])
        for one in sets
    ]


def in_codebook(examples: Iterable[Example], themes: Iterable[str]) -> None:
    """Raises `BadInput` with file and line of a message that has a theme which is not among `themes`."""
    known = set(themes)
    for example in examples:
        if not known.issuperset(example.labels):
            why = note("a theme of it is not in the codebook.")
            raise refuse(example.file, example.line, why)


def spoken(example: Example) -> str:
    """The language of a message: what its set says, else identified."""
    if example.language:
        given = key(example.language)
        return LANGUAGE_WORDS.get(given) or LANGUAGE_WORDS.get(given[:2], str(Language.OTHER))
    return str(identify(normalise(example.text)))


def _in_our_words(example: Example, known: Mapping[str, str], ours: str) -> Example:
    labels = [known.get(key(label)) for label in example.labels]
    if len(labels) != 1 or labels[0] is None:
        why = note("its label is not one of these: %(labels)s.", labels=ours)
        raise refuse(example.file, example.line, why)
    return replace(example, labels=(labels[0],))
