"""What a week is remembered by, above its bar."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from rituals.insights import balance
from rituals.insights.named_weeks import named_weeks
from rituals.model.difference import Difference, What
from rituals.model.household import TWO
from rituals.model.time.week import Week
from rituals.model.usual import Holidays, Usual
from tests.support.notation import WEEK, a_household, a_plan, an_occurrence

TOLD = datetime(2026, 11, 1, tzinfo=UTC)


def told(what, *days, partner="", week=WEEK):
    first, last = (week.monday + timedelta(days=n) for n in days)
    return Difference(f"{what}", what, first, last, TOLD, partner, nights=True)


def named(*different, week=WEEK, **usual):
    household = replace(a_household(), differences=different, usual=Usual(**usual))
    plans = {week: a_plan(an_occurrence("Thu 20:00-22:00", week=week), week=week)}
    rows = balance.rows(plans, [week], household)
    return named_weeks([week], balance.stacked_bars(rows, week), household)


def test_a_trip_stands_above_the_bar_of_its_week():
    (one,) = named(told(What.AWAY, 1, 3, partner=TWO))

    assert ("23 Nov 2026", "Jonas away", "Jonas away Tue–Thu") == (one.label, one.name, one.words)
    assert 2 < one.hours < one.room


def test_more_than_one_is_told_in_words():
    (one,) = named(told(What.AWAY, 1, 3, partner=TWO), told(What.CHILDREN_AWAY, 5, 6))

    assert ("Jonas away …", "Jonas away Tue–Thu · Children away Sat–Sun") == (one.name, one.words)


def test_public_holidays_are_named_by_their_kind():
    (one,) = named(week=Week(2026, 52), holidays=Holidays("DE"))

    assert (
        "Holiday",
        "Christmas Day Fri (no school) · Second Day of Christmas Sat",
    ) == (one.name, one.words)


def test_a_week_without_a_bar_has_a_note_of_its_own():
    household = replace(a_household(), differences=(told(What.AWAY, 1, 3, partner=TWO),))

    assert [] == named_weeks([WEEK], [], household)


def test_a_sitter_and_a_day_off_are_no_names_of_a_week():
    assert [] == named(told(What.OFF, 1, 1, partner=TWO), told(What.NO_SCHOOL, 1, 1))
