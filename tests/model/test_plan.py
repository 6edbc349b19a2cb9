from dataclasses import FrozenInstanceError
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rituals.model.household import ONE, TWO, Hours, Household, Kind, Partner, Strand
from rituals.model.plan import Choice, Hope, Occurrence, Plan, Season, comfortable
from rituals.model.ritual import Frequency
from rituals.model.time.week import Week
from rituals.model.time.window import Anchor, NotationError, Window
from tests.support.notation import SPRING, a_household, a_plan, a_ritual, an_instant, an_occurrence

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

    assert weeks == (week + weeks) - week == (week + weeks).ordinal - week.ordinal
    assert week == (week + weeks) - weeks
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


@pytest.mark.parametrize(
    "value",
    [
        Week(2026, 48),
        Window.read("Mon 18:00-20:00"),
        Frequency(1, 2),
        Partner(ONE, "Maya"),
        Hours(),
        a_household(),
        Strand(Kind.TOGETHER),
        a_ritual(),
        Hope(300),
        Choice("late-talk", None, 1),
        an_occurrence(),
        a_plan(),
    ],
    ids=lambda value: type(value).__name__,
)
def test_the_words_are_frozen(value):
    with pytest.raises(FrozenInstanceError):
        value.id = "another"


def test_a_household_starts_its_weeks_on_monday_unless_it_says_so():
    partners = (Partner(ONE, "Maya"), Partner(TWO, "Jonas"))

    assert 0 == Household("id", partners, children=False, zone="UTC").week_starts


def test_a_new_occurrence_is_the_first_and_nobody_has_said_or_done_anything():
    now = an_instant("Mon 18:00")
    new = Occurrence("id", "Late talk", Kind.TOGETHER, None, now, now, now, now)

    assert (1, 0) == (new.number, new.sequence)
    assert (False, False, False) == (new.fixed, new.let_go, new.spontaneous)
    assert (None, None, None) == (new.ritual, new.said, new.lived)


def test_a_plan_begins_usual_and_empty():
    assert (Season.USUAL, {}, (), ()) == (
        Plan(Week(2026, 48)).season,
        Plan(Week(2026, 48)).hopes,
        Plan(Week(2026, 48)).choices,
        Plan(Week(2026, 48)).occurrences,
    )


@pytest.mark.parametrize(
    ("hoped", "expected"), [(0, (0, 30)), (60, (30, 90)), (300, (240, 360)), (20, (0, 50))]
)
def test_a_comfortable_range_leaves_room_on_both_sides_and_none_below_nothing(hoped, expected):
    assert expected == comfortable(hoped)


@pytest.mark.parametrize(
    ("least", "most", "expected"),
    [(60, 60, 60), (45, 120, 75), (60, 90, 75), (5, 10, 5), (60, 80, 60), (30, 180, 105)],
)
def test_a_comfortable_length_lies_between_the_least_and_the_most(least, most, expected):
    assert expected == a_ritual(minutes=(least, most)).comfortable_minutes
