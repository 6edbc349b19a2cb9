"""One week of the chart, opened: its answers or its plan, and a button that leads to it."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from pages.session import context, presses
from pages.ui import markdown
from pages.week_views import query
from rituals.insights import balance
from rituals.model import local_time, totals, wording
from rituals.model.household import Household
from rituals.model.plan import Plan, Season, standing
from rituals.model.time.week import Week
from rituals.planning import review

GO = "weeks opened go"


def show(week: Week, plan: Plan | None, wanted: query.ViewQuery, *, in_part: bool) -> None:
    """The week; `in_part` where something of it is said and something is not."""
    is_behind = week < wanted.ahead
    with st.container(border=True, key="weeks opened"):
        title, corner = st.columns([3, 1], vertical_alignment="center")
        first = local_time.first_day(week, wanted.household)
        title.subheader(f"The week of {wanted.household.formats.short_day(first)}", anchor=False)
        if plan is not None and plan.season is Season.GRACE:
            rests = "rested" if is_behind else "rests"
            st.markdown(f"{markdown.sentence(plan.grace)} Everything {rests}.")
        else:
            then = wanted.household.in_week(week)
            _content(plan, then, is_behind=is_behind, in_part=in_part)
        label = "Look back on this week" if is_behind else "Go to this week"
        presses.submit(
            label,
            lambda: context.go_to(week, wanted.ahead),
            key=GO,
            draw=corner.button,
            then=lambda: st.switch_page("sunday.py"),
            width="stretch",
        )


def _content(plan: Plan | None, household: Household, *, is_behind: bool, in_part: bool) -> None:
    lines = list(_lines(plan, household, is_behind=is_behind)) if plan else []
    half = -(-len(lines) // 2)
    for column, some in zip(st.columns(2), (lines[:half], lines[half:]), strict=True):
        column.markdown("  \n".join(some))
    if plan is not None and is_behind and (both := _answered_both_ways(plan, household)):
        st.caption(markdown.plain(f"{wording.listed(both)}: what was said roughly counts there."))
    if in_part:
        st.caption("Some of it is not said yet.")
    elif not lines:
        st.markdown(_nothing(plan, is_behind=is_behind))


def _lines(plan: Plan, household: Household, *, is_behind: bool) -> Iterable[str]:
    """A line for each occurrence: the lived ones of a past week, the planned ones of one ahead."""
    if is_behind:
        yield from _rough_lines(plan, household)
    occurrences = [o for o in plan.occurrences if o.lived] if is_behind else standing(plan)
    for o in occurrences:
        minutes = o.lived if is_behind else o.minutes
        title = markdown.plain(wording.title(o, household))
        when = wording.moment(o.start, household)
        yield f"{markdown.dot(o.tone(household))} {title} · {when} · {wording.hours(minutes or 0)}"
    yield from _trip_lines(plan, household, is_behind=is_behind)


def _rough_lines(plan: Plan, household: Household) -> Iterable[str]:
    for strand in household.strands():
        if (minutes := plan.lived.get(strand)) is not None:
            about = f"about {wording.hours(minutes)}" if minutes else "none this time"
            name = markdown.plain(wording.strand(strand, household))
            yield f"{markdown.dot(strand.kind)} {name} · {about}, said roughly"


def _trip_lines(plan: Plan, household: Household, *, is_behind: bool) -> Iterable[str]:
    """A line for time with the children that a trip brings, where its bar counts it."""
    for strand in household.strands():
        minutes = totals.minutes_of_trips(plan, strand, household)
        counts = not is_behind or balance.lived_minutes(plan, strand, household) is not None
        if minutes and counts and strand not in plan.lived:
            name = markdown.plain(wording.strand(strand, household))
            line = f"{name} · {wording.hours(minutes)} while the other is away"
            yield f"{markdown.dot(strand.kind)} {line}"


def _answered_both_ways(plan: Plan, household: Household) -> list[str]:
    one_by_one = {o.strand for o in plan.occurrences if o.lived}
    both = (s for s in household.strands() if s in plan.lived and s in one_by_one)
    return [wording.strand(strand, household) for strand in both]


def _nothing(plan: Plan | None, *, is_behind: bool) -> str:
    if plan is None or not is_behind:
        return "Nothing is written down here."
    return "Nothing is said of it yet." if review.has_no_answer(plan) else "All of it was let go."
