"""The risk of one message, raised by rules in both languages. It may raise a level, never lower one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from youthvoice.defaults import RiskBook, RiskRule
from youthvoice.model import Risk
from youthvoice.nlp.risk.phrases import Index, Lists, Phrase
from youthvoice.nlp.risk.reading import Reader
from youthvoice.nlp.risk.softeners import Softening

HOLD_FROM = 3
"""From this level on a person must see the message before anybody else does."""

HIGHEST = 5
SOON = "now or soon"


class Finding(NamedTuple):
    """One rule that a message fits: what it is about, the level it gives and why; never a word of the message.

    `stopped`: the trait (for example a denial) because of which it gives no level; None: it gives it.
    """

    signal: str
    level: int
    why: str
    stopped: str | None = None

    @property
    def reason(self) -> str:
        """As it is stored and shown: "self_harm 4: plan or means"."""
        return f"{self.signal} {self.level}: {self.why}"


class Reading(NamedTuple):
    """What the rules say of a message: every rule that it fits, also stopped ones, and its traits."""

    findings: tuple[Finding, ...]
    traits: tuple[str, ...]


class RiskRules:
    """The compiled rules. Thread-safe."""

    def __init__(self, book: RiskBook) -> None:
        self._rules = book.rules
        self._phrases, self._owners = _compiled(book.rules, book.words)
        self._index = Index(self._phrases)
        self._cues = {name: _phrases(cues, book.words) for name, cues in book.soon.items()}
        self._soon = {name: Index(cues) for name, cues in self._cues.items()}
        self._softening = Softening(book.softeners, book.words)
        self._reader = Reader(book.spelling, _Known(self._phrases))

    def assess(self, text: str) -> Risk:
        """The highest level any rule gives a text, and why: a reason for each rule that gives one, then traits.

        Reasons are like "self_harm 4: plan or means" and "trait reported"; they hold no word of the text.
        """
        reading = self.explain(text)
        fired = [finding for finding in reading.findings if finding.stopped is None]
        if not fired:
            return Risk()
        gravest_first = sorted(fired, key=lambda finding: -finding.level)
        reasons = (
            *(finding.reason for finding in gravest_first),
            *(f"trait {t}" for t in reading.traits),
        )
        return Risk(gravest_first[0].level, tuple(dict.fromkeys(reasons)))

    def explain(self, text: str) -> Reading:
        """Every rule that a text fits, those that a softener stopped too, and the traits it shows."""
        plain = self._reader.read(text)
        words = plain.split()
        findings: dict[int, Finding] = {}
        for number in self._index.candidates(words):
            owner = self._owners[number]
            known = findings.get(owner)
            if known is None or known.stopped is not None:
                found = self._look(self._rules[owner], self._phrases[number], plain)
                if found is not None:
                    findings[owner] = found
        if not findings:
            return Reading((), ())
        soon = chain.from_iterable(
            self._sooner(self._rules[owner], found, plain, words)
            for owner, found in findings.items()
        )
        return Reading((*findings.values(), *soon), self._softening.noted(plain))

    def _look(self, rule: RiskRule, phrase: Phrase, plain: str) -> Finding | None:
        """The rule's finding, if its phrase stands in the text; not stopped if it stands there once so."""
        stopped: str | None = None
        for match in phrase.pattern.finditer(plain):
            stopped = self._softening.stops(rule.soften, plain, match.start(), match.end())
            if stopped is None:
                return Finding(rule.signal, rule.level, rule.why)
        return Finding(rule.signal, rule.level, rule.why, stopped) if stopped else None

    def _sooner(
        self, rule: RiskRule, found: Finding, plain: str, words: Sequence[str]
    ) -> tuple[Finding, ...]:
        """One level more where the text also says that it is now or soon."""
        if not rule.soon or found.stopped is not None or rule.level >= HIGHEST:
            return ()
        cues = self._cues[rule.soon]
        said = any(cues[n].pattern.search(plain) for n in self._soon[rule.soon].candidates(words))
        return (found._replace(level=rule.level + 1, why=SOON),) if said else ()


class _Known:
    """Whether a word stands in any phrase: what letters drawn out or doubled are read as."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        words = {word for phrase in phrases for word in phrase.words}
        self._whole = frozenset(word for word in words if not word.endswith("*"))
        self._begins = tuple(
            sorted(word[:-1] for word in words if word.endswith("*") and len(word) > 4)
        )

    def __call__(self, word: str) -> bool:
        return word in self._whole or word.startswith(self._begins)


def _compiled(
    rules: Sequence[RiskRule], lists: Mapping[str, Lists]
) -> tuple[list[Phrase], list[int]]:
    """The phrases of all rules, and for each the number of its rule."""
    phrases: list[Phrase] = []
    owners: list[int] = []
    for number, rule in enumerate(rules):
        own = list(_phrases(rule.phrases, lists))
        phrases += own
        owners += [number] * len(own)
    return phrases, owners


def _phrases(written: Mapping[str, Sequence[str]], lists: Mapping[str, Lists]) -> list[Phrase]:
    return [
        Phrase(phrase, lists[language]) for language, some in written.items() for phrase in some
    ]
