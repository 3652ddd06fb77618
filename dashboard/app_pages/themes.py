"""Themes of a topic: its codebook, coding messages by hand, and how far people and the machine agree."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboard import codebook, coded, measured, session
from dashboard.labels import KIND_NAMES, label_name
from dashboard.tables import show_table
from youthvoice.agreement import Alpha
from youthvoice.flow import agreement, coding
from youthvoice.flow import codebooks as codebook_flow
from youthvoice.model import (
    Codebook,
    CodebookStatus,
    CodebookTheme,
    LabelKind,
    Role,
    Topic,
    TopicStatus,
)
from youthvoice.store import codebooks, rollups, topics

t = session.translator()
context = session.context()
who = session.require(Role.EDITOR)
st.title(t("Themes"))

with context.store.read() as tx:
    found = [
        one
        for one in topics.every(tx, with_standing=True)
        if one.status not in (TopicStatus.DRAFT, TopicStatus.PROPOSED)
    ]
if not found:
    st.info(t("No topic is out yet. Its themes are made once young people have answered."))
    st.stop()
topic = st.selectbox(
    t("Topic"), found, format_func=lambda one: one.texts[t.language].title, key="themes_topic"
)
views = {
    "codebook": t("The codebook"),
    "code": t("Code messages"),
    "agreement": t("Agreement and accuracy"),
}
view = st.radio(
    t("Show"), list(views), format_func=lambda key: views[key], horizontal=True, key="themes_view"
)


def show_codebook(topic: Topic) -> None:
    """The versions of a topic's codebook, the newest first, and who signed them."""
    with context.store.read() as tx:
        versions = codebooks.versions(tx, topic.id)
    if not versions:
        st.info(
            t(
                "This topic has the common themes only. Themes of its own are proposed from what was said, "
                "with: youthvoice themes propose %(topic)s",
                topic=topic.slug,
            )
        )
        show_themes(codebook_flow.level_one(context))
        return
    chosen = st.selectbox(
        t("Version"),
        versions,
        format_func=lambda one: version_said(one),
        key=f"version_{topic.slug}",
    )
    st.html(f'<p class="yv-quiet">{escape(origin(chosen))}</p>')
    if chosen.status is CodebookStatus.DRAFT:
        offer_signing(topic, chosen)
    show_themes(chosen.themes)


def version_said(one: Codebook) -> str:
    """A version in a few words."""
    draft = one.status is CodebookStatus.DRAFT
    state = t("draft") if draft else t("signed off")
    return t("Version %(n)s, %(state)s", n=one.version, state=state)


def origin(one: Codebook) -> str:
    """Who made a version and who signed it, and when."""
    said = t("Made by %(who)s on %(day)s.", who=one.made_by, day=t.day(one.made_on))
    if one.signed_by and one.signed_on:
        said += " " + t(
            "Signed off by %(who)s on %(day)s: it is frozen and is never changed.",
            who=one.signed_by,
            day=t.day(one.signed_on),
        )
    return said


def offer_signing(topic: Topic, draft: Codebook) -> None:
    """A button for somebody else than who made the draft."""
    own = draft.made_by.strip().casefold() == who.name.strip().casefold()
    if own:
        st.info(t("You made this draft, so somebody else signs it off."))
    st.markdown(
        t(
            "A draft is edited in a file, with: youthvoice themes edit %(topic)s FILE. Once it is signed off, "
            "messages are coded and mapped with it.",
            topic=topic.slug,
        )
    )
    if st.button(
        t("Sign off"), key=f"sign_{topic.slug}", type="primary", disabled=own
    ) and session.attempt(
        t("Signed off. The next draft begins with these themes."),
        lambda: codebook_flow.sign_off(context, topic.slug, session.require(Role.EDITOR)),
    ):
        st.rerun()


def show_themes(themes: Sequence[CodebookTheme]) -> None:
    """Level 1, and under each of them what the topic has of its own."""
    for common in (one for one in themes if one.level == 1):
        own = [one for one in themes if one.parent == common.id]
        title = common.name[t.language]
        if own:
            count = t.many("%(n)s theme of its own", "%(n)s themes of its own", len(own))
            title = f"{title} · {count}"
        with st.expander(title, expanded=bool(own)):
            st.html(told(common, heading=False) + "".join(told(one) for one in own))


