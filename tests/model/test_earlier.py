"""A week that is over stays as it was counted, whatever is usual by now."""

import csv
from dataclasses import fields, replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rituals.insights import balance, tables, weekday_hours
from rituals.model import household as model
from rituals.model import local_time, totals, usual
from rituals.model.household import (
    ONE,
    TWO,
    Earlier,
    Household,
    Kind,
    Shade,
    Strand,
    earlier_after,
)
from rituals.model.local_time import week_to_plan
from rituals.model.usual import Usual
from tests.support.notation import (
    WEEK,
    a_household,
    a_plan,
    an_instant,
    an_occurrence,
    hours_of,
)

SUNDAY, MONDAY = date(2026, 11, 22), date(2026, 11, 23)  # the last day before WEEK, and its first
HOME = a_household(hours=hours_of(bedtime="19:30"))
LATER = replace(HOME, hours=hours_of(bedtime="21:00"))
AWAY = {"size": "usual", "ritual": "run", "kind": Kind.ALONE, "partner": ONE}


def since(before: Household, after: Household, day: date = MONDAY) -> Household:
    """The household once it was told on a day that other things are usual."""
    return replace(after, earlier=earlier_after(before, after, week_to_plan(day, after)))


@pytest.mark.parametrize(
    ("of", "by_week", "always"),
    [
        (Household, model.KEPT_BY_WEEK, model.AT_ANY_TIME),
        (Usual, usual.OF_A_WEEK, usual.AT_ANY_TIME),
    ],
    ids=["Household", "Usual"],
)
def test_each_field_is_kept_for_the_weeks_that_are_over_or_holds_at_any_time(of, by_week, always):
    """A new field belongs to one of the two: does a fact of a week follow from it?"""
    assert sorted(field.name for field in fields(of)) == sorted([*by_week, *always])


def test_all_that_is_kept_by_week_has_its_place_in_what_was_earlier():
    assert ("until", *model.KEPT_BY_WEEK) == tuple(field.name for field in fields(Earlier))


def test_a_change_holds_from_the_week_in_which_it_is_told():
    home = since(HOME, LATER)

    assert time(19, 30) == local_time.hours_on(MONDAY - timedelta(days=1), home).bedtime
    assert time(21) == local_time.hours_on(MONDAY, home).bedtime


def test_on_its_last_day_a_week_is_lived_and_a_change_holds_from_the_next():
    told = [since(HOME, LATER, SUNDAY - timedelta(days=back)) for back in (0, 1)]

    assert [WEEK, WEEK - 1] == [home.earlier[0].until for home in told]


def test_of_several_changes_in_a_week_the_first_counts():
    twice = since(since(HOME, LATER), replace(HOME, hours=hours_of(bedtime="22:00")))

    assert [WEEK] == [one.until for one in twice.earlier]
    assert HOME.hours == twice.in_week(WEEK - 1).hours


def test_what_is_changed_back_leaves_nothing():
    assert HOME == since(since(HOME, LATER), HOME)


def test_what_is_changed_back_a_week_later_leaves_that_week_as_it_was():
    home = since(since(HOME, LATER), HOME, MONDAY + timedelta(days=7))

    assert [HOME.hours, LATER.hours, HOME.hours] == [
        home.in_week(WEEK + n).hours for n in (-1, 0, 1)
    ]


def test_a_clock_that_ran_ahead_takes_nothing_with_it():
    ahead = since(HOME, LATER, MONDAY + timedelta(days=70))
    home = since(ahead, replace(HOME, hours=hours_of(bedtime="20:00")))

    assert [time(19, 30), time(20), time(20)] == [
        home.in_week(WEEK + n).hours.bedtime for n in (-1, 0, 12)
    ]


def test_names_formats_and_what_only_plans_ahead_are_of_no_week():
    names = replace(HOME, partners=a_household(names=("Ada", "Bo")).partners)
    ahead = Usual(way_home=40, children=(usual.Child("Mia", 2020),), free_evenings={ONE: (3,)})

    assert () == since(HOME, names).earlier
    assert () == since(HOME, replace(HOME, usual=ahead)).earlier


def test_a_child_that_is_not_told_any_more_is_kept_nowhere():
    told = replace(HOME, usual=Usual(children=(usual.Child("Mia"),)))

    assert "Mia" not in repr(since(told, replace(LATER, usual=Usual())).earlier)


def test_who_moved_lived_by_the_clock_at_home_until_then():
    moved = since(HOME, replace(HOME, zone="America/New_York"))
    supper = an_instant("Thu 19:00", WEEK - 1)

    assert time(19) == moved.clock(supper).time()
    assert supper == local_time.instant(date(2026, 11, 19), time(19), moved)
    assert local_time.week_span(WEEK - 1, HOME) == local_time.week_span(WEEK - 1, moved)
    assert time(19) == moved.clock(an_instant("Thu 19:00", WEEK, "America/New_York")).time()


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
def test_time_together_over_the_night_of_a_move_is_counted_to_its_end(zone):
    moved = since(HOME, replace(HOME, zone=zone))
    long = (an_instant("Sun 12:00", WEEK - 1), 24 * 60)

    found = weekday_hours.weekday_cells([long], 1, moved)

    assert 24 == pytest.approx(sum(cell.hours for cell in found))


STARTS = {"Mon": 0, "Sat": 5, "Sun": 6}


