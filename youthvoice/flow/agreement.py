"""How well people agree on what a topic's messages say: on those that two of them coded apart.

Who coded what is not even read here: two people of a small committee would be known by their figure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from youthvoice.agreement import Alpha, alpha, masi
from youthvoice.errors import NotFound, note
from youthvoice.flow.context import Context
from youthvoice.model import LabelKind, Sample
from youthvoice.store import checked, codebooks, topics
from youthvoice.store.checked import Said


@dataclass(frozen=True)
class Agreement:
    """Krippendorff's alpha on a topic, with codebook `version`, over `messages` coded by two or more people.

    `themes`: of each theme (given or not), by its id; `every`: of all themes of a message together, where
    some in common is better than none; `position` and `feeling`: of what two people said of them.
    """

    version: int
    messages: int
    themes: Mapping[str, Alpha]
    every: Alpha
    position: Alpha
    feeling: Alpha


def agreement(context: Context, slug: str) -> Agreement:
    """Of the check's messages, near-identical ones once. Raises `NotFound` (topic, signed-off themes)."""
    with context.store.read() as tx:
        topic = topics.get(tx, slug)
        used = codebooks.newest_frozen(tx, topic.id)
        if used is None:
            raise NotFound(
                note("This topic has no themes that were signed off."),
                note("Have a draft signed off first: somebody who did not make it does that."),
            )
        coded = _twice(checked.coded(tx, used.id, Sample.CHECK))
    return Agreement(
        used.version,
        len(coded),
        {
            theme.id: alpha([[theme.id in one.themes for one in said] for said in coded])
            for theme in used.themes
        },
        alpha([[one.themes for one in said] for said in coded], masi),
        _of_labels(coded, LabelKind.POSITION),
        _of_labels(coded, LabelKind.FEELING),
    )


def _twice(coded: Sequence[Said]) -> list[list[Said]]:
    """What was said of each message that two or more people coded; of near-identical ones, the first."""
    messages: defaultdict[str, list[Said]] = defaultdict(list)
    for one in coded:
        messages[one.contribution_id].append(one)
    by_text: dict[str, list[Said]] = {}
    for said in messages.values():
        if len(said) > 1:
            by_text.setdefault(said[0].text_key, said)
    return list(by_text.values())


def _of_labels(coded: Sequence[Sequence[Said]], kind: LabelKind) -> Alpha:
    return alpha([[one.labels[kind] for one in said if kind in one.labels] for said in coded])
