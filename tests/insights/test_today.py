"""A day in the middle of the week: what is on, tonight, who has the children, what is to come."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rituals.insights import today
from rituals.model import local_time
from rituals.model.difference import Difference, What
from rituals.model.household import ONE, TWO, Kind
from rituals.model.ritual import Size
from rituals.model.time.span import Spans
from tests.support.notation import (
    NOW,
    WEEK,
    a_household,
    a_plan,
    a_span,
    agreed_by_both,
    an_instant,
    an_occurrence,
    hours_of,
)

HOURS = hours_of(
    work="Mon-Fri 09:00-15:00",
    his_work="Mon-Fri 09:00-17:00",
    away="Mon-Fri 08:00-16:00",
    bedtime="19:30",
)
HOME = a_household(hours=HOURS)
DAYS = local_time.days(WEEK, HOME)
THURSDAY = DAYS[3]
TALK = an_occurrence("Thu 20:00-21:00")
COCOA = an_occurrence("Thu 16:15-17:30", ritual="cocoa", kind=Kind.SOLO, partner=ONE, title="Cocoa")
FRIENDS = an_occurrence("Thu 19:00-22:00", ritual="friends", kind=Kind.OUT, partner=ONE)
KISS = an_occurrence("Thu 22:15-22:20", ritual="kiss", size=Size.SMALL)
SATURDAY = an_occurrence("Sat 10:00-12:00", ritual="walk")


def said(plan, household=HOME, busy=None):
    """Who has the children on Thursday, as "06:30 both"."""
    found = today.children(plan, busy or {}, THURSDAY, household)
    return [
        f"{care.span.start.astimezone(household.tz):%H:%M}-"
        f"{care.span.end.astimezone(household.tz):%H:%M} {care.who or 'both'}"
        for care in found
    ]


@pytest.mark.parametrize("starts", [0, 5, 6])
def test_it_opens_on_today_from_the_first_day_of_an_agreed_week_to_the_one_before_its_last(starts):
    home = a_household(week_starts=starts)
    days = local_time.days(WEEK, home)
    around = [days[0] - timedelta(days=1), *days, days[-1] + timedelta(days=1)]
    plan = agreed_by_both(a_plan(TALK))

    assert [False, *[True] * 6, False, False] == [
        today.opens_on_today(plan, day, home) for day in around
    ]


def test_a_week_that_is_not_agreed_does_not_open_on_today():
    assert not today.opens_on_today(a_plan(TALK), THURSDAY, HOME)
    assert not today.opens_on_today(a_plan(), THURSDAY, HOME)


def test_a_week_in_which_one_thing_waits_for_a_yes_still_opens_on_today():
    plan = agreed_by_both(a_plan(TALK))
    more = replace(plan, occurrences=(*plan.occurrences, SATURDAY))

    assert today.opens_on_today(more, THURSDAY, HOME)


def test_what_is_on_goes_on_until_the_small_hours():
    late = an_occurrence("Fri 00:30-01:30", ritual="late")
    early = an_occurrence("Thu 01:00-02:00", ritual="early")

    assert (COCOA, TALK, late) == today.on(a_plan(late, TALK, COCOA, early), THURSDAY, HOME)


def test_what_was_left_out_is_not_on():
    assert () == today.on(a_plan(replace(TALK, let_go=True)), THURSDAY, HOME)


def test_tonight_is_the_longest_thing_of_the_evening_and_no_small_one():
    of = [today.evening(a_plan(*each), THURSDAY, HOME).on for each in _evenings()]

    assert [FRIENDS, TALK, None] == of


def _evenings():
    return [(TALK, FRIENDS, KISS), (TALK, KISS, COCOA), (KISS, COCOA, SATURDAY)]


def test_tonight_knows_a_sitter_and_who_is_away():
    trip = Difference("trip", What.AWAY, DAYS[1], DAYS[3], NOW, TWO, end=HOURS.supper, nights=True)
    home = replace(HOME, differences=(trip,))
    there = a_span("Thu 19:00-22:30")
    evening = today.evening(replace(a_plan(FRIENDS), sitter=(there,)), THURSDAY, home)

    assert there == evening.sitter
    assert {TWO: an_instant("Thu 18:00")} == evening.away
    assert {TWO: None} == today.evening(a_plan(), DAYS[2], home).away
    assert (None, {}) == today.evening(a_plan(), THURSDAY, HOME)[1:]


def test_still_to_come_are_the_later_days_that_hold_more_than_small_moments():
    small = an_occurrence("Fri 08:00-08:05", ritual="kiss", size=Size.SMALL)
    plan = a_plan(COCOA, SATURDAY, small, an_occurrence("Mon 20:00-21:00", ritual="before"))

    assert [(DAYS[5], (SATURDAY,))] == [
        (each.day, each.on) for each in today.still_to_come(plan, THURSDAY, HOME)
    ]


def test_the_children_are_told_from_getting_up_to_bedtime():
    assert ["06:30-08:00 both", "08:00-16:00 school", "16:00-17:00 one", "17:00-19:30 both"] == (
        said(a_plan())
    )


def test_who_does_something_with_them_or_is_left_with_them_has_them():
    out = an_occurrence("Thu 18:00-22:00", ritual="choir", kind=Kind.OUT, partner=ONE)
    with_him = an_occurrence("Thu 17:00-18:00", ritual="ball", kind=Kind.SOLO, partner=TWO)

    assert ["16:00-17:00 one", "17:00-19:30 two"] == said(a_plan(out, with_him))[2:]


def test_a_sitter_has_them_awake_and_asleep():
    plan = replace(a_plan(FRIENDS), sitter=(a_span("Thu 19:00-22:30"),))

    assert ["17:00-19:00 both", "19:00-22:30 sitter"] == said(plan)[3:]


def test_what_a_calendar_holds_takes_a_partner_away():
    busy = {TWO: Spans([a_span("Thu 17:00-21:00")])}

    assert ["16:00-19:30 one"] == said(a_plan(), busy=busy)[2:]


def test_an_hour_in_which_nobody_is_there_is_told_as_such():
    busy = {ONE: Spans([a_span("Thu 17:30-18:30")]), TWO: Spans([a_span("Thu 17:30-18:30")])}

    assert "17:30-18:30 nobody" in said(a_plan(), busy=busy)


def test_without_children_nothing_is_told_of_them():
    assert () == today.children(a_plan(), {}, THURSDAY, a_household(children=False))


def test_a_day_out_of_school_is_told_as_away_where_they_are_at_another_home():
    away = Difference("oma", What.CHILDREN_AWAY, THURSDAY, THURSDAY, NOW)

    assert "away" in " ".join(said(a_plan(), replace(HOME, differences=(away,))))
