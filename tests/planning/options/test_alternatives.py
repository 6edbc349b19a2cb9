"""Other whole weeks: clearly others, about as good, and left as they are once taken."""

from dataclasses import replace
from functools import cache

import pytest

from bench import natural
from rituals.model import local_time
from rituals.model.plan import Season, standing
from rituals.model.ritual import Size
from rituals.planning import scheduling
from rituals.planning.options import alternatives, emphases
from rituals.planning.options.alternatives import CLEARLY, OTHERWISE
from rituals.planning.placement import objective, solver
from rituals.planning.placement.candidates import search_space
from rituals.planning.placement.weights import ANOTHER_WEEK
from tests.support.legality import faults
from tests.support.notation import a_household, a_plan, an_occurrence

HOME = a_household()
COUPLES = (2, 10, 21)


@cache
def lived(seed):
    return next(natural.live(natural.couple(seed, 1)))


def sunday(seed):
    return natural.sunday(lived(seed).plan.week, lived(seed).context.household)


@cache
def others(seed):
    week = lived(seed)
    return alternatives.alternatives(week.plan, week.context, sunday(seed))


def hours(plan):
    return {o.id: (o.start, o.end) for o in standing(plan)}


def big(plan):
    return [o for o in standing(plan) if o.size is not Size.SMALL]


def elsewhere(one, other):
    """The number of things that take time on other days or two hours off, whichever time it is."""
    there = [
        (o.ritual, o.partner, local_time.local_day(o.start, HOME), o.start) for o in big(other)
    ]
    return sum(
        not any(
            (o.ritual, o.partner) == key[:2]
            and local_time.local_day(o.start, HOME) == key[2]
            and abs(o.start - key[3]).total_seconds() < CLEARLY * 5 * 60
            for key in there
        )
        for o in big(one)
    )


@pytest.mark.parametrize("seed", COUPLES)
def test_two_other_weeks_are_clearly_others_of_the_same_rituals(seed):
    plan, found = lived(seed).plan, [other.plan for other in others(seed)]

    assert 2 == len(found)
    for other in found:
        assert (plan.hopes, plan.choices) == (other.hopes, other.choices)
        assert len(big(plan)) == len(big(other))
    for one, other in ((plan, found[0]), (plan, found[1]), (found[0], found[1])):
        assert elsewhere(other, one) >= OTHERWISE


@pytest.mark.parametrize("seed", COUPLES)
def test_each_is_legal_and_stays_when_it_is_placed_again(seed):
    for other in others(seed):
        case, placement = natural.as_case(replace(lived(seed), plan=other.plan))
        again = scheduling.scheduled(other.plan, lived(seed).context, sunday(seed))

        assert [] == faults(placement, case.wanted, case.around, case.household, case.week)
        assert hours(other.plan) == hours(again)


@pytest.mark.parametrize("seed", COUPLES)
def test_each_is_within_its_worth_of_the_best(seed):
    best = worth(lived(seed).plan, seed)

    assert all(worth(other.plan, seed) <= best + ANOTHER_WEEK for other in others(seed))


def worth(plan, seed):
    """The points of a week for somebody to whom no place is the one that it had before."""
    week = scheduling.opened(plan, lived(seed).context, sunday(seed))
    space = search_space(week.wanted, week.around, lived(seed).context.household, plan.week)
    keep = alternatives.keeps_its_place(space)
    points = [p - k for p, k in zip(objective.points(space), keep, strict=True)]
    lies = {(group_key(w), w.lay.start) for w in week.wanted if w.lay}
    here = [
        i
        for i, c in enumerate(space.candidates)
        if (group_key(space.groups[c.group].wanted[0]), space.span(c).start) in lies
    ]
    there = [i for i in range(len(space.candidates)) if i not in set(here)]
    demands = solver.Demands(at_most=[(0, there)])
    return solver.solve(space, points, objective.limits(space), demands=demands).points


def group_key(want):
    return want.ritual.id, want.partner


@pytest.mark.parametrize("seed", COUPLES)
def test_a_line_says_how_each_differs(seed):
    plan, home = lived(seed).plan, lived(seed).context.household

    for other in others(seed):
        said = [emphasis.say(plan, other.plan, home) for emphasis in emphases.EMPHASES]
        assert other.line in said
        assert " on " in other.moves


def test_a_line_says_only_what_came_to_be():
    plan = a_plan(an_occurrence("Tue 20:00-21:00"))
    longer = a_plan(an_occurrence("Tue 20:00-21:45"))

    assert "More for the two of you: 1 h 45" == emphases.say_more_of_two(plan, longer, HOME)
    assert ["", "", ""] == [
        say(plan, plan, HOME)
        for say in (
            emphases.say_free_evenings,
            emphases.say_more_of_two,
            emphases.say_free_weekend,
        )
    ]


def test_an_evening_is_named_only_where_no_other_is_taken_for_it():
    plan = a_plan(an_occurrence("Mon 20:00-21:00"), an_occurrence("Tue 20:00-21:00", ritual="x"))
    fewer = a_plan(an_occurrence("Mon 20:00-21:00"))
    other = a_plan(an_occurrence("Wed 20:00-21:00"))

    assert "One more evening free: Tuesday" == emphases.say_free_evenings(plan, fewer, HOME)
    assert "One more evening free" == emphases.say_free_evenings(plan, other, HOME)


def test_a_weekend_that_is_emptied_says_so():
    both = (an_occurrence("Sat 10:00-12:00"), an_occurrence("Sun 10:00-12:00", ritual="x"))
    say = emphases.say_free_weekend

    assert "The weekend stays free" == say(a_plan(*both), a_plan(), HOME)
    assert "Sunday stays free" == say(a_plan(*both), a_plan(both[0]), HOME)


def test_a_week_in_which_all_is_held_has_no_other():
    week = lived(2)
    held = replace(
        week.plan, occurrences=tuple(replace(o, fixed=True) for o in week.plan.occurrences)
    )

    assert () == alternatives.alternatives(held, week.context, sunday(2))


def test_what_is_held_lies_in_every_other_week():
    week = lived(2)
    first = big(week.plan)[0]
    plan = replace(
        week.plan,
        occurrences=tuple(replace(o, fixed=o == first) for o in week.plan.occurrences),
    )
    found = alternatives.alternatives(plan, week.context, sunday(2))

    assert found
    assert all(replace(first, fixed=True) in other.plan.occurrences for other in found)


def test_a_grace_week_has_no_other():
    week = lived(2)
    rests = replace(week.plan, season=Season.GRACE)

    assert () == alternatives.alternatives(rests, week.context, sunday(2))
