"""Each wish about a whole week alone decides between weeks that are else equal, or it is silent."""

import pytest

from rituals.model.ritual import Size
from rituals.planning.placement.weights import TOO_NEAR, WHITE_EVENING
from rituals.planning.placement.wishes_of_weeks import repeats_lie_apart, some_evenings_stay_white
from tests.support.notation import a_ritual, an_occurrence
from tests.support.wishes import a_space, chosen, is_silent, wanted


@pytest.mark.parametrize(
    ("days", "times", "near"),
    [
        ("Mon,Tue,Fri", 2, {"Mon", "Tue"}),
        ("Mon,Thu,Fri", 2, {"Thu", "Fri"}),
        ("Mon,Wed,Thu,Sat", 3, {"Wed", "Thu"}),
    ],
)
def test_the_times_of_a_ritual_lie_apart(days, times, near):
    ritual = a_ritual(window=f"{days} 20:00-21:00")
    lie = [at.split()[0] for at in chosen(repeats_lie_apart, a_space(wanted(ritual, times=times)))]

    assert times == len(lie)
    assert not near <= set(lie)


def test_two_that_lie_too_near_cost_and_are_not_forbidden():
    ritual = a_ritual(window="Mon,Tue 20:00-21:00")
    space = a_space(wanted(ritual, times=2))

    assert ["Mon 20:00", "Tue 20:00"] == chosen(repeats_lie_apart, space)
    assert {TOO_NEAR} == {balance.over for balance in repeats_lie_apart(space)}


def test_one_time_and_one_each_day_have_no_distance():
    ritual = a_ritual(window="daily 20:00-21:00")

    assert is_silent(repeats_lie_apart, a_space(wanted(ritual)))
    assert is_silent(repeats_lie_apart, a_space(wanted(ritual, times=7)))


def evenings(days, **more):
    """Evenings that already hold something."""
    return [an_occurrence(f"{day} 20:00-21:00", ritual=day, **more) for day in days.split()]


def test_after_five_evenings_a_sixth_stays_white():
    ritual = a_ritual(window="Sat 15:00-16:00; Sat 20:00-21:00")
    five = a_space(wanted(ritual), standing=evenings("Mon Tue Wed Thu Fri"))
    best = chosen(some_evenings_stay_white, five)
    other = a_ritual(window="Sat 20:00-21:00; Sun 15:00-16:00")

    assert ["Sat 15:00"] == best
    assert ["Sun 15:00"] == chosen(
        some_evenings_stay_white,
        a_space(wanted(other), standing=evenings("Mon Tue Wed Thu Fri")),
    )


def test_six_rituals_share_five_evenings():
    some = [
        wanted(a_ritual(f"ritual-{n}", window=f"{day},Sun 20:00-21:00; Sun 21:00-22:00"))
        for n, day in enumerate(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat"])
    ]
    days = {at.split()[0] for at in chosen(some_evenings_stay_white, a_space(*some))}

    assert 5 == len(days)


def test_a_sixth_evening_costs_and_is_not_forbidden():
    standing = evenings("Mon Tue Wed Thu Fri")
    space = a_space(wanted(a_ritual(window="Sat 20:00-21:00")), standing=standing)

    assert ["Sat 20:00"] == chosen(some_evenings_stay_white, space)
    assert [(0, WHITE_EVENING)] == [(b.most, b.over) for b in some_evenings_stay_white(space)]


@pytest.mark.parametrize(
    "ritual",
    [
        a_ritual(window="Sat 15:00-16:00"),  # before the children's bedtime
        a_ritual(window="Sat 20:00-20:30", minutes=30),  # short
        a_ritual(window="Sat 20:00-21:00", size=Size.SMALL),
        a_ritual(window="Fri 21:00-22:00"),  # of an evening that is taken anyway
    ],
)
def test_what_takes_no_further_evening_may_lie_there(ritual):
    space = a_space(wanted(ritual), standing=evenings("Mon Tue Wed Thu Fri"))

    assert is_silent(some_evenings_stay_white, space)


@pytest.mark.parametrize(
    "standing",
    [
        evenings("Mon Tue Wed Thu"),
        evenings("Mon Tue Wed Thu Fri", size=Size.SMALL),
        [an_occurrence(f"{d} 20:00-20:30", ritual=d) for d in ("Mon", "Tue", "Wed", "Thu", "Fri")],
    ],
)
def test_while_fewer_than_five_are_taken_an_evening_is_free(standing):
    space = a_space(wanted(a_ritual(window="Sat 20:00-21:00")), standing=standing)

    assert is_silent(some_evenings_stay_white, space)
