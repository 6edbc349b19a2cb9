"""What a form shows of what is kept, and what it keeps of what it shows."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.settings import turn_lines, usual_children
from pages.settings.turn_lines import Turns
from rituals.model import local_time
from rituals.model.time.recurrence import Recurrence
from rituals.model.time.window import Window
from rituals.model.usual import Usual
from rituals.model.week_facts import week_facts
from rituals.planning import usual_turns
from tests.support.notation import WEEK, a_household

TODAY = date(2026, 11, 25)

households = st.builds(lambda starts: a_household(week_starts=starts), st.sampled_from((0, 5, 6)))
hours = st.times().map(lambda at: at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0))
days = st.sets(st.integers(0, 6), min_size=1).map(lambda some: tuple(sorted(some)))
lines = st.builds(Window, days, hours, hours)
weeks = st.lists(st.lists(lines, max_size=2).map(tuple), min_size=1, max_size=8).map(tuple)
stays = st.builds(
    usual_children.Stay, st.integers(0, 6), hours, st.integers(0, 6), hours, st.just("Oma’s")
)
weeks_of_stays = st.lists(st.lists(stays, max_size=2).map(tuple), min_size=1, max_size=8).map(tuple)


@given(weeks, st.data(), households)
def test_turns_that_are_kept_and_shown_again_are_kept_alike(told, data, household):
    this = data.draw(st.integers(0, len(told) - 1))
    kept = turn_lines.write(Turns(told, this), household, TODAY)
    shown, others = turn_lines.read((), kept, household, TODAY)
    again = turn_lines.write(shown, household, TODAY)
    first, last = TODAY - timedelta(weeks=20), TODAY + timedelta(weeks=20)

    assert () == others
    assert {s for r in kept for s in r.between(first, last)} == {
        s for r in again for s in r.between(first, last)
    }


@given(weeks, st.data(), households)
def test_letters_are_those_that_were_told(told, data, household):
    this = data.draw(st.integers(0, len(told) - 1))
    kept = turn_lines.write(Turns(told, this), household, TODAY)
    what, place = ("work", "one"), (len(told), this)
    household = usual_turns.with_letters(household, what, kept, place, TODAY)
    week_a = household.usual.week_a.get(what)
    shown, _ = turn_lines.read((), kept, household, TODAY + timedelta(weeks=3), week_a)

    cycle = len(shown.weeks)
    assert (not kept) or (this + 3) % cycle == shown.this
    assert (not kept) or [bool(w) for w in told] == [bool(w) for w in shown.weeks]


@given(weeks_of_stays, st.data(), households)
def test_stays_that_are_kept_and_shown_again_are_kept_alike(told, data, household):
    this = data.draw(st.integers(0, len(told) - 1))
    kept = usual_children.write_stays(told, this, household, TODAY)
    shown, now, others = usual_children.read_stays(kept, household, TODAY)
    again = usual_children.write_stays(shown, now, household, TODAY)

    assert () == others
    for later in (-1, 0, 1, 5):
        week = local_time.week_of(TODAY, household) + later
        before, after = (
            week_facts(week, replace(household, usual=Usual(elsewhere=told))).elsewhere
            for told in (kept, again)
        )
        assert before == after


@pytest.mark.parametrize(("later", "expected"), [(0, 1), (1, 0), (2, 1), (-1, 0)])
def test_which_week_this_is_moves_on_with_the_weeks(later, expected):
    household = a_household()
    begun = datetime.combine(WEEK.monday - timedelta(days=7), datetime.min.time())
    second = Recurrence(begun, begun.replace(hour=8), 2)
    today = WEEK.monday + timedelta(weeks=later)
    turns, _ = turn_lines.read((), (second,), household, today)

    assert expected == turns.this


def test_what_is_alike_in_every_week_is_shown_in_each_of_the_turns():
    always = Window.read("Mon 09:00-10:00")
    begun = datetime.combine(WEEK.monday, datetime.min.time())
    turns, _ = turn_lines.read(
        (always,), (Recurrence(begun, begun.replace(hour=8), 2),), a_household(), TODAY
    )

    assert [2, 1] == [len(week) for week in turns.weeks]
    assert all(always in week for week in turns.weeks)


def test_turns_go_beside_others_by_the_week_that_both_call_this_one():
    early, late = (Window.read("Mon 08:00-09:00"),), (Window.read("Tue 08:00-09:00"),)
    other = Turns(((), ()), this=1)

    assert Turns((late, early), 1) == turn_lines.beside(Turns((early, late), 0), other)
    assert Turns((early, early), 1) == turn_lines.beside(Turns((early,)), other)
    assert turn_lines.beside(Turns((early, late, early)), other) is None
