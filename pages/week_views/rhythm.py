"""Our rhythm: when in the week the two of you really were together."""

from __future__ import annotations

import streamlit as st

from pages.session import stores
from pages.ui import chart
from pages.week_views import query
from rituals.charts import overviews
from rituals.insights import tables, weekday_hours, years
from rituals.store import aggregates

KEY = "Hours together by weekday and part of the day, as they happened: the stronger, the more."


def show(wanted: query.ViewQuery) -> None:
    """The view: hours together by weekday and part of the day."""
    first, last = wanted.shown[0], wanted.ahead - 1
    sums = aggregates.sums_together(stores.store(), first, last)
    weeks_counted = sum(map(years.is_known_by_the_hour, sums.values()))
    together = aggregates.times_together(stores.store(), first, last)
    cells = weekday_hours.weekday_cells(together, weeks_counted, wanted.household)
    if not cells:
        st.write(
            "Here you will see when you are together, once you have looked back on a week one by "
            "one."
        )
        return
    st.caption(KEY)
    days = tuple(dict.fromkeys(cell.day for cell in cells))
    chart.chart(
        lambda ground: overviews.rhythm(days, ground),
        "weeks rhythm",
        "Hours together by weekday and part of the day",
        cells=cells,
    )
    best = weekday_hours.fullest_part(cells)
    query.show(
        f"What made {best} easy?" if best else "When would an hour together feel easy?",
        lambda: tables.rhythm(cells),
        query.Picture(
            "our-rhythm",
            "Our rhythm",
            lambda ground: overviews.rhythm(days, ground),
            {"cells": cells},
            query.period(wanted),
            KEY,
        ),
    )
