"""Whole days in a partner's calendar ask what they mean, until somebody says it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from rituals.model.calendar import WholeDays
from rituals.model.difference import Difference, What, checked
from rituals.model.household import ONE, TWO
from rituals.planning.questions import Question, open_questions
from tests.support.notation import WEEK, a_household

MONDAY = date(2026, 11, 23)
TOLD = datetime(2026, 11, 22, 20, tzinfo=UTC)
TUESDAY, THURSDAY = date(2026, 11, 24), date(2026, 11, 26)
TRIP = WholeDays("his", TWO, TUESDAY, THURSDAY)


def asked(*days, told=(), week_starts=0):
    household = replace(a_household(week_starts=week_starts), differences=tuple(told))
    return [question.days for question in open_questions(days, WEEK, household)]


def by_hand(what, first=TUESDAY, last=THURSDAY, partner=TWO, **more):
    return Difference(f"{what} {first}", what, first, last, TOLD, partner, **more)


def answered(days, what):
    return Question(days).answer(what, "a", TOLD)


def from_to(first, last):
    return replace(TRIP, first=MONDAY + timedelta(first), last=MONDAY + timedelta(last))


def test_days_in_a_row_ask():
    assert [TRIP] == asked(TRIP)


@pytest.mark.parametrize("what", [What.AWAY, What.OFF, What.NOTHING])
def test_an_answer_is_remembered_for_its_event(what):
    assert [] == asked(TRIP, told=[answered(TRIP, what)])


@pytest.mark.parametrize(
    ("what", "partner", "nights"),
    [(What.AWAY, TWO, True), (What.OFF, TWO, False), (What.NOTHING, "", False)],
)
def test_an_answer_is_a_difference_that_can_be_told(what, partner, nights):
    told = answered(TRIP, what)

    assert (what, partner, nights) == (told.what, told.partner, told.nights)
    assert (TUESDAY, THURSDAY) == (told.first, told.last)
    assert told == checked(told, MONDAY)


def test_an_answer_stays_with_its_calendar():
    other = replace(TRIP, calendar="other")

    assert [other] == asked(TRIP, other, told=[answered(TRIP, What.NOTHING)])


def test_other_days_of_an_event_ask_anew_and_outdate_the_answer_before():
    longer = replace(TRIP, last=THURSDAY + timedelta(1))
    before = answered(TRIP, What.AWAY)
    household = replace(a_household(), differences=(before,))

    assert [longer] == asked(longer, told=[before])
    assert [before] == Question(longer).outdated(household)
    assert [] == Question(from_to(10, 12)).outdated(household)


@pytest.mark.parametrize("what", [What.AWAY, What.OFF, What.HOME])
def test_what_was_told_by_hand_is_not_asked(what):
    assert [] == asked(TRIP, told=[by_hand(what, MONDAY)])


@pytest.mark.parametrize(
    "told",
    [
        by_hand(What.AWAY, partner=ONE),
        by_hand(What.AWAY, last=TUESDAY),
        by_hand(What.NO_SCHOOL, partner=""),
        by_hand(What.AWAY, start=time(9)),
    ],
)
def test_what_was_told_of_others_of_less_or_of_hours_leaves_the_question(told):
    assert [TRIP] == asked(TRIP, told=[told])


@pytest.mark.parametrize(
    ("first", "last", "is_asked"),
    [(-2, -1, False), (-2, 0, True), (62, 70, True), (63, 70, False)],
)
def test_this_week_and_the_eight_after_it_are_looked_through(first, last, is_asked):
    days = from_to(first, last)

    assert ([days] if is_asked else []) == asked(days)


def test_a_week_that_begins_on_sunday_is_looked_through_from_there():
    sunday = from_to(-1, -1)

    assert [sunday] == asked(sunday, week_starts=6)


def test_questions_come_in_the_order_of_their_days():
    later = from_to(20, 22)

    assert [TRIP, later] == asked(later, TRIP)


def test_entries_of_years_are_no_question():
    assert [] == asked(from_to(-4000, 4000))


def test_thousands_of_days_are_looked_through_at_once():
    found = [WholeDays("his", TWO, d, d) for d in (MONDAY + timedelta(n) for n in range(5000))]

    assert 63 == len(asked(*found))
