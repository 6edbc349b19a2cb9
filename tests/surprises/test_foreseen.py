"""What is said of a surprise before it is kept."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from rituals.model.difference import Difference, What
from rituals.model.household import ONE, TWO
from rituals.model.time.span import Spans
from rituals.surprises import foreseen
from rituals.surprises import surprise as surprises
from rituals.surprises.surprise import Part
from tests.support.notation import a_household, a_span

HOME = a_household()
NOW = datetime(2026, 11, 1, tzinfo=UTC)
THURSDAY = a_span("Thu 20:00-22:00").start.astimezone(HOME.tz).date()


def away(partner):
    return Difference("1", What.AWAY, THURSDAY, THURSDAY, NOW, partner, nights=True)


def told(*differences, hint=Part.EVENING, when="Thu 20:00-22:00", **busy):
    span = a_span(when)
    minutes = int(span.length.total_seconds() // 60)
    written = replace(
        surprises.new_surprise(ONE, span.start, NOW),
        minutes=minutes,
        covers=hint or Part.EVENING,
        line="Keep it free" if hint else "",
    )
    taken = {ONE: Spans(), TWO: Spans()}
    taken |= {key: Spans([a_span(hours)]) for key, hours in busy.items()}
    return list(foreseen.sentences(written, replace(HOME, differences=differences), taken))


def test_nothing_is_said_where_both_are_free():
    assert [] == told()


@pytest.mark.parametrize("hint", [Part.EVENING, None])
def test_it_says_that_the_other_is_away(hint):
    assert ["Jonas is away then."] == told(away(TWO), hint=hint)


def test_it_says_that_the_giver_is_away():
    assert ["You are away then yourself."] == told(away(ONE))


def test_it_says_when_the_hint_meets_an_appointment_of_the_giver():
    late = {ONE: "Thu 18:30-19:30"}

    assert ["Your own calendar has something 18:30–19:30."] == told(**late)
    assert [] == told(hint=None, **late)


def test_it_says_when_the_other_has_an_appointment_in_its_hours():
    assert ["Jonas’s calendar has something 21:00–22:00."] == told(**{TWO: "Thu 21:00-23:00"})
    assert [] == told(**{TWO: "Thu 18:30-19:30"})
