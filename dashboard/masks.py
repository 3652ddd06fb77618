"""Correcting what is hidden in a message, and how good the masks are by what people corrected."""

from __future__ import annotations

import time
from html import escape

import streamlit as st

from dashboard import look, session
from dashboard.tables import show_table
from youthvoice.flow import corrections
from youthvoice.flow.context import Context
from youthvoice.model import Masked, ReviewItem, Role, Span
from youthvoice.nlp.pii import places
from youthvoice.nlp.pii.kinds import KINDS, placeholder
from youthvoice.nlp.pii.places import Place
from youthvoice.store.corrections import PERSON
from youthvoice.strings import Translator

DONE = "corrected"
"""How often something was corrected in this session: fields are empty again after each time."""
FIGURES = "mask_figures"
"""The figures of this session and when they were counted."""
FRESH_SECONDS = 60
"""Counting reads every message, and a page is run at every click."""


def correct_masks(context: Context, item: ReviewItem, t: Translator) -> None:
    """The expander under a message that can be read."""
    if item.text is None:
        return
    hidden = t.many("%(n)s hidden place", "%(n)s hidden places", len(item.spans))
    title = t("%(label)s: %(value)s", label=t("Correct what is hidden"), value=hidden)
    with st.expander(title):
        if item.pooled:
            st.markdown(
                t("This message waits for its batch; its masks can be corrected after that.")
            )
            return
        _form(context, item, t)


def _form(context: Context, item: ReviewItem, t: Translator) -> None:
    key = f"{item.id}_{st.session_state.get(DONE, 0)}"
    wrong = [span for number, span in enumerate(item.spans, 1) if _place(item, number, key, t)]
    hide = st.text_area(
        t("Hide more"),
        key=f"hide_{key}",
        help=t("It is hidden wherever it stands in this message. What you type here is not kept."),
        placeholder=t("Words as they stand above, one place a line"),
    )
    kind = st.selectbox(
        t("What kind of identifier that is"),
        list(KINDS),
        format_func=lambda one: placeholder(one, t.language),
        key=f"kind_{key}",
    )
    if st.button(t("Save"), key=f"correct_{key}") and session.attempt(
        t("Corrected. The message is shown as it reads now."),
        lambda: corrections.correct(
            context,
            item.id,
            session.require(Role.EDITOR),
            hide,
            kind,
            [Place(span.start, span.end) for span in wrong],
        ),
    ):
        st.session_state.pop(FIGURES, None)
        st.session_state[DONE] = st.session_state.get(DONE, 0) + 1
        st.rerun()


def _place(item: ReviewItem, number: int, key: str, t: Translator) -> bool:
    """One hidden place: what it is and who found it; whether it is no identifier."""
    span = item.spans[number - 1]
    label = places.labels(Masked(item.text or "", item.spans))[number - 1]
    st.html(f"<p>{number}. {escape(_said(span, label, t))}</p>")
    return st.checkbox(
        t("Place %(n)s: this is no identifier", n=number), key=f"wrong_{span.start}_{key}"
    )


def _said(span: Span, label: str, t: Translator) -> str:
    parts = [label, placeholder(span.kind, t.language)]
    if span.detector == PERSON:
        parts.append(t("a moderator"))
    else:
        parts += [span.detector, t.number(round(span.score, 2)), span.reason]
    return " · ".join(part for part in parts if part)


def show_figures(context: Context, t: Translator) -> None:
    """How good the masks are by language."""
    st.header(t("How good the masks are"))
    st.markdown(
        t(
            "On messages that people read and released, or whose masks they corrected. Precision: of what "
            "the machine hid, the share that was left so. Recall: of what had to be hidden, the share that "
            "the machine hid. In brackets: 95%% intervals."
        )
    )
    rows = []
    for one in _figures(context):
        unsaid = (
            t("nothing to decide") if one.messages >= corrections.LEAST else t("not yet checked")
        )
        rows.append(
            [
                t(look.language_name(one.language)),
                t.number(one.messages),
                t.number(one.spans),
                one.precision.said(t) if one.precision else unsaid,
                one.recall.said(t) if one.recall else unsaid,
            ]
        )
    headings = [t("Language"), t("Messages"), t("Places decided"), t("Precision"), t("Recall")]
    show_table(headings, rows, figures=4)


def _figures(context: Context) -> list[corrections.Figure]:
    at, figures = st.session_state.get(FIGURES, (0.0, []))
    if not figures or time.monotonic() - at > FRESH_SECONDS:
        figures = corrections.figures(context)
        st.session_state[FIGURES] = (time.monotonic(), figures)
    return list(figures)
