"""What young people say: question × theme × language × channel × time, small counts withheld."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import codebook, measured, quotations, session
from dashboard.charts import draw, frame
from dashboard.labels import DIMENSIONS, dimension_name, value_name
from dashboard.tables import show_table
from youthvoice import defaults
from youthvoice.estimates import LEAST
from youthvoice.export.checks import FEELING_LEAST, at_least
from youthvoice.flow import alike, heard
from youthvoice.flow.quotes import excerpt
from youthvoice.model import Cell, TopicStatus
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

with context.store.read() as tx:
    themes = codebook.of_topic(context, tx, topic.id, t)
    single = {
        name: rollups.read(tx, topic.id, (name,)) for name in ("theme", "position", "feeling")
    }


def cells_of(found: Sequence[Cell], dimensions: Sequence[str]) -> list[Cell]:
    """Cells by the dimensions of this page: the topic's own themes are apart from the common ones."""
    if not {"theme", "own"} & set(dimensions):
        return list(found)
    own = "own" in dimensions
    return [
        Cell(
            {
                ("own" if own and name == "theme" else name): value
                for name, value in cell.values.items()
            },
            cell.messages,
            cell.texts,
        )
        for cell in found
        if themes.is_own(cell.values["theme"]) == own
    ]


def stored(name: str) -> str:
    """The dimension of the totals that a choice of this page is of."""
    return "theme" if name == "own" else name


def pairs_with(name: str, other: str) -> bool:
    """Whether the totals hold two choices together."""
    return any(
        {*pair} == {stored(name), stored(other)} for pair in rollups.slices() if len(pair) == 2
    )


def figure_said(value: float | None) -> str:
    """A figure of the table; a withheld one is None, or no number at all."""
    return t("withheld") if value is None or value != value else t.number(value)


names = [
    name
    for name in DIMENSIONS
    if name not in ("own", "position", "feeling")
    or (cells_of(single["theme"], ["own"]) if name == "own" else single[name])
]
left, right = st.columns(2)
by = left.selectbox(
    t("Show by"), names, format_func=lambda name: dimension_name(name, t), key="explore_by"
)
choices = [""] + [name for name in names if pairs_with(by, name)]
split = right.selectbox(
    t("Split by"),
    choices,
    format_func=lambda name: dimension_name(name, t) if name else t("nothing"),
    key=f"explore_split_{by}",
)
dimensions = [by, split] if split else [by]
with context.store.read() as tx:
    cells = cells_of(rollups.read(tx, topic.id, [stored(name) for name in dimensions]), dimensions)
data = frame(cells, dimensions, topic, themes, t)
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
            + [figure_said(row["messages"]), figure_said(row["texts"])]
            for _, row in table.iterrows()
        ],
        figures=2,
    )
st.markdown(
    t(
        "Counts under %(min)s are withheld, and so is what would reveal them.",
        min=context.settings.min_cell,
    )
)
if "feeling" in dimensions:
    st.markdown(
        t(
            "No feeling is shown for fewer than %(least)s messages.",
            least=max(FEELING_LEAST, context.settings.min_cell),
        )
    )
machine_made = [name for name in dimensions if name in ("theme", "own", "position", "feeling")]
if machine_made:
    found_accuracy = measured.of_topic(topic, totals)
for name in machine_made:
    own_cells = cells_of(single[stored(name)], [name])
    own_cells.sort(key=lambda cell: -(cell.messages or 0))
    right_of = measured.of_dimension(found_accuracy, name)
    shown_values = [right_of[v] for cell in own_cells if (v := cell.values[name]) in right_of]

    def called_here(value: str, name: str = name) -> str:
        """What people call a value of this dimension."""
        return value_name(name, value, topic, themes, t)

    st.header(t("How right the machine is"))
    st.markdown(
        t(
            "These figures are made by a machine. Each was compared with what people decided, without "
            "or with its proposal in view, on messages that came by chance."
        )
        if measured.is_checked(shown_values)
        else t(
            "These figures are made by a machine, and people have not yet checked enough of them to say "
            "how often it is right: %(least)s decisions are needed for each language.",
            least=LEAST,
        )
    )
    measured.show_rightness(dimension_name(name, t), shown_values, called_here, t)
    st.markdown(
        t(
            "Precision: of what the machine gave a name, the share that people gave it. Recall: of what "
            "people gave it, the share that the machine found. In brackets: 95%% intervals. What the "
            "machine is not sure of waits for a person and is counted as not sure."
        )
    )
    st.subheader(t("Counted and corrected"))
    measured.show_corrected(dimension_name(name, t), own_cells, right_of, called_here, t)
    st.markdown(
        t(
            "Corrected: what people decided, and for the rest what the machine’s mistakes in their "
            "sample lead to expect."
        )
    )
st.markdown(
    t(
        "This is not a vote and not a survey of all young people: whoever wanted to answer did. A big "
        "number shows that something matters to many who wrote, not what most people think."
    )
)

quotable = [
    value
    for cell in sorted(single["theme"], key=lambda one: -(one.messages or 0))
    if (value := cell.values["theme"]) != rollups.NOT_SURE
]
if quotable:
    st.header(t("In their own words"))
    about_theme = st.selectbox(
        t("Theme"), quotable, format_func=themes.name, key=f"explore_quotes_{topic.slug}"
    )
    found_quotes = quotations.of_theme(topic, about_theme)
    if not found_quotes:
        st.info(t("Nothing of this theme was read and released yet that may be quoted here."))
    quotations.show(found_quotes, topic, themes, t)

st.header(t("Nearly the same texts"))
st.markdown(
    t(
        "Messages that say nearly the same count each as a message and together as one text. Many of them "
        "may be a campaign. Groups under %(min)s messages are not shown.",
        min=context.settings.min_cell,
    )
)
groups = alike.largest(context, topic, quotations.readers())
if not groups:
    st.info(t("No group is large enough to be shown."))
else:
    show_table(
        [t("Words, where a person released one"), t("Weeks"), t("Messages"), t("Wordings")],
        [
            [
                excerpt(group.quotation.text, 90) if group.quotation else t("none released"),
                t.day(group.first_week, "medium")
                if group.first_week == group.last_week
                else t(
                    "%(first)s to %(last)s",
                    first=t.day(group.first_week, "medium"),
                    last=t.day(group.last_week, "medium"),
                ),
                t.number(group.messages),
                t("withheld") if group.wordings is None else t.number(group.wordings),
            ]
            for group in groups
        ],
        figures=2,
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
