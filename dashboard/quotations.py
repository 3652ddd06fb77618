"""Quotations on a page of the dashboard: the words as they stand, why they are quoted, their source and status."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from html import escape

import streamlit as st

from dashboard import look, session
from dashboard.codebook import Themes
from dashboard.labels import (
    KIND_NAMES,
    label_name,
    labelled,
    language_said,
    question_name,
    why_quoted,
)
from youthvoice.errors import YouthVoiceError
from youthvoice.flow import encoding, quotes
from youthvoice.flow.quotes import Quotation, Readers
from youthvoice.model import LabelKind, Role, Topic
from youthvoice.strings import Translator

REMEMBERED_SECONDS = 900
"""How long the numbers of sentences stay in memory (their words do not)."""


def readers() -> Readers:
    """Who reads now: staff, or anybody."""
    return Readers.PUBLIC if session.actor().role is Role.VISITOR else Readers.STAFF


@st.cache_data(ttl=REMEMBERED_SECONDS, max_entries=50, show_spinner=False)
def _vectors(texts: tuple[str, ...]) -> list[list[float]]:
    found: list[list[float]] = encoding.sentences().vectors(texts).tolist()
    return found


def vectors(texts: Sequence[str]) -> list[list[float]]:
    """Sentence vectors; what was read a moment ago is not read again."""
    return _vectors(tuple(texts))


def of_theme(topic: Topic, theme: str, most: int = quotes.EACH) -> list[Quotation]:
    """The range of a theme for whoever reads now. Only staff wait for the sentence encoder."""
    who = readers()
    context = session.context()
    if who is Readers.STAFF:
        try:
            return quotes.of_theme(context, topic, theme, who, vectors, most)
        except (
            YouthVoiceError
        ):  # the encoder is not installed: the surest one stands for the typical
            pass
    return quotes.of_theme(context, topic, theme, who, most=most)


def show(found: Sequence[Quotation], topic: Topic, themes: Themes, t: Translator) -> None:
    """Quotations one under the other; each opens its source and status."""
    for one in found:
        lang = f' lang="{one.item.language}"' if one.item.language in ("en", "fr") else ""
        st.html(
            f'<p class="yv-quiet">{escape(why_quoted(one, t))}</p>'
            f'<div class="yv-message"{lang}>{escape(one.excerpt)}</div>'
        )
        with st.expander(t("Source and status")):
            st.markdown("\n".join(f"- {line}" for line in _source(one, topic, themes, t)))
            if one.excerpt != one.text:
                st.html(f'<div class="yv-message"{lang}>{escape(one.text)}</div>')


def _source(one: Quotation, topic: Topic, themes: Themes, t: Translator) -> list[str]:
    item = one.item
    week = item.day - timedelta(days=item.day.weekday())
    named = ", ".join(themes.name(theme) for theme in item.decided or ()) or t("no theme")
    parts = [
        (t("Topic"), topic.texts[t.language].title),
        (t("Question"), question_name(str(item.question), topic, t)),
        (t("Channel"), t(look.channel_name(item.channel))),
        (t("Week"), t.day(week)),
        (t("Language"), language_said(item.language, item.shares, t)),
        (t("Status"), t("released, read by a person")),
        (t("Themes"), named),
    ]
    parts += [
        (t(KIND_NAMES[kind]), label_name(item.decided_labels[kind], t))
        for kind in KIND_NAMES
        # The feeling of one message is shown to nobody: fewer than 20 could be counted one by one.
        if kind in item.decided_labels and kind is not LabelKind.FEELING
    ]
    return [labelled(t, label, _plain(value)) for label, value in parts]


def _plain(text: str) -> str:
    """Text that Markdown leaves as it is."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]()#+-.!|<>~$:" else sign for sign in text)
