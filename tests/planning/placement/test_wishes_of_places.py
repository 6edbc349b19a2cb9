"""Each wish about a place alone decides between places that are else equal, or it is silent."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from rituals.model.household import ONE, TWO, Kind, Strand
from rituals.model.ritual import Needs
from rituals.model.time.lean import Lean
from rituals.planning.placement import objective, solver
from rituals.planning.placement.place import place
from rituals.planning.placement.request import Surroundings
from rituals.planning.placement.weights import (
    FAIR,
    KEPT,
    KEPT_DAY,
    KEPT_START,
    LEAN,
    SAME_DAY_AGAIN,
    WITH_SITTER,
)
from rituals.planning.placement.wishes_of_places import (
    keeps_its_place,
    leans_to_its_hour,
    prefers_a_sitter_s_hours,
    prefers_another_weekday,
    prefers_what_is_hoped_for,
    who_had_less_comes_first,
)
from tests.support.notation import WEEK as THIS_WEEK
from tests.support.notation import a_household, a_ritual, a_span, an_occurrence, spans
from tests.support.wishes import (
    LAST_WEEK,
    LONG_AGO,
    a_space,
    by_start,
    chosen,
    clock,
    is_silent,
    wanted,
)

TOGETHER = Strand(Kind.TOGETHER)


@pytest.mark.parametrize(
    ("lay", "hoped", "points"),
    [
        ("Thu 20:00-22:00", 60, {"Thu 20:00 120": 12, "Thu 20:00 60": 0}),
        ("Thu 20:00-21:00", 120, {"Thu 20:00 120": 0, "Thu 20:00 60": 36}),
    ],
)
def test_rather_as_long_as_is_hoped_for(lay, hoped, points):
    ritual = a_ritual(window="Thu 20:00-22:00", minutes=(60, 120))
    space = a_space(wanted(ritual, lay=[lay]), hopes={TOGETHER: hoped})
    said = by_start(prefers_what_is_hoped_for, space)

    assert points == {key: said[key] for key in points}
    (best,) = solver.solve(space, list(prefers_what_is_hoped_for(space)), []).chosen
    assert hoped == space.candidates[best].minutes


def test_of_places_of_one_length_none_is_as_hoped_for_more_than_another():
    space = a_space(wanted(a_ritual(window="Thu 19:30-22:00")))

    assert is_silent(prefers_what_is_hoped_for, space)


@pytest.mark.parametrize(
    ("leans", "best"),
    [
        (Lean.START, "Thu 19:30"),
        (Lean.MIDDLE, "Thu 20:30"),
        (Lean.END, "Thu 21:30"),
        (time(20, 15), "Thu 20:15"),
    ],
)
def test_it_lies_where_it_leans_in_its_window(leans, best):
    space = a_space(wanted(a_ritual(window="Thu 19:30-22:30", leans=leans)))

    assert [best] == chosen(leans_to_its_hour, space)


def test_each_quarter_of_an_hour_off_costs():
    space = a_space(wanted(a_ritual(window="Thu 19:30-20:30", minutes=30)))

    assert {"Thu 19:30 30": 0, "Thu 19:45 30": LEAN, "Thu 20:00 30": 2 * LEAN} == by_start(
        leans_to_its_hour, space
    )


def test_the_hour_it_had_in_the_last_weeks_is_its_hour():
    past = tuple(an_occurrence("Thu 21:15-22:15", week=THIS_WEEK - n) for n in (1, 2))
    space = a_space(wanted(a_ritual(window="Thu 19:30-22:30")), past=past)
    wide = a_space(wanted(a_ritual(window="Thu 07:00-22:30")), past=past)

    assert ["Thu 21:15"] == chosen(leans_to_its_hour, space)
    assert ["Thu 21:15"] == chosen(leans_to_its_hour, wide)


@pytest.mark.parametrize(
    "past",
    [
        [an_occurrence(f"{d} 21:15-22:15", week=LAST_WEEK) for d in ("Tue", "Thu")],  # one week
        [an_occurrence("Thu 21:15-22:15", week=THIS_WEEK - n, ritual="tea") for n in (1, 2)],
        [an_occurrence("Thu 21:15-22:15", week=THIS_WEEK - n, partner=ONE) for n in (1, 2)],
        [an_occurrence("Sat 21:15-22:15", week=THIS_WEEK - n) for n in (1, 2)],  # a weekend
        [an_occurrence("Thu 21:15-22:15", week=THIS_WEEK - n, let_go=True) for n in (1, 2)],
    ],
)
def test_what_says_nothing_of_its_hour_changes_nothing(past):
    some = wanted(a_ritual(window="Thu 19:30-22:30"))

    assert by_start(leans_to_its_hour, a_space(some)) == by_start(
        leans_to_its_hour, a_space(some, past=tuple(past))
    )


@pytest.mark.parametrize(("last", "now"), [("Mon", "Thu"), ("Thu", "Mon")])
def test_another_weekday_than_last_time(last, now):
    past = (an_occurrence(f"{last} 20:00-21:00", week=LAST_WEEK),)
    space = a_space(wanted(a_ritual(window="Mon,Thu 20:00-21:00")), past=past)

    assert [f"{now} 20:00"] == chosen(prefers_another_weekday, space)
    assert {f"{last} 20:00 60": SAME_DAY_AGAIN, f"{now} 20:00 60": 0} == by_start(
        prefers_another_weekday, space
    )


def test_only_the_last_time_counts_for_the_weekday():
    past = (
        an_occurrence("Mon 20:00-21:00", week=LAST_WEEK),
        an_occurrence("Thu 20:00-21:00", week=LAST_WEEK - 1),
    )
    space = a_space(wanted(a_ritual(window="Mon,Thu 20:00-21:00")), past=past)

    assert ["Thu 20:00"] == chosen(prefers_another_weekday, space)


def test_a_week_that_starts_on_sunday_knows_its_weekdays():
    past = (an_occurrence("Mon 20:00-21:00", week=LAST_WEEK),)
    some = wanted(a_ritual(window="Mon,Thu 20:00-21:00"))
    space = a_space(some, past=past, household=a_household(week_starts=6))

    assert ["Thu 20:00"] == chosen(prefers_another_weekday, space)


def test_without_a_last_time_or_with_several_a_week_any_weekday_will_do():
    ritual = a_ritual(window="Mon,Thu 20:00-21:00")
    past = (an_occurrence("Mon 20:00-21:00", week=LAST_WEEK),)

    assert is_silent(prefers_another_weekday, a_space(wanted(ritual)))
    assert is_silent(prefers_another_weekday, a_space(wanted(ritual, times=2), past=past))


def each_alone():
    """An hour alone for both of the two, which only one of them can have."""
    ritual = a_ritual(window="Thu 16:00-17:00", kind=Kind.ALONE)
    return wanted(ritual, ONE), wanted(ritual, TWO)


def had(partner, minutes, lived=None, kind=Kind.ALONE):
    start = a_span("Tue 18:00-19:00", LAST_WEEK).start
    span = replace(a_span("Tue 18:00-19:00", LAST_WEEK), end=start + timedelta(minutes=minutes))
    return an_occurrence(span, week=LAST_WEEK, partner=partner, kind=kind, lived=lived)


@pytest.mark.parametrize(("had_more", "has"), [(ONE, TWO), (TWO, ONE)])
@pytest.mark.parametrize("kind", [Kind.ALONE, Kind.OUT])
def test_who_had_less_time_alone_and_out_comes_first(had_more, has, kind):
    space = a_space(*each_alone(), past=(had(had_more, 120, kind=kind),))
    (best,) = solver.solve(space, list(who_had_less_comes_first(space)), []).chosen

    assert has == space.groups[space.candidates[best].group].partner
    assert [-FAIR, 0] == sorted(who_had_less_comes_first(space))


@pytest.mark.parametrize(
    "past",
    [
        (),
        (had(ONE, 90),),  # not clearly more
        (had(ONE, 180), had(TWO, 120)),
        (had(ONE, 120, lived=0),),  # planned, but it did not come to it
        (had(ONE, 300, kind=Kind.SOLO),),
        (had(None, 300, kind=Kind.TOGETHER),),
    ],
)
def test_where_both_had_about_the_same_neither_comes_first(past):
    assert is_silent(who_had_less_comes_first, a_space(*each_alone(), past=past))


@pytest.mark.parametrize(
    ("sitter", "lay", "day"),
    [
        ("Fri 19:00-23:00", [], "Fri"),
        ("Fri 19:00-23:00", ["Thu 18:00-20:00"], "Fri"),
        ("Fri 19:00-20:55", ["Thu 18:00-20:00"], "Thu"),
        ("", ["Thu 18:00-20:00"], "Thu"),
    ],
)
def test_what_needs_a_sitter_lies_where_one_is_known(sitter, lay, day):
    out = a_ritual(window="Wed,Thu,Fri 18:00-23:00", minutes=120, needs=Needs.SITTER)
    around = Surroundings(LONG_AGO, sitter=spans(sitter))
    (found,) = place(wanted(out, lay=lay), around, a_household(), THIS_WEEK).placed

    assert day == clock(found.span.start)[:3]


def test_it_is_rather_shorter_than_longer_than_its_sitter_stays():
    out = a_ritual(window="Fri 18:00-23:00", minutes=(120, 240), needs=Needs.SITTER)
    space = a_space(wanted(out), sitter=spans("Fri 18:45-21:00"), hopes={TOGETHER: 240})
    points = objective.points(space)
    best = min(range(len(points)), key=lambda i: points[i])

    assert a_span("Fri 18:45-21:00") == space.span(space.candidates[best])


def test_a_sitter_draws_nothing_that_needs_none_and_nobody_without_children():
    some = wanted(a_ritual(window="Thu,Fri 20:00-21:00"))
    out = wanted(a_ritual(window="Thu,Fri 20:00-21:00", needs=Needs.SITTER))
    known = {"sitter": spans("Fri 19:00-23:00")}
    without = a_household(children=False)

    assert {0} == set(prefers_a_sitter_s_hours(a_space(some, **known)))
    assert {0} == set(prefers_a_sitter_s_hours(a_space(out, household=without, **known)))
    assert {0, -WITH_SITTER} == set(prefers_a_sitter_s_hours(a_space(out, **known)))


def test_time_together_is_nobody_s_turn():
    space = a_space(wanted(a_ritual(window="Thu 20:00-21:00")), past=(had(ONE, 300),))

    assert [0] == list(who_had_less_comes_first(space))


@pytest.mark.parametrize("day", ["Mon", "Thu"])
def test_it_stays_where_it_lay(day):
    ritual = a_ritual(window="Mon,Thu 20:00-22:00")
    space = a_space(wanted(ritual, lay=[f"{day} 20:45-21:45"]))

    assert [f"{day} 20:45"] == chosen(keeps_its_place, space)
    assert {
        f"{day} 20:45 60": -KEPT,
        f"{day} 20:30 60": 1 - KEPT_DAY,
        f"{day} 20:00 60": 3 - KEPT_DAY,
    }.items() <= by_start(keeps_its_place, space).items()


def test_where_its_place_is_taken_it_stays_on_its_day():
    ritual = a_ritual(window="Mon,Thu 20:00-22:00")
    space = a_space(wanted(ritual, lay=["Thu 20:45-21:45"]), busy="Thu 20:30-20:50")

    assert ["Thu 21:00"] == chosen(keeps_its_place, space)


def test_another_length_at_the_same_hour_is_nearly_the_same_place():
    ritual = a_ritual(window="Thu 20:00-22:00", minutes=(60, 120))
    space = a_space(wanted(ritual, lay=["Thu 20:00-22:00"]), hopes={TOGETHER: 60})
    said = by_start(keeps_its_place, space)

    assert (-KEPT, -KEPT_START) == (said["Thu 20:00 120"], said["Thu 20:00 60"])


@pytest.mark.parametrize(("day", "other"), [("Mon", "Thu"), ("Thu", "Mon")])
def test_where_another_week_is_asked_for_it_lies_elsewhere(day, other):
    ritual = a_ritual(window="Mon,Thu 20:00-21:00")
    space = a_space(wanted(ritual, lay=[f"{day} 20:00-21:00"]), another="another")

    assert [f"{other} 20:00"] == chosen(keeps_its_place, space)


def test_what_lay_nowhere_has_no_place_to_keep():
    assert is_silent(keeps_its_place, a_space(wanted(a_ritual(window="Mon,Thu 20:00-21:00"))))
