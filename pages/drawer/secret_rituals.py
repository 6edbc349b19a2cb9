"""Rituals of the week that its giver plans in secret: how many are left, and a form for each."""

from __future__ import annotations

from functools import partial
from random import SystemRandom

import streamlit as st

from pages.drawer import form
from pages.session import context, presses, stores
from pages.ui import markdown
from rituals.model import local_time, wording
from rituals.model.household import Household
from rituals.model.plan import Plan
from rituals.model.ritual import Ritual
from rituals.model.time.week import Week
from rituals.planning.choices import secret
from rituals.surprises import ideas
from rituals.surprises.surprise import Drawer, planned_of

CHANCE = SystemRandom()


def show(drawer: Drawer, giver: str, household: Household) -> None:
    """A line for each secret ritual of the week with something left to plan, and its button."""
    week = local_time.week_to_plan(context.today(household), household)
    plan, rituals = stores.store().load_plan(week) or Plan(week), context.rituals()
    chosen = secret.chosen_by(plan, giver, rituals)
    left = {id: n - planned_of(drawer, id, week, household) for id, n in chosen.items()}
    if not any(n > 0 for n in left.values()):
        return
    st.subheader(f"Yours alone to plan, {_named(week, household)}", anchor=False)
    for id, amount in left.items():
        if amount > 0:
            _line(rituals[id], amount, drawer, giver, week)


def _line(ritual: Ritual, amount: int, drawer: Drawer, giver: str, week: Week) -> None:
    label, key = f"Plan one: {markdown.plain(ritual.title)}", f"surprises plan {ritual.id}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        # Not as a callback: the session would hold what lies in the drawer.
        begin = partial(_begin, ritual, drawer, giver, week)
        presses.submit(label, begin, key=key, icon=":material/add:")
        st.caption(f"{wording.number(amount)} to plan", width="content")


def _begin(ritual: Ritual, drawer: Drawer, giver: str, week: Week) -> None:
    """Opens the form with an idea and an hour of it, all of which may be changed."""
    household = context.household()
    blank = form.blank(giver, household)
    form.open_form("", ideas.of_ritual(ritual, blank, drawer, week, household, CHANCE))


def _named(week: Week, household: Household) -> str:
    if week == local_time.week_of(context.today(household), household):
        return "this week"
    return f"week of {household.formats.short_day(local_time.first_day(week, household))}"
