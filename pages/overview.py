"""What every step of the sitting shows beside it: the weeks as a chart and one week as a grid."""

from collections.abc import Mapping

import streamlit as st

from pages import shared, week_grid
from rituals import plans, words
from rituals.model import Household, Kind, Plan, Season, Week

WEEKS_SHOWN = 11  # those behind and the one ahead, as many as stand side by side on a phone


def show(plan: Plan, by_week: Mapping[Week, Plan], in_grid: Plan, household: Household) -> None:
    """The chart of the weeks up to this one, and the grid of the week at hand."""
    st.subheader("Our time, week by week", anchor=False)
    _chart(plan, by_week, household)
    this = plan.week == in_grid.week
    st.subheader("This week" if this else "Last week", anchor=False)
    if in_grid.season is Season.GRACE:
        st.info("A grace week: everything rests, and nothing is asked.")
    elif not plans.standing(in_grid):
        st.caption("Nothing lies in this week yet.")
    st.html(week_grid.html(in_grid, household))
    for unplaced in _without_place(plan, household) if this else ():
        st.caption(f"{shared.plain(unplaced.wanted.ritual.title)}: {unplaced.reason}")


def sentence(plan: Plan, before: Plan | None) -> str:
    """Where the sitting stands, in one line."""
    from rituals import balance

    said = []
    if before is not None and plans.standing(before) and plans.is_said(before):
        said.append("Last week is looked back on")
    if plan.season is Season.GRACE:
        said.append("This week rests")
    elif asked := plans.asks(plan):
        said.append(
            f"{words.hours(asked)} of this week is in the plan, {balance.beside_hopes(plan)}"
        )
    else:
        said.append("Nothing is in the plan yet")
    return " · ".join(said)


def legend(household: Household) -> str:
    """The kinds and their colours, in markdown."""
    kinds = [kind for kind in Kind if household.children or kind is not Kind.SOLO]
    return "   ".join(f"{shared.dot(kind)} {words.KINDS[kind]}" for kind in kinds)


def _chart(plan: Plan, by_week: Mapping[Week, Plan], household: Household) -> None:
    from rituals import balance, charts

    shown = [plan.week + back for back in range(1 - WEEKS_SHOWN, 1)]
    frame = balance.frame(by_week, shown, household)
    labels = balance.labels(frame.drop_duplicates("week"))
    st.markdown(legend(household))
    shared.chart(
        charts.weeks(labels, shared.ground()),
        "sunday weeks",
        "Hours by kind of time for each week, lived, and for this week planned and hoped for",
        bars=balance.stacked(frame, plan.week),
        gaps=balance.unwritten(frame, plan.week),
    )
    st.caption("Solid is lived, soft is in the plan, an outline is hoped for.")


def _without_place(plan: Plan, household: Household) -> tuple[plans.Unplaced, ...]:
    if plan.season is Season.GRACE or plans.is_laid(plan):
        return ()
    return plans.laid(plan, shared.rituals(), household, shared.now())[1]
