"""How right the machine is, beside what it counted: precision and recall by language, and corrected figures.

Computed with the totals and at most once an hour again, so that nothing moves at the moment when somebody
withdraws; for whoever codes, after each message that they coded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import streamlit as st

from dashboard import look, session
from dashboard.tables import show_table
from youthvoice.estimates import LEAST, Estimate
from youthvoice.flow import accuracy
from youthvoice.flow.accuracy import TopicAccuracy
from youthvoice.flow.measuring import Accuracy, Checked, Figure, Withheld
from youthvoice.intervals import Share
from youthvoice.model import LANGUAGES, Cell, Topic, TopicTotals
from youthvoice.strings import Translator

Named = Callable[[str], str]
AGAIN_AFTER = 3600
"""Seconds: what people coded meanwhile is then in the figures, also where no total moved."""


def of_topic(topic: Topic, totals: TopicTotals, change: str = "") -> TopicAccuracy:
    """What is measured of a topic, as of its totals. `change`: another word has it measured again."""
    home = str(session.context().settings.home)
    return _measured(home, topic.slug, totals.computed_at.isoformat(), change)


@st.cache_data(max_entries=40, ttl=AGAIN_AFTER, show_spinner=False)
def _measured(home: str, slug: str, computed_at: str, change: str) -> TopicAccuracy:
    del home, computed_at, change  # they say only which measuring is meant
    return accuracy.accuracy(session.context(), slug)


def of_dimension(found: TopicAccuracy, dimension: str) -> Mapping[str, Accuracy]:
    """What is measured of one dimension of the totals; empty where nothing can be."""
    return {
        "theme": found.themes,
        "own": found.themes,
        "position": found.positions,
        "feeling": found.feelings,
    }.get(dimension, {})


def is_checked(found: Iterable[Accuracy]) -> bool:
    """Whether any figure is measured."""
    return any(isinstance(one.every, Checked) for one in found)


def unchecked(figure: Figure, t: Translator) -> str:
    """Why a figure says nothing yet."""
    if isinstance(figure, Withheld):
        return t("withheld")
    if isinstance(figure, Checked):
        return t("nothing to decide")
    return t("not yet checked (%(n)s of %(least)s)", n=figure.decisions, least=LEAST)


def show_rightness(title: str, found: Sequence[Accuracy], name: Named, t: Translator) -> None:
    """A table: each value in each language, how many people decided, precision and recall."""
    rows = [
        [
            name(one.value),
            t(look.language_name(language)),
            t.number(figure.decisions) if isinstance(figure, Checked) else "-",
            _share(figure, "precision", t),
            _share(figure, "recall", t),
        ]
        for one in found
        for language, figure in sorted(one.by_language.items())
        if language in LANGUAGES
    ]
    headings = [title, t("Language"), t("Decided"), t("Precision"), t("Recall")]
    show_table(headings, rows, figures=3)


def _share(figure: Figure, which: str, t: Translator) -> str:
    if not isinstance(figure, Checked):
        return unchecked(figure, t)
    found: Share | None = getattr(figure, which)
    return found.said(t) if found else unchecked(figure, t)


def show_corrected(
    title: str, cells: Sequence[Cell], found: Mapping[str, Accuracy], name: Named, t: Translator
) -> None:
    """A table: what was counted of each value, and beside it the corrected number and share.

    `cells`: of one dimension, with these values.
    """
    rows = []
    for cell in cells:
        (value,) = cell.values.values()
        one = found.get(value)
        rows.append(
            [
                name(value),
                t("withheld") if cell.messages is None else t.number(cell.messages),
                t("withheld") if cell.texts is None else t.number(cell.texts),
                *(_corrected(one.every, t) if one else ("-", "-")),
            ]
        )
    headings = [
        title,
        t("Messages"),
        t("Different texts"),
        t("Messages, corrected"),
        t("Share, corrected"),
    ]
    show_table(headings, rows, figures=4)


def _corrected(figure: Figure, t: Translator) -> tuple[str, str]:
    if not isinstance(figure, Checked) or figure.messages is None:
        return unchecked(figure, t), "-"
    return _total(figure.messages, t), _percent(figure.messages, t)


def _total(estimate: Estimate, t: Translator) -> str:
    value, low, high = (t.number(one) for one in estimate.total)
    return t("%(value)s (%(low)s to %(high)s)", value=value, low=low, high=high)


def _percent(estimate: Estimate, t: Translator) -> str:
    value, low, high = (
        t.number(round(100 * one, 1)) for one in (estimate.value, estimate.low, estimate.high)
    )
    return t("%(share)s%% (%(low)s to %(high)s)", share=value, low=low, high=high)
