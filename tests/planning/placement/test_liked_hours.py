"""Hours that a ritual likes: its habit's, else where it leans, and near the end what ends a day."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from rituals.model.household import ONE
from rituals.model.ritual import Size
from rituals.model.time.lean import Lean
from rituals.planning.placement.place import place
from rituals.planning.placement.request import Surroundings
from tests.support.notation import (
    WEEK,
    a_household,
    a_ritual,
    an_occurrence,
    hours_of,
    spans,
    windows,
)
from tests.support.wishes import LONG_AGO, a_space, clock, wanted

KISS = a_ritual("kiss", window="Thu 19:30-sleep", minutes=10, size=Size.SMALL, leans=Lean.END)
KISS_OF_FIVE = replace(KISS, least_minutes=5, most_minutes=5)
TALK = replace(KISS, id="talk", most_minutes=15, least_minutes=5)
HOME = a_household()


def starts(space):
    return [clock(space.span(c).start) for c in space.candidates]


def all_placed(ritual, home, partner=None, **around):
    """The places of a ritual in a week."""
    found = place(wanted(ritual, partner), Surroundings(LONG_AGO, **around), home, WEEK)
    return [clock(one.span.start) for one in found.placed]


def placed(ritual, home, partner=None, **around):
    """The one place of a ritual in a week."""
    (found,) = all_placed(ritual, home, partner, **around)
    return found


def test_what_leans_to_the_end_is_tried_in_the_last_half_hour_alone():
    assert ["Thu 21:45", "Thu 22:00", "Thu 22:15"] == starts(a_space(wanted(KISS)))


@pytest.mark.parametrize("leans", [Lean.START, Lean.MIDDLE, time(20)])
def test_what_leans_elsewhere_is_tried_in_all_of_its_hours(leans):
    some = a_ritual(window="Thu 19:30-21:30", leans=leans)

    assert {"Thu 19:30", "Thu 20:30"} <= set(starts(a_space(wanted(some))))


def test_the_last_half_hour_is_that_of_what_is_free():
    late = a_space(wanted(KISS), busy="Thu 21:50-23:00")

    assert "Thu 21:30" == starts(late)[-1]
    assert "Thu 22:15" == placed(KISS, a_household())


def test_an_hour_by_hand_is_its_hour_though_it_leans_to_the_end():
    past = tuple(
        an_occurrence("Thu 20:00-20:10", week=WEEK - n, ritual="kiss", fixed=True) for n in (1, 2)
    )

    assert "Thu 20:00" == placed(KISS, a_household(), past=past)


@pytest.mark.parametrize(("standing", "at"), [("", "22:15"), ("Thu 22:00-23:00", "21:45")])
def test_of_two_last_things_the_shorter_one_comes_last(standing, at):
    busy = {ONE: spans(standing)}
    found = place(
        [*wanted(TALK), *wanted(KISS_OF_FIVE)], Surroundings(LONG_AGO, busy=busy), HOME, WEEK
    )
    last = {one.wanted.ritual.id: clock(one.span.start) for one in found.placed}

    assert f"Thu {at}" == last["kiss"]
    assert last["talk"] < last["kiss"]


def test_of_two_last_things_after_midnight_the_shorter_one_comes_last_as_well():
    home = a_household(hours=hours_of(sleep="00:30"))
    kiss, talk = (replace(r, windows=windows("daily 20:00-sleep")) for r in (KISS_OF_FIVE, TALK))
    some = [*wanted(talk, times=5), *wanted(kiss, times=7)]
    evenings: dict[date, list[str]] = {}
    for one in place(some, Surroundings(LONG_AGO), home, WEEK).placed:
        at = one.span.start.astimezone(home.tz) - timedelta(hours=4)
        evenings.setdefault(at.date(), []).append(one.wanted.ritual.id)

    assert ["kiss", "talk"] not in evenings.values()
    assert 4 <= list(evenings.values()).count(["talk", "kiss"])


def test_what_ends_with_the_childrens_bedtime_makes_no_room_for_a_good_night():
    bedtime = a_ritual("bedtime", window="Thu 17:30-bedtime", minutes=45, leans=Lean.END)
    found = place([*wanted(bedtime), *wanted(KISS_OF_FIVE)], Surroundings(LONG_AGO), HOME, WEEK)

    assert ["Thu 18:45", "Thu 22:15"] == [clock(one.span.start) for one in found.placed]
