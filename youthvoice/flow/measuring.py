"""The machine against people, value by value and language by language: counts in, figures out.

A value is a theme, a position or a feeling. No database here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from youthvoice.estimates import LEAST, Estimate, Pile, corrected
from youthvoice.intervals import Share, wilson
from youthvoice.model import LANGUAGES
from youthvoice.store.checked import Proposed, Texts
from youthvoice.store.rollups import ANY


@dataclass(frozen=True)
class NotYetChecked:
    """People decided of fewer than 30 distinct texts: there is no figure yet."""

    decisions: int


@dataclass(frozen=True)
class Withheld:
    """What this would explain is too small to be shown, and so is this."""


@dataclass(frozen=True)
class Checked:
    """The machine against people's `decisions` (distinct texts), as to one value in one language.

    `precision`: of the texts that the machine gave the value, those that people gave it (None: it gave it
    to none of the sample). `recall`: of those that people gave it, those that the machine did (None: people
    gave it to none of the sample). `unsure`: texts for which it proposed the value and was not sure, which
    counts as not proposed. `messages`, `texts`: the corrected share and total, of messages and of distinct
    texts.
    """

    decisions: int
    unsure: int
    precision: Share | None
    recall: Share | None
    messages: Estimate | None
    texts: Estimate | None


Figure = Checked | NotYetChecked | Withheld


@dataclass(frozen=True)
class Accuracy:
    """One value: its figure in `en` and `fr`, and of all messages, other languages too (`every`)."""

    value: str
    by_language: Mapping[str, Figure]
    every: Figure


class Word(NamedTuple):
    """What somebody said of a text, and the machine before: the values it was sure of, and was not."""

    text_key: str
    language: str
    machine: frozenset[str]
    unsure: frozenset[str]
    people: frozenset[str]


class Population(NamedTuple):
    """Every text that counts, and what the machine is sure of as to each."""

    texts: Iterable[Texts]
    proposed: Iterable[Proposed]


class Hidden(NamedTuple):
    """What may not be shown: (value, language), (value, `ANY`), (`ANY`, language), and counts below `least`."""

    cells: frozenset[tuple[str, str]]
    least: int


@dataclass
class _Sum:
    """Texts added up: how many messages say them, the squares of that, and how many texts they are."""

    messages: float = 0
    squares: float = 0
    texts: float = 0

    def add(self, messages: int, share: float = 1.0) -> None:
        self.messages += messages * share
        self.squares += messages * messages * share
        self.texts += share


@dataclass
class _Sums:
    """By language, and by value and language. `known`: what people said yes to; `rest`: nobody decided it."""

    decided: defaultdict[str, _Sum] = field(default_factory=lambda: defaultdict(_Sum))
    rest: defaultdict[str, _Sum] = field(default_factory=lambda: defaultdict(_Sum))
    known: defaultdict[tuple[str, str], _Sum] = field(default_factory=lambda: defaultdict(_Sum))
    proposed: defaultdict[tuple[str, str], _Sum] = field(default_factory=lambda: defaultdict(_Sum))


def measure(
    values: Sequence[str],
    sample: Iterable[Word],
    everything: Iterable[Word],
    population: Population,
    hidden: Hidden,
) -> dict[str, Accuracy]:
    """Each value's figures.

    `sample`: what was decided at random of proposals of the present machine; of each text the first counts.
    `everything`: all that people decided, the sample too; where they differ, the text counts in parts.
    """
    once = list({word.text_key: word for word in reversed(list(sample))}.values())
    sums = _added_up(everything, population)
    languages = sorted({*sums.decided, *sums.rest})
    return {
        value: Accuracy(
            value,
            {one: _figure(value, [one], one, once, sums, hidden) for one in LANGUAGES},
            _figure(value, languages, ANY, once, sums, hidden),
        )
        for value in values
    }


def _added_up(everything: Iterable[Word], population: Population) -> _Sums:
    said: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
    for word in everything:
        said[word.text_key].append(word.people)
    sums = _Sums()
    for one in population.texts:
        words = said.get(one.text_key, ())
        (sums.decided if words else sums.rest)[one.language].add(one.messages)
        for people in words:
            for value in people:
                sums.known[value, one.language].add(one.messages, 1 / len(words))
    for each in population.proposed:
        if each.text_key not in said:
            sums.proposed[each.value, each.language].add(each.messages)
    return sums


def _figure(
    value: str,
    languages: Sequence[str],
    name: str,
    sample: Sequence[Word],
    sums: _Sums,
    hidden: Hidden,
) -> Figure:
    mine = [word for word in sample if word.language in languages]
    counted = sum(
        sums.known[value, one].messages + sums.proposed[value, one].messages for one in languages
    )
    if not hidden.cells.isdisjoint({(value, name), (ANY, name)}) or 0 < counted < hidden.least:
        return Withheld()
    if len(mine) < LEAST:
        return NotYetChecked(len(mine))
    both = sum(value in word.machine and value in word.people for word in mine)
    return Checked(
        len(mine),
        sum(value in word.unsure for word in mine),
        wilson(both, sum(value in word.machine for word in mine)),
        wilson(both, sum(value in word.people for word in mine)),
        _enough(corrected([_piles(value, one, mine, sums, True) for one in languages]), hidden),
        corrected([_piles(value, one, mine, sums, False) for one in languages]),
    )


def _enough(estimate: Estimate | None, hidden: Hidden) -> Estimate | None:
    """None where what was counted may be shown, but the corrected number is too small to be."""
    if estimate is None or 0 < estimate.total[0] < hidden.least:
        return None
    return estimate


def _piles(
    value: str, language: str, sample: Sequence[Word], sums: _Sums, by_message: bool
) -> tuple[Pile, Pile]:
    """The texts of a language that the machine gave the value, and the others.

    What people decided stands with the others: it needs no prediction, so its pile makes no difference. A
    text of which the machine gave the value to some messages only has a little too much weight (squares).
    """
    known, decided = (
        _weight(one, by_message)[0] for one in (sums.known[value, language], sums.decided[language])
    )
    rest, squares = _weight(sums.rest[language], by_message)
    proposed, proposed_squares = _weight(sums.proposed[value, language], by_message)
    yes = [word for word in sample if word.language == language and value in word.machine]
    no = [word for word in sample if word.language == language and value not in word.machine]
    return (
        Pile(len(yes), _hits(value, yes), 0, 0, proposed, proposed_squares),
        Pile(
            len(no), _hits(value, no), known, decided, rest - proposed, squares - proposed_squares
        ),
    )


def _weight(one: _Sum, by_message: bool) -> tuple[float, float]:
    return (one.messages, one.squares) if by_message else (one.texts, one.texts)


def _hits(value: str, words: Sequence[Word]) -> int:
    return sum(value in word.people for word in words)
