"""Step 2: a slider for each strand, each saying what is in the plan now."""

import streamlit as st

from pages import shared
from pages.shared import Sitting
from rituals import plans, words
from rituals.model import Household, Kind, Plan, Season, Strand

HOPES = list(range(0, plans.MOST_HOPED + 1, plans.HALF_HOUR))


def show(plan: Plan, last: Plan | None, household: Household) -> Sitting:
    """The sliders; the plan as they now say."""
    if plan.season is Season.GRACE:
        st.caption("In a grace week nothing is hoped for. What you set by hand stays for later.")
    with st.container(border=True):
        plan = _slider(plan, Strand(Kind.TOGETHER), household)
    for partner in household.partners:
        with st.container(border=True):
            st.subheader(shared.plain(partner.name), anchor=False)
            for strand in household.strands():
                if strand.partner == partner.key:
                    plan = _slider(plan, strand, household)
    return plan, last


def _slider(plan: Plan, strand: Strand, household: Household) -> Plan:
    name = f"hope {plan.week} {strand.kind} {strand.partner}"
    hoped = plans.hoped(plan, strand)
    minutes = st.select_slider(
        _label(plan, strand, household),
        HOPES,
        value=hoped,
        format_func=words.hours,
        key=shared.key(name, hoped),
    )
    if minutes == hoped:
        return plan
    plan = shared.change(plan, lambda p: plans.hope(p, strand, minutes))
    shared.keeps(name, minutes)
    return plan


def _label(plan: Plan, strand: Strand, household: Household) -> str:
    whose = shared.plain(words.strand(strand, household))
    planned = plans.planned(plan, strand)
    said = f"{words.hours(planned)} in the plan" if planned else "nothing in the plan"
    return f"{shared.dot(strand.kind)} **{whose}** · {said}"
