"""The state of the sitting in a line, and what a trip adds to it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pages.panels import overview
from rituals.model.difference import Difference, What
from rituals.model.household import TWO
from tests.support.notation import WEEK, a_household, a_plan, hours_of

TOLD = datetime(2026, 11, 1, tzinfo=UTC)
BEDTIME = hours_of(wake="06:30", bedtime="19:30")


@pytest.mark.parametrize(
    ("children", "expected"),
    [
        (True, "A trip brings 39 h with the children; no ritual is in the plan yet"),
        (False, "No ritual is in the plan yet"),
    ],
)
def test_of_a_week_without_rituals_it_says_what_a_trip_brings(children, expected):
    days = (WEEK.monday + timedelta(days=n) for n in (1, 3))
    trip = Difference("1", What.AWAY, *days, TOLD, TWO, nights=True)
    household = replace(a_household(children=children, hours=BEDTIME), differences=(trip,))

    assert expected == overview.progress(a_plan(), None, household)


def test_without_a_trip_no_ritual_is_in_the_plan_yet():
    assert "No ritual is in the plan yet" == overview.progress(a_plan(), None, a_household())
