"""What young people say: question × theme × language × channel × time, small counts withheld."""

from __future__ import annotations

import streamlit as st

from dashboard import session
from dashboard.charts import draw, frame
from dashboard.labels import DIMENSIONS, dimension_name
from dashboard.tables import show_table
from youthvoice import defaults
from youthvoice.export.checks import at_least
from youthvoice.flow import heard
from youthvoice.model import TopicStatus
from youthvoice.store import rollups, topics
from youthvoice.store.engine import Tx

t = session.translator()
context = session.context()
st.title(t("What young people say"))


def _voices(tx: Tx, topic_id: int) -> int:
    counted = rollups.totals(tx, topic_id)
    return counted.messages if counted else 0


with context.store.read() as tx:
    found = topics.every(
        tx, [TopicStatus.OPEN, TopicStatus.CLOSED, TopicStatus.ANSWERED], with_standing=True
    )
    # The topic for issues of one's own is always there: it is shown once somebody has raised one.
    found = [one for one in found if not one.standing or _voices(tx, one.id)]
if not found:
    st.info(t("No topic is out yet. An approved topic appears here with its first replies."))
    st.stop()

topic = st.selectbox(
    t("Topic"), found, format_func=lambda one: one.texts[t.language].title, key="explore_topic"
)
with context.store.read() as tx:
    totals = rollups.totals(tx, topic.id)
if totals is None or not totals.messages:
    st.info(t("Nobody has answered yet. New replies are counted within a minute."))
    st.stop()

first, second, third = st.columns(3)
for column, label, figure in (
    (first, t("Messages"), totals.messages),
    (second, t("Different texts"), totals.texts),
    (third, t("Read and released"), totals.released),
):
    shown = at_least(figure, context.settings.min_cell)
    column.metric(
        label,
        t("under %(min)s", min=context.settings.min_cell) if shown is None else t.number(shown),
        border=True,
    )

left, right = st.columns(2)
names = list(DIMENSIONS)
by = left.selectbox(
    t("Show by"), names, format_func=lambda name: dimension_name(name, t), key="explore_by"
)
choices = [""] + [name for name in names if name != by and {name, by} != {"day", "week"}]
split = right.selectbox(
    t("Split by"),
    choices,
    format_func=lambda name: dimension_name(name, t) if name else t("nothing"),
    key=f"explore_split_{by}",
)
dimensions = [by, split] if split else [by]
with context.store.read() as tx:
    cells = rollups.read(tx, topic.id, dimensions)
data = frame(cells, dimensions, topic, context.themes, t)
if data.empty:
    st.info(t("There is nothing in this view yet."))
    st.stop()

draw(data, dimensions, t)
with st.expander(t("See these figures as a table")):
    table = data[[*dimensions, "messages", "texts"]].sort_values(
        ["messages"], ascending=False, na_position="last"
    )
    show_table(
        [dimension_name(name, t) for name in dimensions] + [t("Messages"), t("Different texts")],
        [
            [str(row[name]).replace("\n", " ") for name in dimensions]
            + [
                t("withheld") if row["messages"] != row["messages"] else t.number(row["messages"]),
                t("withheld") if row["texts"] != row["texts"] else t.number(row["texts"]),
            ]
            for _, row in table.iterrows()
        ],
        figures=2,
    )
st.markdown(
    t(
        "Counts under %(min)s are withheld, and so is what would reveal them. Themes are proposed by "
        "a machine and checked by people; not all are checked yet, and how often the machine is right "
        "has not been measured here.",
        min=context.settings.min_cell,
    )
)
st.markdown(
    t(
        "This is not a vote and not a survey of all young people: whoever wanted to answer did. A big "
        "number shows that something matters to many who wrote, not what most people think."
    )
)

st.header(t("Who is heard"))
st.markdown(
    t(
        "What writers of the anonymous form chose to say about themselves. Everybody may leave it out, "
        "so these are not shares of anything. Figures are rounded down to fives; fewer than %(min)s are "
        "not shown, and neither is whether there are any.",
        min=max(heard.LEAST, context.settings.min_cell),
    )
)
about = defaults.about_you(context.settings.home)
called = {
    "group": (
        t("Groups that are often not asked"),
        {c.id: c.name[t.language] for c in about.groups},
    ),
    "age_band": (t("Age"), {c.id: c.name[t.language] for c in about.age_bands}),
    "first_language": (
        t("First language"),
        {c.id: c.name[t.language] for c in about.first_languages},
    ),
    "district": (t("Part of Ontario"), {key: t(name) for key, name in heard.DISTRICTS.items()}),
}
answers = heard.heard(context, topic.id)
shown_parts = [part for part, rows in answers.items() if any(row.messages for row in rows)]
if not shown_parts:
    st.info(t("Too few have said something about themselves to show it."))
for part in shown_parts:
    heading, known = called[part]
    show_table(
        [heading, t("Messages")],
        [
            [known[row.id], t("withheld") if row.messages is None else t.number(row.messages)]
            for row in answers[part]
        ],
        figures=1,
    )
