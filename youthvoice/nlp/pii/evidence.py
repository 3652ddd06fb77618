"""Is this word part of somebody's name? What every detector says of it, weighed.

A union of detectors that each mark a little too much marks far too much. So what they say is added up with
weights (a logistic regression) that `python -m training.weights` fits on texts none of them was trained on;
`models/evidence.json` holds them, with the thresholds and the sets they were chosen on.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from youthvoice.model import Span
from youthvoice.nlp.pii import tagger
from youthvoice.nlp.pii.lists import Names
from youthvoice.nlp.pii.ordinary import is_ordinary
from youthvoice.nlp.pii.reader import Pieces
from youthvoice.nlp.pii.shape import HUMP, WORD, Shape, shapes

FILE = Path(__file__).parent / "models" / "evidence.json"
NAME = tagger.LABELS.index("name")
RAMPART_NAMES = ("B-GIVEN_NAME", "I-GIVEN_NAME", "B-SURNAME", "I-SURNAME")
FEATURES = (
    "tagger_most", "tagger_mean", "tagger_first", "rampart_most", "rampart_first",
    "spacy_name", "spacy_other", "given_rare", "given_known", "given_common", "family",
    "capital", "capital_given", "before", "after",
)  # fmt: skip
"""What is weighed; the first five as log odds. `before` and `after`: the tagger on the words beside it."""
CAPITALS = (6, 7)
ORDINARY = 5.0
"""How much less likely an ordinary word is to be a name, in log odds: some hundred times."""
SURE = 0.5
"""Beside a word that is a name with this probability, the rest of the name is looked for."""
_EVEN = 1e-4
_ELIDED = re.compile(
    r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|Qu|[CDJLMNST](?=['’][a-zà-öø-ÿ]))['’](?=\w\w)"
)
"""What French joins to a name ("d'Anaïs"): lower case, or a capital before a small letter; D'Angelo is a name."""
_POSSESSIVE = ("'s", "’s", "'S", "’S")


class Weights(NamedTuple):
    """The fitted model: a weight for each of `FEATURES`, what is added, and the thresholds by setting.

    A threshold is on the score from 0 to 1; its key is `en`, `fr`, or `en_lower` for a message without
    capitals. `beside` is the threshold of a word right beside one that is a name, as a part of the other.
    """

    version: str
    weights: tuple[float, ...]
    bias: float
    thresholds: Mapping[str, float]
    beside: float


class Word(NamedTuple):
    """A word of a text, with what is weighed of it."""

    start: int
    end: int
    evidence: tuple[float, ...]
    style: int
    ordinary: bool


@dataclass(frozen=True)
class Scored:
    """A word with how likely it is part of a name, 0 to 1, and the surest detectors behind it."""

    start: int
    end: int
    score: float
    reason: str


@cache
def weights(path: Path = FILE) -> Weights:
    """The fitted model of the file. Raises OSError, ValueError, KeyError where it is missing or damaged."""
    table = json.loads(path.read_text(encoding="utf-8"))
    return Weights(
        table["version"],
        tuple(table["weights"][feature] for feature in FEATURES),
        table["bias"],
        table["thresholds"],
        table["beside"],
    )


def words(
    text: str, pieces: Pieces, labels: Sequence[str], spacy: Sequence[Span], names: Names
) -> list[Word]:
    """Every word of the text that has a letter, with its evidence, in order."""
    units = list(units_of(text))
    found = pieces.shapes.of(units)
    wanted = [labels.index(label) for label in RAMPART_NAMES]
    # Plain lists: a few numbers a word are read faster so than through arrays.
    tagged: list[float] = pieces.tagger[:, NAME].tolist()
    rampart: list[float] = pieces.rampart[:, wanted].sum(-1).tolist()
    rows = [_pieces_of(unit, pieces.offsets, at) for unit, at in _with_start(units, pieces.offsets)]
    odds = [_odds(tagged, rampart, row) for row in rows]
    result: list[Word] = []
    for place, (unit, whole) in enumerate(zip(units, found, strict=True)):
        shape = _bare_shape(text, unit, whole, names)
        before = odds[place - 1][0] if place else _log_odds(0.0)
        after = odds[place + 1][0] if place + 1 < len(units) else _log_odds(0.0)
        evidence = (*odds[place], *_flags(unit, shape, spacy), before, after)
        ordinary = is_ordinary(text[unit[0] : unit[1]])
        result.append(Word(*unit, evidence, shape.style, ordinary))
    return result


def _bare_shape(text: str, unit: tuple[int, int], whole: Shape, names: Names) -> Shape:
    """The shape of a unit that is a part of its word: the case and the lists are those of the part."""
    start, end = unit
    if not start or text[start - 1] not in "'’":
        return whole
    (own,) = shapes(text[start:end], [(0, end - start)], names)
    return own._replace(position=whole.position, style=whole.style)


