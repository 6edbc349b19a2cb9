"""The weeks behind and the one at hand as a low chart, for the band above the grid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import lru_cache

import streamlit as st

from pages.session import context, stores
from pages.ui import chart, markdown
from rituals.charts import theme, weeks
from rituals.insights import balance
from rituals.model import local_time
from rituals.model.household import Household
from rituals.model.plan import Plan
from rituals.model.time.week import Week
from rituals.store.errors import StoreError

HEIGHT = 118  # pixels, the axis among them
WEEKS_SHOWN = 11  # those behind and the one ahead, as many as stand side by side on a phone


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
            tones = household.over(shown).tones()
            chart.grammar(lambda ground: weeks.weeks(labels, tones, ground, HEIGHT), theme.LIGHT)
            if week not in by_week:
                context.new_plan(store.load_last_plan(week), week, household, store)


def weeks_shown(week: Week) -> list[Week]:
    """The weeks of the chart up to this one."""
    return [week + back for back in range(1 - WEEKS_SHOWN, 1)]


def past_weeks(
    by_week: Mapping[Week, Plan], week: Week, household: Household
) -> tuple[balance.Row, ...]:
    """Rows of the chart for the weeks before this one; the same while it is planned."""
    shown = weeks_shown(week)[:-1]
    return _past_weeks(tuple(map(by_week.get, shown)), tuple(shown), household)


@lru_cache(8)
def _past_weeks(
    plans: tuple[Plan | None, ...], shown: tuple[Week, ...], household: Household
) -> tuple[balance.Row, ...]:
    kept = {plan.week: plan for plan in plans if plan}
    return tuple(balance.rows(kept, shown, household))


def show(plan: Plan, before: Sequence[balance.Row], household: Household, *, legend: bool) -> None:
    """Draws the weeks behind and this one, below a legend or, beside the sliders, a heading."""
    named = household.over(weeks_shown(plan.week))
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="band-line"):
        if legend:
            st.markdown(markdown.legend(named), width="content")
        else:
            st.html('<p class="lw-line">Our weeks</p>', width="content")
    rows = [*before, *balance.rows({plan.week: plan}, [plan.week], household)]
    labels = balance.axis_labels(rows)
    ahead = local_time.week_to_plan(context.today(household), household)
    chart.chart(
        lambda ground: weeks.weeks(labels, named.tones(), ground, HEIGHT),
        "sunday weeks",
        "Hours by kind of time: what happened in each week; of this one planned and hoped for",
        bars=balance.stacked_bars(rows, plan.week),
        gaps=balance.week_gaps(rows, min(plan.week, ahead)),
    )
