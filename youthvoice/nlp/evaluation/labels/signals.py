"""The signals of danger, and how other people's sets call them."""

from __future__ import annotations

from collections.abc import Mapping

from youthvoice.nlp.evaluation.labels.vocabulary import key

SIGNALS: Mapping[str, str] = {
    "self_harm": (
        "selfharm self_injury suicide suicidal suicidality suicide_or_self_harm automutilation suicidaire"
    ),
    "abuse": "abus maltreatment maltraitance neglect child_abuse domestic_violence violence_familiale",
    "exploitation": (
        "sexual_exploitation exploitation_sexuelle sextortion grooming trafficking traite"
        " sexual_assault agression_sexuelle"
    ),
    "threat": "threats threatening violent_threat menace menaces thr",
    "weapon": "weapons arme armes",
    "running_away": "runaway fugue",
    "eating": "eating_disorder eating_disorders tca trouble_alimentaire",
    "bullying": "harassment cyberbullying harcelement cyberharcelement intimidation",
    "hate": "hateful hate_speech hatespeech haine haineux discours_haineux",
    "insult": "insults insulting insulte insultes ins offensive abusive disrespectful",
    "spam": "advertising publicite",
}
"""Our signals (see the risk sets' card) and other words for each, as `key` writes them."""

_OURS = {word: signal for signal, words in SIGNALS.items() for word in (signal, *words.split())}


def signal_of(word: str) -> str | None:
    """Our signal for a word, however it is written; None where it names none."""
    return _OURS.get(key(word))


def signals_of(reason: str) -> frozenset[str]:
    """Our signals in a reason for a level: “self_harm 4: plan or means”, or words that name one or two of them."""
    words = reason.partition(":")[0].strip().rstrip(" 12345")
    found = {signal_of(words), *(signal_of(part) for part in words.split(" or "))}
    return frozenset(signal for signal in found if signal)
