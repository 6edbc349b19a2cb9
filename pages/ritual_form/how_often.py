"""The rhythm of a ritual in its form: so many times a week, every so many weeks, or on a date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from pages.session import context
from pages.ui import fields
from pages.ui.choice import one_of_many
from rituals.model import wording
from rituals.model.ritual import Frequency, Ritual
from rituals.model.time.rhythm import FIRST_YEARS, LEAP_YEAR, Rhythm, YearlyDate

MOST_TIMES = 7  # a week
ON_A_DATE = "date"
Key = Callable[[str], str]


def draw(before: Ritual, key: Key) -> tuple[Frequency, Rhythm | None]:
    """Times a week and rhythm as they stand in the form; no rhythm while its day is not chosen."""
    chosen = _chosen(before.rhythm, key)
    if chosen == ON_A_DATE:
        return before.frequency, _date(before.rhythm.date, key)
    rhythm = Rhythm.read(chosen)
    return _times(before.frequency, key) if rhythm.is_weekly else before.frequency, rhythm


def _chosen(before: Rhythm, key: Key) -> str:
    """The notation of a rhythm without a date, or ON_A_DATE."""
    rhythms = {Rhythm(weeks) for weeks in wording.RHYTHMS} | (
        {before} if not before.date else set()
    )
    ordered = sorted(rhythms, key=lambda rhythm: rhythm.every_weeks)
    names = {str(rhythm): wording.rhythm(rhythm, context.household().formats) for rhythm in ordered}
    names[ON_A_DATE] = "on a day each year"
    begun = ON_A_DATE if before.date else str(before)
    return one_of_many("How often", names, begun, key("how often"))


def _times(before: Frequency, key: Key) -> Frequency:
    begun = (min(before.least, MOST_TIMES), min(before.most, MOST_TIMES))
    times = st.slider(
        "How often a week", 1, MOST_TIMES, begun, key=key("rhythm"), on_change="ignore"
    )
    return Frequency(*times)


def _date(before: YearlyDate | None, key: Key) -> Rhythm | None:
    begun = before.in_year(before.first or LEAP_YEAR) if before else None
    day = st.date_input(
        "The first time",
        value=begun,
        min_value=date(FIRST_YEARS[0], 1, 1),
        max_value=date(FIRST_YEARS[-1], 12, 31),
        key=key("date"),
        format=fields.day(context.household().formats),
        help="The day you married, or a birthday: years are counted from then.",
        on_change="ignore",
    )
    if day is None:
        return None
    if before and day == begun:  # also where no first year is known, or it has no 29th of February
        return Rhythm.yearly(before)
    return Rhythm.yearly(YearlyDate(day.month, day.day, day.year))
