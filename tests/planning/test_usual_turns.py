from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rituals.model.time.recurrence import Recurrence
from rituals.model.time.window import NotationError, Window
from rituals.planning.usual_turns import turns, weeks_of
from tests.support.notation import windows

MONDAY = date(2026, 11, 30)
A = windows("Mon-Thu 08:30-15:00; Sat 10:00-14:00")
B = windows("Mon-Wed 12:00-20:00")
A_WEEKEND = Recurrence.read("2026-12-04T18:00/2026-12-06T18:00 FREQ=WEEKLY;INTERVAL=2")


def starts(recurrences, first, days=14):
    last = first + timedelta(days=days - 1)
    found = (start for told in recurrences for start, _ in told.between(first, last))
    return {f"{s:%a %d %H:%M}" for s in found if first <= s.date() <= last}


def test_each_week_comes_in_its_turn():
    of_a = {"Mon 30 08:30", "Tue 01 08:30", "Wed 02 08:30", "Thu 03 08:30", "Sat 05 10:00"}
    of_b = {"Mon 07 12:00", "Tue 08 12:00", "Wed 09 12:00"}

    assert of_a | of_b == starts(turns([A, B], MONDAY), MONDAY)


def test_a_cycle_is_counted_in_both_directions():
    told = turns([A, B], MONDAY)

    assert [list(A), list(B)] == weeks_of(told, MONDAY - timedelta(weeks=52))
    assert [list(B), list(A)] == weeks_of(told, MONDAY + timedelta(weeks=53))


def test_hours_over_midnight_end_on_the_next_day():
    (night,) = turns([windows("Sun 22:00-06:00")], MONDAY)

    assert "2026-12-06T22:00/2026-12-07T06:00 FREQ=WEEKLY;INTERVAL=1;BYDAY=SU" == str(night)


def test_a_week_without_a_line_is_one_of_the_cycle():
    told = turns([A, [], []], MONDAY)

    assert {3} == {r.weeks for r in told}
    assert [list(A), [], []] == weeks_of(told, MONDAY)


def test_no_lines_are_one_empty_week():
    assert () == turns([[], []], MONDAY)
    assert [[]] == weeks_of((), MONDAY)


@pytest.mark.parametrize(("week_starts", "first"), [(5, "Sat 28"), (6, "Sun 29")])
def test_the_days_before_a_monday_come_before_it(week_starts, first):
    weekend = windows(f"{first[:3]} 10:00-12:00")
    told = turns([weekend, []], MONDAY, week_starts)

    assert {f"{first} 10:00"} == starts(told, date(2026, 11, 28))
    assert [list(weekend), []] == weeks_of(told, MONDAY, week_starts)


def test_cycles_of_different_lengths_are_shown_as_the_one_they_meet_in():
    told = (*turns([A, []], MONDAY), *turns([B, [], []], MONDAY))

    assert [True, False, True, False, True, False] == [
        set(A) <= set(week) for week in weeks_of(told, MONDAY)
    ]


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (turns([A] + [[]] * 6, MONDAY) + turns([B, []], MONDAY), "longer than 8 weeks"),
        ((A_WEEKEND,), "than a day"),
    ],
)
def test_what_weeks_cannot_show_is_refused(told, why):
    with pytest.raises(NotationError, match=why):
        weeks_of(told, MONDAY)


def test_more_than_eight_weeks_and_hours_without_a_clock_are_refused():
    with pytest.raises(NotationError, match="one to 8 weeks"):
        turns([A] * 9, MONDAY)
    with pytest.raises(NotationError, match="clock times"):
        turns([windows("daily wake-12:00")], MONDAY)


times = st.times().map(lambda t: t.replace(second=0, microsecond=0))
lines = st.builds(
    Window, st.sets(st.integers(0, 6), min_size=1).map(lambda d: tuple(sorted(d))), times, times
)
a_week = st.lists(lines, max_size=3, unique_by=lambda w: (w.start, w.end)).map(
    lambda week: sorted(week, key=lambda w: (w.days, w.start, w.end))
)


@given(st.lists(a_week, min_size=1, max_size=8), st.sampled_from([0, 5, 6]), st.integers(0, 9))
def test_weeks_are_found_again_as_they_were_told(weeks, week_starts, later):
    told = turns(weeks, MONDAY, week_starts)
    expected = [set(w) for w in weeks] if told else [set()]

    found = weeks_of(told, MONDAY + timedelta(weeks=later * len(weeks)), week_starts)

    assert expected == [set(week) for week in found]
    assert told == tuple(Recurrence.read(str(r)) for r in told)
