"""Step 4: what is open in the week; all else is done on its blocks."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages.panels import childcare_question, rests
from pages.session import context, edits, stores
from pages.session.presses import press
from pages.ui import markdown
from rituals.model import local_time, wording
from rituals.model.household import Household
from rituals.model.plan import Occurrence, Plan, Season, clash
from rituals.model.time.span import Span
from rituals.model.time.week import Week
from rituals.planning import changes
from rituals.planning.choices import secret
from rituals.planning.conflicts import PlaceSetting

REFUSED = "sunday refused"  # session: the id of what could not be brought back, and why


def show(plan: Plan, household: Household) -> None:
    """The questions of the week, and what was left out of it."""
    if plan.season is Season.GRACE:
        st.write("This is a week off: everything rests.")
        return
    for line in _covers(plan, household):
        st.caption(markdown.plain(line))
    if sentence := secret.what_left(plan, context.rituals(), stores.now()):
        st.caption(markdown.plain(sentence))
    rests.show(plan, household)
    childcare_question.show(plan, household)
    _left_out(plan, household)
    if edits.can_go_back(plan.week):
        st.button(
            "Undo",
            icon=":material/undo:",
            on_click=press(edits.go_back),
            args=(plan.week,),
        )


def _covers(plan: Plan, household: Household) -> list[str]:
    """The lines by which one asks the other to keep hours of this week free."""
    this = local_time.week_span(plan.week, household)
    return [line for span, line in context.cover_lines(plan.week, household) if span.overlaps(this)]


def _left_out(plan: Plan, household: Household) -> None:
    """A line for each that was left out, with its way back."""
    for occurrence in plan.occurrences:
        if not (occurrence.chosen and occurrence.let_go) or occurrence.spontaneous:
            continue
        title = markdown.plain(wording.title(occurrence, household))
        when = wording.moment(occurrence.start, household)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(f"Left out: {title}, {when}")
            st.button(
                "Bring it back",
                key=f"bring back {occurrence.id}",
                type="tertiary",
                help=markdown.spoken(wording.title(occurrence, household)),
                on_click=press(_bring_back),
                args=(plan.week, occurrence.id),
            )
        refused, why = st.session_state.get(REFUSED, ("", ""))
        if refused == occurrence.id:
            st.warning(why)


def _bring_back(week: Week, id: str) -> None:
    """Brings one back to its hours, unless another one occupies them by now."""
    st.session_state.pop(REFUSED, None)
    plan = edits.plan_of(week)
    left_out = next((o for o in plan.occurrences if o.id == id and o.let_go), None)
    if left_out is None:
        return
    span = Span(left_out.start, left_out.end)
    if other := clash(plan, left_out, span):
        st.session_state[REFUSED] = id, _occupied(other, context.household())
        return
    back = partial(changes.move, id=id, span=span, fixed=left_out.fixed, now=stores.now())
    edits.change(week, back, PlaceSetting(week, id))


def _occupied(other: Occurrence, household: Household) -> str:
    title = markdown.plain(wording.title(other, household))
    at = wording.moment(other.start, household)
    return f"{title} is there already, from {at}. Another hour, or leave one of them out?"
