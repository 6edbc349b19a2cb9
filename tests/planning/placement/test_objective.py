"""The objective asks every wish, and none of them can forbid a place."""

from types import FunctionType

from rituals.model.household import ONE, Kind, Strand
from rituals.model.ritual import Needs
from rituals.planning.placement import objective, wishes_of_places, wishes_of_weeks
from rituals.planning.placement.objective import EACH, WEEK
from rituals.planning.placement.place import place
from rituals.planning.placement.request import Surroundings
from rituals.planning.placement.weights import A_PLACE
from tests.support.notation import WEEK as THIS_WEEK
from tests.support.notation import a_household, a_ritual, a_span, an_occurrence, hours_of, spans
from tests.support.wishes import LAST_WEEK, LONG_AGO, a_space, wanted

TOGETHER = Strand(Kind.TOGETHER)


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
        tuple(
            an_occurrence(f"{day} 20:00-21:00", ritual=day)
            for day in ("Mon", "Tue", "Wed", "Thu", "Fri")
        ),
        {ONE: spans("Sat 19:35-23:00")},
        hopes={TOGETHER: 1200},
        past=past,
        another="another",
    )
    placement = place(asked, around, household, THIS_WEEK)

    assert [a_span("Sat 23:00-23:30")] == [one.span for one in placement.placed]
    assert placement.points < A_PLACE
