"""Quotations that show the range of what was said: typical, what few share, and who disagrees where most agree.

Each is the masked text of one message as it stands: released, decided by a person who read it, of a channel
whose policy lets these readers see it. Nothing is reworded or made up, and what is left out is marked. Nothing
is kept: what is withdrawn is gone with the next look.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from youthvoice.channels.policies import quotable as public_channels
from youthvoice.channels.policies import readable
from youthvoice.flow.context import Context
from youthvoice.model import LabelKind, Position, ReviewItem, Topic
from youthvoice.store import quotable, rollups
from youthvoice.store.engine import Tx
from youthvoice.store.quotable import Quotable, Wanted

MOST = 6
"""Quotations on a topic's public page."""

EACH = 3
"""Quotations of one theme: one of each kind."""

SPARE = MOST
"""Messages that are looked up for a place, since others may have been taken for one before."""

LOOKED_AT = 120
"""Messages of a theme among which the one nearest to their centre is looked for (ids are random)."""

FEW = 0.2
"""A position or a feeling is that of a minority up to this share of those that were told."""

OMITTED = "[…]"
"""Stands where words of a quotation were left out."""

LONGEST = 320
"""Characters of a quotation in a list; its source shows all of it."""

Vectors = Callable[[Sequence[str]], Sequence[Sequence[float]]]
"""Sentence vectors of unit length, one a text."""


class Kind(StrEnum):
    """Why a message is quoted."""

    TYPICAL = "typical"
    MINORITY = "minority"
    OPPOSED = "opposed"
    ALSO = "also"
    """For nothing but itself."""


class Readers(StrEnum):
    """Who is to read a quotation: the policy of its channel says whether they may."""

    PUBLIC = "public"
    STAFF = "staff"


@dataclass(frozen=True)
class Quotation:
    """A message as it may be quoted, and why. `few`: the position or feeling that few share."""

    kind: Kind
    item: ReviewItem = field(repr=False)
    few: tuple[LabelKind, str] | None = None

    @property
    def text(self) -> str:
        """All of its masked words."""
        return self.item.text or ""

    @property
    def excerpt(self) -> str:
        """Its words as they stand, up to a place where the rest is left out and marked."""
        return excerpt(self.text)


@dataclass(frozen=True)
class _Pick:
    """A message that may stand in a place; of each `place` (empty: any number) one is taken."""

    kind: Kind
    found: Quotable
    place: str = ""
    few: tuple[LabelKind, str] | None = None


def excerpt(text: str, longest: int = LONGEST) -> str:
    """The beginning of a text, whole words of at most `longest` characters; what is left out is marked."""
    if len(text) <= longest:
        return text
    room = longest - len(OMITTED) - 1
    cut = text[: room + 1]
    shorter = cut[: max(cut.rfind(" "), cut.rfind("\n"))] if " " in cut or "\n" in cut else cut[:-1]
    if shorter.count("[") > shorter.count("]"):  # never inside a mask
        shorter = shorter[: shorter.rfind("[")]
    return f"{shorter.rstrip()} {OMITTED}"


def channels(context: Context, readers: Readers) -> tuple[str, ...]:
    """The channels of which these readers may see texts."""
    if readers is Readers.PUBLIC:
        return public_channels()
    return readable(context.settings.staff_readable_channels)


def quotes(tx: Tx, topic_id: int) -> list[ReviewItem]:
    """The messages that a topic's public page quotes now."""
    return [one.item for one in public(tx, topic_id)]


def public(tx: Tx, topic_id: int) -> list[Quotation]:
    """What a topic's public page quotes now: a range over its largest themes, then whatever there is."""
    return _opened(tx, _distinct(_public_picks(tx, topic_id), MOST))


def _public_picks(tx: Tx, topic_id: int) -> Iterator[_Pick]:
    of = public_channels()
    for theme in _largest_themes(tx, topic_id):
        yield from _typical(tx, topic_id, of, theme, None)
    yield from _opposed(tx, topic_id, of, None)
    yield from _minority(tx, topic_id, of, None)
    for found in quotable.candidates(tx, topic_id, of, Wanted(), MOST * 2):
        yield _Pick(Kind.ALSO, found)


def _largest_themes(tx: Tx, topic_id: int) -> list[str]:
    cells = [cell for cell in rollups.read(tx, topic_id, ("theme",)) if cell.messages]
    cells.sort(key=lambda cell: (-(cell.messages or 0), cell.values["theme"]))
    return [cell.values["theme"] for cell in cells[: MOST - 2]]


def of_theme(
    context: Context,
    topic: Topic,
    theme: str,
    readers: Readers,
    vectors: Vectors | None = None,
    most: int = EACH,
) -> list[Quotation]:
    """The range of one theme, at most one message of each kind.

    `vectors`: to find the typical one by its nearness to the centre of the theme; without, it is the one that
    the machine gave the theme with the highest score.
    """
    of = channels(context, readers)
    with context.store.read() as tx:
        picks = _distinct(
            [
                *_typical(tx, topic.id, of, theme, vectors),
                *_opposed(tx, topic.id, of, theme),
                *_minority(tx, topic.id, of, theme),
            ],
            most,
        )
        return _opened(tx, picks)


