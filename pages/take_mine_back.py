"""The sentence that says what another screen set otherwise at the same time, and the way back."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages import edits, markdown, mine, moves, shared, stores
from pages.mine import Mine
from rituals import weeks, words
from rituals.household import Household
from rituals.otherwise import PlaceSetting, Setting
from rituals.plan import Plan
from rituals.week import Week

REFUSED = "take mine back refused"  # session: why the last thing could not be taken back


def show(household: Household) -> None:
    """One sentence about what was set here last and is otherwise now, or nothing.

    It lies over the page: nothing moves under the hand of whoever is just then at work.
    """
    card = st.container(key="set-otherwise")  # always there, so that nothing below is counted anew
    found = mine.is_otherwise()
    if found:
        with card:
            _card(*found[0], household)


def _card(setting: Setting, was: Mine, plan: Plan, household: Household) -> None:
    now: Any = setting.read(plan)
    said = setting.sentence(was.name, now, was.value, household)
    st.info(markdown.plain(f"{said}{_which_week(plan.week, household)}"))
    if why := st.session_state.pop(REFUSED, ""):
        st.caption(markdown.plain(why))
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Take mine back",
            type="primary",
            key=f"mine back {setting}",
            on_click=_take_back,
            args=(setting, was, household),
        )
        st.button(
            "All right", key=f"mine put away {setting}", on_click=mine.forget, args=(setting,)
        )


def _which_week(week: Week, household: Household) -> str:
    if week == shared.week(household):
        return ""
    return f" That is the week of {words.short_day(weeks.first_day(week, household))}."


def _take_back(setting: Setting, was: Mine, household: Household) -> None:
    if why := _refusal(setting, was, household):
        st.session_state[REFUSED] = why
    else:
        edits.put(setting, was.value)


def _refusal(setting: Setting, was: Mine, household: Household) -> str:
    """Why a place cannot be taken again, in a sentence; nothing where it can."""
    if not isinstance(setting, PlaceSetting):
        return ""
    plan = stores.store().load_plan(setting.week)
    place = plan and setting.would_take(plan, was.value)
    if not plan or not place:
        return ""
    return moves.refusal(plan, *place, household, shared.busy(setting.week, household))
