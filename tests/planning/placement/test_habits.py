"""Habits come from what took place, and from no single week."""

import pytest

from rituals.planning.placement.habits import BY_HAND, HALF_LIFE, Habit, habit
from tests.support.notation import WEEK, a_household, an_occurrence

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


def lived(*times, weeks=(1, 2), **more):
    """Occurrences at these times in each of so many weeks ago."""
    return [an_occurrence(at, week=WEEK - n, **more) for at in times for n in weeks]


def of(*past, **more):
    return habit([o for some in past for o in some], WEEK, a_household(), **more)


def test_nothing_lived_is_no_habit():
    assert Habit() == of()


@pytest.mark.parametrize(
    "past",
    [
        lived("Sat 20:00-21:00", weeks=(1,), fixed=True),
        lived("Tue 20:00-21:00", "Sat 20:00-21:00", weeks=(1,)),
        lived("Sat 20:00-21:00", weeks=(1,), let_go=True),
    ],
)
def test_one_week_alone_says_nothing(past):
    found = of(past)

    assert (frozenset(), frozenset(), {}) == (found.weekdays, found.let_go, found.hours)


def test_a_weekday_of_most_weeks_is_its_weekday():
    assert {SAT} == of(lived("Sat 20:00-21:00")).weekdays
    assert set() == of(lived("Sat 20:00-21:00"), lived("Thu 20:00-21:00", weeks=(3, 4))).weekdays


def test_what_a_hand_did_counts_double():
    lately = lived("Sat 20:00-21:00")
    before = lived("Thu 20:00-21:00", weeks=(3, 4))
    moved = lived("Sat 20:00-21:00", fixed=True)

    assert 2 == BY_HAND
    assert set() == of(lately, before).weekdays
    assert {SAT} == of(moved, before).weekdays == of(moved, before).by_hand


def test_only_a_weekday_that_was_chosen_by_hand_is_by_hand():
    assert {SAT} == of(lived("Sat 20:00-21:00")).weekdays
    assert set() == of(lived("Sat 20:00-21:00")).by_hand


def test_four_weeks_halve_what_a_week_says():
    before = lived("Sat 20:00-21:00", weeks=range(5, 9))
    lately = lived("Thu 20:00-21:00", weeks=range(1, 4))

    assert 4 == HALF_LIFE
    assert {THU} == of(before, lately).weekdays
    assert {21 * 60} == set(
        of(
            lived("Thu 20:00-21:00", weeks=(5, 6)), lived("Thu 21:00-22:00", weeks=(1,))
        ).hours.values()
    )


def test_a_weekday_on_which_it_is_let_go_again_and_again_is_none_of_its_own():
    gone = of(lived("Sat 20:00-21:00"), lived("Sat 20:00-21:00", weeks=(3, 4), let_go=True))

    assert ({SAT}, set()) == (gone.let_go, gone.weekdays)


def test_what_was_let_go_says_nothing_of_an_hour():
    assert {} == of(lived("Sat 20:00-21:00", let_go=True)).hours


def test_weekdays_and_weekends_have_hours_of_their_own():
    hours = of(lived("Tue 18:00-19:00", "Sat 10:00-11:00")).hours

    assert dict.fromkeys((MON, TUE, WED, THU, FRI), 18 * 60) == {d: hours[d] for d in range(SAT)}
    assert {10 * 60} == {hours[SAT], hours[SUN]}
    assert set(range(SAT)) == set(of(lived("Tue 18:00-19:00")).hours)


def test_a_weekday_with_an_hour_of_its_own_keeps_it():
    hours = of(lived("Tue 18:00-19:00", "Thu 20:00-21:00", "Fri 20:00-21:00")).hours

    assert (18 * 60, 20 * 60, 20 * 60) == (hours[TUE], hours[THU], hours[MON])


def test_small_hours_belong_to_the_evening_before():
    found = of(lived("Sat 00:30-01:00"))

    assert {FRI} == found.weekdays
    assert 24 * 60 + 30 == found.hours[FRI]
    assert {FRI: 1} == found.last


def test_the_small_hours_of_a_first_day_are_of_the_week_before():
    found = of(lived("Mon 00:30-01:00", weeks=(0, 1)))

    assert {SUN} == found.weekdays
    assert {SUN: 1} == found.last


def test_the_last_time_on_a_weekday_is_the_one_that_counts():
    found = of(lived("Mon 20:00-21:00", weeks=(1, 4)), lived("Thu 20:00-21:00", weeks=(3,)))

    assert {MON: 1, THU: 3} == found.last


def test_what_comes_more_than_twice_a_week_has_no_weekday():
    assert {SAT} == of(lived("Sat 20:00-21:00"), times=2).weekdays
    assert set() == of(lived("Sat 20:00-21:00"), times=3).weekdays


def test_what_has_its_hour_by_itself_gets_another_by_hand_only():
    assert {} == of(lived("Thu 20:00-20:10"), has_hour=True).hours
    assert {20 * 60} == set(of(lived("Thu 20:00-20:10", fixed=True), has_hour=True).hours.values())
