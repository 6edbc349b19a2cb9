from dataclasses import FrozenInstanceError
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rituals.model import (
    ONE,
    TWO,
    Anchor,
    Kind,
    NotationError,
    Strand,
    Week,
    Window,
)
from tests.notation import SPRING, a_household, a_ritual, an_occurrence

days = st.dates(date(1990, 1, 1), date(2100, 1, 1))
hours = st.one_of(st.sampled_from(Anchor), st.builds(time, st.integers(0, 23), st.integers(0, 59)))
some_windows = st.builds(
    Window, st.sets(st.integers(0, 6), min_size=1).map(lambda d: tuple(sorted(d))), hours, hours
)


@given(days)
def test_a_week_reads_what_it_writes(day):
    week = Week.of_monday(day)

    assert week == Week.read(str(week))


@given(days, st.integers(-200, 200))
def test_weeks_apart_are_what_was_added(day, weeks):
    week = Week.of_monday(day)

    assert weeks == (week + weeks) - week
    assert timedelta(weeks=weeks) == (week + weeks).monday - week.monday


def test_a_week_is_written_with_its_year_and_two_digits():
    assert "2026-W05" == str(Week(2026, 5))


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 12, 31), "2026-W53"),
        (date(2027, 1, 3), "2026-W53"),
        (date(2027, 1, 4), "2027-W01"),
        (date(2024, 12, 30), "2025-W01"),
        (date(2021, 1, 1), "2020-W53"),
    ],
)
def test_days_at_a_year_s_end_lie_in_their_iso_week(day, week):
    assert Week.read(week) == Week.of_monday(day)


def test_after_week_53_comes_week_1():
    assert Week(2027, 1) == Week(2026, 53) + 1


def test_weeks_sort_as_they_follow_each_other():
    assert [Week(2025, 52), Week(2026, 1), Week(2026, 53), Week(2027, 1)] == sorted(
        [Week(2027, 1), Week(2026, 53), Week(2025, 52), Week(2026, 1)]
    )


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-48", "2026-W5", "2026-W00", "2026-W54", "2025-W53", "0000-W01"]
)
def test_what_is_no_week_is_refused_and_quoted(text):
    with pytest.raises(NotationError) as refused:
        Week.read(text)

    assert f"“{text}” is not a week; write it like 2026-W48." == str(refused.value)


@given(some_windows)
def test_a_window_reads_what_it_writes(window):
    assert window == Window.read(str(window))


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("Mon 18:00-20:00", Window((0,), time(18), time(20))),
        ("Mon-Fri 18:00-20:00", Window((0, 1, 2, 3, 4), time(18), time(20))),
        ("Sat,Sun wake-12:00", Window((5, 6), Anchor.WAKE, time(12))),
        ("Fri-Mon 22:00-02:00", Window((0, 4, 5, 6), time(22), time(2))),
        ("Sun,Mon,Mon 08:30-09:00", Window((0, 6), time(8, 30), time(9))),
        ("daily bedtime-sleep", Window(tuple(range(7)), Anchor.BEDTIME, Anchor.SLEEP)),
    ],
)
def test_a_window_is_read_as_it_is_written(text, window):
    assert window == Window.read(text)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Sun,Mon,Tue 08:00-09:00", "Mon-Tue,Sun 08:00-09:00"),
        ("Mon-Sun 08:00-09:00", "daily 08:00-09:00"),
    ],
)
def test_a_window_is_written_in_one_way(text, written):
    assert written == str(Window.read(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Mon",
        "18:00-20:00",
        "Mon 18:00",
        "Mon 18:00-",
        "Mon 18:00-24:00",
        "Mon 18:60-20:00",
        "Mon 18:00Z-20:00",
        "Mon 18:00:30-20:00",
        "Mon 1800-2000",
        "Mon 6-8",
        "Mon dawn-20:00",
        "Mon- 18:00-20:00",
        "-Mon 18:00-20:00",
        "Mon, 18:00-20:00",
        "Mo 18:00-20:00",
        "Mon Tue 18:00-20:00",
        "Mon-Tue-Wed 18:00-20:00",
    ],
)
def test_what_is_no_window_is_refused_and_quoted(text):
    with pytest.raises(NotationError) as refused:
        Window.read(text)

    assert f"“{text}” is not a window; write it like “Mon-Fri 18:00-20:00”." == str(refused.value)


def test_a_household_with_children_has_seven_strands():
    assert (
        Strand(Kind.TOGETHER),
        Strand(Kind.ALONE, ONE),
        Strand(Kind.SOLO, ONE),
        Strand(Kind.OUT, ONE),
        Strand(Kind.ALONE, TWO),
        Strand(Kind.SOLO, TWO),
        Strand(Kind.OUT, TWO),
    ) == a_household().strands()


def test_a_household_without_children_has_no_time_with_them():
    strands = a_household(children=False).strands()

    assert 5 == len(strands)
    assert all(strand.kind is not Kind.SOLO for strand in strands)


def test_a_partner_has_a_name():
    household = a_household(names=("Maya", "Jonas"))

    assert ("Maya", "Jonas") == (household.name(ONE), household.name(TWO))


def test_minutes_are_those_that_pass_not_those_on_the_clock():
    assert 180 == an_occurrence("Sat 23:00-03:00", week=SPRING).minutes


@pytest.mark.parametrize(
    ("kind", "partner", "strand"),
    [
        (Kind.TOGETHER, None, Strand(Kind.TOGETHER)),
        (Kind.TOGETHER, TWO, Strand(Kind.TOGETHER)),
        (Kind.OUT, TWO, Strand(Kind.OUT, TWO)),
    ],
)
def test_time_together_is_nobody_s_alone(kind, partner, strand):
    assert strand == an_occurrence(kind=kind, partner=partner).strand


@pytest.mark.parametrize("value", [a_household(), a_ritual(), an_occurrence(), Week(2026, 48)])
def test_the_words_are_frozen(value):
    with pytest.raises(FrozenInstanceError):
        value.id = "another"
