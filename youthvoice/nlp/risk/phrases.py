"""Phrases of the rules of risk: a small language for "these words, in this order, about so far apart".

A phrase is items parted by blanks, in the spelling of `reading.Reader` (small letters, no accents, no apostrophes):

- `a|b|going_to`: one of these words; `_` is a blank inside one of them;
- `suicid*`: a word that begins so; `{family}`: one of a list (words.toml), also among others: `{family}|coach`;
- `13-17`: a number from 13 to 17;
- `word?`: may be missing;
- `..`: up to four words between, `...`: up to nine, never across the end of a sentence;
- `<` and `>`: the message begins, ends.

There is nothing else, so no phrase can take a time that grows faster than the text. A phrase is only tried
on a message that holds its rarest item.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from youthvoice.errors import BadInput, note

Lists = Mapping[str, Sequence[str]]
_GAPS = {"..": r"(?:[^ .]+ ){0,4}?", "...": r"(?:[^ .]+ ){0,9}?"}
_ENDS = {"<": r"(?<=^ )", ">": r"(?=$)"}
_NUMBERS = re.compile(r"(\d+)-(\d+)")
_WORD = re.compile(r"[a-z0-9:,\"$€@&%+<>=]+\*?|[^\x00-\x7f]+")
_SHORTEST_PREFIX = 3
_SMALL_WORDS = """
i you he she it we they me my your his her our their a an the to of in on at and or is am are was be have
    has do did not no will with for that this so up out if by go get about what when all je tu il elle on nous
    vous ils elles me te se le la les un une de du des en et ou a ai as est suis sont pas plus que qui dans pour
    avec sur mon ma mes ton ta tes son sa ses ce ca y au si tout fait faire veut veux vais va moi toi lui
"""
_FREQUENT = frozenset(_SMALL_WORDS.split())


class Words(NamedTuple):
    """What one item may be: its alternatives, as they are written in the phrase."""

    alternatives: tuple[str, ...]

    @property
    def pattern(self) -> str:
        """A regular expression of any of them, with the blank after it."""
        longest_first = sorted(self.alternatives, key=len, reverse=True)
        return f"(?:{'|'.join(map(_pattern, longest_first))}) "

    @property
    def anchors(self) -> frozenset[str]:
        """For each alternative one word (or the beginning of one, with *) that must stand in the text."""
        return frozenset(min(way.split("_"), key=_frequency) for way in self.alternatives)

    @property
    def frequency(self) -> int:
        """How often such an item is to be expected, roughly."""
        return sum(map(_frequency, self.anchors))


class Phrase:
    """One phrase, ready to be looked for."""

    def __init__(self, written: str, lists: Lists) -> None:
        self._items = list(_items(written, lists))
        needed = [
            item for item, optional in self._items if isinstance(item, Words) and not optional
        ]
        if not needed:
            raise BadInput(
                note("The phrase “%(phrase)s” has no word that must be there.", phrase=written)
            )
        by_frequency = sorted(needed, key=lambda item: item.frequency)
        self.anchors = by_frequency[0].anchors
        """Words (or their beginnings, with *) of which one must stand in the text."""
        others = by_frequency[1].anchors if len(by_frequency) > 1 else frozenset()
        self.also = others if not any(word.endswith("*") for word in others) else frozenset()
        """Whole words of which one must stand there too; empty: none."""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The regular expression, made when it is first needed."""
        return re.compile(f"(?<= ){self.source}")

    @cached_property
    def source(self) -> str:
        """The regular expression as text, without its left edge."""
        return "".join(_source(item, optional) for item, optional in self._items)

    @property
    def words(self) -> Iterator[str]:
        """Every word that the phrase names, for spelling; beginnings keep their *."""
        for item, _ in self._items:
            if isinstance(item, Words):
                for way in item.alternatives:
                    yield from way.split("_")


class Index:
    """Which phrases a text could hold, by its words."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self._phrases = phrases
        self._whole: dict[str, list[int]] = {}
        self._begins: dict[str, list[int]] = {}
        for number, phrase in enumerate(phrases):
            for anchor in phrase.anchors:
                table = self._begins if anchor.endswith("*") else self._whole
                table.setdefault(anchor.rstrip("*"), []).append(number)
        self._lengths = sorted({len(beginning) for beginning in self._begins})

    def candidates(self, words: Iterable[str]) -> list[int]:
        """The numbers of the phrases whose rarest item is among the words, in their order."""
        distinct = set(words)
        found: set[int] = set()
        for word in distinct:
            found.update(self._whole.get(word, ()))
            for length in self._lengths:
                if length > len(word):
                    break
                found.update(self._begins.get(word[:length], ()))
        return sorted(
            number
            for number in found
            if not self._phrases[number].also or not self._phrases[number].also.isdisjoint(distinct)
        )


def _items(written: str, lists: Lists) -> Iterator[tuple[Words | str, bool]]:
    """The items of a phrase: words or the sign of a gap or an end, and whether they may be missing."""
    for part in written.split():
        if part in _GAPS or part in _ENDS:
            yield part, False
        else:
            yield Words(tuple(_alternatives(part.rstrip("?"), written, lists))), part.endswith("?")


def _alternatives(part: str, written: str, lists: Lists) -> Iterator[str]:
    """The words that a part of a phrase names, its lists filled in."""
    for way in part.split("|"):
        numbers = _NUMBERS.fullmatch(way)
        if way.startswith("{"):
            if way[1:-1] not in lists:
                raise BadInput(
                    note(
                        "The phrase “%(phrase)s” names a list that is not there: %(list)s.",
                        phrase=written,
                        list=way,
                    )
                )
            for word in lists[way[1:-1]]:
                yield from _alternatives(word.replace(" ", "_"), written, lists)
        elif numbers:
            yield from (str(number) for number in range(int(numbers[1]), int(numbers[2]) + 1))
        elif all(_WORD.fullmatch(word) for word in way.split("_")):
            yield way
        else:
            raise BadInput(
                note("The phrase “%(phrase)s” cannot be read at “%(at)s”.", phrase=written, at=way)
            )


def _source(item: Words | str, optional: bool) -> str:
    if isinstance(item, str):
        return _GAPS.get(item) or _ENDS[item]
    return f"(?:{item.pattern})?" if optional else item.pattern


def _pattern(way: str) -> str:
    """One alternative as a regular expression, without the blank after it."""
    return " ".join(
        re.escape(word[:-1]) + "[^ ]*" if word.endswith("*") else re.escape(word)
        for word in way.split("_")
    )


def _frequency(word: str) -> int:
    """How often a word is to be expected, roughly: small words much, long ones little."""
    if word in _FREQUENT:
        return 400
    return max(1, 12 - len(word)) + (
        8 if word.endswith("*") and len(word) <= _SHORTEST_PREFIX + 1 else 0
    )
