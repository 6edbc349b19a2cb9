"""The first visit: two names, a few usual hours that are filled in already, and one button."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import time
from uuid import uuid4

import streamlit as st

from pages.session import presses, stores
from pages.session.presses import press
from pages.settings import archive, household_form
from rituals.model.household import ONE, TWO, Hours, Household, Partner
from rituals.model.time.formats import usual_in
from rituals.model.time.window import Window

AT_WORK = (Window.read("Mon-Fri 09:00-17:00"),)
AT_SCHOOL = (Window.read("Mon-Fri 08:00-16:00"),)
FIRST_HOURS = Hours(
    wake=time(6, 30),
    sleep=time(22, 30),
    bedtime=time(19, 30),
    work={ONE: AT_WORK, TWO: AT_WORK},
    children_away=AT_SCHOOL,
)
WORDS = """
To leave well in the morning, and to be glad to come home: Leavewell is five minutes on a Sunday
night in which the two of you look at your time together, alone, with the children and out, and
choose what you hope for. It needs no account, and all of it stays on this machine.
"""
HOURS = "Usual hours: sleep, work and children. They are filled in, and they can wait."


def show() -> None:
    """The welcome of a couple whose store holds no household yet."""
    _, middle, _ = st.columns([1, 4, 1])
    with middle:
        st.title("Welcome to Leavewell", anchor=False)
        archive.show_news()
        st.markdown(WORDS)
        household = household_form.edit_names(_proposed(), "welcome")
        beside_names = st.empty()
        household = household_form.edit_home(household, "welcome")
        # Opening it runs the page, so that its labels say the names typed meanwhile.
        with st.expander(HOURS, key="welcome hours", on_change="rerun"):
            household = household_form.edit_hours(household, "welcome")
        beside_hours = st.empty()

        def begin() -> bool:
            if not household_form.validate(household, beside_names, beside_hours):
                return False
            stores.store().fill(replace(household, id=str(uuid4())), (), ())
            return True

        _buttons(begin)
        archive.show_put_back(None)


def _proposed() -> Household:
    formats, week_starts = usual_in(st.context.locale or "")
    return Household(
        id="",
        partners=(Partner(ONE, ""), Partner(TWO, "")),
        children=True,
        zone=household_form.proposed_zone(),
        week_starts=week_starts,
        hours=FIRST_HOURS,
        formats=formats,
    )


def _buttons(begin: Callable[[], bool]) -> None:
    with st.container(horizontal=True):
        presses.submit("Begin", begin, key="welcome begin", type="primary")
        st.button(
            "Look around with a sample couple",
            on_click=press(stores.look_around),
            key="welcome look",
        )
