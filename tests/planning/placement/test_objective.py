"""The objective asks every wish, and none of them can forbid a place."""

from types import FunctionType

import pytest

from rituals.model.household import ONE, Kind, Strand
from rituals.model.ritual import Needs, Size
from rituals.planning.placement import objective, wishes_of_places, wishes_of_weeks
from rituals.planning.placement.objective import EACH, WEEK, worth
from rituals.planning.placement.place import place
from rituals.planning.placement.request import Surroundings, grouped
from rituals.planning.placement.weights import A_PLACE, A_SMALL_PLACE, DEAR
from tests.support.notation import WEEK as THIS_WEEK
from tests.support.notation import a_household, a_ritual, a_span, an_occurrence, hours_of, spans
from tests.support.wishes import LAST_WEEK, LONG_AGO, a_space, wanted

TOGETHER = Strand(Kind.TOGETHER)
NO_WISHES = ("reaches_evening", "is_full", "is_evening_for_two")


def test_every_wish_says_what_it_is_and_is_asked():
    named = {
        wish
        for module in (wishes_of_places, wishes_of_weeks)
        for name, wish in vars(module).items()
        if getattr(wish, "__module__", "") == module.__name__
        and isinstance(wish, FunctionType)
        and not name.startswith("_")
        and name not in NO_WISHES
    }

    assert named == {*EACH, *WEEK}
    assert all(wish.__doc__ for wish in named)


def test_the_points_of_a_place_are_those_of_all_wishes():
    past = tuple(an_occurrence(f"{day} 21:00-22:00", week=LAST_WEEK) for day in ("Tue", "Thu"))
    ritual = a_ritual(window="Mon,Thu 19:30-22:30", minutes=(45, 90))
    space = a_space(wanted(ritual, lay=["Thu 19:30-20:30"]), past=past)
    each = [list(wish(space)) for wish in EACH]

    assert [sum(some) for some in zip(*each, strict=True)] == objective.points(space)


def test_no_wish_keeps_a_ritual_from_the_only_place_it_has():
    household = a_household(hours=hours_of(sleep="23:30"))
    ritual = a_ritual(window="Sat 19:30-23:30", minutes=(30, 240), needs=Needs.ASLEEP)
    past = (an_occurrence("Sat 19:30-20:00", week=LAST_WEEK),) * 2
    asked = wanted(ritual, lay=["Sat 22:30-23:00"])
    around = Surroundings(
        LONG_AGO,
        tuple(
            an_occurrence(f"{day} 20:00-21:00", ritual=day)
            for day in ("Mon", "Tue", "Wed", "Thu", "Fri")
        ),
        {ONE: spans("Sat 19:35-23:00")},
        hopes={TOGETHER: 1200},
        past=past,
    )
    placement = place(asked, around, household, THIS_WEEK)

    assert [a_span("Sat 23:00-23:30")] == [one.span for one in placement.placed]
    assert placement.points < A_PLACE


def test_what_is_dear_is_worth_more_than_all_that_could_lie_there_in_its_stead():
    window = "Thu 19:30-22:30"
    dear = wanted(a_ritual("date", window=window, minutes=180, dear=True))
    many = [a_ritual(f"ritual-{n}", window=window, minutes=20) for n in range(9)]
    placement = place(
        [*dear, *(want for ritual in many for want in wanted(ritual))],
        Surroundings(LONG_AGO),
        a_household(),
        THIS_WEEK,
    )

    assert ["date"] == [one.wanted.ritual.id for one in placement.placed]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {"size": Size.SMALL}),
        ({"dear": True}, {}),
        ({"size": Size.SMALL, "dear": True}, {"size": Size.EVENING}),
    ],
)
def test_of_two_for_one_place_the_one_that_is_worth_more_has_it(first, second):
    asked = [
        *wanted(a_ritual("one", window="Thu 20:00-21:00", **first)),
        *wanted(a_ritual("other", window="Thu 20:00-21:00", **second)),
    ]
    for some in (asked, asked[::-1]):
        placement = place(some, Surroundings(LONG_AGO), a_household(), THIS_WEEK)

        assert ["one"] == [found.wanted.ritual.id for found in placement.placed]


def test_a_place_is_worth_the_same_for_all_that_take_their_own_time():
    sizes = [Size.USUAL, Size.EVENING]

    assert {A_PLACE} == {worth(a_group(size=size)) for size in sizes}
    assert A_SMALL_PLACE == worth(a_group(size=Size.SMALL))
    assert DEAR + A_SMALL_PLACE == worth(a_group(size=Size.SMALL, dear=True))


def a_group(**more):
    (group,) = grouped(wanted(a_ritual(**more)))
    return group
