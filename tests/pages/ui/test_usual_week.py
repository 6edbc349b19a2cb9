"""The picture of what is usual: its words, and which marks it draws."""

import re
from dataclasses import replace
from datetime import date, datetime

from pages.ui import usual_week
from rituals.model.household import ONE
from rituals.model.time.recurrence import Recurrence
from rituals.model.usual import Child, Elsewhere, Holidays, Usual
from tests.support.notation import AUTUMN, WEEK, a_household, hours_of

TODAY = date(2026, 11, 29)
HOME = a_household(hours=hours_of("Mon-Thu 22:00-06:00", away="Mon-Fri 08:00-16:00"))
A_WEEKEND = Recurrence.read("2026-11-28T10:00/2026-11-29T18:00 FREQ=WEEKLY;INTERVAL=2")
MIA = Usual(elsewhere=(Elsewhere(A_WEEKEND, "Oma’s"),), children=(Child("Mia"),))


def test_the_words_say_what_the_picture_shows():
    expected = (
        "Maya at work: Monday to Thursday 22:00–06:00. "
        "The children up at home: Monday to Friday 06:30–08:00, Monday to Friday 16:00–19:30, "
        "Saturday 06:30–10:00, Sunday 18:00–19:30. "
        "Mia at Oma’s: Saturday 10:00 to Sunday 18:00."
    )
    assert expected == usual_week.in_words(WEEK, replace(HOME, usual=MIA))


def test_a_week_in_which_the_clocks_change_keeps_its_hours():
    expected = "Maya at work: Monday to Thursday 22:00–06:00. "
    home = replace(HOME, children=False)
    assert expected.strip() == usual_week.in_words(AUTUMN, home)


def test_where_the_children_are_is_named_where_there_is_room_for_it():
    a_week = Recurrence.read("2026-11-16T16:00/2026-11-23T08:00 FREQ=WEEKLY;INTERVAL=1")
    usual = Usual(elsewhere=(Elsewhere(a_week, "Oma’s"),), children=(Child("Mia"),))
    drawn = usual_week.html_of(
        usual_week.Drawn(WEEK), replace(HOME, usual=usual), usual_week.MORNING, TODAY
    )
    monday, afternoon, *_ = re.findall("uw-elsewhere[^>]*><span>.?(to 08:00|Mia at Oma’s)", drawn)

    assert ("to 08:00", "Mia at Oma’s") == (monday, afternoon)


def test_a_public_holiday_is_named():
    usual = Usual(holidays=Holidays("DE-BY", (ONE,)))
    week = type(WEEK).read("2026-W53")

    assert "Friday: New Year's Day." in usual_week.in_words(week, replace(HOME, usual=usual))


def test_the_longest_cycle_counts():
    begins = datetime(2026, 11, 23, 8)  # noqa: DTZ001 - a local clock
    third = Recurrence(begins, begins.replace(hour=9), 3)
    usual = replace(MIA, sitter=(third,))

    assert 3 == usual_week.weeks_in_turn(replace(HOME, usual=usual))
    assert 1 == usual_week.weeks_in_turn(HOME)
