"""Data every page needs: the household, its rituals, the week, today."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

import streamlit as st

from pages.session import stores
from pages.ui import choice, lazy
from rituals.model import local_time
from rituals.model.calendar import Audience
from rituals.model.context import PlanningContext, SeasonContext
from rituals.model.household import Household
from rituals.model.plan import Choice, Plan, Season
from rituals.model.ritual import Ritual, kept
from rituals.model.time.span import Span, Spans
from rituals.model.time.week import Week
from rituals.model.wording import cover_line
from rituals.planning import catalogue, scheduling
from rituals.planning.season import arrivals
from rituals.planning.season.season import SeasonAhead, season, weeks_from
from rituals.store import covers
from rituals.store.context import (
    load_context,
    load_season_context,
    load_surroundings,
    save_rare_weeks,
)
from rituals.store.errors import StoreError
from rituals.store.store import Store

WEEK = "week"  # session: the week chosen on the Sunday page
STEP = "sunday step"  # session: the step of the sitting
LOOK_BACK = "1 · Look back"
THE_WEEK = "4 · The week"
LOOKED_AT = "look back at"  # session, with the week at hand: the earlier week that was chosen


def today(household: Household) -> date:
    """The day it is at home."""
    return local_time.local_day(stores.now(), household)


def audience_name(audience: Audience, household: Household) -> str:
    """Name of a calendar's audience: "Both of you", or one of the two."""
    return "Both of you" if audience is Audience.SHARED else household.name(audience)


def household() -> Household:
    """The household; on a first visit the shell lets no page but the welcome run."""
    found = stores.store().load_household()
    if found is None:
        raise StoreError("This store holds no household yet; the welcome makes one.")
    return found


def rituals() -> dict[str, Ritual]:
    """Every ritual by id: the catalogue's, with the couple's own and changed ones over them."""
    return _rituals_in(stores.store())


def week(household: Household) -> Week:
    """The week that the Sunday page is about: as chosen there, else the one to plan."""
    chosen = st.session_state.get(WEEK)
    return Week.read(chosen) if chosen else local_time.week_to_plan(today(household), household)


def go_to(week: Week, ahead: Week) -> None:
    """Turns the Sunday page to a week; one before the week to plan is looked back on."""
    st.session_state[WEEK] = str(max(week, ahead))
    if week < ahead:
        choice.take(STEP, LOOK_BACK)
        st.session_state[f"{LOOKED_AT} {ahead}"] = str(week)


def planning_context(week: Week, household: Household) -> PlanningContext:
    """The context a week is planned in: rituals, busy times, covers and the weeks beside it."""
    return _life_in(stores.store(), week, household)


def surroundings(week: Week, household: Household) -> PlanningContext:
    """The context of a week without the weeks beside it: all that a hand's move can meet."""
    store = stores.store()
    return load_surroundings(store, week, household, _rituals_in(store))


def season_ahead(household: Household, at: Store | None = None) -> SeasonAhead:
    """The season from the week to plan on; its weeks are kept, and what is planned already has it.

    Nothing is looked up where nothing rare is kept.
    """
    store, day = at or stores.store(), today(household)
    weeks = weeks_from(local_time.week_to_plan(day, household))
    if not kept(_rituals_in(store).values(), household):
        return SeasonAhead(weeks, (), (), ())
    life, found = _season(store, store.revision(), weeks, household, day)
    for week, some in arrivals.missing(found, life.plans, day, household).items():
        _add(store, life.plans[week], some, household)
    save_rare_weeks(store, found.rows)
    return found


def busy(week: Week, household: Household) -> dict[str, Spans]:
    """Busy spans by partner from their calendars, with the nights beside the week."""
    return stores.store().load_busy(local_time.span_with_nights(week, household))


def cover_lines(week: Week, household: Household) -> list[tuple[Span, str]]:
    """Spans one asks the other to keep free, each with its line; the nights beside the week too."""
    covered = covers.of_week(stores.store(), week, household)
    return [(cover.span, cover_line(cover, household)) for cover in covered]


def placing_context(week: Week, household: Household) -> PlanningContext:
    """The planning context of a week, after the solver is loaded."""
    lazy.load_solver()
    return planning_context(week, household)


def new_plan(last: Plan | None, week: Week, household: Household, at: Store | None = None) -> Plan:
    """The plan that a week without one begins with; it is kept with its first change.

    After grace it begins from the last week before it.
    """
    store = at or stores.store()
    if last is not None and last.season is Season.GRACE:
        last = store.load_last_plan(week) or last
    season_ahead(household, store)
    return _begun(last, week, _life_in(store, week, household), stores.hour())


def _rituals_in(at: Store) -> dict[str, Ritual]:
    return catalogue.with_own(stores.suggested(), at.load_rituals())


def _life_in(at: Store, week: Week, household: Household) -> PlanningContext:
    return load_context(at, week, household, _rituals_in(at))


def _add(store: Store, plan: Plan, some: Iterable[Choice], household: Household) -> None:
    around, now = _life_in(store, plan.week, household), stores.now()

    def with_more(stored: Plan) -> Plan:
        return scheduling.scheduled(arrivals.with_choices(stored, some), around, now)

    store.change_plan(plan, with_more)


@lru_cache(4)
def _season(
    store: Store, _revision: int, weeks: tuple[Week, ...], household: Household, day: date
) -> tuple[SeasonContext, SeasonAhead]:
    """The season ahead and what it follows from, found once for each state of the store."""
    lazy.load_solver()
    life = load_season_context(store, weeks, household, _rituals_in(store))
    return life, season(life, weeks, day)


@lru_cache(16)
def _begun(last: Plan | None, week: Week, life: PlanningContext, _hour: datetime) -> Plan:
    """The plan that a week begins with, found once an hour: placing it takes a moment."""
    lazy.load_solver()
    return scheduling.starting_plan(last, week, life, stores.now())
