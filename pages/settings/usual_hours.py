"""The fields of a household's hours: the usual ones, and other ones on some days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta

import streamlit as st

from pages.settings import household_form, turn_lines
from pages.settings.turn_lines import Edited
from pages.ui import markdown
from pages.ui.choice import quietly_one_of
from rituals.model import local_time
from rituals.model.household import BOTH, Household
from rituals.model.time.window import DAYS
from rituals.model.usual import DayHours
from rituals.model.wording import WEEKDAYS

ANY_MONDAY = date(2026, 1, 5)
NO_LINE = DayHours(())
ORDER = "Up, bedtime, to sleep: on {day} they are in another order; please look at it again."


def edit_hours(kept: Household, key: str) -> Edited:
    """The household with its hours as the fields say them."""
    household = household_form.edit_clock(kept, key)
    # What was told elsewhere, an older child's bedtime after one's own, is not asked about again.
    if household != kept and (problem := household_form.of_clock(household)):
        st.info(problem)
        return Edited(household, holds=False)
    if household.children:
        baby = st.toggle("No fixed bedtime (a baby)", kept.usual.no_bedtime, f"{key} no bedtime")
        household = replace(household, usual=replace(household.usual, no_bedtime=baby))
    household = _edit_days(household, key)
    problem = _of_days(household) if household.usual.days != kept.usual.days else ""
    if problem:
        st.info(problem)
    return Edited(household, not problem)


def _edit_days(kept: Household, key: str) -> Household:
    lines = kept.usual.days
    shown = len(lines) + turn_lines.added(f"{key} other lines 0")
    told = [_line(kept, lines[n] if n < len(lines) else NO_LINE, n, key) for n in range(shown)]
    turn_lines.adds("Other hours on some days", f"{key} other lines 0")
    days = tuple(line for line in told if line.days and _says_something(line))
    return replace(kept, usual=replace(kept.usual, days=days))


def _line(household: Household, kept: DayHours, number: int, key: str) -> DayHours:
    which, at = turn_lines.which(0, number, letter=False), f"{key} other {number}"
    days = st.pills(
        f"Other hours on{which}",
        range(len(DAYS)),
        selection_mode="multi",
        default=kept.days,
        format_func=lambda day: DAYS[day][:2],
        label_visibility="collapsed",
        key=f"{at} days",
    )
    names = {BOTH: "both", **{p.key: markdown.plain(p.name) for p in household.partners}}
    whose = quietly_one_of(f"Whose hours{which}", names, kept.partner, f"{at} whose")
    with st.container(horizontal=True):
        hours = {
            name: _hour(f"{label}{which}", getattr(kept, name), f"{at} {name}")
            for name, label in _asked(household, whose)
        }
    return replace(kept, days=tuple(sorted(days)), partner=whose, **hours)


def _asked(household: Household, whose: str) -> Iterator[tuple[str, str]]:
    """The hours that can differ: the children's bedtime and supper are those of all."""
    yield "wake", "Up"
    if whose == BOTH:
        yield "supper", "Supper"
        yield "bedtime", "Bedtime" if household.children else "Evening from"
    yield "sleep", "To sleep"


def _hour(label: str, kept: time | None, key: str) -> time | None:
    """An hour that may be left empty: then it is the usual one."""
    st.session_state.setdefault(key, kept)
    return st.time_input(label, None, key, width=112)


def _says_something(line: DayHours) -> bool:
    return any((line.wake, line.supper, line.bedtime, line.sleep))


def _of_days(household: Household) -> str:
    """Sentence about a day whose hours are in no order; empty where there is none."""
    for day in sorted({day for line in household.usual.days for day in line.days}):
        hours = local_time.hours_on(ANY_MONDAY + timedelta(days=day), household)
        if hours.bedtime <= hours.wake or hours.wake <= hours.sleep <= hours.bedtime:
            return ORDER.format(day=WEEKDAYS[day])
    return ""
