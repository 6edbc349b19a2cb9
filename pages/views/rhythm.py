"""Our rhythm: when in the week the two of you really were together."""

from __future__ import annotations

import streamlit as st

from pages import below, chart, stores
from rituals import glances, past, rhythm, sheets, years

KEY = "Lived hours together by weekday and part of the day: the stronger the colour, the more."


def show(asked: below.Asked) -> None:
    """The view."""
    first, last = asked.shown[0], asked.ahead - 1
    sums = past.sums_together(stores.store(), first, last)
    known = sum(map(years.is_known_by_the_hour, sums.values()))
    together = past.times_together(stores.store(), first, last)
    cells = rhythm.cells(together, known, asked.household)
    if not cells:
        st.write(
            "Here you will see when you are together, once you have looked back on a week one by "
            "one."
        )
        return
    st.caption(KEY)
    days = tuple(dict.fromkeys(cell.day for cell in cells))
    chart.chart(
        lambda ground: glances.rhythm(days, ground),
        "weeks rhythm",
        "Hours together by weekday and part of the day",
        cells=cells,
    )
    best = rhythm.fullest(cells)
    below.show(
        f"What made {best} easy?" if best else "When would an hour together feel easy?",
        lambda: sheets.rhythm(cells),
        below.Picture(
            "our-rhythm",
            "Our rhythm",
            lambda ground: glances.rhythm(days, ground),
            {"cells": cells},
            below.period(asked),
            KEY,
        ),
    )
