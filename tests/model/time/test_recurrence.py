"""Stretches of local time that come again, in turns of up to eight weeks."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rituals.model.time.recurrence import LONGEST, MOST_WEEKS, Recurrence
from rituals.model.time.window import NotationError

FRIDAY = "2026-12-11T19:00/2026-12-11T23:00 FREQ=WEEKLY;INTERVAL=2"


def starts(text, first, last):
    """The days on which it begins from one day to another."""
    days = date.fromisoformat(first), date.fromisoformat(last)
    found = (start.date() for start, _ in Recurrence.read(text).between(*days))
    return [f"{day:%d %b}" for day in found if days[0] <= day <= days[1]]


def test_every_second_friday_comes_before_its_first_day_as_well():
    assert ["13 Nov", "27 Nov", "11 Dec", "25 Dec"] == starts(FRIDAY, "2026-11-02", "2026-12-31")


def test_a_cycle_goes_on_over_a_year_of_53_weeks():
    assert ["25 Dec", "08 Jan"] == starts(FRIDAY, "2026-12-25", "2027-01-10")


def test_weekdays_begin_in_the_week_of_its_start_even_before_it():
    text = "2026-12-10T08:30/2026-12-10T15:00 FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH"

    assert ["07 Dec", "10 Dec", "21 Dec"] == starts(text, "2026-12-01", "2026-12-22")


def test_what_began_before_a_day_and_lasts_into_it_is_found():
    weekend = Recurrence.read("2026-12-11T16:00/2026-12-14T08:00 FREQ=WEEKLY;INTERVAL=2")
    sunday = date(2026, 12, 13)

    assert ["2026-12-11T16:00:00"] == [s.isoformat() for s, _ in weekend.between(sunday, sunday)]


@pytest.mark.parametrize(
    ("today", "next_day"),
    [("2026-12-11", "2026-12-11"), ("2026-12-12", "2026-12-25"), ("2020-01-01", "2020-01-03")],
)
def test_the_next_day_is_today_or_later(today, next_day):
    found = Recurrence.read(FRIDAY).next_day(date.fromisoformat(today))

    assert date.fromisoformat(next_day) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "every friday",
        "2026-12-11T19:00/2026-12-11T23:00",
        "2026-12-11T19:00/2026-12-11T23:00 FREQ=DAILY",
        "2026-12-11T19:00/2026-12-11T23:00 FREQ=WEEKLY;COUNT=3",
        "2026-12-11T19:00/2026-12-11T23:00 FREQ=WEEKLY;BYDAY=XX",
        "2026-13-11T19:00/2026-12-11T23:00 FREQ=WEEKLY",
        "2026-12-11T19:00/2026-12-11T23:00 FREQ=WEEKLY;INTERVAL=x",
    ],
)
def test_what_cannot_be_read_is_quoted(text):
    with pytest.raises(NotationError, match="does not come again"):
        Recurrence.read(text)


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-11T19:00/2026-12-11T19:00 FREQ=WEEKLY",
        "2026-12-11T19:00/2026-12-10T19:00 FREQ=WEEKLY",
        "2026-12-11T19:00/2027-12-11T19:00 FREQ=WEEKLY",
        "2026-12-11T19:00/2026-12-11T23:00 FREQ=WEEKLY;INTERVAL=9",
        "2026-12-11T19:00/2026-12-11T23:00 FREQ=WEEKLY;INTERVAL=0",
    ],
)
def test_what_cannot_be_is_said(text):
    with pytest.raises(NotationError, match=r"A cycle has|It ends after"):
        Recurrence.read(text)


minutes = st.integers(0, 60 * 24 * 14).map(lambda n: timedelta(minutes=n))
beginnings = st.builds(
    datetime.combine,
    st.dates(date(2020, 1, 1), date(2035, 1, 1)),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)
recurrences = st.builds(
    lambda start, length, weeks, days: Recurrence(
        start, start + min(length + timedelta(minutes=1), LONGEST), weeks, tuple(sorted(days))
    ),
    beginnings,
    minutes,
    st.integers(1, MOST_WEEKS),
    st.sets(st.integers(0, 6)),
)


@given(recurrences)
def test_what_is_written_is_read(value):
    assert value == Recurrence.read(str(value))


@given(recurrences, st.dates(date(2020, 1, 1), date(2035, 1, 1)), st.integers(1, 300))
def test_a_cycle_repeats_exactly_whatever_the_years_and_the_clocks_do(value, first, cycles):
    later = timedelta(weeks=value.weeks * cycles)
    last = first + timedelta(days=6)
    moved = [(s + later, e + later) for s, e in value.between(first, last)]

    assert moved == list(value.between(first + later, last + later))


@given(recurrences, st.dates(date(2020, 1, 1), date(2035, 1, 1)))
def test_each_begins_on_one_of_its_weekdays_and_lasts_as_long(value, first):
    found = list(value.between(first, first + timedelta(weeks=value.weeks)))

    assert {start.weekday() for start, _ in found} == set(value.weekdays)
    assert {value.end - value.start} == {end - start for start, end in found}