def of_group(
    tx: Tx, context: Context, topic_id: int, text_key: str, readers: Readers
) -> Quotation | None:
    """One message of a group of nearly the same texts, if these readers may see any of them."""
    found = quotable.candidates(
        tx, topic_id, channels(context, readers), Wanted(text_key=text_key), 1
    )
    opened = _opened(tx, [_Pick(Kind.ALSO, one) for one in found])
    return opened[0] if opened else None


def _typical(
    tx: Tx, topic_id: int, of: Sequence[str], theme: str, vectors: Vectors | None
) -> list[_Pick]:
    wanted = Wanted(theme=theme)
    if vectors is None:
        found = quotable.candidates(tx, topic_id, of, wanted, SPARE)
    else:
        found = _nearest(tx, quotable.candidates(tx, topic_id, of, wanted, LOOKED_AT), vectors)
    return [_Pick(Kind.TYPICAL, one, f"typical of {theme}") for one in found]


def _nearest(tx: Tx, found: Sequence[Quotable], vectors: Vectors) -> list[Quotable]:
    """Candidates by how near they are to the centre of all of them, the nearest first."""
    words = quotable.texts(tx, [one.id for one in found])
    here = [one for one in found if one.id in words]
    if len(here) < 3:  # two have no centre that tells one from the other
        return here
    of_each = vectors([words[one.id] for one in here])
    centre = [sum(column) for column in zip(*of_each, strict=True)]
    near = [sum(a * b for a, b in zip(centre, one, strict=True)) for one in of_each]
    order = sorted(range(len(here)), key=lambda i: (-near[i], here[i].id))
    return [here[i] for i in order]


def _opposed(tx: Tx, topic_id: int, of: Sequence[str], theme: str | None) -> Iterator[_Pick]:
    """Who disagrees with a question where most agree, and the other way round."""
    for question, against in _against(tx, topic_id).items():
        wanted = Wanted(theme, LabelKind.POSITION, against, question)
        for found in quotable.candidates(tx, topic_id, of, wanted, SPARE):
            yield _Pick(Kind.OPPOSED, found, Kind.OPPOSED)


OPPOSITE = {Position.AGREES: Position.DISAGREES, Position.DISAGREES: Position.AGREES}


def _against(tx: Tx, topic_id: int) -> dict[int, Position]:
    """By question: the position against that of most who stated one, where there is a majority."""
    told: dict[int, dict[str, int]] = {}
    for cell in rollups.read(tx, topic_id, ("question", "position")):
        if cell.messages and cell.values["position"] in (*OPPOSITE, Position.MIXED):
            told.setdefault(int(cell.values["question"]), {})[cell.values["position"]] = (
                cell.messages
            )
    found: dict[int, Position] = {}
    for question, counts in told.items():
        most = max(counts, key=lambda value: counts[value])
        if most in OPPOSITE and 2 * counts[most] > sum(counts.values()):
            found[question] = OPPOSITE[Position(most)]
    return found


def _minority(tx: Tx, topic_id: int, of: Sequence[str], theme: str | None) -> Iterator[_Pick]:
    """A position or a feeling that few share, of those whose figures may be shown."""
    for kind in (LabelKind.POSITION, LabelKind.FEELING):
        for value in _rare(tx, topic_id, kind, theme):
            for found in quotable.candidates(tx, topic_id, of, Wanted(theme, kind, value), SPARE):
                yield _Pick(Kind.MINORITY, found, Kind.MINORITY, (kind, value))


def _rare(tx: Tx, topic_id: int, kind: LabelKind, theme: str | None) -> list[str]:
    dimensions = (str(kind),) if theme is None else ("theme", str(kind))
    told = {
        cell.values[str(kind)]: cell.messages
        for cell in rollups.read(tx, topic_id, dimensions)
        if cell.messages
        and cell.values.get("theme", theme) == theme
        and cell.values[str(kind)] in TOLD[kind]
    }
    every = sum(told.values())
    return sorted(
        (value for value, messages in told.items() if messages <= FEW * every),
        key=lambda value: (told[value], value),
    )


TOLD: dict[LabelKind, tuple[str, ...]] = {
    LabelKind.POSITION: ("agrees", "disagrees", "mixed"),
    LabelKind.FEELING: ("negative", "neutral", "positive"),
}
"""Values that say something: neither “not stated” nor “not sure”."""


def _distinct(picks: Iterable[_Pick], most: int) -> list[_Pick]:
    """The first of these, one a place, without a message or nearly the same text twice."""
    chosen: list[_Pick] = []
    seen: set[str] = set()
    for pick in picks:
        if not seen.isdisjoint({pick.found.id, pick.found.text_key, pick.place}):
            continue
        seen |= {pick.found.id, pick.found.text_key, pick.place} - {""}
        chosen.append(pick)
        if len(chosen) == most:
            break
    return chosen


def _opened(tx: Tx, picks: Sequence[_Pick]) -> list[Quotation]:
    items = {one.id: one for one in quotable.items(tx, [pick.found.id for pick in picks])}
    return [
        Quotation(pick.kind, items[pick.found.id], pick.few)
        for pick in picks
        if pick.found.id in items and items[pick.found.id].text
    ]
