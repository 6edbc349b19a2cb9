"""A week, and the season it ends, on paper: two PDFs of one page each."""

from pathlib import Path

import streamlit as st

from pages import shared
from rituals import lettering, paper, sheets, weeks
from rituals.model import Household, Plan
from rituals.sheets import Paper

PAPERS = {Paper.A4: "A4", Paper.LETTER: "US Letter"}


def show(week_plan: Plan, household: Household) -> None:
    """Which paper, and the two pages."""
    size = st.segmented_control(
        "Paper",
        list(PAPERS),
        default=sheets.usual_paper(household),
        format_func=PAPERS.__getitem__,
        key="print paper",
        required=True,
        persist_state="session",
    )
    with st.container(horizontal=True):
        _week(week_plan, household, size)
        _season(week_plan, household, size)


def _week(plan: Plan, household: Household, size: Paper) -> None:
    st.download_button(
        "This week on paper (PDF)",
        lambda: paper.week(plan, household, size, lettering.usual_folders(Path.home())),
        paper.file_name(plan.week),
        "application/pdf",
        on_click="ignore",
        key="print week",
        icon=":material/print:",
    )


def _season(plan: Plan, household: Household, size: Paper) -> None:
    from rituals import season_paper  # and the balance with it

    store = shared.store()
    ahead = weeks.week_to_plan(shared.today(household), household)

    def file() -> bytes:
        kept = store.load_plans(season_paper.of_season(plan.week))
        there = {**kept, plan.week: plan}
        folders = lettering.usual_folders(Path.home())
        return season_paper.season(there, (plan.week, ahead), household, size, folders)

    st.download_button(
        "Our season on paper (PDF)",
        file,
        season_paper.file_name(plan.week),
        "application/pdf",
        on_click="ignore",
        key="print season",
        icon=":material/print:",
    )
