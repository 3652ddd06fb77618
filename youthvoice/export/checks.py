"""Disclosure control of counts: what is small is withheld, and so is what would give it away.

Thresholds follow the IPC Ontario's de-identification guidelines (group sizes 11, 15 or 20 by risk).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from youthvoice.model import Cell

PARTITIONS = frozenset({"question", "language", "channel", "day", "week", "position", "feeling"})
"""Dimensions of which each message has at most one value, so their cells may add up to a known total."""

FEELING_LEAST = 20
"""Messages below which no feeling is shown, whatever the settings say."""

TIME = ("day", "week")

Key = tuple[str, ...]


def suppress(
    cells: Sequence[Cell], threshold: int, hidden_weeks: frozenset[Key] = frozenset()
) -> list[Cell]:
    """Withhold every cell of one slice below `threshold`, then neighbours until no sum reveals one.

    A sum is known wherever the cells of a group partition their messages: all cells of a single
    partition, and in a pair, the cells that share one value along the other, partitioning dimension.
    In each such group with a withheld cell, at least two cells, together at least `threshold`
    messages, are withheld. Where a group is too small for that, all of it is.

    `hidden_weeks` are the keys (`week_key`) of withheld cells in the slice that has weeks where this
    one has days: each of those weeks keeps at least one day withheld, or it would follow from its days.
    A number of distinct texts below `threshold` is withheld too.
    """
    if not cells:
        return []
    dimensions = tuple(cells[0].values)
    hidden = {i for i, cell in enumerate(cells) if (cell.messages or 0) < threshold}
    groups = _groups(cells, dimensions)
    weeks = _weeks(cells, dimensions) if "day" in dimensions else {}
    changed = True
    while changed:
        changed = False
        for key in hidden_weeks:
            days = weeks.get(key, [])
            if days and not any(i in hidden for i in days):
                hidden.add(min(days, key=lambda i: cells[i].messages or 0))
                changed = True
        for group in groups:
            inside = [i for i in group if i in hidden]
            if not inside:
                continue
            shown = sorted((cells[i].messages or 0, i) for i in group if i not in hidden)
            while shown and (
                len(inside) < 2 or sum(cells[i].messages or 0 for i in inside) < threshold
            ):
                _messages, smallest = shown.pop(0)
                hidden.add(smallest)
                inside.append(smallest)
                changed = True
    return [
        Cell(cell.values, None, None) if i in hidden else without_few_texts(cell, threshold)
        for i, cell in enumerate(cells)
    ]


def without_few_texts(cell: Cell, threshold: int) -> Cell:
    """The cell without its number of distinct texts where that is small."""
    return replace(cell, texts=None) if (cell.texts or 0) < threshold else cell


def least_shown(dimensions: Sequence[str], threshold: int) -> int:
    """The smallest count of a slice that may be shown, where `threshold` holds for counts of any kind."""
    return max(threshold, FEELING_LEAST) if "feeling" in dimensions else threshold


def at_least(count: int, threshold: int) -> int | None:
    """A head figure as it may be shown: none at all, or at least `threshold`; None in between."""
    return count if count == 0 or count >= threshold else None


def week_key(cell: Cell) -> Key:
    """What a withheld week is called, with the other dimension of its slice if there is one."""
    others = [f"{name}={value}" for name, value in cell.values.items() if name not in TIME]
    week = cell.values.get("week") or _week(cell.values["day"])
    return (week, *others)


def _weeks(cells: Sequence[Cell], dimensions: tuple[str, ...]) -> dict[Key, list[int]]:
    found: dict[Key, list[int]] = defaultdict(list)
    if "day" in dimensions:
        for i, cell in enumerate(cells):
            found[week_key(cell)].append(i)
    return found


def _groups(cells: Sequence[Cell], dimensions: tuple[str, ...]) -> list[list[int]]:
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, cell in enumerate(cells):
        for summed in dimensions:
            if summed not in PARTITIONS:
                continue
            fixed = tuple(f"{name}={cell.values[name]}" for name in dimensions if name != summed)
            groups[summed, *fixed].append(i)
            if summed == "day":
                # The week's figure is known too, so a day must not follow from its week.
                groups["days of", _week(cell.values["day"]), *fixed].append(i)
    return list(groups.values())


def _week(day: str) -> str:
    moment = date.fromisoformat(day)
    return (moment - timedelta(days=moment.weekday())).isoformat()
