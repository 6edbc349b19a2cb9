"""The two of us: a usual week of each, mirrored on one scale."""

from __future__ import annotations

import streamlit as st

from pages.ui import chart
from pages.week_views import query
from rituals.charts import overviews
from rituals.insights import tables, trends
from rituals.model import wording

KEY = "A usual week is the average of those you wrote down; both sides have one scale."


def show(wanted: query.ViewQuery) -> None:
    """The view: the hours of each partner's usual week, back to back."""
    household = wanted.household
    sides = trends.usual_weeks(wanted.rows(), household, wanted.ahead)
    if not sides:
        st.write("Here a usual week of each of you will stand, once you have looked back on one.")
        return
    kinds = tuple(wording.KINDS[k] for k in household.over(wanted.shown).kinds()[1:])
    ends = trends.scale_ends(sides, household)
    names = " and ".join(partner.name for partner in household.partners)
    st.caption(KEY)
    chart.chart(
        lambda ground: overviews.two_of_us(kinds, ground),
        "weeks two of us",
        f"{names}: hours in a usual week, alone, with the children and out",
        sides=sides,
        ends=ends,
    )
    query.show(
        "What would each of you like a little more of?",
        lambda: tables.two_of_us(sides, household),
        query.Picture(
            "the-two-of-us",
            "The two of us",
            lambda ground: overviews.two_of_us(kinds, ground),
            {"sides": sides, "ends": ends},
            query.period(wanted),
            KEY,
        ),
    )
