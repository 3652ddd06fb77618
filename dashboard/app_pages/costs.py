"""What the platforms cost: this month against the caps, each topic, a voice, and where deletions stand."""

from __future__ import annotations

import streamlit as st

from dashboard import look, session
from dashboard.labels import budget_said
from dashboard.tables import show_table
from youthvoice import defaults
from youthvoice.channels.metering import SHARE, Need
from youthvoice.flow import recheck, spending
from youthvoice.model import Role
from youthvoice.store import topics

t = session.translator()
context = session.context()
if session.actor().role not in (Role.OPERATOR, Role.EDITOR):
    session.require(Role.OPERATOR)
st.title(t("What platforms cost"))

budgets = spending.budgets(context)
costs = spending.topic_costs(context)
calls = spending.spent(context)
prices = defaults.prices(context.settings.home)
with context.store.read() as tx:
    titles = {
        topic.slug: topic.texts[t.language].title for topic in topics.every(tx, with_standing=True)
    }


def account(channel: str, language: str) -> str:
    """What people call an account of a channel."""
    return f"{t(look.channel_name(channel))}, {t(look.account_name(language))}"


if not budgets and not costs:
    st.info(
        t(
            "No platform that costs something is set up. Bluesky, Mastodon, the form and files are free; "
            "X costs a little for every post made and read. docs/operators/x.md says how to begin."
        )
    )
for one in budgets:
    if not one.warned:
        continue
    said = budget_said(one, t)
    if one.warned >= 1:
        st.error(said + " " + t("Nothing more is posted or read there before next month."))
    elif one.spent >= SHARE[Need.WORK] * one.cap:
        st.error(said + " " + t("Reading has stopped; posting and asked-for deletions go on."))
    elif one.spent >= SHARE[Need.EXTRA] * one.cap:
        st.warning(
            said + " " + t("Search by hashtag and counts have stopped; replies still come in.")
        )
    else:
        st.warning(said)

if budgets:
    st.header(t("This month"))
    show_table(
        [t("Account"), t("Spent"), t("Cap"), t("Share")],
        [
            [
                account(one.channel, one.account),
                t.money(one.spent),
                t.money(one.cap),
                t.percent(one.spent / one.cap) if one.cap else "-",
            ]
            for one in budgets
        ],
        figures=3,
    )
if calls:
    st.subheader(t("What for"))
    show_table(
        [t("Account"), t("Call"), t("Calls"), t("Posts"), t("Cost")],
        [
            [
                account(channel, language),
                t(look.operation_name(operation)),
                t.number(sum(one.calls for one in found)),
                t.number(sum(one.units for one in found)),
                t.money(sum(one.micros for one in found) / spending.MICROS),
            ]
            for (channel, language, operation), found in look.grouped(
                calls, lambda one: (one.channel, one.account, one.operation)
            )
        ],
        figures=3,
    )
if costs:
    st.header(t("Each topic, since its beginning"))
    st.markdown(
        t(
            "What belongs to no topic alone (looking for mentions, deletion checks) is shared by voices. "
            "“A voice” is what one message there has cost."
        )
    )
    show_table(
        [t("Topic"), t("Channel"), t("Its own"), t("Shared"), t("Messages"), t("A voice")],
        [
            [
                titles.get(one.topic, one.topic),
                t(look.channel_name(one.channel)),
                t.money(one.direct),
                t.money(one.shared),
                t.number(one.voices),
                t.money(one.voice) if one.voice is not None else "-",
            ]
            for one in costs
        ],
        figures=4,
    )
checks = recheck.outlook(context)
if checks:
    st.header(t("Deletions"))
    st.markdown(
        t(
            "These platforms do not tell when a post is deleted, so stored posts are looked at again. "
            "What somebody asked for is looked at within 24 hours."
        )
    )
    show_table(
        [t("Channel"), t("Posts kept"), t("To look at again"), t("Asked for")],
        [
            [
                t(look.channel_name(one.channel)),
                t.number(one.kept),
                t.number(one.due),
                t.number(one.asked),
            ]
            for one in checks
        ],
        figures=3,
    )
for channel, listed in prices.items():
    if channel not in context.channels:
        continue
    st.header(t("Prices of %(channel)s", channel=t(look.channel_name(channel))))
    st.markdown(
        t(
            "Read on %(day)s from %(source)s. Look again before a consultation; an operator changes them "
            "in config/prices.toml.",
            day=t.day(listed.read_on),
            source=listed.source,
        )
    )
    show_table(
        [t("Call"), t("Price")],
        [[t(look.operation_name(name)), t.money(price)] for name, price in listed.price.items()],
        figures=1,
    )
