"""The drawer that is open in this browser, and what is changed in it.

The session holds nothing that lies in the drawer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.drawer import open_drawers
from pages.drawer.open_drawers import OpenDrawer
from pages.session import calendar_refresh, context, edits, stores, who
from rituals.model import local_time
from rituals.model.context import Cover
from rituals.model.household import Household
from rituals.model.plan import Occurrence, Plan, standing
from rituals.model.time.span import Span, Spans
from rituals.model.time.week import Week
from rituals.planning import agreement, scheduling
from rituals.security import encryption
from rituals.store import covers
from rituals.surprises import drawers, repeats
from rituals.surprises import surprise as surprises
from rituals.surprises.surprise import Drawer, Surprise

OPEN = "surprises open drawer"  # session: the drawer that is open here
FORM = "surprises form"  # session: the id of the surprise in the form; "" for a new one
BEGUN = "surprises begun"  # session: what a new one's form begins with; nothing lies there yet
CONFIRMING = "surprises asked"  # session: what is asked back
WORDS = "surprises words"  # session: recovery words, until they are written down


def open_drawer(giver: str, key: bytearray) -> None:
    """From now on this drawer is open here."""
    if (before := _open()) is not None:
        before.close()
    at = get_script_run_ctx()
    visit = at.session_id if at else ""
    st.session_state[OPEN] = open_drawers.open_drawer(giver, key, visit, stores.now())


def close() -> None:
    """From now on no drawer is open here."""
    if (before := _open()) is not None:
        before.close()
    for name in [n for n in st.session_state if str(n).startswith("surprises ")]:
        del st.session_state[name]


def opened(giver: str) -> OpenDrawer | None:
    """The drawer of this giver, where it is open here."""
    at = _open()
    return at if at and at.giver == giver and not at.is_closed else None


def guard(*, is_its_page: bool) -> None:
    """Closes the drawer once its page is left, another one sits here, or nobody moved for long."""
    at = _open()
    if at is None:
        return
    sits_here = who.present() == (at.giver,)
    if not (is_its_page and sits_here) or at.is_closed or at.is_left(stores.now()):
        close()


def change(
    giver: str, key: encryption.Key, how: Callable[[Drawer], Drawer], household: Household
) -> Drawer:
    """The drawer after a change, kept; what its covers keep free is planned around."""
    before = _kept_free(household)
    after = drawers.change(stores.store(), giver, key, how, household, stores.now())
    for week, free in _kept_free(household).items():
        again = before.get(week, Spans()) - free
        if again or (free != before.get(week) and _in_the_way(week, household)):
            calendar_refresh.place_anew([week])
    return after


def moved_by(hint: Cover, household: Household) -> tuple[Occurrence, ...]:
    """Occurrences that a hint not kept yet will move, of its week or late in the one before."""
    weeks = (hint.week - 1, hint.week)
    return tuple(o for week in weeks for o in _in_the_way(week, household, (hint,)))


def _in_the_way(
    week: Week, household: Household, hints: tuple[Cover, ...] | None = None
) -> tuple[Occurrence, ...]:
    plan, life = stores.store().load_plan(week), context.surroundings(week, household)
    life = life if hints is None else replace(life, covers=hints)
    return scheduling.in_the_way(plan, life, stores.now()) if plan else ()


def reveal(
    giver: str, key: encryption.Key, due: tuple[Surprise, ...], household: Household
) -> None:
    """Puts what is due into the plans of its weeks, never twice."""
    now = stores.now()
    for surprise in due:
        _into_its_week(surprise, giver, household)
    ids = [surprise.id for surprise in due]
    change(giver, key, lambda drawer: after_opening(drawer, ids, household, now), household)


def after_opening(drawer: Drawer, opened: list[str], household: Household, now: datetime) -> Drawer:
    """The drawer after these were revealed; what comes again lies in it for its next time."""
    return repeats.with_next(surprises.after_opening(drawer, opened, now), household, now)


def _open() -> OpenDrawer | None:
    at: OpenDrawer | None = st.session_state.get(OPEN)
    return at


def _into_its_week(surprise: Surprise, giver: str, household: Household) -> None:
    now, week = stores.now(), surprises.week_of(surprise, household)

    def revealed(plan: Plan) -> Plan:
        return agreement.with_own_yes(plan, surprises.revealed(plan, surprise, now), (giver,))

    occurrence = surprises.as_occurrence(surprise, week, now)
    plan = stores.store().load_plan(week)
    if plan and any(o.id == occurrence.id for o in plan.occurrences):
        return
    if occurrence.spontaneous:
        edits.add_spontaneous(week, occurrence)
    else:
        edits.record(week, revealed)


def _kept_free(household: Household) -> dict[Week, Spans]:
    """Hours that covers keep free in each week ahead that has a plan, and where it runs past it."""
    store = stores.store()
    free = {}
    for week, plan in store.load_plans(calendar_refresh.weeks_ahead(household)).items():
        runs_on = Spans(Span(o.start, o.end) for o in standing(plan))
        covered = Spans(cover.span for cover in covers.of_week(store, week, household))
        free[week] = covered & (Spans([local_time.week_span(week, household)]) | runs_on)
    return free
