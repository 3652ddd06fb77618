"""Waiting for your answer: what young people say in three lines with evidence, and the answer."""

from __future__ import annotations

import streamlit as st

from dashboard import codebook, quotations, session
from dashboard.labels import counted, labelled
from youthvoice.editorial import DECISION_NAMES, STATUS_NAMES
from youthvoice.flow import feed_back
from youthvoice.model import DecisionKind, Response, ResponseStatus, Role, Topic
from youthvoice.store import responses, rollups

t = session.translator()
context = session.context()
session.require(Role.MINISTRY)


st.title(t("Waiting for your answer"))


def summary(topic: Topic) -> None:
    """The three themes most written about, each with sentences that somebody wrote: the range of what is said."""
    with context.store.read() as tx:
        totals = rollups.totals(tx, topic.id)
        themes = codebook.of_topic(context, tx, topic.id, t)
        cells = [
            cell
            for cell in rollups.read(tx, topic.id, ("theme",))
            if cell.messages and cell.values["theme"] != rollups.NOT_SURE
        ]
    # What the topic has of its own says more than the themes that every topic has.
    told = [cell for cell in cells if themes.is_own(cell.values["theme"])] or cells
    top = sorted(told, key=lambda cell: -(cell.messages or 0))[:3]
    least = context.settings.min_cell
    if totals is None or not top or totals.messages < least:
        st.info(t("Too little has been said so far to sum it up."))
        return
    st.markdown(counted(totals.messages, totals.texts if totals.texts >= least else None, t))
    for cell in top:
        theme = cell.values["theme"]
        share = (cell.messages or 0) / totals.messages
        said = t(
            "%(messages)s, %(share)s of all",
            messages=counted(cell.messages or 0, cell.texts, t),
            share=t.percent(share),
        )
        st.markdown(labelled(t, themes.name(theme), said))
        quotations.show(quotations.of_theme(topic, theme), topic, themes, t)


def form(topic: Topic) -> None:
    """Write and submit an answer in both languages."""
    with context.store.read() as tx:
        drafts = responses.every(tx, [ResponseStatus.DRAFT], topic.id)
        themes = codebook.of_topic(context, tx, topic.id, t)
    names = {one: themes.name(one) for one in (*themes.common, *themes.current)}
    draft = drafts[0] if drafts else None
    if draft:
        st.info(t("The committee sent this answer back. Change it and submit it again."))
    with st.form(f"answer_{topic.slug}", border=True):
        st.subheader(t("Your answer"))
        theme = st.selectbox(
            t("It answers"),
            ["", *names],
            format_func=lambda key: names[key] if key else t("The topic as a whole"),
            index=["", *names].index(draft.theme or "") if draft and draft.theme in names else 0,
        )
        kind = st.selectbox(
            t("Decision"),
            list(DecisionKind),
            format_func=lambda one: t(DECISION_NAMES[one]),
            index=list(DecisionKind).index(draft.kind) if draft else 0,
        )
        labels = {
            "said": t("You said (what young people said, in a sentence)"),
            "did": t("We did (what was decided)"),
            "reason": t("Why (also when the answer is no)"),
        }
        given: dict[str, dict[str, str]] = {}
        for field, label in labels.items():
            left, right = st.columns(2)
            given[field] = {
                "en": left.text_area(
                    t("%(label)s: %(value)s", label=label, value=t("English")),
                    value=getattr(draft, field)["en"] if draft else "",
                    key=f"{field}_en_{topic.slug}{f'_{draft.id}' if draft else ''}",
                ),
                "fr": right.text_area(
                    t("%(label)s: %(value)s", label=label, value=t("French")),
                    value=getattr(draft, field)["fr"] if draft else "",
                    key=f"{field}_fr_{topic.slug}{f'_{draft.id}' if draft else ''}",
                ),
            }
        sent = st.form_submit_button(t("Submit to the committee"), type="primary")
    if sent and session.attempt(
        t("Submitted. The committee approves it, then it is posted and public."),
        lambda: feed_back.write(
            context,
            topic.slug,
            Response(
                id=0,
                topic_id=topic.id,
                topic=topic.slug,
                theme=theme or None,
                kind=kind or DecisionKind.STUDYING,
                said=given["said"],
                did=given["did"],
                reason=given["reason"],
                status=ResponseStatus.DRAFT,
                written_by="",
                decided_on=context.settings.today().date(),
            ),
            session.require(Role.MINISTRY),
            replaces=draft.id if draft else None,
        ),
    ):
        st.rerun()


worklist = feed_back.worklist(context)
if not worklist:
    st.info(t("No topic waits for you. A new one appears here when it opens."))
for topic, days in worklist:
    st.header(topic.texts[t.language].title)
    if days >= 0:
        st.markdown(
            t.many("%(n)s day left to answer.", "%(n)s days left to answer.", days)
            + f" {t.day(topic.answer_due_on)}."
        )
    else:
        st.error(t("The answer is late: it was due on %(day)s.", day=t.day(topic.answer_due_on)))
    summary(topic)
    form(topic)

with context.store.read() as tx:
    written = responses.every(tx)
    known = {one.topic_id: codebook.of_topic(context, tx, one.topic_id, t) for one in written}
if written:
    st.header(t("Your answers so far"))
    for one in written:
        with st.container(border=True):
            st.markdown(
                f"**{t(STATUS_NAMES[one.status])}** · "
                f"{known[one.topic_id].name(one.theme) if one.theme else t('The topic as a whole')}"
                f" · {t.day(one.decided_on)}"
            )
            st.markdown(labelled(t, t("You said"), one.said[t.language]))
            st.markdown(labelled(t, t("We did"), one.did[t.language]))
