"""A week, and the season it ends, on paper: two PDFs of one page each."""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from pages import file_button, shared, stores
from pages.file_button import File
from pages.options import one_of
from rituals import lettering, paper, season_paper, stationery, weeks
from rituals.household import Household
from rituals.plan import Plan
from rituals.ritual import Ritual
from rituals.stationery import Paper
from rituals.storage import Store
from rituals.week import Week

PDF = "application/pdf"
PAPERS = {Paper.A4: "A4", Paper.LETTER: "US Letter"}


def show(week_plan: Plan, household: Household) -> None:
    """Which paper, and the two pages; the season shows a week of its own plan as it is here."""
    usual = stationery.usual_paper(household)
    size = one_of("Paper", PAPERS, usual, "print paper", persist_state="session")
    store, week, rituals = stores.store(), week_plan.week, shared.rituals()
    ahead = weeks.week_to_plan(shared.today(household), household)
    with st.container(horizontal=True):
        of_week = File(
            paper.file_name(week), PDF, lambda: week_file(week_plan, household, size, rituals)
        )
        file_button.show("This week on paper (PDF)", of_week, "print week", icon="print")
        of_season = File(
            season_paper.file_name(week),
            PDF,
            lambda: season_file(store, week_plan, ahead, household, size),
        )
        file_button.show("Our season on paper (PDF)", of_season, "print season", icon="print")


def week_file(
    plan: Plan, household: Household, size: Paper, rituals: Mapping[str, Ritual]
) -> bytes:
    """The week as it is shown."""
    return paper.week(plan, household, size, _folders(), rituals)


def season_file(store: Store, plan: Plan, ahead: Week, household: Household, size: Paper) -> bytes:
    """The thirteen weeks that end with a plan's, as they are kept."""
    kept = store.load_plans(season_paper.of_season(plan.week))
    there = {**kept, plan.week: plan}
    return season_paper.season(there, (plan.week, ahead), household, size, _folders())


def _folders() -> tuple[Path, ...]:
    return lettering.usual_folders(Path.home())
