"""For every rule of good sense: its smallest breach is found, and its sensible twin is none."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from rituals.model.difference import Difference, What
from rituals.model.household import ONE, TWO
from rituals.model.plan import Occurrence
from rituals.model.ritual import TakesPart
from rituals.model.time.span import Spans
from rituals.planning import catalogue
from tests.support.good_sense import RULES, cases
from tests.support.notation import a_household, a_plan, a_span, hours_of

SUGGESTED = catalogue.load(catalogue.SUGGESTED)
TOLD = datetime(2026, 1, 4, 20, tzinfo=UTC)
AT_HOME = hours_of(bedtime="19:30", sleep="22:30", wake="06:30")
OFFICE = hours_of("Mon-Fri 09:00-17:00", away="Mon-Fri 08:30-15:00", bedtime="19:30")


def lying(text):
    """The occurrence of "Thu 22:00-22:05 goodnight-kiss", or with a partner at its end."""
    day, clocks, id, *partner = text.split()
    ritual, span = SUGGESTED[id], a_span(f"{day} {clocks}")
    whose = partner[0] if partner else None
    assert (whose is None) or ritual.takes_part is not TakesPart.BOTH
    marks = {"leaves": ritual.leaves, "with_children": ritual.with_children, "size": ritual.size}
    told = {"created": TOLD, "changed": TOLD, "ritual": id} | marks
    return Occurrence(text, ritual.title, ritual.kind, whose, span.start, span.end, **told)


def at_fault(*texts, hours=AT_HOME, trip=""):
    """The rules that occurrences break, with how many of them."""
    days = [a_span(trip).start.date()] if trip else []
    away = tuple(Difference("trip", What.AWAY, day, day, TOLD, ONE) for day in days)
    household = replace(a_household(hours=hours), differences=away)
    plan = a_plan(*map(lying, texts))
    found = cases(plan, {ONE: Spans(), TWO: Spans()}, household, SUGGESTED)
    return [list(RULES).index(case.rule) for case in found if case.at_fault]


GOODNIGHT, BEDTIME, SEND_OFF, BODIES, WAY, ONE_THING, DATE = range(7)


@pytest.mark.parametrize(
    ("expected", "texts"),
    [
        ([], ["Thu 21:25-21:30 goodnight-kiss"]),
        ([GOODNIGHT], ["Thu 21:20-21:25 goodnight-kiss"]),
        ([GOODNIGHT], ["Thu 20:00-20:15 goodnight-kiss"]),
        ([], ["Thu 18:15-19:00 bedtime-solo one"]),
        ([BEDTIME], ["Thu 18:00-18:45 bedtime-solo one"]),
        ([], ["Thu 17:50-18:30 run-or-swim one", "Thu 18:50-19:30 bedtime-solo one"]),
        ([WAY], ["Thu 17:50-18:31 run-or-swim one", "Thu 18:50-19:30 bedtime-solo one"]),
        ([], ["Thu 17:50-18:31 run-or-swim two", "Thu 18:50-19:30 bedtime-solo one"]),
        ([WAY], ["Thu 20:30-22:15 team-or-club one", "Thu 22:25-22:30 goodnight-kiss"]),
        ([], ["Thu 19:30-22:15 date-night", "Thu 22:25-22:30 goodnight-kiss"]),
        ([], ["Thu 20:00-21:00 late-talk", "Fri 20:00-21:00 date-at-home"]),
        ([ONE_THING] * 2, ["Thu 20:00-20:45 late-talk", "Thu 21:00-22:00 date-at-home"]),
        ([], ["Thu 20:00-20:45 late-talk", "Thu 22:25-22:30 goodnight-kiss"]),
        ([DATE], ["Thu 18:00-20:15 date-night"]),
        ([], ["Thu 18:15-20:30 date-night"]),
    ],
)
def test_a_place_is_at_fault_where_sensible_people_would_not_choose_it(expected, texts):
    assert expected == at_fault(*texts)


@pytest.mark.parametrize(
    ("expected", "text"),
    [([], "Thu 07:25-07:30 send-off"), ([SEND_OFF], "Thu 07:20-07:25 send-off")],
)
def test_a_send_off_is_near_to_the_first_who_goes(expected, text):
    assert expected == at_fault(text, hours=OFFICE)


@pytest.mark.parametrize(
    ("expected", "text"),
    [([], "Thu 17:00-17:15 reunion"), ([BODIES], "Thu 16:50-17:05 reunion")],
)
def test_bodies_are_in_one_place_only_after_work(expected, text):
    assert expected == at_fault(text, hours=OFFICE)


def test_a_goodnight_after_midnight_is_of_the_evening_before():
    late = hours_of(bedtime="19:30", sleep="00:30", wake="06:30")

    assert [] == at_fault("Fri 00:15-00:20 goodnight-kiss", hours=late)
    assert [GOODNIGHT] == at_fault("Thu 23:00-23:05 goodnight-kiss", hours=late)
    assert [ONE_THING] * 2 == at_fault(
        "Thu 20:00-20:45 late-talk", "Fri 00:00-00:30 late-talk", hours=late
    )


def test_nobody_is_kissed_on_a_trip():
    assert [BODIES] == at_fault("Thu 22:20-22:25 goodnight-kiss", trip="Thu 10:00-11:00")


@pytest.mark.parametrize(
    ("expected", "bedtime", "text"),
    [
        ([DATE], "21:30", "Thu 20:00-22:15 date-night"),
        ([], "21:30", "Thu 20:00-22:30 date-night"),
        ([DATE], "22:00", "Thu 19:00-21:15 date-night"),
        ([], "22:00", "Thu 19:15-21:30 date-night"),
    ],
)
def test_an_evening_begins_with_the_children_s_sleep_and_waits_for_no_teenager(
    expected, bedtime, text
):
    hours = hours_of(bedtime=bedtime, sleep="23:30", wake="06:30")

    assert expected == at_fault(text, hours=hours)
