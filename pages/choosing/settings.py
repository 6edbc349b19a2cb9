"""All that can be set about a chosen ritual: for whom, how many times, how dear it is."""

from __future__ import annotations

import streamlit as st

from pages.choosing import dear, now_and_then
from pages.session import widgets
from pages.ui import markdown
from rituals.model.household import Household
from rituals.model.plan import Plan, most_times, times
from rituals.model.ritual import Ritual, partners
from rituals.planning.choices import suggestions
from rituals.planning.conflicts import TimesSetting

MOST_TIMES = 7


def draw(plan: Plan, ritual: Ritual, household: Household) -> None:
    """Draws this week's idea and below it the settings; of what is secret only how often."""
    if (idea := suggestions.way(ritual, plan.week, 1)) and not ritual.secret:
        st.caption(f"This week’s idea: {markdown.plain(idea)}")
    for partner in partners(ritual):
        _times(plan, ritual, partner, household)
    for partner in () if ritual.secret else partners(ritual):
        _oftener(plan, ritual, partner, household)
    now_and_then.draw_switch(ritual)
    dear.draw_heart(ritual)


def _times(plan: Plan, ritual: Ritual, partner: str | None, household: Household) -> None:
    chosen = times(plan, ritual.id, partner)
    whose = household.name(partner) if partner else "Both of us"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
        st.caption(markdown.plain(whose), width="content")
        st.number_input(
            f"{markdown.spoken(f'{ritual.title}, {whose}')}, times this week",
            min_value=0,
            max_value=max(MOST_TIMES if ritual.rhythm.is_weekly else 1, chosen),
            value=chosen,
            key=widgets.key(TimesSetting(plan.week, ritual.id, partner), chosen),
            label_visibility="collapsed",
            width=132,
        )


def _oftener(plan: Plan, ritual: Ritual, partner: str | None, household: Household) -> None:
    """A box to tick: the ritual may come more often where the hopes ask for more."""
    chosen = times(plan, ritual.id, partner)
    if not 0 < chosen < ritual.frequency.most:
        return
    kept = most_times(plan, ritual.id, partner) > 0
    whose = f" for {markdown.plain(household.name(partner))}" if partner else ""
    st.checkbox(
        f"More often{whose}, up to the hours you hope for",
        kept,
        key=widgets.key(widgets.Oftener(plan.week, ritual.id, partner), kept),
    )
