"""What the children's calendars say, and whole days of partners: many, long, overlapping."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from rituals.model.calendar import Busy, Calendar, Origin
from rituals.model.difference import Difference, What
from rituals.model.household import CHILDREN, ONE, TWO
from rituals.model.time.span import Span
from rituals.model.week_facts import calendars_say, week_facts
from rituals.store.schema import DIFFERENCES
from rituals.store.store import open_store
from tests.support.notation import WEEK, a_household, a_span, an_instant, hours_of, spans

MONDAY = date(2026, 11, 23)
OURS = Calendar("k", CHILDREN, "club", Origin.FILE, "club.ics", whole_days=True, away=True)
HOURS = hours_of(away="Mon-Fri 08:00-15:00", wake="06:30", bedtime="19:30")


@pytest.fixture
def home(url):
    opened = open_store(url)
    opened.save_household(a_household(hours=HOURS))
    yield opened
    opened.engine.dispose()


def a_day(number, days=1, *, free=True):
    start = an_instant("Mon 00:00") + timedelta(days=number)  # no clock changes near them
    return Busy(Span(start, start + timedelta(days=days)), whole_day=True, free=free)


def hours(*texts):
    return [Busy(a_span(text)) for text in texts]


def said(store, *busy, calendar=OURS):
    store.save_calendar(calendar, busy)
    household = store.load_household()
    return [(d.what, *stretch(d)) for row in household.from_calendars for d in row]


def stretch(difference):
    first, last = ((day - MONDAY).days for day in (difference.first, difference.last))
    if difference.whole_days:
        return first, last
    return first, f"{difference.start:%H:%M}", last, difference.end and f"{difference.end:%H:%M}"


def test_days_in_a_row_and_over_each_other_are_one_stretch(home):
    days = (a_day(4), a_day(0), a_day(1, 2), a_day(2, 2), a_day(8, free=False))

    assert [(What.NO_SCHOOL, 0, 4), (What.NO_SCHOOL, 8, 8)] == said(home, *days)


def test_two_calendars_say_one_thing(home):
    home.save_calendar(replace(OURS, id="2"), [a_day(1)])

    assert [(What.NO_SCHOOL, 0, 1)] == said(home, a_day(0), a_day(1))


def test_hours_soon_after_each_other_are_one_absence(home):
    found = said(home, *hours("Tue 15:00-16:00", "Tue 16:15-17:00", "Tue 18:00-00:00"))

    assert [
        (What.CHILDREN_AWAY, 1, "15:00", 1, "17:00"),
        (What.CHILDREN_AWAY, 1, "18:00", 1, None),
    ] == found


def test_hours_take_the_children_from_home_by_day_alone(home):
    said(home, *hours("Tue 17:00-22:00"))

    assert spans("Tue 17:00-19:30") == week_facts(WEEK, home.load_household()).other_home


def test_where_nothing_is_ticked_nothing_is_said(home):
    busy = [a_day(0), *hours("Tue 15:00-16:00")]

    assert [] == said(home, *busy, calendar=replace(OURS, whole_days=False, away=False))


def test_what_is_ticked_counts_from_then_on(home):
    said(home, a_day(0), *hours("Tue 15:00-16:00"))
    home.save_calendar(replace(OURS, whole_days=False))
    (row,) = home.load_household().from_calendars

    assert [What.CHILDREN_AWAY] == [d.what for d in row]


def test_what_is_told_by_hand_wins(home):
    said(home, *hours("Tue 15:00-18:00"))
    told = Difference(
        "ill",
        What.CHILDREN_HOME,
        MONDAY + timedelta(1),
        MONDAY + timedelta(1),
        an_instant("Mon 20:00"),
    )
    home.save_difference(told)

    assert not week_facts(WEEK, home.load_household()).other_home


def test_nothing_of_it_is_kept_as_a_difference(home):
    said(home, a_day(0))
    home.save_household(home.load_household())
    with home.reading() as at:
        kept = at.execute(sa.select(DIFFERENCES)).all()

    assert [] == kept
    assert () == home.load_household().differences


def test_a_household_without_children_hears_nothing(home):
    said(home, a_day(0), *hours("Tue 15:00-18:00"))
    home.save_household(a_household(children=False))

    assert not week_facts(WEEK, home.load_household()).elsewhere


def test_thousands_of_entries_of_years_over_each_other_are_one_stretch(home):
    years = [a_day(-3000 + n, 6000) for n in range(3000)]

    assert [(What.NO_SCHOOL, -3000, 5998)] == said(home, *years)
    assert [What.NO_SCHOOL] == [d.what for d in calendars_say(WEEK, home.load_household())]


def test_a_week_looks_at_its_own_days_alone_among_thousands(home):
    said(home, *(a_day(2 * n) for n in range(-2000, 2000)))
    household = home.load_household()

    assert [0, 2, 4, 6] == [(d.first - MONDAY).days for d in calendars_say(WEEK, household)]
    assert spans("Tue 08:00-15:00, Thu 08:00-15:00") == week_facts(
        WEEK, household
    ).elsewhere & spans(
        "Mon 00:00-00:00, Tue 00:00-00:00, Wed 00:00-00:00, Thu 00:00-00:00, Fri 00:00-00:00"
    )


def test_the_same_facts_are_the_same_values_so_that_households_compare_quickly(home):
    said(home, *(a_day(2 * n) for n in range(10)))
    (before,) = home.load_household().from_calendars
    home.save_calendar(replace(OURS, name="renamed"))
    (after,) = home.load_household().from_calendars

    assert all(one is other for one, other in zip(before, after, strict=True))


def test_whole_days_of_a_partner_come_by_calendar_whether_busy_or_free(home):
    his = Calendar("his", TWO, "work", Origin.FILE, "work.ics")
    home.save_calendar(his, [a_day(2, free=False), a_day(1), *hours("Tue 15:00-16:00")])
    home.save_calendar(replace(his, id="hers", partner=ONE), [a_day(1, 3)])
    home.save_calendar(OURS, [a_day(1)])

    assert [("hers", ONE, 1, 3), ("his", TWO, 1, 2)] == [
        (d.calendar, d.partner, *stretch_of(d)) for d in home.load_whole_days(home.load_household())
    ]


def stretch_of(days):
    return (days.first - MONDAY).days, (days.last - MONDAY).days


def test_free_whole_days_take_no_time(home):
    his = Calendar("his", TWO, "work", Origin.FILE, "work.ics", whole_days=True)
    home.save_calendar(his, [a_day(0, 2), a_day(4, free=False)])
    a_week = Span(an_instant("Mon 00:00"), an_instant("Sun 00:00"))

    assert {TWO: spans("Fri 00:00-00:00")} == home.load_busy(a_week)
