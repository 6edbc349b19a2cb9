"""A card about a value that another screen changed at the same time, and the way back."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.session import context, edits, grid_moves, own_edits, stores
from pages.session.own_edits import OwnEdit
from pages.session.presses import press
from pages.ui import markdown
from rituals.model import local_time
from rituals.model.household import Household
from rituals.model.plan import Plan
from rituals.model.time.week import Week
from rituals.planning.conflicts import PlaceSetting, Setting

REFUSED = "take mine back refused"  # session: why the last thing could not be taken back


def show(household: Household) -> None:
    """Draws a card about the newest value set here that another screen changed, if any.

    It lies over the page: nothing moves under the hand of whoever is just then at work.
    """
    card = st.container(
        key="set-otherwise"
    )  # always there, else Streamlit counts what follows anew
    found = own_edits.overwritten()
    if found:
        with card:
            _card(*found[0], household)


def _card(setting: Setting, was: OwnEdit, plan: Plan, household: Household) -> None:
    now: Any = setting.read(plan)
    sentence = setting.sentence(was.name, now, was.value, household)
    st.info(markdown.plain(f"{sentence}{_which_week(plan.week, household)}"))
    if why := st.session_state.pop(REFUSED, ""):
        st.caption(markdown.plain(why))
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Take mine back",
            type="primary",
            key=f"mine back {setting}",
            on_click=press(_take_back),
            args=(setting, was, household),
        )
        st.button(
            "All right",
            key=f"mine put away {setting}",
            on_click=press(own_edits.forget),
            args=(setting,),
        )


def _which_week(week: Week, household: Household) -> str:
    if week == context.week(household):
        return ""
    first = household.formats.short_day(local_time.first_day(week, household))
    return f" That is the week of {first}."


def _take_back(setting: Setting, was: OwnEdit, household: Household) -> None:
    if why := _refusal(setting, was, household):
        st.session_state[REFUSED] = why
    else:
        edits.put(setting, was.value)


def _refusal(setting: Setting, was: OwnEdit, household: Household) -> str:
    """A sentence if a place cannot be taken again; "" if it can."""
    if not isinstance(setting, PlaceSetting):
        return ""
    plan = stores.store().load_plan(setting.week)
    place = plan and setting.would_take(plan, was.value)
    if not plan or not place:
        return ""
    return grid_moves.refusal(plan, *place, household, context.busy(setting.week, household))
