"""Step 4: the week's occurrences; each can be moved, shortened, fixed or let go."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from zlib import crc32

import streamlit as st

from pages.panels import childcare_question, clashes, rests
from pages.session import context, edits, stores
from pages.steps import other_weeks
from pages.ui import fields, markdown
from rituals.model import local_time, wording
from rituals.model.household import Household
from rituals.model.plan import Occurrence, Plan, Season, clash
from rituals.model.time.span import Span
from rituals.model.time.week import Week
from rituals.planning import changes
from rituals.planning.clashes import seen
from rituals.planning.conflicts import PlaceSetting

QUARTER = timedelta(minutes=15)
LENGTHS = (*range(5, 60, 5), *range(60, 301, 15))
PICKED = "sunday picked"  # session: the id of the occurrence in the form
FORM = "sunday form"  # session: what is in the form of an occurrence as it was
REFUSED = "sunday refused"  # session: a form that could not be kept as it is, and why


def show(plan: Plan, household: Household) -> None:
    """The occurrence picked and its form; what can be done with it."""
    if plan.season is Season.GRACE:
        st.write("This is a week off: everything rests.")
        return
    for line in _covers(plan, household):
        st.caption(markdown.plain(line))
    rests.show(plan, household)
    shown = [o for o in plan.occurrences if o.chosen and not o.spontaneous]
    if not shown:
        st.write("No ritual lies in this week yet. Those chosen in the step before appear here.")
        return
    _as_a_whole(plan, household)
    by_id = {o.id: o for o in shown}
    lines = {id: _line(occurrence, household) for id, occurrence in by_id.items()}
    ids = list(lines)
    picked = st.session_state.get(PICKED)
    # A box knows its choice by the line it shows: with other lines it has to be another box, or a
    # moved occurrence would quietly become the first of the week.
    st.session_state[PICKED] = st.selectbox(
        "Which one?",
        ids,
        index=ids.index(picked) if picked in lines else 0,
        format_func=lines.__getitem__,
        key=f"{PICKED} {crc32(repr(lines).encode())}",
    )
    _form(plan, by_id[st.session_state[PICKED]], household)


def _covers(plan: Plan, household: Household) -> list[str]:
    """The lines by which one asks the other to keep hours of this week free."""
    this = local_time.week_span(plan.week, household)
    return [line for span, line in context.cover_lines(plan.week, household) if span.overlaps(this)]


def _as_a_whole(plan: Plan, household: Household) -> None:
    """The buttons for the week as a whole, and the open questions in it."""
    with st.container(horizontal=True):
        other_weeks.ask(plan)
        back = edits.can_go_back(plan.week)
        if st.button("Undo", icon=":material/undo:", disabled=not back):
            edits.go_back(plan.week)
            st.rerun()
    other_weeks.show(plan, household)
    childcare_question.show(plan, household)


def _line(occurrence: Occurrence, household: Household) -> str:
    line = f"{wording.moment(occurrence.start, household)} · {wording.title(occurrence, household)}"
    return f"{line} · left out" if occurrence.let_go else line


def _form(plan: Plan, occurrence: Occurrence, household: Household) -> None:
    start = occurrence.start.astimezone(household.tz)
    version = f"{occurrence.id} {occurrence.sequence} {occurrence.fixed}"
    with st.form(f"form {version}"):
        why = clashes.why(plan, household).get(occurrence.id, "")
        for line in filter(None, (occurrence.way, why)):
            st.caption(markdown.plain(line))
        days = local_time.days(plan.week, household)
        index = days.index(start.date()) if start.date() in days else 0
        st.selectbox(
            "Day", days, index=index, format_func=household.formats.day, key=f"{FORM} day {version}"
        )
        st.time_input(
            "From",
            start.time(),
            step=QUARTER,
            format=fields.hour(household.formats),
            key=f"{FORM} from {version}",
        )
        lengths = sorted({*LENGTHS, occurrence.minutes})
        st.select_slider(
            "How long",
            lengths,
            value=occurrence.minutes,
            format_func=wording.hours,
            key=f"{FORM} minutes {version}",
        )
        st.checkbox("Pinned: it stays where it is", occurrence.fixed, key=f"{FORM} fixed {version}")
        # Called before the page runs: by then another screen may have made it another form.
        about = (plan.week, occurrence.id, version)
        with st.container(horizontal=True):
            back = occurrence.let_go
            keep = "Bring it back" if back else "Save"
            st.form_submit_button(keep, type="primary", on_click=_put, args=about)
            if not back:
                st.form_submit_button("Leave out", on_click=_let_go, args=about)
    refused, why = st.session_state.get(REFUSED, ("", ""))
    if refused == version:
        st.warning(why)


def _let_go(week: Week, id: str, _version: str) -> None:
    _keep(week, id, partial(changes.let_go, id=id, now=stores.now()))


def _put(week: Week, id: str, version: str) -> None:
    """Moves an occurrence to the hours in the form, unless another one occupies them."""
    day, hour, minutes, fixed = (
        st.session_state[f"{FORM} {field} {version}"]
        for field in ("day", "from", "minutes", "fixed")
    )
    household, plan = context.household(), edits.plan_of(week)
    begins = local_time.instant(day, hour, household)
    span = Span(begins, begins + timedelta(minutes=minutes))
    occurrence = next((o for o in plan.occurrences if o.id == id), None)
    other = occurrence and clash(plan, occurrence, span)
    if other:
        st.session_state[REFUSED] = version, _occupied(other, household)
    else:
        life, now = context.surroundings(week, household), stores.now()
        move = partial(changes.move, id=id, span=span, fixed=fixed, now=now)
        _keep(week, id, lambda plan: seen(move(plan), id, life))


def _occupied(other: Occurrence, household: Household) -> str:
    """The reason for a refusal: shown as long as the form stands, whatever the page runs for."""
    title = markdown.plain(wording.title(other, household))
    at = wording.moment(other.start, household)
    return f"{title} is there already, from {at}. Another hour, or leave one of them out?"


def _keep(week: Week, id: str, change: Callable[[Plan], Plan]) -> None:
    st.session_state.pop(REFUSED, None)
    edits.change(week, change, PlaceSetting(week, id))
