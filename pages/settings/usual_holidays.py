"""The fields of public holidays: where, who is off then, and whether there is school."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import streamlit as st

from pages.settings.turn_lines import Edited
from pages.ui import markdown
from rituals.model import local_time, public_holidays
from rituals.model.household import ONE, TWO, Household
from rituals.model.time.week import Week
from rituals.model.usual import Holidays
from rituals.model.week_facts import named_days

NOWHERE = ""
WEEKS_LOOKED_AT = 53
SCHOOL_HOLIDAYS = "School holidays come from a calendar of the children’s own: see Calendars."


def edit_holidays(kept: Household, key: str) -> Edited:
    """The household with its public holidays as the fields say them."""
    before = kept.usual.holidays
    was, _, part = before.region.partition("-")
    left, right = st.columns(2)
    with left:
        country = _one("Country", public_holidays.countries(), was, f"{key} country")
    with right:
        region = _region(country, part if country == was else "", key)
    holidays = _of_whom(kept, replace(before, region=region), key) if region else Holidays()
    return Edited(replace(kept, usual=replace(kept.usual, holidays=holidays)))


def next_week(household: Household, today: date) -> Week | None:
    """The next week with a public holiday."""
    return next(_weeks(household, today), None)


def _weeks(household: Household, today: date) -> Iterator[Week]:
    first = local_time.week_of(today, household)
    return (
        first + n
        for n in range(WEEKS_LOOKED_AT)
        if any(day >= today for day in named_days(first + n, household))
    )


def _region(country: str, part: str, key: str) -> str:
    """The country, with one of its regions where it has some."""
    parts = public_holidays.parts(country) if country else {}
    if parts or part:
        part = _one("Region", parts, part, f"{key} region {country}")
    return f"{country}-{part}" if part else country


def _one(label: str, names: dict[str, str], kept: str, key: str) -> str:
    """A place of those that are named, or none of them."""
    known = names if kept in names or not kept else {kept: kept, **names}
    shown = {NOWHERE: "None" if label == "Country" else "All of it", **known}
    keys = list(shown)
    begun = keys.index(kept) if kept in keys else 0
    chosen: str = st.selectbox(label, keys, begun, shown.__getitem__, key=key)
    return chosen


def _of_whom(household: Household, kept: Holidays, key: str) -> Holidays:
    off = kept.off if household.usual.holidays.region else (ONE, TWO)
    names = {p.key: markdown.plain(p.name) for p in household.partners}
    free = st.pills(
        "Off then",
        list(names),
        selection_mode="multi",
        default=off,
        format_func=names.__getitem__,
        key=f"{key} off",
    )
    no_school = kept.no_school
    if household.children:
        no_school = st.toggle("No school then", kept.no_school, f"{key} no school")
        st.caption(SCHOOL_HOLIDAYS)
    before = off if set(off) == set(free) else tuple(free)
    return replace(kept, off=before, no_school=no_school)
