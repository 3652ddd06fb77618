"""The dashboard's charts: Altair with colours, shapes and dashes of our own, and a text for each.

Every chart is followed by its table; colour never carries meaning alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from dashboard import look
from dashboard.codebook import Themes
from dashboard.labels import dimension_name, value_name
from youthvoice.model import Cell, Topic
from youthvoice.store.rollups import NOT_SURE
from youthvoice.strings import Translator

TIME = ("day", "week")
WRAP = 22
"""Characters of a label's line: wide enough to read, narrow enough to leave a phone its bars."""
FLAT = "replace(datum.label, /\\n/g, ' ')"
LINES = "split(datum.label, '\\n')"
PALETTE = ("health", "support", "education", "employment", "inclusion", "civic", "communities")


def frame(
    cells: Sequence[Cell],
    dimensions: Sequence[str],
    topic: Topic,
    themes: Themes,
    t: Translator,
) -> pd.DataFrame:
    """Cells as a frame: a readable column a dimension, its raw value and whose sign it has beside it.

    Then the figures: messages and texts.
    """
    rows = [
        {
            **{
                name: "\n".join(wrap(value_name(name, cell.values[name], topic, themes, t), WRAP))
                for name in dimensions
            },
            **{f"{name}_id": cell.values[name] for name in dimensions},
            **{f"{name}_sign": themes.sign_of(cell.values[name]) for name in dimensions},
            "messages": cell.messages,
            "texts": cell.texts,
        }
        for cell in cells
    ]
    return pd.DataFrame(rows)


def _dark() -> bool:
    return getattr(st.context.theme, "type", None) == "dark"


def _signs(ids: Sequence[str]) -> list[look.Sign]:
    """How values look: themes as their sign says, what is not sure quietly, others in the palette's order."""
    return [
        look.OTHER
        if one == NOT_SURE
        else look.SIGNS.get(one) or look.SIGNS[PALETTE[place % len(PALETTE)]]
        for place, one in enumerate(ids)
    ]


def _colours(ids: Sequence[str]) -> list[str]:
    dark = _dark()
    return [sign.dark if dark else sign.light for sign in _signs(ids)]


def draw(data: pd.DataFrame, dimensions: Sequence[str], t: Translator) -> None:
    """One chart of a slice: bars, or lines where one dimension is time."""
    shown = data.dropna(subset=["messages"])
    if shown.empty:
        st.info(t("Every figure of this view is too small to be shown."))
        return
    colours = look.DARK if _dark() else look.LIGHT
    times = [name for name in dimensions if name in TIME]
    others = [name for name in dimensions if name not in TIME]
    count = alt.Y("messages:Q", title=t("Messages"), axis=alt.Axis(tickMinStep=1, format="d"))
    chart: Any = (
        _over_time(shown, times[0], others, count, t) if times else _bars(shown, dimensions, t)
    )
    alternative = t(
        "Chart of messages by %(what)s. The table below holds the same figures.",
        what=", ".join(dimension_name(name, t).lower() for name in dimensions),
    )
    styled = (
        chart.properties(description=alternative, **({"height": 320} if times else {}))
        .configure_view(strokeWidth=0)
        .configure_axis(
            labelColor=colours["text"],
            titleColor=colours["text"],
            gridColor=colours["border"],
            gridOpacity=0.35,
            labelFontSize=14,
            titleFontSize=14,
            labelLimit=180,
        )
        .configure_legend(
            labelColor=colours["text"],
            titleColor=colours["text"],
            labelFontSize=14,
            titleFontSize=14,
            orient="bottom",
            columns=1,
            labelLimit=440,
            symbolSize=140,
        )
    )
    st.altair_chart(styled, width="stretch", theme=None, alt=alternative)


def _pairs(shown: pd.DataFrame, name: str) -> tuple[list[str], list[str]]:
    """The values of a dimension, and whose sign each has."""
    pairs = shown[[name, f"{name}_sign"]].drop_duplicates(name)
    return list(pairs[name]), list(pairs[f"{name}_sign"])


def _scale(shown: pd.DataFrame, name: str) -> alt.Scale:
    values, signs = _pairs(shown, name)
    return alt.Scale(domain=values, range=_colours(signs))


def _shapes(shown: pd.DataFrame, name: str) -> alt.Scale:
    values, signs = _pairs(shown, name)
    return alt.Scale(domain=values, range=[sign.mark for sign in _signs(signs)])


def _over_time(
    shown: pd.DataFrame, time: str, others: Sequence[str], count: alt.Y, t: Translator
) -> Any:
    base = alt.Chart(shown).encode(
        x=alt.X(f"{time}:O", title=dimension_name(time, t), sort=None,
                axis=alt.Axis(labelAngle=-45, labelOverlap=True)),
        y=count,
    )  # fmt: skip
    if not others:
        colour = _colours(["health"])[0]
        return base.mark_bar(color=colour, cornerRadiusEnd=3)
    name = others[0]
    dashes = alt.Scale(range=[list(look.SIGNS[one].dash) for one in PALETTE])
    encoded = base.encode(
        color=alt.Color(
            f"{name}:N",
            title=dimension_name(name, t),
            scale=_scale(shown, name),
            legend=alt.Legend(labelExpr=FLAT),
        ),
        shape=alt.Shape(
            f"{name}:N",
            title=dimension_name(name, t),
            scale=_shapes(shown, name),
            legend=alt.Legend(labelExpr=FLAT),
        ),
    )
    return encoded.mark_line(strokeWidth=2.5).encode(
        strokeDash=alt.StrokeDash(
            f"{name}:N",
            title=dimension_name(name, t),
            scale=dashes,
            legend=alt.Legend(labelExpr=FLAT),
        )
    ) + encoded.mark_point(size=70, filled=True)


def _bars(shown: pd.DataFrame, dimensions: Sequence[str], t: Translator) -> Any:
    first = dimensions[0]
    height = max(160, 66 * shown[first].nunique() * (1 if len(dimensions) == 1 else 2))
    x = alt.X("messages:Q", title=t("Messages"), axis=alt.Axis(tickMinStep=1, format="d"))
    y = alt.Y(f"{first}:N", title=None, sort="-x", axis=alt.Axis(labelExpr=LINES))
    chart = alt.Chart(shown).mark_bar(cornerRadiusEnd=3).encode(x=x, y=y)
    if len(dimensions) == 1:
        chart = chart.encode(color=alt.Color(f"{first}:N", legend=None, scale=_scale(shown, first)))
    else:
        second = dimensions[1]
        chart = chart.encode(
            yOffset=alt.YOffset(f"{second}:N"),
            color=alt.Color(
                f"{second}:N",
                title=dimension_name(second, t),
                scale=_scale(shown, second),
                legend=alt.Legend(labelExpr=FLAT),
            ),
        )
    return chart.properties(height=height)
