"""Sentence on the rituals that rest this week, and one press that takes them in after all."""

from __future__ import annotations

import streamlit as st

from pages.session import context, edits
from pages.session.presses import press
from pages.ui import lazy, markdown
from rituals.model.household import Household
from rituals.model.plan import Plan
from rituals.model.time.week import Week
from rituals.planning.choices import rest

TAKEN_IN = "rests taken in"  # session: the week after it, which can be taken back


def show(plan: Plan, household: Household) -> None:
    """The sentence and its button; right after it was pressed that it is so, and a way back."""
    said = rest.sentences(plan, context.rituals(), household)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="rests"):
        if said:
            st.markdown(f":material/bedtime: {markdown.plain(' '.join(said))}", width="content")
            lazy.load_solver()
            st.button("Take them in after all", on_click=press(_take_in), args=(plan.week,))
        elif st.session_state.get(TAKEN_IN) == plan:
            st.markdown("They are in this week again.", width="content")


def _take_in(week: Week) -> None:
    rituals = context.rituals()
    st.session_state[TAKEN_IN] = edits.replan(
        week, lambda plan: rest.woken(plan, rest.resting(plan, rituals))
    )
