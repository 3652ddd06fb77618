"""Ontario's defaults as data: themes, ministries, help lines, places that may stay, risk phrases.

An operator puts a file of the same name under `<home>/config/` to replace one; the code never
hard-codes a name, a number or a phrase of these.
"""

from __future__ import annotations

import tomllib
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
    """Phrases that raise a message to `level` for a `signal`, per language (regular expressions)."""

    signal: str
    level: int
    phrases: dict[str, list[str]]


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


def kept_names(home: Path | None = None) -> frozenset[str]:
    """Large places and public bodies that cannot single anybody out, in lower case."""
    table = load("kept", home)
    return frozenset(name.lower() for name in [*table["places"], *table["bodies"]])


def risk_rules(home: Path | None = None) -> tuple[RiskRule, ...]:
    """The rules that raise a message's risk."""
    return tuple(
        RiskRule(item["signal"], item["level"], item["phrases"])
        for item in load("risk", home)["rule"]
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
