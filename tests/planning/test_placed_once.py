"""A week that was placed is found again at once, and placed anew where anything differs."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rituals.model.context import PlanningContext
from rituals.model.plan import Choice
from rituals.planning import scheduling
from rituals.planning.placement.grid import first_ahead
from tests.support.notation import (
    WEEK,
    a_household,
    a_plan,
    a_ritual,
    an_instant,
    an_occurrence,
    hours_of,
    spans,
)

HOME = a_household()
TALK = a_ritual("late-talk", window="daily 18:00-22:00")
LIFE = PlanningContext(HOME, {TALK.id: TALK})
PLAN = a_plan(choices=(Choice(TALK.id, None, 1),))
SUNDAY = an_instant("Sun 20:00", WEEK - 1)


def times_placed(plan=PLAN, life=LIFE, now=SUNDAY):
    """How often a week is placed, once the plan above has been."""
    scheduling._found_once.cache_clear()
    scheduling.scheduled(PLAN, LIFE, SUNDAY)
    scheduling.scheduled(plan, life, now)
    return scheduling._found_once.cache_info().misses


def test_a_week_as_it_was_is_not_placed_again():
    assert 1 == times_placed()


def test_a_week_ahead_is_the_same_whenever_it_is_asked_for():
    assert 1 == times_placed(now=an_instant("Wed 09:00", WEEK - 1))


@pytest.mark.parametrize(("minute", "expected"), [(4, 1), (5, 2)])
def test_within_five_minutes_of_its_own_days_a_week_is_the_same(minute, expected):
    first, later = (an_instant("Tue 09:00") + timedelta(minutes=m, seconds=1) for m in (0, minute))
    scheduling._found_once.cache_clear()
    for now in (first, later):
        scheduling.scheduled(PLAN, LIFE, now)

    assert expected == scheduling._found_once.cache_info().misses


@pytest.mark.parametrize(
    ("plan", "life"),
    [
        (replace(PLAN, choices=(Choice(TALK.id, None, 2),)), LIFE),
        (replace(PLAN, sitter=spans("Tue 18:00-20:00")), LIFE),
        (replace(PLAN, occurrences=(an_occurrence(ritual=None, spontaneous=True),)), LIFE),
        (PLAN, replace(LIFE, rituals={TALK.id: replace(TALK, title="Talk")})),
        (PLAN, replace(LIFE, busy={"one": spans("Tue 18:00-20:00")})),
        (PLAN, replace(LIFE, past=(an_occurrence(week=WEEK - 1),))),
        (PLAN, replace(LIFE, household=replace(HOME, hours=hours_of("Mon-Fri 09:00-17:00")))),
    ],
)
def test_where_anything_differs_a_week_is_placed_anew(plan, life):
    assert 2 == times_placed(plan, life)


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        ("Sun 20:00", "Mon 00:00"),
        ("Mon 00:00", "Mon 00:00"),
    ],
)
def test_of_an_instant_before_it_a_week_knows_nothing(since, expected):
    week = WEEK - 1 if since.startswith("Sun") else WEEK

    assert an_instant(expected) == first_ahead(an_instant(since, week), HOME, WEEK)


def test_of_an_instant_in_it_a_week_knows_the_first_slot_that_has_not_begun():
    now = an_instant("Tue 09:01")

    assert an_instant("Tue 09:05") == first_ahead(now, HOME, WEEK)
