"""A first week: six to eight rituals that fit hopes, children and hours, each in its place."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import pytest

from rituals.model.context import PlanningContext
from rituals.model.household import ONE, TWO, Kind, Strand
from rituals.model.plan import Hope, Season, standing
from rituals.model.ritual import Needs, Size, suits
from rituals.model.time.window import DAYS
from rituals.model.usual import Child, Usual
from rituals.planning import catalogue, changes, scheduling, sitters
from rituals.planning.options.first_week import first_week
from rituals.planning.options.room import is_surprise
from tests.support.notation import WEEK, a_household, a_plan, a_span, hours_of, spans

NOW = datetime(2026, 11, 22, 19, tzinfo=UTC)
RITUALS = catalogue.load(catalogue.SUGGESTED)
HOURS = hours_of("Mon-Fri 09:00-17:00", "Mon-Thu 08:00-16:00", away="Mon-Fri 08:00-15:00")
FAMILY, PAIR = (a_household(children=some, hours=HOURS) for some in (True, False))
TOGETHER = Strand(Kind.TOGETHER)


def a_life(home=FAMILY, busy=None):
    return PlanningContext(home, RITUALS, busy or {})


@cache
def suggested(home=FAMILY, number=0):
    return first_week(changes.first_plan(WEEK, home), a_life(home), NOW, number)


def rituals_of(plan):
    return [RITUALS[id] for id in dict.fromkeys(choice.ritual for choice in plan.choices)]


def hoping(home, **minutes):
    """A plan that hopes for so many minutes of some kinds, and for nothing else."""
    hopes = {s: Hope(minutes.get(s.kind.value, 0)) for s in home.strands()}
    return a_plan(hopes=hopes)


@pytest.mark.parametrize("home", [FAMILY, PAIR], ids=["with children", "the two of us"])
@pytest.mark.parametrize("number", [0, 1, 5])
def test_six_to_eight_rituals_each_in_its_place(home, number):
    plan = suggested(home, number)

    assert 6 <= len(rituals_of(plan)) <= 8
    assert scheduling.is_scheduled(plan, RITUALS)


@pytest.mark.parametrize("home", [FAMILY, PAIR], ids=["with children", "the two of us"])
def test_each_of_the_two_has_some_of_each_kind_that_is_hoped_for(home):
    lie = {occurrence.strand for occurrence in standing(suggested(home))}

    assert {*home.strands()} == lie


def test_it_holds_a_small_moment_an_evening_and_something_with_the_children():
    some = rituals_of(suggested())

    assert {Size.SMALL, Size.USUAL, Size.EVENING} == {ritual.size for ritual in some}
    assert any(r.kind is Kind.TOGETHER and r.with_children for r in some)


def test_what_is_hoped_for_not_at_all_is_not_suggested():
    plan = first_week(hoping(FAMILY, together=600), a_life(), NOW)

    assert {TOGETHER} == {occurrence.strand for occurrence in standing(plan)}
    assert 6 <= len(rituals_of(plan))


def test_where_little_is_hoped_for_it_holds_less():
    plan = first_week(hoping(FAMILY, together=60), a_life(), NOW)

    assert 0 < sum(o.minutes for o in standing(plan)) <= 90


def test_the_same_number_brings_the_same_week():
    again = first_week(changes.first_plan(WEEK, FAMILY), a_life(), NOW, 1)

    assert suggested(number=1) == again


def test_another_number_brings_other_rituals():
    first, second = rituals_of(suggested()), rituals_of(suggested(number=1))

    assert len({*first} & {*second}) <= 2


def test_what_was_suggested_before_is_gone():
    second = first_week(suggested(), a_life(), NOW, 1)

    assert suggested(number=1).choices == second.choices
    assert {o.title for o in standing(suggested(number=1))} == {o.title for o in standing(second)}


@pytest.mark.parametrize("number", [0, 1, 5])
def test_nothing_waits_for_a_sitter(number):
    plan = suggested(number=number)

    assert Needs.SITTER not in {ritual.needs for ritual in rituals_of(plan)}
    assert not sitters.ids(plan, FAMILY, RITUALS, NOW)


def test_with_a_sitter_it_may_be_an_evening_out():
    begun = changes.with_sitter(changes.first_plan(WEEK, FAMILY), a_span("Fri 17:00-23:30"))
    plan = first_week(begun, a_life(), NOW)

    assert "date-night" in {choice.ritual for choice in plan.choices}
    assert not sitters.ids(plan, FAMILY, RITUALS, NOW)


def test_what_is_for_children_of_another_age_is_not_suggested():
    home = replace(FAMILY, usual=Usual(children=(Child("Mia", WEEK.year - 1),)))
    plan = first_week(changes.first_plan(WEEK, home), a_life(home), NOW)

    assert all(suits(ritual, home, WEEK.year) for ritual in rituals_of(plan))
    assert any(ritual.ages == (0, 2) for ritual in rituals_of(plan))


def test_a_surprise_is_not_suggested_in_front_of_both():
    found = [r for n in (0, 1, 5) for r in rituals_of(suggested(number=n))]

    assert not any(map(is_surprise, found))


def test_what_has_no_free_hour_gives_way_to_what_has_one():
    evenings = spans(", ".join(f"{day} 17:00-23:30" for day in DAYS[:5]))
    life = a_life(busy={ONE: evenings, TWO: evenings})
    plan = first_week(changes.first_plan(WEEK, FAMILY), life, NOW)

    assert 6 <= len(rituals_of(plan))
    assert scheduling.is_scheduled(plan, RITUALS)


def test_a_week_off_stays_one():
    off = a_plan(season=Season.GRACE)

    assert off == first_week(off, a_life(), NOW)
