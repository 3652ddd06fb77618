"""Who is heard: how many voices came from young people who are often not asked. Counts only, small ones withheld."""

from __future__ import annotations

from typing import NamedTuple

from youthvoice import defaults
from youthvoice.errors import mark
from youthvoice.export.checks import at_least
from youthvoice.flow.context import Context
from youthvoice.store import self_descriptions

LEAST = 20
"""IPC Ontario's threshold for public figures of a topic by who people are (facts: de-identification, 2016)."""

STEP = 5
"""Figures are rounded down to fives: one voice more moves none of them that can be seen."""

DISTRICTS = {
    "K": mark("Eastern Ontario (K)"),
    "L": mark("Central Ontario (L)"),
    "M": mark("Toronto (M)"),
    "N": mark("Southwestern Ontario (N)"),
    "P": mark("Northern Ontario (P)"),
}
"""Canada Post's districts of Ontario by the first letter of a postal code; message ids of the catalogue."""


class Heard(NamedTuple):
    """An answer of the form and how many voices gave it; None where that is withheld, or none did."""

    id: str
    messages: int | None


def heard(context: Context, topic_id: int) -> dict[str, list[Heard]]:
    """For each part of the self-description, every answer that the form offers, in its order."""
    choices = defaults.about_you(context.settings.home)
    least = max(LEAST, context.settings.min_cell)
    with context.store.read() as tx:
        counts = self_descriptions.counts(tx, topic_id)
    offered = {
        "group": [one.id for one in choices.groups],
        "age_band": [one.id for one in choices.age_bands],
        "first_language": [one.id for one in choices.first_languages],
        "district": list(DISTRICTS),
    }
    return {
        part: [Heard(one, at_least(_rounded(counts[part][one]), least) or None) for one in ids]
        for part, ids in offered.items()
    }


def _rounded(messages: int) -> int:
    return messages - messages % STEP
