from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rituals.model import local_time
from rituals.model.difference import Difference, What
from rituals.model.time.span import Spans
from rituals.model.time.week import Week
from rituals.model.time.window import Anchor, Window
from rituals.model.usual import DayHours, Usual
from tests.support.notation import (
    AUTUMN,
    BERLIN,
    SPRING,
    WEEK,
    a_household,
    hours_of,
    spans,
    windows,
)

HOUR = timedelta(hours=1)
TOLD = datetime(2026, 11, 22, tzinfo=UTC)
some_day = st.dates(date(1990, 1, 1), date(2100, 1, 1))
some_zone = st.sampled_from(
    [
        BERLIN,
        "America/New_York",
        "America/Havana",
        "Asia/Beirut",
        "Australia/Lord_Howe",
        "Pacific/Chatham",
        "Asia/Kathmandu",
        "Africa/Casablanca",
        "America/Santiago",
    ]
)
some_household = st.builds(
    a_household, some_zone, week_starts=st.sampled_from(local_time.WEEK_STARTS)
)


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@given(some_day, some_household)
def test_each_day_lies_in_exactly_one_week(day, household):
    week = local_time.week_of(day, household)

    assert [week] == [
        w for w in (week + n for n in range(-2, 3)) if day in local_time.days(w, household)
    ]


@given(some_day, some_household)
def test_a_week_has_seven_days_from_the_one_the_household_chose(day, household):
    days = local_time.days(local_time.week_of(day, household), household)

    assert household.week_starts == days[0].weekday()
    assert [days[0] + timedelta(days=n) for n in range(7)] == list(days)
    assert days[0] == local_time.first_day(local_time.week_of(day, household), household)


@given(some_day, some_household)
def test_a_week_ends_where_the_next_begins(day, household):
    week = local_time.week_of(day, household)

    assert (
        local_time.week_span(week + 1, household).start == local_time.week_span(week, household).end
    )


@given(some_day, st.times(), some_household)
def test_an_instant_lies_in_the_week_of_its_day(day, hour, household):
    instant = local_time.instant(day, hour, household)
    week = local_time.week_of(local_time.local_day(instant, household), household)
    span = local_time.week_span(week, household)

    assert span.start <= instant < span.end


@pytest.mark.parametrize(
    ("week_starts", "first"),
    [(0, date(2026, 11, 23)), (5, date(2026, 11, 21)), (6, date(2026, 11, 22))],
    ids=["Mon", "Sat", "Sun"],
)
def test_a_week_begins_on_its_monday_or_the_weekend_before(week_starts, first):
    assert first == local_time.first_day(WEEK, a_household(week_starts=week_starts))


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 12, 27), "2026-W52"),
        (date(2026, 12, 28), "2026-W53"),
        (date(2027, 1, 3), "2026-W53"),
        (date(2027, 1, 4), "2027-W01"),
    ],
)
def test_a_year_may_end_in_week_53(day, week):
    assert Week.read(week) == local_time.week_of(day, a_household())


def test_from_sunday_on_it_is_the_new_year_s_week_where_weeks_start_on_sunday():
    assert Week(2027, 1) == local_time.week_of(date(2027, 1, 3), a_household(week_starts=6))


@pytest.mark.parametrize(
    ("today", "week_starts", "week"),
    [
        (date(2026, 11, 21), 0, "2026-W47"),
        (date(2026, 11, 22), 0, "2026-W48"),
        (date(2026, 11, 23), 0, "2026-W48"),
        (date(2026, 11, 28), 0, "2026-W48"),
        (date(2026, 11, 29), 0, "2026-W49"),
        (date(2026, 11, 27), 5, "2026-W49"),
        (date(2026, 11, 27), 6, "2026-W48"),
        (date(2026, 11, 28), 6, "2026-W49"),
    ],
)
def test_the_last_day_of_a_week_is_for_planning_the_next(today, week_starts, week):
    household = a_household(week_starts=week_starts)

    assert Week.read(week) == local_time.week_to_plan(today, household)


