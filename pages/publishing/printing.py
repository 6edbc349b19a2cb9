"""A week, and the season it ends, on paper: two PDFs of one page each."""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from pages.session import context, stores
from pages.ui import download
from pages.ui.choice import one_of
from pages.ui.download import File
from rituals.model import local_time
from rituals.model.household import Household
from rituals.model.plan import Plan
from rituals.model.ritual import Ritual
from rituals.model.time.formats import PAPERS, Paper
from rituals.model.time.week import Week
from rituals.planning import sitters
from rituals.printing import fonts, quarter_page, week_page
from rituals.store.store import Store

PDF = "application/pdf"


def show(week_plan: Plan, household: Household) -> None:
    """The choice of paper, and the two PDFs; the season shows this week as its plan is here."""
    size = one_of("Paper", PAPERS, household.paper, "print paper", persist_state="session")
    store, week, rituals = stores.store(), week_plan.week, context.rituals()
    ahead = local_time.week_to_plan(context.today(household), household)
    with st.container(horizontal=True):
        of_week = File(
            week_page.file_name(week), PDF, lambda: week_file(week_plan, household, size, rituals)
        )
        download.show("This week on paper (PDF)", of_week, "print week", icon="print")
        of_season = File(
            quarter_page.file_name(week),
            PDF,
            lambda: season_file(store, week_plan, ahead, household, size),
        )
        download.show("Our season on paper (PDF)", of_season, "print season", icon="print")


def week_file(
    plan: Plan, household: Household, size: Paper, rituals: Mapping[str, Ritual]
) -> bytes:
    """The week as it is shown."""
    waiting = sitters.ids(plan, household, rituals, stores.now())
    return week_page.week(plan, household, size, _folders(), rituals, waiting)


def season_file(store: Store, plan: Plan, ahead: Week, household: Household, size: Paper) -> bytes:
    """The thirteen weeks that end with a plan's, as they are kept."""
    kept = store.load_plans(quarter_page.quarter_weeks(plan.week))
    plans = {**kept, plan.week: plan}
    return quarter_page.quarter(plans, (plan.week, ahead), household, size, _folders())


def _folders() -> tuple[Path, ...]:
    return fonts.system_font_folders(Path.home())
