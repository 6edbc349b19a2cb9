"""A drawer that is open in this browser: whose, with which key, and since when nobody moved.

The session holds the key and nothing that lies in the drawer.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import streamlit as st

from pages.session import calendar_refresh, edits, stores, who
from rituals.model import local_time
from rituals.model.household import Household
from rituals.model.plan import Plan, standing
from rituals.model.time.span import Span, Spans
from rituals.model.time.week import Week
from rituals.planning import agreement
from rituals.store import covers
from rituals.surprises import drawers, repeats
from rituals.surprises import surprise as surprises
from rituals.surprises.surprise import Drawer, Surprise

KEY = "surprises key"  # session: the key of the open drawer, in hex
WHOSE = "surprises whose"  # session: whose drawer it is
SEEN = "surprises seen"  # session: when somebody last moved here
FORM = "surprises form"  # session: the id of the surprise in the form; "" for a new one
CONFIRMING = "surprises asked"  # session: what is asked back
WORDS = "surprises words"  # session: recovery words, until they are written down
IDLE = timedelta(minutes=10)


def open_drawer(giver: str, key: bytes) -> None:
    """From now on this drawer is open here."""
    st.session_state[KEY] = key.hex()
    st.session_state[WHOSE] = giver
    touch()


def close() -> None:
    """From now on no drawer is open here."""
    for name in [n for n in st.session_state if str(n).startswith("surprises ")]:
        del st.session_state[name]


def key(giver: str) -> bytes | None:
    """The key of this drawer, where it is open here."""
    if st.session_state.get(WHOSE) != giver:
        return None
    return bytes.fromhex(st.session_state[KEY])


def touch() -> None:
    """Notes that somebody moved just now."""
    st.session_state[SEEN] = stores.now().isoformat()


def guard(*, is_its_page: bool) -> None:
    """Closes the drawer once its page is left, another one sits here, or nobody moved for long."""
    if KEY not in st.session_state:
        return
    sits_here = who.present() == (st.session_state[WHOSE],)
    if not (is_its_page and sits_here) or is_idle():
        close()


def is_idle() -> bool:
    """True once nobody moved for ten minutes."""
    seen: str | None = st.session_state.get(SEEN)
    return seen is not None and stores.now() - datetime.fromisoformat(seen) >= IDLE


def change(giver: str, key: bytes, how: Callable[[Drawer], Drawer], household: Household) -> Drawer:
    """The drawer after a change, kept; what its covers keep free is planned around."""
    before = _kept_free(household)
    after = drawers.change(stores.store(), giver, key, how, household, stores.now())
    free = _kept_free(household)
    calendar_refresh.place_anew(week for week in free if free[week] != before.get(week))
    return after


def reveal(giver: str, key: bytes, due: tuple[Surprise, ...], household: Household) -> None:
    """Puts what is due into the plans of its weeks, never twice."""
    now = stores.now()
    for surprise in due:
        _into_its_week(surprise, giver, household)
    ids = [surprise.id for surprise in due]
    change(giver, key, lambda drawer: after_opening(drawer, ids, household, now), household)


def after_opening(drawer: Drawer, opened: list[str], household: Household, now: datetime) -> Drawer:
    """The drawer after these were revealed; what comes again lies in it for its next time."""
    return repeats.with_next(surprises.after_opening(drawer, opened, now), household, now)


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
