"""The warm last line of a week: what it holds in kinds and days, and nothing of a surprise."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rituals.insights import week_in_words
from rituals.model import local_time
from rituals.model.household import ONE, TWO, Kind
from rituals.model.plan import Season
from rituals.model.ritual import Size
from tests.support.notation import WEEK, a_household, a_plan, an_occurrence

HOME = a_household()
TALK = an_occurrence("Thu 20:00-21:00")
DATE = an_occurrence("Fri 19:00-22:00", ritual="date", kind=Kind.OUT)
PANCAKES = an_occurrence("Sun 09:00-10:00", ritual="pancakes", with_children=True)
HER_NIGHT = an_occurrence("Wed 19:30-22:00", ritual="friends", kind=Kind.OUT, partner=ONE)
HIS_NIGHT = replace(HER_NIGHT, id="his", partner=TWO)
HIS_RUN = an_occurrence("Sat 10:00-11:00", ritual="run", kind=Kind.ALONE, partner=TWO)


@pytest.mark.parametrize(
    ("lying", "said"),
    [
        ([TALK], "An evening for the two of you."),
        ([TALK, DATE], "Two evenings for the two of you."),
        (
            [TALK, an_occurrence("Fri 22:00-22:30"), an_occurrence("Sat 19:00-19:30")],
            "An evening for the two of you.",
        ),
        ([an_occurrence("Fri 22:00-22:30")], "Friday evening for the two of you."),
        (
            [an_occurrence("Sat 10:00-12:00")],
            "Saturday morning for the two of you.",
        ),
        (
            [TALK, PANCAKES, HER_NIGHT, HIS_RUN],
            "An evening for the two of you, Sunday morning for all of you, "
            "an evening out for Maya and time alone for Jonas.",
        ),
        ([HER_NIGHT, HIS_NIGHT], "An evening out for each of you."),
        ([an_occurrence("Sat 14:00-16:00", kind=Kind.OUT, partner=ONE)], "Time out for Maya."),
        ([an_occurrence("Sat 14:00-16:00", kind=Kind.SOLO, partner=ONE)], ""),
        ([], ""),
    ],
)
def test_a_week_is_said_in_kinds_and_days(lying, said):
    assert said == week_in_words.sentence(a_plan(*lying), HOME)


def test_two_things_on_one_evening_are_one_evening():
    later = an_occurrence("Thu 21:00-22:00", ritual="walk")

    assert "An evening for the two of you." == week_in_words.sentence(a_plan(TALK, later), HOME)


def test_small_moments_are_not_said_for_they_may_be_a_surprise():
    note = an_occurrence("Thu 20:00-20:05", size=Size.SMALL, title="Note in the bag")

    assert "" == week_in_words.sentence(a_plan(note), HOME)


def test_what_was_left_out_and_a_week_off_are_not_said():
    assert "" == week_in_words.sentence(a_plan(replace(TALK, let_go=True)), HOME)
    assert "" == week_in_words.sentence(a_plan(TALK, season=Season.GRACE), HOME)


@pytest.mark.parametrize(("starts", "day"), [(0, "Sunday"), (6, "Saturday")])
def test_the_two_meet_again_on_the_last_day_of_their_week(starts, day):
    home = a_household(week_starts=starts)
    last = local_time.days(WEEK, home)[-1]

    assert f"Have a good week. See you on {day}." == week_in_words.goodbye(
        a_plan(), home, last - timedelta(days=1)
    )
    assert "" == week_in_words.goodbye(a_plan(), home, last)
