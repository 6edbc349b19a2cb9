"""Each wish about a whole week alone decides between weeks that are else equal, or it is silent."""

import pytest

from rituals.model.household import ONE, TWO, Kind
from rituals.model.ritual import Needs, Size
from rituals.model.time.lean import Lean
from rituals.planning.placement import solver
from rituals.planning.placement.place import place
from rituals.planning.placement.request import Surroundings
from rituals.planning.placement.weights import (
    A_THIRD_OUTING,
    ONCE_MORE,
    TOO_NEAR,
    TWO_AN_EVENING,
    WHITE_EVENING,
)
from rituals.planning.placement.wishes_of_weeks import (
    first_times_come_first,
    one_evening_out_of_each,
    one_puts_the_children_to_bed,
    one_thing_for_two_an_evening,
    repeats_lie_apart,
    some_evenings_stay_white,
    two_outings_a_day,
)
from tests.support.notation import WEEK, a_household, a_ritual, an_occurrence, hours_of
from tests.support.wishes import LONG_AGO, a_space, chosen, is_silent, wanted


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


TO_BED = "On each evening left for it the children are put to bed already."


def to_bed(days):
    """The children's bedtime by each of the two, on one evening of these."""
    ritual = a_ritual(window=f"{days} 18:00-bedtime", minutes=30, kind=Kind.SOLO, leans=Lean.END)
    return a_space(wanted(ritual, ONE), wanted(ritual, TWO))


def test_one_of_the_two_puts_the_children_to_bed():
    lie = {at.split()[0] for at in chosen(one_puts_the_children_to_bed, to_bed("Mon,Tue"))}

    assert {"Mon", "Tue"} == lie


def test_where_there_is_one_evening_alone_one_of_them_puts_them_to_bed():
    ritual = a_ritual("bed", window="Mon 18:00-bedtime", minutes=30, kind=Kind.SOLO, leans=Lean.END)
    both = [*wanted(ritual, ONE), *wanted(ritual, TWO)]
    placement = place(both, Surroundings(LONG_AGO), a_household(), WEEK)

    assert 1 == len(placement.placed)
    assert [TO_BED] == [one.reason for one in placement.unplaced]


def test_where_one_stands_to_put_them_to_bed_the_other_does_not_as_well():
    ritual = a_ritual("bed", window="Mon 18:00-bedtime", minutes=30, kind=Kind.SOLO, leans=Lean.END)
    stands = (an_occurrence("Mon 18:30-19:00", ritual="bed", partner=TWO, kind=Kind.SOLO),)
    placement = place(wanted(ritual, ONE), Surroundings(LONG_AGO, stands), a_household(), WEEK)

    assert [TO_BED] == [one.reason for one in placement.unplaced]


def test_what_one_of_them_does_with_the_children_may_be_followed_by_the_other():
    game = a_ritual(window="Mon 17:00-18:00", minutes=30, kind=Kind.SOLO)

    assert is_silent(one_puts_the_children_to_bed, a_space(wanted(game, ONE), wanted(game, TWO)))


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


@pytest.mark.parametrize(("times", "rising"), [(2, 1), (3, 2), (4, 3)])
def test_each_time_more_of_the_same_is_worth_less(times, rising):
    some = wanted(a_ritual(window="daily 20:00-21:00"), times=times)
    space = a_space(some)
    best = solver.solve(space, [0] * len(space.candidates), list(first_times_come_first(space)))

    assert times == len(best.chosen)
    assert ONCE_MORE * sum(range(1, rising + 1)) == best.points


def test_a_first_time_comes_before_the_second_of_something_else():
    often = wanted(a_ritual("walk", window="Mon,Thu 20:00-21:00"), times=2)
    once = wanted(a_ritual("talk", window="Mon,Thu 20:00-21:00"))
    placement = place([*often, *once], Surroundings(LONG_AGO), a_household(), WEEK)

    assert {"walk", "talk"} == {one.wanted.ritual.id for one in placement.placed}


def test_what_is_wanted_once_is_always_a_first_time():
    assert is_silent(first_times_come_first, a_space(wanted(a_ritual(window="daily 20:00-21:00"))))


def for_two(*ids, window="Thu,Fri 20:00-22:00", **more):
    return [wanted(a_ritual(id, window=window, **more)) for id in ids]


def test_two_things_for_the_two_of_them_lie_on_two_evenings():
    space = a_space(*for_two("talk", "walk"))

    assert {"Thu", "Fri"} == {at[:3] for at in chosen(one_thing_for_two_an_evening, space)}


def test_an_evening_that_holds_something_for_the_two_of_them_holds_enough():
    space = a_space(*for_two("talk"), standing=[an_occurrence("Thu 21:00-22:00", ritual="tea")])

    assert ["Fri"] == [at[:3] for at in chosen(one_thing_for_two_an_evening, space)]


def test_a_second_thing_on_the_only_evening_costs_and_is_not_forbidden():
    some = for_two("walk", "talk", window="Thu 20:00-22:00", minutes=20, dear=True)
    space = a_space(*some)
    limits = list(one_thing_for_two_an_evening(space))

    assert [(1, TWO_AN_EVENING)] == [(limit.most, limit.over) for limit in limits if limit.parts]
    assert 2 == len(chosen(one_thing_for_two_an_evening, space))


