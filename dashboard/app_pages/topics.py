"""Topics to approve: both languages side by side, the posts as they will go out, a second person."""

from __future__ import annotations

import streamlit as st

from dashboard import look, session
from dashboard.tables import show_table
from youthvoice.editorial import STATUS_NAMES, TOPIC_MOVES, can_move
from youthvoice.errors import Refused
from youthvoice.flow import preview, review
from youthvoice.model import LANGUAGES, Role, TopicStatus
from youthvoice.store import topics

t = session.translator()
context = session.context()
who = session.require(Role.EDITOR)
st.title(t("Topics to approve"))

with context.store.read() as tx:
    found = topics.every(tx)
waiting = [topic for topic in found if topic.status == TopicStatus.PROPOSED]
if not waiting:
    st.info(
        t("No topic waits for approval. A topic is proposed with: youthvoice topic propose FILE")
    )
for topic in waiting:
    st.header(topic.texts[t.language].title)
    st.markdown(
        t(
            "Proposed by %(who)s. Opens %(opens)s, closes %(closes)s. %(ministry)s answers by %(due)s.",
            who=topic.proposed_by,
            opens=t.day(topic.opens_on),
            closes=t.day(topic.closes_on),
            ministry=context.ministries[topic.ministry].name[t.language],
            due=t.day(topic.answer_due_on),
        )
    )
    for column, language in zip(st.columns(2), LANGUAGES, strict=True):
        text = topic.texts[language]
        with column.container(border=True):
            st.subheader(text.title)
            st.markdown(text.context)
            st.markdown(f"**{t('What it is for:')}** {text.influence}")
            st.markdown("\n".join(f"{n}. {q}" for n, q in enumerate(text.questions, start=1)))
    with st.expander(t("The posts as they will go out")):
        try:
            shown = preview.preview(context, topic)
        except Refused as problem:
            shown = []
            st.warning(t.note(problem.what))
        show_table(
            [t("Channel"), t("Language"), t("Post"), t("Length"), t("Price (US$)")],
            [
                [
                    t(look.channel_name(row.channel)),
                    t(look.language_name(row.language)),
                    row.text,
                    f"{t.number(row.length)} / {t.number(row.longest)}",
                    t.money(row.price),
                ]
                for row in shown
            ],
            figures=2,
        )
    with_links: bool | None = None
    for offer in preview.link_offers(shown):
        with_links = st.checkbox(
            t(
                "%(channel)s: put the form’s address into the first post (%(dear)s; without it %(cheap)s)",
                channel=t(look.channel_name(offer.channel)),
                dear=t.money(offer.with_link),
                cheap=t.money(offer.without),
            ),
            value=True,
            key=f"links_{topic.slug}_{offer.channel}",
        )
    approve, back, _ = st.columns([1, 1, 2])
    own = not can_move(TOPIC_MOVES, topic.status, TopicStatus.APPROVED, who, topic.proposed_by)
    if own:
        st.info(
            t(
                "You proposed this topic, so somebody else approves it (in the demo: play the other one)."
            )
        )
    if approve.button(
        t("Approve"), key=f"approve_{topic.slug}", type="primary", disabled=own, width="stretch"
    ) and session.attempt(
        t("Approved. The posts go out within seconds; see the sandbox network.")
        if context.settings.demo
        else t("Approved. On every channel that is live, its posts go out with the next turn."),
        lambda slug=topic.slug, links=with_links: review.approve_topic(
            context, slug, session.require(Role.EDITOR), links
        ),
    ):
        st.rerun()
    if back.button(t("Send back"), key=f"back_{topic.slug}", width="stretch") and session.attempt(
        t("It is a draft again."),
        lambda slug=topic.slug: review.send_back_topic(context, slug, session.require(Role.EDITOR)),
    ):
        st.rerun()

st.header(t("All topics"))
show_table(
    [t("Topic"), t("Status"), t("Opens"), t("Closes"), t("Answer due")],
    [
        [
            topic.texts[t.language].title,
            t(STATUS_NAMES[topic.status]),
            t.day(topic.opens_on, "medium"),
            t.day(topic.closes_on, "medium"),
            t.day(topic.answer_due_on, "medium"),
        ]
        for topic in found
    ],
)