def told(theme: CodebookTheme, heading: bool = True) -> str:
    """A theme as HTML: name in both languages, what it means, what it does not, examples."""
    other = "fr" if t.language == "en" else "en"
    parts = [
        f"<h3>{escape(theme.name[t.language])}</h3>" if heading else "",
        f'<p class="yv-quiet">{escape(theme.id)} · '
        f'<span lang="{other}">{escape(theme.name[other])}</span></p>',
        f"<p>{escape(theme.description[t.language])}</p>",
    ]
    if said := theme.not_meant.get(t.language):
        parts.append(
            f"<p>{escape(t('%(label)s: %(value)s', label=t('Not meant'), value=said))}</p>"
        )
    examples = "".join(
        f'<li lang="{language}">{escape(one)}</li>'
        for language in (t.language, other)
        for one in theme.examples.get(language, ())
    )
    if examples:
        parts.append(f"<p>{escape(t('Examples'))}</p><ul>{examples}</ul>")
    return "".join(parts)


def show_coding(topic: Topic) -> None:
    """Coding, once there is a codebook to code with."""
    used = coding.codebook(context, topic.id)
    if used is None:
        st.info(t("Messages are coded with themes that were signed off. This topic has none yet."))
        return
    coded.show(context, topic, used, who, t)


def show_agreement(topic: Topic) -> None:
    """How far people agree among themselves, and the machine with them."""
    used = coding.codebook(context, topic.id)
    with context.store.read() as tx:
        totals = rollups.totals(tx, topic.id)
        themes = codebook.of_topic(context, tx, topic.id, t)
    st.header(t("How far people agree"))
    if used is None:
        st.info(t("Messages are coded with themes that were signed off. This topic has none yet."))
    else:
        among = agreement.agreement(context, topic.slug)
        rows = [(t("All themes together"), among.every)]
        rows += [(themes.name(theme), one) for theme, one in among.themes.items()]
        rows += [
            (t(KIND_NAMES[LabelKind.POSITION]), among.position),
            (t(KIND_NAMES[LabelKind.FEELING]), among.feeling),
        ]
        show_table(
            [t("Theme"), t("Messages"), t("Alpha")],
            [[name, t.number(one.messages), alpha_said(one)] for name, one in rows],
            figures=2,
        )
        st.markdown(
            t(
                "Krippendorff’s alpha on messages that two people coded apart: 1 is perfect agreement, 0 is "
                "chance. From 0.8 figures are reliable, from 0.667 they allow careful conclusions. In "
                "brackets: 95%% intervals."
            )
        )
    st.header(t("How right the machine is"))
    if totals is None or not totals.messages:
        st.info(t("Nobody has answered yet. New replies are counted within a minute."))
        return
    found = measured.of_topic(topic, totals, str(st.session_state.get(coded.SAVED, "")))
    measured.show_rightness(t("Theme"), list(found.themes.values()), themes.name, t)
    for kind, one in ((LabelKind.POSITION, found.positions), (LabelKind.FEELING, found.feelings)):
        if one:
            st.subheader(t(KIND_NAMES[kind]))
            measured.show_rightness(
                t(KIND_NAMES[kind]), list(one.values()), lambda value: label_name(value, t), t
            )


def alpha_said(one: Alpha) -> str:
    """Alpha with its interval, or why there is none."""
    if one.value is None or one.low is None or one.high is None:
        return t("nothing to compare")
    value, low, high = (t.number(round(part, 2)) for part in (one.value, one.low, one.high))
    return t("%(value)s (%(low)s to %(high)s)", value=value, low=low, high=high)


{"codebook": show_codebook, "code": show_coding, "agreement": show_agreement}[view](topic)
acting = t("You act as %(name)s. Every decision goes into the audit log.", name=who.name)
st.html(f'<p class="yv-quiet">{escape(acting)}</p>')
