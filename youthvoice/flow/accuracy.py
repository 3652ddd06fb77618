"""How right the machine is about a topic, by what people decided, and how many messages it really is.

**The sample.** Two kinds of decisions measure the machine. Codings of the sample "check": drawn by random
ids, made without seeing what the machine proposed. And moderation decisions on messages that a person read
and released: the queue shows risk levels 3 and up first (these are never in the sample) and then all others
in the order of their random ids, so what was decided of them is a random part of what had arrived. Of a text
with both, the coding counts; near-identical texts (`text_key`) count once.

What it does not cover: a moderator sees the proposal and may follow it, so decisions flatter the machine more
than codings do. Messages that came in after the last decision, those that moderators skipped, held or
rejected, and channels whose rules let no staff read are taken to be like the others. A position or feeling
that a moderator left open is no decision: if they only said something where the machine was wrong, it looks
worse than it is.

**The machine** is the version that reads the topic now, and its proposals are those of the moment of the
decision. A text of which people said something while another version read it does not measure this one: it
may have learned from it. Proposals that the machine is not sure of count as none, as in the totals, and are
counted apart.

**Corrected figures** take what people decided as they decided, beside whatever version and at whatever
risk, and the rest as `youthvoice.estimates` predicts it from the sample, by language. Moderators are asked
for the common themes only, so what a topic has of its own is measured on codings.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from youthvoice.export.checks import least_shown
from youthvoice.flow.coding import VALUES
from youthvoice.flow.context import Context
from youthvoice.flow.measuring import Accuracy, Hidden, Population, Word, measure
from youthvoice.model import (
    Codebook,
    Label,
    LabelKind,
    Sample,
    ThemeScore,
    Topic,
)
from youthvoice.nlp.risk import HOLD_FROM
from youthvoice.store import checked, codebooks, mappings, rollups, topics
from youthvoice.store.checked import Said
from youthvoice.store.engine import Tx
from youthvoice.store.rollups import ANY


@dataclass(frozen=True)
class TopicAccuracy:
    """Everything measured of a topic, by the ids of themes, positions and feelings.

    `model`: the version that is measured; None where nothing was read yet. `positions` is empty where no
    question asks for one.
    """

    model: str | None
    themes: dict[str, Accuracy] = field(default_factory=dict)
    positions: dict[str, Accuracy] = field(default_factory=dict)
    feelings: dict[str, Accuracy] = field(default_factory=dict)


def accuracy(context: Context, slug: str) -> TopicAccuracy:
    """What is measured of a topic now. Raises `NotFound`.

    It goes through every message of the topic, and changes when a message that was coded is withdrawn: to
    be called where totals are computed, and kept with them; not each time that somebody looks.
    """
    with context.store.read() as tx:
        topic = topics.get(tx, slug)
        heard = _heard(tx, topic)
        common = [theme.id for theme in context.themes]
        own = (
            [one.id for one in heard.codebook.themes if one.id not in common]
            if heard.codebook
            else []
        )
        return TopicAccuracy(
            heard.model,
            _themes(context, tx, topic, heard, common, [*heard.coded, *heard.moderated])
            | _themes(context, tx, topic, heard, own, heard.coded),
            _labels(context, tx, topic, heard, LabelKind.POSITION) if topic.positions else {},
            _labels(context, tx, topic, heard, LabelKind.FEELING),
        )


class _Heard(NamedTuple):
    """What people said of a topic's messages. `earlier`: texts that the present machine may have learned from."""

    model: str | None
    codebook: Codebook | None
    coded: list[Said]
    moderated: list[Said]
    earlier: set[str]

    def measures(self, one: Said) -> bool:
        """Whether this was decided at random, beside a proposal of the present machine."""
        return one.model == self.model and one.risk < HOLD_FROM and one.text_key not in self.earlier


def _heard(tx: Tx, topic: Topic) -> _Heard:
    applied = mappings.of(tx, topic.id)
    used = (
        codebooks.by_id(tx, applied.codebook_id)
        if applied
        else codebooks.newest_frozen(tx, topic.id)
    )
    model = applied.model if applied else checked.usual_model(tx, topic.id)
    return _Heard(
        model,
        used,
        checked.coded(tx, used.id, Sample.CHECK) if used else [],
        checked.moderated(tx, topic.id),
        checked.of_other_models(tx, topic.id, model) if model else set(),
    )


def _themes(
    context: Context, tx: Tx, topic: Topic, heard: _Heard, ids: Sequence[str], said: Sequence[Said]
) -> dict[str, Accuracy]:
    return measure(
        ids,
        [_themes_of(one) for one in said if heard.measures(one)],
        [_themes_of(one) for one in said],
        Population(checked.texts(tx, topic.id), checked.proposed_themes(tx, topic.id)),
        _hidden(context, tx, topic, "theme"),
    )


def _themes_of(one: Said) -> Word:
    sure, unsure = _apart(one.proposed)
    return Word(
        one.text_key,
        one.language,
        frozenset(score.theme for score in sure),
        frozenset(score.theme for score in unsure),
        one.themes,
    )


Proposal = TypeVar("Proposal", ThemeScore, Label)


def _apart(proposed: Iterable[Proposal]) -> tuple[list[Proposal], list[Proposal]]:
    """Those that the machine was sure of, and the others."""
    every = list(proposed)
    return [one for one in every if one.sure], [one for one in every if not one.sure]


def _labels(
    context: Context, tx: Tx, topic: Topic, heard: _Heard, kind: LabelKind
) -> dict[str, Accuracy]:
    asked = topic.positions if kind is LabelKind.POSITION else None
    said = [
        one
        for one in (*heard.coded, *heard.moderated)
        if kind in one.labels and (asked is None or one.question in asked)
    ]
    return measure(
        VALUES[kind],
        [_label_of(one, kind) for one in said if heard.measures(one)],
        [_label_of(one, kind) for one in said],
        Population(
            checked.texts(tx, topic.id, asked),
            checked.proposed_labels(tx, topic.id, kind, asked),
        ),
        _hidden(context, tx, topic, str(kind)),
    )


def _label_of(one: Said, kind: LabelKind) -> Word:
    sure, unsure = _apart([label for label in one.proposed_labels if label.kind == kind])
    return Word(
        one.text_key,
        one.language,
        frozenset(label.value for label in sure),
        frozenset(label.value for label in unsure),
        frozenset({one.labels[kind]}),
    )


def _hidden(context: Context, tx: Tx, topic: Topic, dimension: str) -> Hidden:
    """What the totals withhold of a dimension, and of languages."""
    least = least_shown((dimension,), context.settings.min_cell)
    cells = frozenset(
        (cell.values.get(dimension, ANY), cell.values.get("language", ANY))
        for names in ((dimension,), (dimension, "language"), ("language",))
        for cell in rollups.read(tx, topic.id, names)
        if cell.suppressed
    )
    return Hidden(cells, least)
