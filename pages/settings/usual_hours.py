"""The fields of a household's hours: the usual ones, and other ones on some days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import time

import streamlit as st

from pages.settings import household_form, turn_lines
from pages.settings.turn_lines import Edited
from pages.ui import fields, markdown
from pages.ui.choice import quietly_one_of
from rituals.model.household import BOTH, Household, Partner
from rituals.model.time.formats import Formats
from rituals.model.time.window import DAYS
from rituals.model.usual import LONGEST_WAY_HOME, DayHours
from rituals.planning import usual_checks

NO_LINE = DayHours(())
IN_HOURS = ("days", "no_bedtime", "way_home", "free_evenings")  # of what is usual


def edit_hours(kept: Household, key: str) -> Edited:
    """The household with its hours as the fields say them."""
    household = household_form.edit_clock(kept, key)
    if household.children:
        baby = st.toggle("No regular bedtime (a baby)", kept.usual.no_bedtime, f"{key} no bedtime")
        household = replace(household, usual=replace(household.usual, no_bedtime=baby))
    household = _edit_evenings(_edit_days(household, key), key)
    problem = usual_checks.of_hours(household) if household != kept else ""
    if problem:
        st.info(markdown.plain(problem))
    return Edited(household, not problem)


def _edit_days(kept: Household, key: str) -> Household:
    lines = kept.usual.days
    shown = len(lines) + turn_lines.added(f"{key} other lines 0")
    rows = [_line(kept, lines[n] if n < len(lines) else NO_LINE, n, key) for n in range(shown)]
    turn_lines.adds("Other hours on some days", f"{key} other lines 0")
    days = tuple(line for line in rows if line.days and _says_something(line))
    return replace(kept, usual=replace(kept.usual, days=days))


def _edit_evenings(kept: Household, key: str) -> Household:
    """The household with its way home, and the evenings each would rather keep free."""
    way_home = st.number_input(
        "A way home takes, in minutes",
        0,
        LONGEST_WAY_HOME,
        kept.usual.way_home,
        5,
        key=f"{key} way home",
        width=200,
    )
    st.caption("The week leaves that long around whatever takes you out.")
    rows = {p.key: _evenings(p, kept, key) for p in kept.partners}
    st.caption("On these evenings the week asks for something last of all.")
    evenings = {whose: days for whose, days in rows.items() if days}
    return replace(kept, usual=replace(kept.usual, way_home=way_home, free_evenings=evenings))


def _evenings(partner: Partner, kept: Household, key: str) -> tuple[int, ...]:
    days = st.pills(
        f"Evenings {markdown.plain(partner.name)} would rather keep free",
        range(len(DAYS)),
        selection_mode="multi",
        default=kept.usual.free_evenings.get(partner.key, ()),
        format_func=lambda day: DAYS[day][:2],
        key=f"{key} evenings {partner.key}",
    )
    return tuple(sorted(days))


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
            name: _hour(f"{label}{which}", getattr(kept, name), f"{at} {name}", household.formats)
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


def _hour(label: str, kept: time | None, key: str, formats: Formats) -> time | None:
    """An hour that may be left empty: then it is the usual one."""
    st.session_state.setdefault(key, kept)
    return st.time_input(label, None, key, format=fields.hour(formats), width=112)


def _says_something(line: DayHours) -> bool:
    return any((line.wake, line.supper, line.bedtime, line.sleep))
