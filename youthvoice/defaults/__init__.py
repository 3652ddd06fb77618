"""Ontario's defaults as data: themes, ministries, help lines, places that may stay, risk phrases.

An operator puts a file of the same name under `<home>/config/` to replace one; the code never
hard-codes a name, a number or a phrase of these.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from youthvoice.errors import BadInput, note
from youthvoice.model import Bilingual, Ministry, Theme

FOLDER = Path(__file__).parent
VERIFY_AFTER_DAYS = 90


class HelpLine(NamedTuple):
    """A place to get help now: its name, how to reach it, and when this team last verified it."""

    name: Bilingual
    how: Bilingual
    call: str
    verified_on: date | None

    def is_stale(self, today: date) -> bool:
        """Whether the team must verify it (again)."""
        return self.verified_on is None or (today - self.verified_on).days > VERIFY_AFTER_DAYS


class RiskRule(NamedTuple):
    """Phrases, per language, that raise a message to `level` for a `signal`, and `why` in a few words.

    `soften`: the traits that stop its phrases. `soon`: the list of cues (now, tonight …) that add one level.
    How phrases are written is told in `nlp.risk.phrases`.
    """

    signal: str
    level: int
    why: str
    phrases: Mapping[str, Sequence[str]]
    soften: tuple[str, ...] = ()
    soon: str = ""


class Softener(NamedTuple):
    """Phrases, per language, that take the danger out of another: right before, right after it, or anywhere.

    `unless`: phrases of the message because of which it softens nothing.
    """

    trait: str
    before: Mapping[str, Sequence[str]] = {}
    after: Mapping[str, Sequence[str]] = {}
    anywhere: Mapping[str, Sequence[str]] = {}
    unless: Mapping[str, Sequence[str]] = {}


class RiskSpelling(NamedTuple):
    """How the rules of risk read words: `same` and `pairs` of words as others, `dropped` and `starred` ones."""

    same: Mapping[str, str]
    pairs: Mapping[str, str]
    dropped: tuple[str, ...]
    starred: tuple[str, ...]


class RiskBook(NamedTuple):
    """All that raises a message's risk: rules, lists of words by language, softeners, cues of time, spelling."""

    rules: tuple[RiskRule, ...]
    words: Mapping[str, Mapping[str, Sequence[str]]]
    softeners: tuple[Softener, ...]
    soon: Mapping[str, Mapping[str, Sequence[str]]]
    spelling: RiskSpelling


RISK_FILES = (
    "self_harm",
    "abuse",
    "exploitation",
    "threat",
    "weapon",
    "running_away",
    "eating",
    "bullying",
    "hate",
    "conduct",
)
"""The files of rules in `risk/`, each for the signals it is named after (`conduct`: insult and spam)."""


def load(name: str, home: Path | None = None) -> dict[str, Any]:
    """The table `name` (no suffix): the operator's under `home`/config, or the default one."""
    own = home / "config" / f"{name}.toml" if home else None
    path = own if own is not None and own.exists() else FOLDER / f"{name}.toml"
    try:
        return _read(path, path.stat().st_mtime_ns)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise BadInput(
            note("The file %(path)s cannot be read: %(why)s.", path=str(path), why=str(problem))
        ) from None


@lru_cache(maxsize=64)
def _read(path: Path, _changed: int) -> dict[str, Any]:
    """A table, read again when its file has changed. Nobody writes into it."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def themes(home: Path | None = None) -> tuple[Theme, ...]:
    """The codebook's first level, in its order."""
    return tuple(
        Theme(item["id"], item["name"], item["words"]) for item in load("themes", home)["theme"]
    )


def ministries(home: Path | None = None) -> dict[str, Ministry]:
    """The ministries by id."""
    return {
        item["id"]: Ministry(item["id"], item["name"])
        for item in load("ministries", home)["ministry"]
    }


def help_lines(home: Path | None = None) -> tuple[HelpLine, ...]:
    """The help lines, in the order in which they are shown."""
    return tuple(
        HelpLine(item["name"], item["how"], item["call"], item.get("verified_on"))
        for item in load("help", home)["line"]
    )


class Kept(NamedTuple):
    """What stays in masked texts: places, bodies, people in their public role; more for single topics."""

    places: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    topics: Mapping[str, tuple[str, ...]] = {}


