"""A year: one small cell for each week, with the hours you lived together."""

from __future__ import annotations

import streamlit as st

from pages.session import stores
from pages.ui import chart
from pages.week_views import query
from rituals.charts import overviews
from rituals.insights import tables, years
from rituals.store import aggregates

KEY = (
    "Hours together: the stronger the colour, the more. A soft cell is a week off, "
    "an open one was not written down."
)


def show(wanted: query.ViewQuery) -> None:
    """The view: a cell for each week."""
    sums = aggregates.sums_together(stores.store(), wanted.shown[0], wanted.shown[-1])
    cells = years.week_cells(sums, wanted.shown, wanted.household, wanted.ahead)
    if not cells:
        st.write("Here each week will have a small cell, once the first one is over.")
        return
    rows = tuple(dict.fromkeys(cell.year for cell in cells))
    st.caption(KEY)
    chart.chart(
        lambda ground: overviews.year(rows, ground),
        "weeks year",
        "Hours together that happened in each week, year by year",
        cells=cells,
    )
    query.show(
        "What comes to mind first when you look at these weeks?",
        lambda: tables.year(cells),
        query.Picture(
            "a-year",
            "A year together" if len(cells) <= 53 else "Years together",
            lambda ground: overviews.year(rows, ground),
            {"cells": cells},
            query.period(wanted),
            KEY,
        ),
    )
