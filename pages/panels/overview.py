"""The column beside every step of the sitting: the weeks as a chart and one week as a grid."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from typing import NamedTuple

import streamlit as st

from pages.panels import clashes
from pages.session import context, stores, widgets
from pages.ui import chart, markdown, week_grid
from rituals.charts import theme, weeks
from rituals.insights import balance
from rituals.model import local_time, totals, wording
from rituals.model.household import Household
from rituals.model.plan import Plan, Season, standing
from rituals.model.ritual import Ritual
from rituals.model.time.week import Week
from rituals.planning import review, sitters
from rituals.store.errors import StoreError

NO_RITUAL = "No ritual is in the plan yet"
WEEKS_SHOWN = 11  # those behind and the one ahead, as many as stand side by side on a phone


class PastWeeks(NamedTuple):
    """The weeks behind the one at hand: their rows for the chart, and the last of them."""

    rows: list[balance.Row]
    last: Plan | None


def warm_up() -> None:
    """Loads what the first chart waits for, and makes its grammar."""
    import altair  # noqa: F401  its grammar
    import pyarrow.json  # noqa: F401  its rows

    with suppress(StoreError):  # the first page says it
        store = stores.own_store()
        if household := store.load_household():
            week = local_time.week_to_plan(context.today(household), household)
            shown = weeks_shown(week)
            by_week = store.load_plans(shown)
            rows = balance.rows(by_week, shown, household)
            labels = balance.axis_labels(rows)
            tones = household.tones()
            chart.grammar(lambda ground: weeks.weeks(labels, tones, ground), theme.LIGHT)
            if week not in by_week:
                context.new_plan(store.load_last_plan(week), week, household, store)


def weeks_shown(week: Week) -> list[Week]:
    """The weeks of the chart up to this one."""
    return [week + back for back in range(1 - WEEKS_SHOWN, 1)]


def past_weeks(by_week: Mapping[Week, Plan], week: Week, household: Household) -> PastWeeks:
    """The weeks of the chart before this one; they stay as they are while it is planned."""
    shown = weeks_shown(week)[:-1]
    return _past_weeks(tuple(map(by_week.get, shown)), tuple(shown), household)


@lru_cache(8)
def _past_weeks(
    plans: tuple[Plan | None, ...], shown: tuple[Week, ...], household: Household
) -> PastWeeks:
    kept = {plan.week: plan for plan in plans if plan}
    return PastWeeks(balance.rows(kept, shown, household), plans[-1])


def show_weeks(plan: Plan, before: PastWeeks, household: Household) -> None:
    """The chart of the weeks behind and this one, with its legend and a caption."""
    st.header("Our time, week by week", anchor=False)
    st.markdown(markdown.legend(household))
    rows = [*before.rows, *balance.rows({plan.week: plan}, [plan.week], household)]
    labels = balance.axis_labels(rows)
    ahead = local_time.week_to_plan(context.today(household), household)
    chart.chart(
        lambda ground: weeks.weeks(labels, household.tones(), ground),
        "sunday weeks",
        "Hours by kind of time: what happened in each week; of this one planned and hoped for",
        bars=balance.stacked_bars(rows, plan.week),
        gaps=balance.week_gaps(rows, min(plan.week, ahead)),
    )
    st.caption(
        "Solid is what happened, soft is in the plan, an outline is hoped for."
        f"{_also(plan, household)}"
    )


def show_week(plan: Plan, at_hand: Week, household: Household) -> None:
    """One week as a grid; hands can move what lies in the week at hand."""
    this = plan.week == at_hand
    st.header(_which(plan.week, at_hand, household), anchor=False)
    if plan.season is Season.GRACE:
        st.info("A week off: everything rests, and nothing is asked.")
    elif not standing(plan):
        st.caption("No ritual lies in this week yet.")
    _grid(plan, household, movable=this)


def progress(plan: Plan, before: Plan | None, household: Household) -> str:
    """The state of the sitting in one line, its parts joined by middle dots."""
    parts = []
    if before is not None and standing(before) and review.is_answered(before):
        parts.append("Last week is looked back on")
    if plan.season is Season.GRACE:
        parts.append("This week rests")
    elif minutes := totals.minutes_in_all(plan):
        beside = balance.compared_with_hopes(plan, household)
        parts.append(f"{wording.hours(minutes)} of this week is in the plan, {beside}")
    else:
        parts.append(_without_rituals(plan, household))
    return " · ".join(parts)


def _without_rituals(plan: Plan, household: Household) -> str:
    """A few words on a week without rituals, which may have the hours that a trip brings."""
    minutes = sum(totals.minutes_of_trips(plan, s, household) for s in household.strands())
    if not minutes:
        return NO_RITUAL
    brings = f"A trip brings {wording.hours(minutes)} with the children"
    return f"{brings}; {NO_RITUAL[0].lower()}{NO_RITUAL[1:]}"


def _also(plan: Plan, household: Household) -> str:
    """A sentence where the bar of a week is higher than what was planned in it; else empty."""
    handed = any(totals.brought_by_absence(plan, s, household) for s in household.strands())
    return " Time with the children while the other is away counts too." if handed else ""


def _which(week: Week, at_hand: Week, household: Household) -> str:
    named = {at_hand: "This week", at_hand - 1: "Last week"}
    first = local_time.first_day(week, household)
    return named.get(week) or f"The week of {household.formats.short_day(first)}"


def _grid(plan: Plan, household: Household, *, movable: bool) -> None:
    week_grid.show(
        plan,
        household,
        key=widgets.grid(plan.week),
        busy=context.busy(plan.week, household),
        waiting=sitters.ids(plan, household, context.rituals(), stores.now()),
        why=clashes.why(plan, household),
        lengths=_lengths(plan, context.rituals()),
        met=clashes.bands_met(plan, household),
        covers=context.cover_lines(plan.week, household),
        movable=movable,
    )


def _lengths(plan: Plan, rituals: Mapping[str, Ritual]) -> dict[str, tuple[int, int]]:
    """By occurrence, the least and the most minutes of its ritual."""
    of = ((o.id, rituals.get(o.ritual or "")) for o in plan.occurrences)
    return {id: (ritual.least_minutes, ritual.most_minutes) for id, ritual in of if ritual}
