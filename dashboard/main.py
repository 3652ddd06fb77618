"""The dashboard's frame: who may see which page, the role switch of the demo, the language link."""

from __future__ import annotations

from html import escape
from pathlib import Path

import streamlit as st

from dashboard import session
from youthvoice import logs
from youthvoice.errors import YouthVoiceError
from youthvoice.model import Role

t = session.translator()
settings = session.context().settings
MARK = str(Path(__file__).parent / "public" / "static" / "mark.svg")
# A file of ours: Streamlit fetches a ":material/…:" page icon from a third party.
st.set_page_config(page_title=t("YouthVoice Ontario"), page_icon=MARK, layout="wide")

st.html(Path(__file__).with_name("style.css"))
dark = getattr(st.context.theme, "type", None) == "dark"
st.logo(MARK.replace("mark.svg", "mark-dark.svg") if dark else MARK, size="large")
may_play = session.may_play(settings, session.request_headers())
if may_play:
    people = session.personas(t)
    # The choice lives under its own key: a widget's own state is lost when the language changes.
    keys = list(people)
    now = str(st.session_state.get("persona", "young"))
    chosen = st.sidebar.radio(
        t("Demo: who are you?"),
        keys,
        index=keys.index(now) if now in keys else 0,
        format_func=lambda key: people[key].name,
    )
    if chosen != now:
        st.session_state["persona"] = chosen

role = session.actor().role
pages = [
    st.Page("app_pages/explore.py", title=t("What young people say"), icon=":material/bar_chart:",
            url_path="explore", default=True),
]  # fmt: skip
if role == Role.EDITOR:
    pages += [
        st.Page("app_pages/review.py", title=t("Messages to read"), icon=":material/mark_chat_read:",
                url_path="review"),
        st.Page("app_pages/themes.py", title=t("Themes"), icon=":material/category:",
                url_path="themes"),
        st.Page("app_pages/topics.py", title=t("Topics to approve"), icon=":material/fact_check:",
                url_path="topics"),
        st.Page("app_pages/answers.py", title=t("Answers to approve"), icon=":material/reply:",
                url_path="answers"),
    ]  # fmt: skip
if role == Role.MINISTRY:
    pages.append(
        st.Page("app_pages/ministry.py", title=t("Waiting for your answer"),
                icon=":material/assignment:", url_path="ministry")
    )  # fmt: skip
if role in (Role.OPERATOR, Role.EDITOR):
    pages += [
        st.Page("app_pages/operations.py", title=t("Operations"), icon=":material/monitor_heart:",
                url_path="operations"),
        st.Page("app_pages/costs.py", title=t("What platforms cost"), icon=":material/payments:",
                url_path="costs"),
    ]  # fmt: skip

here = st.navigation(pages, position="sidebar")
other = "fr" if t.language == "en" else "en"
name = "Français" if other == "fr" else "English"
path = f"/dashboard/{here.url_path}" if here.url_path else "/dashboard/"
with st.sidebar:
    st.html(
        f'<p><a href="{path}?lang={other}" target="_self" lang="{other}">{name}</a> · '
        f'<a href="{settings.public_address}/{t.language}/" target="_self">'
        f"{escape(t('Public pages'))}</a></p>"
    )

if settings.demo:
    demo = escape(t("This is a demo: every account, message and decision here is invented."))
    st.html(f'<p role="note" class="yv-demo">{demo}</p>')
if settings.demo and not may_play:
    st.info(t("The roles of the demo can be played on this machine only (127.0.0.1)."))
session.show_done()

try:
    here.run()
except YouthVoiceError as problem:
    step = f" {t.note(problem.next_step)}" if problem.next_step else ""
    st.error(t.note(problem.what) + step)
except Exception as problem:  # Streamlit's own box offers the error to third parties
    logs.get("dashboard").error("page failed", type=type(problem).__name__)
    st.error(
        t("This page did not work. Nothing was lost; load it again. If it stays, tell an operator.")
    )