@pytest.mark.parametrize(
    ("before", "after", "lasts"),
    [
        ("Mon", "Sun", "Mon Tue Wed Thu Fri Sat"),
        ("Sun", "Mon", "Sun Mon Tue Wed Thu Fri Sat Sun"),
        ("Mon", "Sat", "Mon Tue Wed Thu Fri"),
        ("Sat", "Mon", "Sat Sun Mon Tue Wed Thu Fri Sat Sun"),
        ("Sat", "Sun", "Sat Sun Mon Tue Wed Thu Fri Sat"),
        ("Sun", "Sat", "Sun Mon Tue Wed Thu Fri"),
    ],
)
def test_the_week_between_two_first_days_takes_or_leaves_the_days_between(before, after, lasts):
    couple = replace(HOME, week_starts=STARTS[before])
    home = since(couple, replace(HOME, week_starts=STARTS[after]))
    own = [local_time.days(WEEK + n, home) for n in range(-2, 3)]

    assert lasts.split() == [f"{day:%a}" for day in own[2]]
    assert [local_time.days(WEEK - n, couple) for n in (2, 1)] == own[:2]
    assert [f"{after} 7"] * 2 == [f"{days[0]:%a} {len(days)}" for days in own[3:]]


@given(st.lists(st.tuples(st.sampled_from(list(STARTS)), st.integers(0, 20), st.integers(0, 3))))
def test_each_day_is_of_one_week_however_often_weeks_come_to_begin_on_another(changes):
    """Days go on from one change to the next, with so many weeks planned ahead."""
    home, day = HOME, MONDAY
    for starts, later, planned in changes:
        day += timedelta(days=later)
        first = week_to_plan(day, home)
        kept = [local_time.days(week, home) for week in weeks_to(first + planned)]
        told = replace(home, week_starts=STARTS[starts])
        home = replace(told, earlier=earlier_after(home, told, first, first + planned))

        assert kept[:-1] == [local_time.days(week, home) for week in weeks_to(first + planned)][:-1]
    by_week = {week: local_time.days(week, home) for week in weeks_to(WEEK + 60)}
    days = [one for shown in by_week.values() for one in shown]

    assert [days[0] + timedelta(days=n) for n in range(len(days))] == days
    assert all(local_time.week_of(one, home) == w for w, shown in by_week.items() for one in shown)
    assert all(by_week[w] == local_time.days(w, home.in_week(w)) for w in by_week)
    assert all(
        local_time.week_span(w, home) == local_time.week_span(w, home.in_week(w)) for w in by_week
    )
    assert all(
        days == local_time.days(w, home.on_day(d)) for w, days in by_week.items() for d in days
    )


def weeks_to(last):
    return [WEEK - 3 + n for n in range((last.monday - WEEK.monday).days // 7 + 4)]


def test_until_weeks_begin_on_another_day_what_is_told_meanwhile_holds():
    sundays = since(HOME, replace(HOME, week_starts=6))
    waits = replace(sundays, earlier=earlier_after(HOME, sundays, WEEK, WEEK + 2))
    told = replace(waits, hours=LATER.hours)
    home = replace(told, earlier=earlier_after(waits, told, WEEK + 1))

    assert [(HOME.hours, 0), (LATER.hours, 0), (LATER.hours, 6)] == [
        (home.in_week(WEEK + n).hours, home.in_week(WEEK + n).week_starts) for n in range(3)
    ]


def test_weeks_that_were_to_begin_on_another_day_and_then_not_leave_nothing():
    sundays = replace(HOME, week_starts=6)
    waits = replace(sundays, earlier=earlier_after(HOME, sundays, WEEK, WEEK + 2))

    assert () == earlier_after(waits, HOME, WEEK, WEEK + 2)


def test_before_the_children_a_week_had_no_time_with_them():
    couple = replace(HOME, children=False)
    home = since(couple, HOME)
    run = an_occurrence("Tue 18:00-19:00", week=WEEK - 1, **AWAY)
    before = a_plan(run, an_occurrence(week=WEEK - 1), week=WEEK - 1)

    rows = balance.rows({WEEK - 1: before}, [WEEK - 1, WEEK], home)

    assert balance.rows({WEEK - 1: before}, [WEEK - 1], couple) == rows[:5]
    assert [5, 7] == [sum(row.week == str(week) for row in rows) for week in (WEEK - 1, WEEK)]
    assert Kind.TOGETHER is before.occurrences[1].tone(home)


def test_weeks_with_children_keep_their_hours_once_there_are_none_at_home():
    home = since(HOME, replace(HOME, children=False))
    run = an_occurrence("Tue 18:00-19:00", week=WEEK - 1, **AWAY)
    before = a_plan(run, week=WEEK - 1)

    assert 60 == totals.planned(before, Strand(Kind.SOLO, TWO), home)
    rows = balance.rows({WEEK - 1: before}, [WEEK - 1, WEEK], home)
    written = tables.all_strands_csv(rows, home).splitlines()

    assert "Jonas, with the children: planned" in written[0]
    assert 1 == len({len(cells) for cells in csv.reader(written)})


def test_together_from_before_the_children_is_drawn_as_the_two_of_you():
    home = since(replace(HOME, children=False), HOME)
    talks = {w: a_plan(an_occurrence(week=w), week=w) for w in (WEEK - 1, WEEK)}

    rows = balance.rows(talks, [WEEK - 1, WEEK], home)
    bars = balance.stacked_bars(rows, WEEK - 1)

    assert {Shade.TWO_OF_US} == {bar.tone for bar in bars if bar.hours}
    assert set(home.over([WEEK - 1, WEEK]).tones()) >= {bar.tone for bar in bars}