def kept(home: Path | None = None) -> Kept:
    """The names that stay because they cannot single anybody out, and those of each topic by its slug."""
    table = load("kept", home)
    topics = {slug: tuple(own.get("names", ())) for slug, own in table.get("topic", {}).items()}
    places, bodies, people = (tuple(table.get(part, ())) for part in ("places", "bodies", "people"))
    return Kept(places, bodies, people, topics)


def risk_rules(home: Path | None = None) -> RiskBook:
    """What raises a message's risk: `risk/*.toml`.

    An operator replaces single files (`config/risk/hate.toml`), or all the rules by one `config/risk.toml`.
    """
    own = home is not None and (home / "config" / "risk.toml").exists()
    files = ("risk",) if own else tuple(f"risk/{name}" for name in RISK_FILES)
    softeners = load("risk/softeners", home)
    return RiskBook(
        tuple(_risk_rule(item) for name in files for item in load(name, home)["rule"]),
        load("risk/words", home),
        tuple(Softener(**item) for item in softeners["softener"]),
        softeners["soon"],
        _spelling(load("risk/spelling", home)),
    )


def _risk_rule(item: Mapping[str, Any]) -> RiskRule:
    return RiskRule(
        item["signal"],
        item["level"],
        item.get("why", item["signal"]),
        item["phrases"],
        tuple(item.get("soften", ())),
        item.get("soon", ""),
    )


def _spelling(table: Mapping[str, Any]) -> RiskSpelling:
    """The table of spelling: each line of `same` and `pairs` gives one reading and what is read so."""
    same = {way: reading for reading, ways in table["same"].items() for way in ways.split()}
    pairs = {f" {way} ": f" {reading} " for reading, ways in table["pairs"].items() for way in ways}
    return RiskSpelling(
        same, pairs, tuple(table["dropped"].split()), tuple(table["starred"].split())
    )


class Choice(NamedTuple):
    """One answer that a writer may choose about themselves."""

    id: str
    name: Bilingual


class AboutYou(NamedTuple):
    """What the form asks about the writer; the groups are the operator's list."""

    age_bands: tuple[Choice, ...]
    first_languages: tuple[Choice, ...]
    groups: tuple[Choice, ...]


def about_you(home: Path | None = None) -> AboutYou:
    """The choices of the form's optional part, in their order."""
    table = load("about_you", home)
    return AboutYou(
        *(
            tuple(Choice(item["id"], item["name"]) for item in table[part])
            for part in ("age_band", "first_language", "group")
        )
    )


def standing_topic(home: Path | None = None) -> dict[str, Any]:
    """The topic that is always open, as a table: slug, ministry, and its texts in both languages."""
    return load("standing", home)


class Prices(NamedTuple):
    """A platform's price list: US dollars a unit of each operation, where and when it was read."""

    source: str
    read_on: date
    price: dict[str, float]


def prices(home: Path | None = None) -> dict[str, Prices]:
    """The price lists by channel; a channel without one costs nothing."""
    return {
        name: Prices(item["source"], item["read_on"], item["price"])
        for name, item in load("prices", home).items()
    }


class WeakIdentifier(NamedTuple):
    """A trait that narrows down who wrote: its weight (0 to 1) and phrases (regular expressions)."""

    id: str
    weight: float
    en: tuple[str, ...]
    fr: tuple[str, ...]

    def phrases(self, language: str) -> tuple[str, ...]:
        """The phrases in `en` or `fr`."""
        return self.fr if language == "fr" else self.en


def weak_identifiers(home: Path | None = None) -> tuple[WeakIdentifier, ...]:
    """What may single somebody out together; the lists that phrases name are filled in."""
    table = load("weak", home)
    words = table.get("words", {})
    return tuple(
        WeakIdentifier(
            item["id"],
            float(item["weight"]),
            *(
                tuple(_filled(phrase, words.get(language, {})) for phrase in item.get(language, ()))
                for language in ("en", "fr")
            ),
        )
        for item in table["trait"]
    )


def _filled(phrase: str, words: dict[str, str]) -> str:
    """The phrase with each `{list}` of `words` in place of its name."""
    for name, pattern in words.items():
        phrase = phrase.replace(f"{{{name}}}", pattern)
    return phrase