FULL = "The evenings left for it hold something for the two of you already."


@pytest.mark.parametrize(
    ("some", "times"),
    [
        (for_two("film", "walk", window="Thu 18:00-22:00"), 1),
        (for_two("tea", "talk", "words", window="Thu 18:00-22:00", minutes=20), 1),
        (for_two("film", "walk", window="Thu 18:00-22:00", dear=True), 2),  # outranks all
    ],
)
def test_one_thing_for_the_two_of_them_has_the_evening_and_the_others_wait(some, times):
    every = [want for wants in some for want in wants]
    placement = place(every, Surroundings(LONG_AGO), a_household(), WEEK)

    assert times == len(placement.placed)
    assert [FULL] * (len(some) - times) == [one.reason for one in placement.unplaced]


def the_only_evening(*had, minutes=20):
    """Which of tea and talk has their one evening, after weeks that had this, the last first."""
    some = for_two("tea", "talk", window="Thu 20:00-22:00", minutes=minutes)
    past = (
        an_occurrence("Thu 20:00-20:20", week=WEEK - 1 - ago, ritual=id)
        for ago, id in enumerate(had)
    )
    around = Surroundings(LONG_AGO, past=tuple(past))
    placement = place([want for wants in some for want in wants], around, a_household(), WEEK)
    return {one.wanted.ritual.id for one in placement.placed}


def test_two_that_have_one_evening_take_turns():
    assert {"talk"} == the_only_evening("tea")
    assert {"tea"} == the_only_evening("talk", "tea")
    assert {"talk"} == the_only_evening("tea", "talk", "tea", "tea", "tea", "tea")


def test_two_that_both_wait_for_three_weeks_share_an_evening_if_they_are_short():
    assert 1 == len(the_only_evening("walk", "walk"))
    assert 2 == len(the_only_evening("walk", "walk", "walk"))
    assert 1 == len(the_only_evening("walk", "walk", "walk", minutes=60))


def test_an_evening_in_which_something_long_stands_is_full():
    (walk,) = for_two("walk", window="Thu 18:00-22:00")
    stands = (an_occurrence("Thu 21:00-22:00", ritual="tea"),)
    placement = place(walk, Surroundings(LONG_AGO, stands), a_household(), WEEK)

    assert [FULL] == [one.reason for one in placement.unplaced]


def test_the_same_lies_once_an_evening_small_hours_included():
    home = a_household(hours=hours_of(sleep="00:30"))
    kiss = a_ritual("kiss", window="Mon 20:00-sleep", minutes=10, size=Size.SMALL, leans=Lean.END)

    assert 1 == len(place(wanted(kiss, times=2), Surroundings(LONG_AGO), home, WEEK).placed)


def test_each_of_the_two_has_one_evening_out_on_an_evening():
    friends = wanted(
        a_ritual(
            "friends", window="Thu,Fri 18:00-20:00", minutes=120, kind=Kind.OUT, size=Size.EVENING
        ),
        ONE,
    )
    date = wanted(a_ritual("date", window="Thu 20:00-22:00", minutes=120, size=Size.EVENING))
    space = a_space(friends, date)

    assert ["Fri 18:00", "Thu 20:00"] == sorted(chosen(one_evening_out_of_each, space))
    assert is_silent(one_evening_out_of_each, a_space(date))
    assert is_silent(one_evening_out_of_each, a_space(friends))


@pytest.mark.parametrize(
    "other",
    [
        wanted(a_ritual("run", window="Thu 20:00-22:00", kind=Kind.ALONE), ONE),
        wanted(a_ritual("kiss", window="Thu 22:00-22:10", minutes=10, size=Size.SMALL)),
        wanted(a_ritual("supper", window="Thu 15:00-16:00")),  # over before the evening begins
        wanted(a_ritual("film", window="Thu 18:00-20:00", needs=Needs.CHILDREN)),
    ],
)
def test_what_is_no_evening_for_two_leaves_room_for_one(other):
    (talk,) = for_two("talk", window="Thu 20:00-22:00")

    assert is_silent(one_thing_for_two_an_evening, a_space(talk, other))


def test_one_is_out_of_the_house_twice_a_day_and_no_third_time():
    run, walk, club = (
        wanted(a_ritual(id, window=f"{days} {hours}", kind=Kind.OUT), ONE)
        for id, days, hours in (
            ("run", "Sat", "08:00-09:00"),
            ("walk", "Sat", "11:00-12:00"),
            ("club", "Sat,Sun", "15:00-16:00"),
        )
    )
    space = a_space(run, walk, club)

    assert {"Sat 08:00", "Sat 11:00", "Sun 15:00"} == set(chosen(two_outings_a_day, space))
    assert {A_THIRD_OUTING} == {limit.over for limit in two_outings_a_day(space)}
    assert is_silent(two_outings_a_day, a_space(run, club))
