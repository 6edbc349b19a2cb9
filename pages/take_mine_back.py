"""The sentence that says what another screen set otherwise at the same time, and the way back."""

from __future__ import annotations

import streamlit as st

from pages import edits, markdown, mine, moves, shared, stores
from pages.mine import Mine
from rituals import otherwise, weeks, words
from rituals.household import Household
from rituals.otherwise import Thing
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


def _card(thing: Thing, was: Mine, plan: Plan, household: Household) -> None:
    now = otherwise.is_at(plan, thing)
    said = otherwise.sentence(thing, was.name, now, was.value, household)
    st.info(markdown.plain(f"{said}{_which_week(plan.week, household)}"))
    if why := st.session_state.pop(REFUSED, ""):
        st.caption(markdown.plain(why))
    key = " ".join(thing)
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Take mine back",
            type="primary",
            key=f"mine back {key}",
            on_click=_take_back,
            args=(thing, was, household),
        )
        st.button("All right", key=f"mine put away {key}", on_click=mine.forget, args=(thing,))


def _which_week(week: Week, household: Household) -> str:
    if week == shared.week(household):
        return ""
    return f" That is the week of {words.short_day(weeks.first_day(week, household))}."


def _take_back(thing: Thing, was: Mine, household: Household) -> None:
    week, now = Week.read(thing[1]), stores.now()
    if why := _refusal(thing, was, household):
        st.session_state[REFUSED] = why
    elif thing[0] in otherwise.PLACED:
        edits.replanned(week, lambda p: otherwise.again(p, thing, was.value, now), thing)
    elif thing[0] == "lies":
        edits.change(week, lambda p: otherwise.again(p, thing, was.value, now), thing)
    else:
        edits.told(week, lambda p: otherwise.again(p, thing, was.value, now), thing)


def _refusal(thing: Thing, was: Mine, household: Household) -> str:
    """Why a place cannot be taken again, in a sentence; nothing where it can."""
    week = Week.read(thing[1])
    plan = stores.store().load_plan(week)
    place = plan and otherwise.place_of(plan, thing, was.value)
    if not plan or not place:
        return ""
    return moves.refusal(plan, *place, household, shared.busy(week, household))