@pytest.mark.parametrize(
    ("zone", "week", "week_starts", "length"),
    [
        (BERLIN, WEEK, 0, 168),
        (BERLIN, SPRING, 0, 167),
        (BERLIN, AUTUMN, 0, 169),
        (BERLIN, SPRING, 6, 168),
        (BERLIN, SPRING + 1, 6, 167),
        (BERLIN, SPRING + 1, 5, 167),
        ("Australia/Lord_Howe", Week(2026, 14), 0, 168.5),
        ("Australia/Lord_Howe", Week(2026, 40), 0, 167.5),
        ("America/Havana", Week(2026, 10), 0, 167),
        ("America/Havana", Week(2026, 11), 6, 167),
        ("America/Havana", Week(2025, 44), 0, 169),
        ("Asia/Beirut", Week(2026, 13), 0, 167),
        ("Asia/Beirut", Week(2026, 14), 6, 167),
        ("Asia/Kathmandu", SPRING, 0, 168),
        ("Pacific/Apia", Week(2011, 52), 0, 144),
    ],
)
def test_a_week_lasts_as_long_as_its_zone_says(zone, week, week_starts, length):
    household = a_household(zone, week_starts=week_starts)

    assert length * HOUR == local_time.week_span(week, household).length


@pytest.mark.parametrize(
    ("zone", "day", "begins"),
    [
        ("America/Havana", date(2026, 3, 8), utc(2026, 3, 8, 5)),
        ("Asia/Beirut", date(2026, 3, 29), utc(2026, 3, 28, 22)),
    ],
)
def test_a_day_without_midnight_begins_at_one(zone, day, begins):
    household = a_household(zone, week_starts=6)
    local = begins.astimezone(ZoneInfo(zone))

    assert (day, time(1)) == (local.date(), local.time())
    assert begins == local_time.week_span(local_time.week_of(day, household), household).start
    assert day == local_time.local_day(begins, household)


def test_a_day_that_a_zone_skipped_adds_no_hours():
    household = a_household("Pacific/Apia")
    daily = local_time.window_spans(windows("daily 18:00-20:00"), Week(2011, 52), household)

    assert 6 * 2 * HOUR == daily.length


@pytest.mark.parametrize(
    ("clock", "instant"),
    [
        (time(1, 59), utc(2026, 3, 29, 0, 59)),
        (time(2), utc(2026, 3, 29, 1)),
        (time(2, 30), utc(2026, 3, 29, 1, 30)),
        (time(3), utc(2026, 3, 29, 1)),
    ],
)
def test_a_clock_time_that_summer_time_skips_moves_past_the_gap(clock, instant):
    assert instant == local_time.instant(date(2026, 3, 29), clock, a_household())


@pytest.mark.parametrize(
    ("clock", "instant"),
    [
        (time(1, 59), utc(2026, 10, 24, 23, 59)),
        (time(2, 30), utc(2026, 10, 25, 0, 30)),
        (time(3), utc(2026, 10, 25, 2)),
    ],
)
def test_a_clock_time_that_comes_twice_is_its_first(clock, instant):
    assert instant == local_time.instant(date(2026, 10, 25), clock, a_household())


def test_instants_are_in_utc():
    assert UTC is local_time.instant(date(2026, 11, 23), time(18), a_household()).tzinfo


@pytest.mark.parametrize(
    ("window", "week", "length"),
    [
        ("Sun 01:00-04:00", SPRING, 2),
        ("Sun 01:00-04:00", AUTUMN, 4),
        ("Sat 22:00-06:00", SPRING, 7),
        ("Sat 22:00-06:00", AUTUMN, 9),
        ("Sun 02:15-02:45", SPRING, 0.5),
        ("Sun 02:15-02:45", AUTUMN, 0.5),
        ("Sun 02:30-03:15", SPRING, 0),
        ("Sun 02:30-03:15", AUTUMN, 1.75),
        ("Sun 02:00-03:00", SPRING, 0),
        ("Sun 02:00-03:00", AUTUMN, 2),
    ],
)
def test_windows_last_the_time_that_passes(window, week, length):
    assert length * HOUR == local_time.window_spans(windows(window), week, a_household()).length


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        ("Mon-Wed 18:00-20:00", "Mon 18:00-20:00, Tue 18:00-20:00, Wed 18:00-20:00"),
        ("Mon 18:00-20:00; Mon 19:00-21:00", "Mon 18:00-21:00"),
        ("Thu 22:00-02:00", "Thu 22:00-02:00"),
        ("Sun 22:00-02:00", "Sun 22:00-02:00"),
        ("Thu 18:00-18:00", "Thu 18:00-18:00"),
        ("Thu bedtime-sleep", "Thu 20:15-23:00"),
        ("Thu sleep-wake", "Thu 23:00-07:00"),
        ("Thu 18:00-bedtime", "Thu 18:00-20:15"),
        ("", ""),
    ],
)
def test_windows_lie_at_the_household_s_hours(window, expected):
    household = a_household(hours=hours_of(wake="07:00", sleep="23:00", bedtime="20:15"))

    assert spans(expected) == local_time.window_spans(windows(window), WEEK, household)


