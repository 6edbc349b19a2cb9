"""Step 2: a slider for each strand, each saying what is in the plan now."""

import streamlit as st

from pages import edits, shared
from rituals import plans, words
from rituals.model import Household, Kind, Plan, Season, Strand

HOPES = list(range(0, plans.MOST_HOPED + 1, plans.HALF_HOUR))


def show(plan: Plan, household: Household) -> None:
    """The sliders as the plan says."""
    if plan.season is Season.GRACE:
        st.write("In a grace week nothing is hoped for. What you set by hand is there afterwards.")
        return
    with st.container(border=True):
        _slider(plan, Strand(Kind.TOGETHER), household)
    for partner in household.partners:
        with st.container(border=True):
            st.header(shared.plain(partner.name), anchor=False)
            for strand in household.strands():
                if strand.partner == partner.key:
                    _slider(plan, strand, household)


def _slider(plan: Plan, strand: Strand, household: Household) -> None:
    name = ("hope", str(plan.week), strand.kind.value, strand.partner or "")
    hoped = plans.hoped(plan, strand)
    planned = plans.planned(plan, strand, household)
    there = f" · {words.hours(planned)} in the plan" if planned else ""
    st.markdown(f"{shared.dot(strand.kind)} **{words.KINDS[strand.kind]}**{there}")
    st.select_slider(
        f"{shared.spoken(words.strand(strand, household))}{there}",
        HOPES,
        value=hoped,
        format_func=words.hours,
        key=edits.key(name, hoped),
        label_visibility="collapsed",
    )
