"""The rituals of a week as lines, each with all that can be done with it."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.choosing import lines, settings
from pages.choosing.hours import Hours
from pages.session import choices, context, stores
from pages.session.presses import press
from pages.ui import markdown
from rituals.model.household import Household
from rituals.model.plan import Plan
from rituals.model.ritual import Ritual, possible
from rituals.planning import sitters
from rituals.planning.choices import rest
from rituals.surprises import drawers

IN_FULL = 8  # rituals at most whose lines stand open; more of them open one at a time
WHERE_IT_WENT = "No hour here shows it: each of you plans it under Surprises."
NOTHING_ELSE = "Nothing else like it fits into this week."


def show(plan: Plan, household: Household) -> None:
    """A line for each chosen ritual, kind after kind."""
    some, hours = rituals_of(plan, household), _hours(plan, household)
    draw = _in_full if len(some) <= IN_FULL else _briefly
    with st.container(key="chosen", gap=None):
        for ritual in some:
            draw(ritual, hours)


def rituals_of(plan: Plan, household: Household) -> list[Ritual]:
    """The chosen rituals that the household can have, kind after kind."""
    ours = {ritual.id: ritual for ritual in possible(context.rituals().values(), household)}
    chosen = dict.fromkeys(choice.ritual for choice in plan.choices)
    kinds = household.kinds()
    return sorted((ours[id] for id in chosen if id in ours), key=lambda r: kinds.index(r.kind))


def _hours(plan: Plan, household: Household) -> Hours:
    rituals = context.rituals()
    awake = {choice.ritual for choice in rest.awake(plan, rituals)}
    waiting = sitters.ids(plan, household, rituals, stores.now())
    at = stores.store()
    has_drawer = any(drawers.exists(at, partner.key) for partner in household.partners)
    return Hours(plan, household, waiting, awake, has_drawer)


def _in_full(ritual: Ritual, hours: Hours) -> None:
    plan, household = hours.plan, hours.household
    with _line(plan, ritual, "open"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(lines.strong_title(ritual, household), width="stretch")
            _swap_and_leave_out(plan, ritual)
        st.caption(lines.what_it_is(ritual, plan))
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(markdown.plain(hours.in_full(ritual)))
            change = f"change {lines.only_read(ritual)}"
            with st.popover(change, type="tertiary", key=_key(plan, ritual)):
                settings.draw(plan, ritual, household)
        _say_if_none(plan, ritual)
        _say_where(plan, ritual)


def _briefly(ritual: Ritual, hours: Hours) -> None:
    plan, household = hours.plan, hours.household
    with (
        _line(plan, ritual, "closed"),
        st.container(horizontal=True, vertical_alignment="center", gap="small"),
    ):
        title = lines.title(ritual, household)
        with st.popover(title, type="tertiary", width="stretch", key=_key(plan, ritual)):
            st.markdown(lines.what_it_is(ritual, plan))
            st.caption(markdown.plain(hours.in_full(ritual)))
            with st.container(horizontal=True, gap="small"):
                _swap_and_leave_out(plan, ritual)
            _say_if_none(plan, ritual)
            settings.draw(plan, ritual, household)
        st.caption(hours.briefly(ritual), width="content")
    _say_where(plan, ritual)


def _line(plan: Plan, ritual: Ritual, how: str) -> DeltaGenerator:
    """The ground of a line, which shines once where its ritual was just taken in."""
    new = " new" if choices.is_new(plan.week, ritual.id) else ""
    return st.container(key=f"chosen-{how}{new} {plan.week} {ritual.id}", gap=None)


def _swap_and_leave_out(plan: Plan, ritual: Ritual) -> None:
    about = (plan.week, ritual.id)
    if not ritual.secret:
        st.button(
            f"swap {lines.only_read(ritual)}",
            key=f"swap {plan.week} {ritual.id}",
            type="tertiary",
            icon=":material/swap_horiz:",
            on_click=press(choices.swap),
            args=about,
        )
    st.button(
        f"leave out {lines.only_read(ritual)}",
        key=f"leave out {plan.week} {ritual.id}",
        type="tertiary",
        icon=":material/remove:",
        on_click=press(choices.leave_out),
        args=about,
    )


def _say_where(plan: Plan, ritual: Ritual) -> None:
    """A line, once, on a secret that was just chosen and lights up no block of the week."""
    if ritual.secret and choices.is_new(plan.week, ritual.id):
        st.caption(WHERE_IT_WENT)


def _say_if_none(plan: Plan, ritual: Ritual) -> None:
    if choices.has_no_other(plan.week, ritual.id):
        st.caption(NOTHING_ELSE)


def _key(plan: Plan, ritual: Ritual) -> str:
    return f"change {plan.week} {ritual.id}"
