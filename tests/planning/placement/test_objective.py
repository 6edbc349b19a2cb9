"""Each wish alone decides between places that are otherwise equal, and else is silent."""

from dataclasses import replace
from datetime import time, timedelta
from types import FunctionType

import pytest

from rituals.model.household import ONE, TWO, Kind, Strand
from rituals.model.ritual import Needs, Size
from rituals.model.time.lean import Lean
from rituals.planning.placement import objective, solver, wishes_of_places, wishes_of_weeks
from rituals.planning.placement.candidates import search_space
from rituals.planning.placement.objective import EACH, WEEK
from rituals.planning.placement.place import place
from rituals.planning.placement.request import Request, Surroundings
from rituals.planning.placement.weights import (
    A_PLACE,
    FAIR,
    KEPT,
    KEPT_DAY,
    KEPT_START,
    LEAN,
    SAME_DAY_AGAIN,
    TOO_NEAR,
    WHITE_EVENING,
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
from rituals.planning.placement.wishes_of_weeks import (
    repeats_lie_apart,
    some_evenings_stay_white,
)
from tests.support.notation import WEEK as THIS_WEEK
from tests.support.notation import (
    a_household,
    a_ritual,
    a_span,
    an_instant,
    an_occurrence,
    hours_of,
    spans,
)

LONG_AGO = an_instant("Mon 00:00", THIS_WEEK - 52)
LAST_WEEK = THIS_WEEK - 1
TOGETHER = Strand(Kind.TOGETHER)


def wanted(ritual, partner=None, times=1, lay=()):
    """A ritual so many times, the first of them where they lay."""
    at = [*map(a_span, lay), *[None] * (times - len(lay))]
    return [Request(ritual, partner, n + 1, times, lay=at[n]) for n in range(times)]


def a_space(*some, standing=(), household=None, busy="", **around):
    asked = [want for wants in some for want in wants]
    beside = Surroundings(LONG_AGO, tuple(standing), {ONE: spans(busy)}, **around)
    return search_space(asked, beside, household or a_household(), THIS_WEEK)


def by_start(wish, space):
    """The points that a wish gives, by where each place begins and how long it is."""
    points = list(wish(space))
    assert len(points) == len(space.candidates)
    return {
        f"{clock(space.span(c).start)} {c.minutes}": p
        for c, p in zip(space.candidates, points, strict=True)
    }


def clock(instant):
    return f"{instant.astimezone(a_household().tz):%a %H:%M}"


def chosen(wish, space):
    """Where everything lies if only this wish counts."""
    nothing = [0] * len(space.candidates)
    points, balances = (list(wish(space)), []) if wish in EACH else (nothing, list(wish(space)))
    best = solver.solve(space, points, balances)

    assert best.proven
    return [clock(space.span(space.candidates[i]).start) for i in best.chosen]


def is_silent(wish, space):
    """Whether a wish makes no place better than another."""
    said = list(wish(space))
    return len(set(said)) <= 1 if wish in EACH else not said


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


def test_every_wish_says_what_it_is_and_is_asked():
    named = {
        wish
        for module in (wishes_of_places, wishes_of_weeks)
        for name, wish in vars(module).items()
        if getattr(wish, "__module__", "") == module.__name__
        and isinstance(wish, FunctionType)
        and not name.startswith("_")
        and name != "takes_evening"
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
        tuple(evenings("Mon Tue Wed Thu Fri")),
        {ONE: spans("Sat 19:35-23:00")},
        hopes={TOGETHER: 1200},
        past=past,
        another="another",
    )
    placement = place(asked, around, household, THIS_WEEK)

    assert [a_span("Sat 23:00-23:30")] == [one.span for one in placement.placed]
    assert placement.points < A_PLACE
