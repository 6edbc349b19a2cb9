"""When the two of you were together: every lived minute in its part of the week, and no other."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rituals.insights import weekday_hours
from tests.support.notation import AUTUMN, SPRING, WEEK, a_household, an_instant

HOUSEHOLD = a_household()


def found(*together, weeks=1, household=HOUSEHOLD):
    """The parts that hold time, as ("Thursday", "Evening", hours)."""
    told = [(an_instant(when), minutes) for when, minutes in together]
    cells = weekday_hours.weekday_cells(told, weeks, household)
    return [(cell.day, cell.part, cell.hours) for cell in cells if cell.hours]


@pytest.mark.parametrize(
    ("when", "part"),
    [
        ("Thu 05:00", ("Thursday", "Morning")),
        ("Thu 11:00", ("Thursday", "Midday")),
        ("Thu 14:00", ("Thursday", "Afternoon")),
        ("Thu 18:00", ("Thursday", "Evening")),
        ("Thu 23:30", ("Thursday", "Evening")),
        ("Fri 04:59", ("Thursday", "Evening")),
    ],
)
def test_a_part_of_the_day_begins_with_its_hour_and_a_late_night_is_the_evening_before(when, part):
    assert [(*part, 1 / 60)] == found((when, 1))


def test_time_that_runs_over_is_told_in_both_parts():
    assert [("Thursday", "Midday", 1.0), ("Thursday", "Afternoon", 0.5)] == found(("Thu 13:00", 90))


def test_what_nobody_knows_is_empty_and_what_is_known_to_hold_nothing_is_zero():
    assert [] == weekday_hours.weekday_cells([], 0, HOUSEHOLD)
    assert [0.0] * 28 == [cell.hours for cell in weekday_hours.weekday_cells([], 1, HOUSEHOLD)]


def test_the_days_stand_in_the_household_s_order():
    days = [cell.day for cell in weekday_hours.weekday_cells([], 1, a_household(week_starts=6))]

    assert ["Sunday", "Monday"] == days[:2]


@pytest.mark.parametrize(("week", "hours"), [(SPRING, 7.0), (AUTUMN, 9.0), (WEEK, 8.0)])
def test_a_night_is_as_long_as_it_was(week, hours):
    start, end = an_instant("Sat 21:00", week), an_instant("Sun 05:00", week)
    minutes = int((end - start).total_seconds()) // 60
    cells = weekday_hours.weekday_cells([(start, minutes)], 1, HOUSEHOLD)

    assert [("Saturday", hours)] == [(cell.day, cell.hours) for cell in cells if cell.hours]


@given(
    st.lists(
        st.tuples(
            st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
            st.integers(1, 3000),
        ),
        max_size=5,
    ),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"]),
)
def test_no_minute_is_lost_and_none_counts_twice(together, zone):
    whole = [(start.replace(second=0, microsecond=0), minutes) for start, minutes in together]
    cells = weekday_hours.weekday_cells(whole, 1, a_household(zone))

    assert sum(minutes for _, minutes in whole) == pytest.approx(60 * sum(c.hours for c in cells))


def test_the_fullest_part_has_a_name_and_nothing_has_none():
    together = [(an_instant("Wed 19:00"), 60), (an_instant("Sat 19:00") + timedelta(days=7), 59)]

    assert "Wednesday evening" == weekday_hours.fullest_part(
        weekday_hours.weekday_cells(together, 2, HOUSEHOLD)
    )
    assert "" == weekday_hours.fullest_part(weekday_hours.weekday_cells([], 1, HOUSEHOLD))
    assert "" == weekday_hours.fullest_part([])