@pytest.mark.parametrize(
    ("window", "told", "expected"),
    [
        ("Wed-Thu bedtime-sleep", "21:30", "Wed 20:15-23:00, Thu 21:30-23:00"),
        ("Thu 18:00-bedtime", "21:30", "Thu 18:00-21:30"),
        ("Thu 18:00-20:00", "21:30", "Thu 18:00-20:00"),
        ("Thu bedtime-sleep", "23:30", ""),
        ("Thu 18:00-bedtime", "17:00", ""),
        ("Thu bedtime-sleep", "00:30", ""),
        ("Thu bedtime-22:00", "00:30", ""),
        ("Thu bedtime-03:00", "00:30", "Fri 00:30-03:00"),
        ("Thu 18:00-bedtime", "00:30", "Thu 18:00-00:30"),
    ],
)
def test_windows_follow_another_bedtime_that_was_told(window, told, expected):
    hours = hours_of(wake="07:00", sleep="23:00", bedtime="20:15")
    late = another_bedtime(told)
    household = replace(a_household(hours=hours), differences=(late,))

    assert spans(expected) == local_time.window_spans(windows(window), WEEK, household)


def test_of_two_bedtimes_the_one_told_later_holds_and_without_children_none():
    first, then = another_bedtime("21:00"), another_bedtime("22:00", told=utc(2026, 11, 23))
    family = replace(a_household(), differences=(then, first))
    bedtime = windows("Thu bedtime-22:15")

    assert spans("Thu 22:00-22:15") == local_time.window_spans(bedtime, WEEK, family)
    without = replace(family, children=False)
    assert spans("Thu 19:30-22:15") == local_time.window_spans(bedtime, WEEK, without)


def test_windows_follow_other_hours_of_their_weekday():
    other = Usual(days=(DayHours.read("Thu bedtime 21:30 sleep 00:30"),))
    household = replace(a_household(), usual=other)
    found = local_time.window_spans(windows("Thu bedtime-sleep"), WEEK, household)

    assert spans("Thu 21:30-00:30") == found


def another_bedtime(hour, told=TOLD):
    """Another bedtime on Thursday."""
    day, clock = date(2026, 11, 26), time.fromisoformat(hour)
    return Difference(hour, What.BEDTIME, day, day, told, start=clock)


@pytest.mark.parametrize(
    ("week_starts", "shown"), [(0, WEEK), (5, WEEK - 1), (6, WEEK - 1)], ids=["Mon", "Sat", "Sun"]
)
def test_windows_lie_in_the_week_as_the_household_sees_it(week_starts, shown):
    household = a_household(week_starts=week_starts)
    sunday = local_time.window_spans(windows("Sun 18:00-20:00"), WEEK, household)

    assert spans("Sun 18:00-20:00", shown) == sunday


@given(some_day, some_household, st.integers(0, 6), st.times(), st.times())
def test_windows_of_a_week_are_those_of_its_days(day, household, weekday, start, end):
    week = local_time.week_of(day, household)
    window = (Window((weekday,), start, end),)
    joined = Spans()
    for each in local_time.days(week, household):
        joined |= local_time.day_spans(window, each, household)

    assert joined == local_time.window_spans(window, week, household)


def test_a_day_has_the_windows_that_begin_on_it():
    thursday = date(2026, 11, 26)
    window = windows("Wed 22:00-02:00; Thu 18:00-20:00; Fri 18:00-20:00")

    assert spans("Thu 18:00-20:00") == local_time.day_spans(window, thursday, a_household())


@pytest.mark.parametrize(
    ("named", "clock"),
    [
        (Anchor.WAKE, time(7)),
        (Anchor.BEDTIME, time(20)),
        (Anchor.SLEEP, time(23)),
        (Anchor.SUPPER, time(18, 30)),
        (time(18, 45), time(18, 45)),
    ],
)
def test_a_named_hour_is_the_household_s_own(named, clock):
    household = a_household(
        hours=hours_of(wake="07:00", supper="18:30", bedtime="20:00", sleep="23:00")
    )
    hours = local_time.hours_on(WEEK.monday, household)

    assert clock == local_time.clock_time(named, hours)


def test_an_instant_falls_on_the_day_at_home():
    late = utc(2026, 11, 26, 23, 30)

    assert date(2026, 11, 27) == local_time.local_day(late, a_household())
    assert date(2026, 11, 26) == local_time.local_day(late, a_household("America/New_York"))


def test_weeks_start_on_a_monday_a_saturday_or_a_sunday():
    assert {0, 5, 6} == set(local_time.WEEK_STARTS)
