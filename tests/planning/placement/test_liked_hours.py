"""Hours that a ritual likes: near the end what belongs there, and a good-bye before one leaves."""

from datetime import time

import pytest

from rituals.model.household import ONE, Kind
from rituals.model.ritual import Size
from rituals.model.time.lean import Lean
from rituals.planning.placement.place import place
from rituals.planning.placement.request import Surroundings
from tests.support.notation import WEEK, a_household, a_ritual, an_occurrence, hours_of, spans
from tests.support.wishes import LONG_AGO, a_space, clock, wanted

KISS = a_ritual("kiss", window="Thu 19:30-sleep", minutes=10, size=Size.SMALL, leans=Lean.END)
GOODBYE = a_ritual("goodbye", window="Thu wake-12:00", minutes=10, size=Size.SMALL, leans=Lean.END)
HELLO = a_ritual("hello", window="Thu 16:30-20:00", minutes=10, size=Size.SMALL)


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


@pytest.mark.parametrize(
    ("hours", "at"),
    [
        (hours_of("Thu 09:00-17:00"), "Thu 08:45"),
        (hours_of(his_work="Thu 08:00-16:00"), "Thu 07:45"),
        (hours_of(away="Thu 07:30-13:00"), "Thu 07:15"),
    ],
)
def test_a_good_bye_lies_just_before_somebody_leaves(hours, at):
    assert at == placed(GOODBYE, a_household(hours=hours))


def test_a_good_bye_is_tried_in_the_hour_before_somebody_leaves_alone():
    home = a_household(hours=hours_of("Thu 09:00-17:00"))
    found = starts(a_space(wanted(GOODBYE), household=home))

    assert ("Thu 08:00", "Thu 08:45") == (found[0], found[-1])


def test_where_somebody_leaves_early_only_a_good_bye_goes_with_them():
    own = a_ritual(
        "tea", window="Thu wake-12:00", minutes=10, size=Size.SMALL, leans=Lean.END, kind=Kind.ALONE
    )
    home = a_household(hours=hours_of(his_work="Thu 07:30-16:00"), children=False)

    assert "Thu 07:15" == placed(GOODBYE, home)
    assert "Thu 11:45" == placed(own, home, ONE)


def test_where_nobody_leaves_a_good_bye_ends_the_morning():
    assert "Thu 11:45" == placed(GOODBYE, a_household())


def test_a_good_bye_that_has_no_room_before_they_leave_has_no_place():
    home = a_household(hours=hours_of("Thu 09:00-11:00"))
    busy = {ONE: spans("Thu 06:00-09:00")}

    assert [] == all_placed(GOODBYE, home, busy=busy)


def test_a_reunion_comes_when_somebody_comes_home():
    home = a_household(hours=hours_of("Tue,Thu 09:00-17:30"))

    assert ["Thu 17:30"] == all_placed(HELLO, home)
    assert [] == all_placed(HELLO, a_household(hours=hours_of("Tue 09:00-17:30")))
