"""Answers to approve: what a ministry wrote, in both languages, before it goes back to young people."""

from __future__ import annotations

import streamlit as st

from dashboard import codebook, session
from dashboard.labels import labelled
from youthvoice.editorial import DECISION_NAMES
from youthvoice.flow import feed_back
from youthvoice.model import LANGUAGES, ResponseStatus, Role
from youthvoice.store import responses

t = session.translator()
context = session.context()
session.require(Role.EDITOR)


st.title(t("Answers to approve"))

with context.store.read() as tx:
    waiting = responses.every(tx, [ResponseStatus.SUBMITTED])
    going = responses.every(tx, [ResponseStatus.APPROVED])
    themes = {one.topic_id: codebook.of_topic(context, tx, one.topic_id, t) for one in waiting}
if not waiting:
    st.info(t("No answer waits for you. A ministry’s answer appears here when it is submitted."))
for one in waiting:
    st.header(themes[one.topic_id].name(one.theme) if one.theme else t("The topic as a whole"))
    st.markdown(f"{one.written_by} · {t(DECISION_NAMES[one.kind])} · {t.day(one.decided_on)}")
    for column, language in zip(st.columns(2), LANGUAGES, strict=True):
        with column.container(border=True):
            st.subheader(t("English") if language == "en" else t("French"))
            st.markdown(labelled(t, t("You said"), one.said[language]))
            st.markdown(labelled(t, t("We did"), one.did[language]))
            st.markdown(labelled(t, t("Why"), one.reason[language]))
    approve, back, _ = st.columns([1, 1, 2])
    if approve.button(
        t("Approve"), key=f"approve_{one.id}", type="primary", width="stretch"
    ) and session.attempt(
        t("Approved. It is posted under the topic within seconds, then it is public."),
        lambda key=one.id: feed_back.approve(context, key, session.require(Role.EDITOR)),
    ):
        st.rerun()
    if back.button(t("Send back"), key=f"back_{one.id}", width="stretch") and session.attempt(
        t("It went back to the ministry."),
        lambda key=one.id: feed_back.send_back(context, key, session.require(Role.EDITOR)),
    ):
        st.rerun()
if going:
    st.info(
        t.many(
            "%(n)s approved answer is on its way out.",
            "%(n)s approved answers are on their way out.",
            len(going),
        )
    )
