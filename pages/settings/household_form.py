"""The fields of a household, as the welcome and the Household page ask for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from functools import cache
from typing import cast
from zoneinfo import available_timezones

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui import fields, markdown, notices
from pages.ui.choice import one_of
from rituals import text
from rituals.model import local_time, wording
from rituals.model.household import CHILDREN, ONE, TWO, Household, Partner
from rituals.model.time.formats import PAPERS, Formats
from rituals.model.time.window import DAYS, Anchor, Window
from rituals.planning import usual_checks

SOMEBODY = {ONE: "One of you", TWO: "The other of you"}
LONGEST_NAME = 40  # a name stands beside every slider and in every small block of the week
LINES = ("", " (other days)", " (still other days)")
EVENING, CHRISTMAS = time(20), date(2026, 12, 25)
CLOCKS = {twelve: Formats(twelve_hours=twelve).clock(EVENING) for twelve in (False, True)}
DATES = {first: Formats(month_first=first).short_day(CHRISTMAS) for first in (False, True)}
NO_DAYS = Window((), time(9), time(17))


def edit_names(kept: Household, page: str) -> Household:
    """The household with the names as the fields say them."""
    left, right = st.columns(2)
    one, two = kept.partners
    return replace(kept, partners=(_partner(left, one, page), _partner(right, two, page)))


def edit_home(kept: Household, page: str) -> Household:
    """The household with its children, zone and first day of the week as the fields say them."""
    children = st.toggle("Children at home", kept.children, key=f"{page} children")
    left, right = st.columns(2)
    with left:
        zone = choose_zone(kept.zone, f"{page} zone")
    days = {day: wording.WEEKDAYS[day] for day in local_time.WEEK_STARTS}
    with right:
        starts = one_of("The week starts on", days, kept.week_starts, f"{page} week starts")
    return replace(kept, children=children, zone=zone, week_starts=starts)


def edit_formats(kept: Household, page: str) -> Household:
    """The household with how it writes hours and days, and its paper, as the fields say them."""
    now = kept.formats
    with st.container(horizontal=True):
        twelve = one_of("Hours", CLOCKS, now.twelve_hours, f"{page} twelve hours")
        month_first = one_of("Days", DATES, now.month_first, f"{page} month first")
        paper = one_of("Paper", PAPERS, kept.paper, f"{page} paper")
    size = now.paper if paper is kept.paper else paper
    return replace(kept, formats=Formats(twelve, month_first, size))


def edit_hours(kept: Household, page: str) -> Household:
    """The household with its usual hours as the fields say them."""
    clock = edit_clock(kept, page)
    away = {
        whose: _lines(who, lines, f"{page} {whose}", kept.formats)
        for whose, who, lines in _away(kept)
    }
    children_away = away.pop(CHILDREN, kept.hours.children_away)
    return replace(clock, hours=replace(clock.hours, work=away, children_away=children_away))


def edit_clock(kept: Household, page: str) -> Household:
    """The household with the hours of its days as the fields say them."""
    now, format = kept.hours, fields.hour(kept.formats)
    evening = "Children’s bedtime" if kept.children else "The evening begins"
    with st.container(horizontal=True):
        wake = st.time_input("You wake up", now.wake, f"{page} wake", width=145, format=format)
        supper = st.time_input("Supper", now.supper, f"{page} supper", width=145, format=format)
        bedtime = st.time_input(evening, now.bedtime, f"{page} bedtime", width=145, format=format)
        sleep = st.time_input(
            "You go to sleep", now.sleep, f"{page} sleep", width=145, format=format
        )
    hours = replace(now, wake=wake, sleep=sleep, bedtime=bedtime, supper=supper)
    return replace(kept, hours=hours)


def validate(
    household: Household, beside_names: DeltaGenerator, beside_hours: DeltaGenerator
) -> bool:
    """True if the household can be kept; else shows beside the fields what they still need."""
    names, hours = of_names(household), _of_hours(household)
    if names:
        beside_names.info(names)
    if hours:
        beside_hours.info(hours)
    if names or hours:
        notices.rest()
    return not (names or hours)


def of_names(household: Household) -> str:
    """Sentence about names that cannot be; empty where they can."""
    names_given = [partner.name for partner in household.partners]
    if not all(names_given):
        return "Please tell us both names; a nickname is fine."
    if len({name.casefold() for name in names_given}) == 1:
        return "Two people with one name are hard to tell apart here; a nickname for one will do."
    if any(len(name) > LONGEST_NAME for name in names_given):
        return f"Names have room for {LONGEST_NAME} letters here; a short form is fine."
    return ""


@cache
def zones(kept: str) -> list[str]:
    """The time zones to choose from, and the one that is kept."""
    places = {z for z in available_timezones() if "/" in z and not z.startswith("Etc/")}
    return sorted({"UTC", kept} | places)


def proposed_zone() -> str:
    """The time zone of the browser, or UTC where nobody knows it."""
    zone = st.context.timezone
    return zone if zone in zones("UTC") else "UTC"


def choose_zone(kept: str, key: str) -> str:
    """The time zone as the field says it."""
    places = zones(kept)
    chosen: str = st.selectbox("Time zone", places, places.index(kept), _spaced, key=key)
    return chosen


def _spaced(zone: str) -> str:
    return zone.replace("_", " ")


def _partner(column: DeltaGenerator, kept: Partner, page: str) -> Partner:
    # Heard with the next click: a rerun between typing and that click could move the button away.
    label, key = SOMEBODY[kept.key], f"{page} {kept.key}"
    typed = column.text_input(label, kept.name, key=key, on_change="ignore", autocomplete="off")
    return Partner(kept.key, text.single_line(typed))


def _away(household: Household) -> Iterator[tuple[str, str, tuple[Window, ...]]]:
    """Those away from home at usual hours: key, beginning of a sentence about it, windows."""
    for partner in household.partners:
        name = markdown.plain(partner.name) or SOMEBODY[partner.key]
        yield partner.key, f"{name} works", household.hours.work.get(partner.key, ())
    if household.children:
        yield CHILDREN, "The children are away", household.hours.children_away


def _lines(who: str, kept: tuple[Window, ...], key: str, formats: Formats) -> tuple[Window, ...]:
    windows: list[Window] = []
    for number, which in enumerate(LINES):
        window = kept[number] if number < len(kept) else NO_DAYS
        more = f"{who} on {'still ' if number > 1 else ''}other days at other hours"
        if number and not st.checkbox(more, window != NO_DAYS, f"{key} more {number}"):
            break
        windows.append(_line(who, which, window, f"{key} {number}", formats))
    return (*(w for w in windows if w.days), *kept[len(LINES) :])


def _line(who: str, which: str, window: Window, key: str, formats: Formats) -> Window:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        days = st.pills(
            f"{who} on{which}",
            range(len(DAYS)),
            selection_mode="multi",
            default=window.days,
            format_func=DAYS.__getitem__,
            wrap=True,
            key=f"{key} days",
        )
        with st.container(horizontal=True, vertical_alignment="center", width="content"):
            start = _hour(f"{who} from{which}", window.start, f"{key} from", formats)
            st.markdown("–", width="content")
            end = _hour(f"{who} until{which}", window.end, f"{key} until", formats)
    return Window(tuple(sorted(days)), start, end)


def _hour(label: str, kept: time | Anchor, key: str, formats: Formats) -> time:
    hour = cast("time", kept)  # only windows of rituals have anchors
    how = fields.hour(formats)
    return st.time_input(label, hour, key, format=how, label_visibility="collapsed", width=110)


def _of_hours(household: Household) -> str:
    of_each = (usual_checks.of_lines(who, lines, household) for _, who, lines in _away(household))
    return next(filter(None, (usual_checks.of_hours(household), *of_each)), "")
