"""The two of us: a usual week of each, mirrored on one scale."""

from __future__ import annotations

import streamlit as st

from pages import below, chart
from rituals import glances, sheets, strands, words

KEY = "A usual week is the average of those you wrote down; both sides have one scale."


def show(asked: below.Asked) -> None:
    """The view."""
    household = asked.household
    sides = strands.two_of_us(asked.rows(asked.plans()), household, asked.ahead)
    if not sides:
        st.write("Here a usual week of each of you will stand, once you have looked back on one.")
        return
    kinds = tuple(words.KINDS[k] for k in strands.APART if household.children or k != "solo")
    data = {"sides": sides, "ends": strands.ends(sides, household)}
    names = " and ".join(partner.name for partner in household.partners)
    st.caption(KEY)
    chart.chart(
        lambda ground: glances.two_of_us(kinds, ground),
        "weeks two of us",
        f"{names}: hours in a usual week, alone, with the children and out",
        **data,
    )
    below.show(
        "What would each of you like a little more of?",
        lambda: sheets.two_of_us(sides, household),
        below.Picture(
            "the-two-of-us",
            "The two of us",
            lambda ground: glances.two_of_us(kinds, ground),
            data,
            below.period(asked),
            KEY,
        ),
    )
