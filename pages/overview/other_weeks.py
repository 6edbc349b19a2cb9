"""Other whole weeks beside the one at hand, each with a small picture and how it differs."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

import streamlit as st

from pages.overview import hopes
from pages.session import context, edits, stores
from pages.session.presses import press
from pages.ui import lazy, markdown, week_picture
from rituals.model.context import PlanningContext
from rituals.model.household import Household
from rituals.model.plan import Plan, standing
from rituals.model.time.week import Week
from rituals.planning import scheduling
from rituals.planning.options import alternatives
from rituals.planning.options.alternatives import Alternative

SHOWN = "other weeks of"  # session: the week beside which others are shown
ALL_HELD = "All of it is pinned, over or in your calendar, so it stays."


def show(plan: Plan, household: Household) -> None:
    """The other weeks, once they were asked for; until then this week's hours beside its hopes."""
    if st.session_state.get(SHOWN) != plan.week:
        with st.container(horizontal=True, horizontal_alignment="distribute", key="band-line"):
            hopes.show(plan, household)
            _ask(plan)
        return
    lazy.load_solver()
    found = _found(plan, context.placing_context(plan.week, household), stores.hour())
    with st.container(
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
        key="band-line",
    ):
        heading = "Other weeks" if found else "No clearly other week is about as good as this one."
        st.html(f'<p class="lw-line">{heading}</p>', width="content")
        st.button("Leave it as it is", icon=":material/check:", on_click=press(_put_away))
    if found:
        for number, (other, column) in enumerate(zip(found, st.columns(len(found)), strict=True)):
            with column.container(horizontal=True, gap="small", key=f"other-week-{number}"):
                _show(number, other, household)


def _ask(plan: Plan) -> None:
    """The button that shows other weeks."""
    can_move = any(scheduling.may_move(o, stores.now()) for o in standing(plan))
    st.button(
        "Other weeks",
        icon=":material/view_week:",
        disabled=not can_move,
        help="Two weeks about as good as this one." if can_move else ALL_HELD,
        on_click=press(lambda: st.session_state.update({SHOWN: plan.week})),
    )


def _show(number: int, other: Alternative, household: Household) -> None:
    with st.container(width=140):
        week_picture.show(other.plan, household)
    with st.container(gap="xxsmall", key=f"other-week-text-{number}"):
        st.markdown(f"**{markdown.plain(other.line)}**")
        st.caption(markdown.plain(other.moves))
        st.button(
            "Take this week",
            key=f"other week {number}",
            help=markdown.spoken(other.line),
            on_click=press(_take),
            args=(other.plan.week, other),
        )


@lru_cache(16)
def _found(plan: Plan, life: PlanningContext, _hour: datetime) -> tuple[Alternative, ...]:
    """The other weeks of a plan: finding them takes a moment, and a page asks again and again."""
    return alternatives.alternatives(plan, life, stores.now())


def _take(week: Week, other: Alternative) -> None:
    edits.change(week, lambda plan: alternatives.taken(plan, other))
    _put_away()


def _put_away() -> None:
    st.session_state.pop(SHOWN, None)
