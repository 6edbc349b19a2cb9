"""The days between: an agreed week opens on today, and one tap opens the week itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import streamlit as st

from pages.panels import agreement, childcare_question
from pages.session import context, stores
from pages.session.presses import press
from pages.steps import today_html
from pages.ui import choice
from rituals.insights import today
from rituals.model import local_time
from rituals.model.household import Household
from rituals.model.plan import Plan
from rituals.planning import sitters

LOOK = Path(__file__).with_name("today.css")
OPENED = "today opened"  # session: the week was opened, and stays open
LEADS_ELSEWHERE = (OPENED, context.WEEK)  # session: the sitting is what is asked for


def opens() -> bool:
    """True if the page is today's: an agreed week is under way, and nobody opened the sitting."""
    is_sitting = choice.remembered(context.STEP) or context.STEP in st.session_state
    if is_sitting or any(name in st.session_state for name in LEADS_ELSEWHERE):
        return False
    household = context.household()
    day = context.today(household)
    plan = stores.store().load_plan(local_time.week_of(day, household))
    return plan is not None and today.opens_on_today(plan, day, household)


def show() -> None:
    """Tonight, the children's day, what waits, what is on today and what is still to come."""
    household = context.household()
    day = context.today(household)
    plan = stores.store().load_plan(local_time.week_of(day, household))
    if plan is None:
        return
    st.html(LOOK)
    _heading(day, household)
    rituals, now = context.rituals(), stores.now()
    waiting = sitters.ids(plan, household, rituals, now)
    busy = context.busy(plan.week, household)
    left, right = st.columns(2, gap="medium")
    with left:
        evening = today.evening(plan, day, household)
        st.html(today_html.tonight(evening, waiting, household))
    with right:
        if bar := today_html.children(today.children(plan, busy, day, household), household):
            st.html(bar)
        _what_waits(plan, household)
    left, right = st.columns(2, gap="medium")
    lying, hints = today.on(plan, day, household), _hints(plan, day, household)
    left.html(today_html.today(lying, hints, now, household))
    if ahead := today_html.to_come(today.still_to_come(plan, day, household), household):
        right.html(ahead)


def _heading(day: date, household: Household) -> None:
    with st.container(key="today-heading", horizontal=True, vertical_alignment="bottom"):
        st.title(f"{day:%A}", anchor=False, width="content")
        st.caption(household.formats.short_day(day), width="content")
    with st.container(key="open-the-week"):
        st.button(
            "Open the week",
            icon=":material/chevron_right:",
            icon_position="right",
            on_click=press(_open_the_week),
        )


def _open_the_week() -> None:
    choice.take(context.STEP, context.THE_WEEK)
    st.session_state[OPENED] = True


def _hints(plan: Plan, day: date, household: Household) -> list[str]:
    """The lines by which one asks the other to keep hours of this day free."""
    this = today.day_span(day, household)
    return [line for span, line in context.cover_lines(plan.week, household) if span.overlaps(this)]


def _what_waits(plan: Plan, household: Household) -> None:
    """The open questions, which wait for a yes or for a sitter, with their buttons."""
    agreement.show_waiting(plan, household)
    busy, rituals = context.busy(plan.week, household), context.rituals()
    if sitters.questions(plan, busy, household, stores.now(), rituals):
        with st.container(key="today-sitter", gap="small"):
            childcare_question.show_open(plan, household)
