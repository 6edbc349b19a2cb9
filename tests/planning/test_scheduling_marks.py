"""What is planned has the marks of its ritual: who leaves the house, and if the children join."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rituals.model.context import PlanningContext
from rituals.model.household import TWO, Kind
from rituals.model.plan import Choice
from rituals.model.ritual import Needs
from rituals.planning import agreement, changes, scheduling
from tests.support.notation import (
    NOW,
    a_household,
    a_plan,
    a_ritual,
    agreed_by_both,
    an_instant,
    an_occurrence,
)

HOME = a_household()
TALK = a_ritual("late-talk", window="Thu 20:00-21:00")
OUTSIDE = replace(TALK, leaves=True)
ALONG = replace(TALK, needs=Needs.CHILDREN)
BEFORE, AFTER = an_instant("Mon 06:00"), an_instant("Sun 23:00") + timedelta(days=1)


def planned(**more):
    return a_plan(an_occurrence(**more), choices=(Choice("late-talk", None, 1),))


def marked(plan, ritual, now=BEFORE):
    return scheduling.marked(plan, {ritual.id: ritual}, HOME, now)


def marks(plan):
    (o,) = plan.occurrences
    return o.leaves, o.with_children


@pytest.mark.parametrize(("ritual", "expected"), [(OUTSIDE, (True, False)), (ALONG, (False, True))])
def test_what_is_planned_takes_the_marks_its_ritual_has_now(ritual, expected):
    assert expected == marks(marked(planned(), ritual))


@pytest.mark.parametrize(
    "plan",
    [planned(fixed=True), planned(exported=True), agreed_by_both(planned()), planned(let_go=True)],
    ids=["fixed", "in a calendar", "agreed", "let go"],
)
def test_new_marks_change_nothing_else(plan):
    (before,), (after,) = plan.occurrences, marked(plan, OUTSIDE).occurrences

    assert replace(before, leaves=True) == after
    assert agreement.is_agreed(before) == agreement.is_agreed(after)


def test_a_week_placed_anew_has_the_marks_its_rituals_have_now():
    held = planned(fixed=True, sequence=3)
    anew = scheduling.scheduled(held, PlanningContext(HOME, {"late-talk": OUTSIDE}), BEFORE)

    assert (True, False) == marks(anew)
    assert 3 == anew.occurrences[0].sequence


def test_a_week_that_is_over_keeps_its_marks():
    assert planned() == marked(planned(), OUTSIDE, AFTER)
    assert planned() != marked(planned(), OUTSIDE, BEFORE)


def test_what_no_ritual_asked_for_keeps_its_marks():
    by_itself = a_plan(an_occurrence(ritual=None, id="1", spontaneous=True))

    assert by_itself == marked(by_itself, OUTSIDE)


def test_what_was_of_another_kind_keeps_its_marks():
    run = a_plan(an_occurrence(kind=Kind.ALONE, partner=TWO))

    assert run == marked(run, OUTSIDE)


def test_a_step_back_keeps_the_marks_and_is_no_news():
    before = planned(fixed=True)
    after = marked(before, OUTSIDE)

    assert after == changes.back_to(after, before, NOW)