def units_of(text: str) -> Iterator[tuple[int, int]]:
    """Words with a letter: without a possessive ending, a hashtag's words one by one."""
    for found in WORD.finditer(text):
        start, end = found.span()
        if not any(sign.isalpha() for sign in found.group()):
            continue
        if start and text[start - 1] == "#":
            cuts = [start, *(cut.start() for cut in HUMP.finditer(text, start, end)), end]
            yield from ((a, b) for a, b in pairwise(cuts) if b > a)
            continue
        if end - start > 3 and text[end - 2 : end] in _POSSESSIVE:
            end -= 2
        elided = _ELIDED.match(text, start, end)
        yield (elided.end() if elided else start), end


def score(word: Word, model: Weights) -> float:
    """How likely the word is part of a name, from 0 to 1."""
    total = model.bias + sum(w * e for w, e in zip(model.weights, word.evidence, strict=True))
    if word.ordinary:
        total -= ORDINARY
    return 1 / (1 + math.exp(-min(max(total, -30.0), 30.0)))


def spans(text: str, found: Sequence[Word], model: Weights, spoken: str) -> list[Span]:
    """The names of a text: words whose score reaches the threshold, and their parts right beside them."""
    scores = [score(word, model) for word in found]
    marked = [s >= _threshold(word, model, spoken) for s, word in zip(scores, found, strict=True)]
    _spread(text, found, scores, marked, model.beside)
    result: list[Span] = []
    for place, word in enumerate(found):
        if not marked[place]:
            continue
        reason = reason_of(word)
        if result and marked[place - 1] and _touch(text, result[-1].end, word.start):
            last = result.pop()
            surer = last if last.score >= scores[place] else None
            result.append(
                Span(last.start, word.end, "name", max(last.score, scores[place]), model.version,
                     surer.reason if surer else reason)
            )  # fmt: skip
        else:
            result.append(Span(word.start, word.end, "name", scores[place], model.version, reason))
    return result


def _threshold(word: Word, model: Weights, spoken: str) -> float:
    if word.style == 0 and f"{spoken}_lower" in model.thresholds:
        return model.thresholds[f"{spoken}_lower"]
    return model.thresholds[spoken]


def _spread(
    text: str, found: Sequence[Word], scores: Sequence[float], marked: list[bool], beside: float
) -> None:
    """Mark the words right beside a sure name that are likely enough to be its first or last part."""
    sure = [place for place, one in enumerate(scores) if marked[place] and one >= SURE]
    for place in sure:
        for other in (place - 1, place + 1):
            if not 0 <= other < len(found) or marked[other] or scores[other] < beside:
                continue
            first, second = found[min(place, other)], found[max(place, other)]
            marked[other] = _touch(text, first.end, second.start)


def _touch(text: str, end: int, start: int) -> bool:
    return start - end <= 2 and text[end:start] in ("", " ", "-", ". ", ".", "’", "'")


def reason_of(word: Word) -> str:
    """Who says so, for the moderator: each detector's own probability, the lists, the capital."""
    known = dict(zip(FEATURES, word.evidence, strict=True))
    parts = [
        f"tagger {_chance(known['tagger_most']):.2f}",
        f"Rampart {_chance(known['rampart_most']):.2f}",
    ]
    parts += ["spaCy"] if known["spacy_name"] else []
    parts += ["list of names"] if known["given_known"] or known["given_common"] else []
    return ", ".join(parts)


def _log_odds(p: float) -> float:
    return math.log((p + _EVEN) / (1 - p + _EVEN))


def _chance(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))


def _with_start(
    units: Sequence[tuple[int, int]], offsets: Sequence[tuple[int, int]]
) -> Iterator[tuple[tuple[int, int], int]]:
    """Each unit with the first piece that may belong to it, so that pieces are walked once."""
    at = 0
    for unit in units:
        while at < len(offsets) and offsets[at][1] <= unit[0]:
            at += 1
        yield unit, at


def _pieces_of(unit: tuple[int, int], offsets: Sequence[tuple[int, int]], at: int) -> slice:
    end = at
    while end < len(offsets) and offsets[end][0] < unit[1]:
        end += 1
    return slice(at, end)


def _odds(tagged: Sequence[float], rampart: Sequence[float], row: slice) -> tuple[float, ...]:
    mine, theirs = tagged[row], rampart[row]
    if not mine:
        return (_log_odds(0.0),) * 5
    values = (max(mine), sum(mine) / len(mine), mine[0], max(theirs), theirs[0])
    return tuple(_log_odds(value) for value in values)


def _flags(unit: tuple[int, int], shape: Shape, spacy: Sequence[Span]) -> tuple[float, ...]:
    start, end = unit
    kinds = {span.kind for span in spacy if span.start < end and start < span.end}
    capital = shape.case in CAPITALS
    flags = (
        "name" in kinds, bool(kinds - {"name"}),
        shape.given == 1, shape.given == 2, shape.given == 3, shape.family == 1,
        capital, capital and shape.given > 1,
    )  # fmt: skip
    return tuple(float(flag) for flag in flags)
