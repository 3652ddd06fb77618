"""Tables as HTML, because a canvas cannot be read aloud."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st


def show_table(headings: Sequence[str], rows: Sequence[Sequence[str]], figures: int = 0) -> None:
    """A table; the last `figures` columns are numbers and stand to the right."""
    words = len(headings) - figures
    cells = "".join(
        f'<th scope="col" style="text-align:{"left" if i < words else "right"};padding:6px 12px 6px 0">'
        f"{escape(heading)}</th>"
        for i, heading in enumerate(headings)
    )
    body = "".join(
        "<tr>"
        + "".join(
            f'<td style="text-align:{"left" if i < words else "right"};padding:6px 12px 6px 0;'
            f'font-variant-numeric:tabular-nums;border-top:1px solid rgba(128,128,128,.35)">'
            f"{escape(value)}</td>"
            for i, value in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    st.html(
        '<div style="overflow-x:auto" tabindex="0" role="region" '
        f'aria-label="{escape(", ".join(headings))}">'
        f'<table style="border-collapse:collapse;width:100%"><thead><tr>{cells}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )
