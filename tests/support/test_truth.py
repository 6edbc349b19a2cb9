"""For every family of sentences: one that is so is true, and its false twin is named."""

import pytest

from bench.households import Case
from rituals.model.household import ONE, TWO, Kind
from rituals.model.ritual import Needs, Size
from rituals.planning.placement.place import Placed, Placement
from rituals.planning.placement.request import Request, Surroundings
from tests.support.notation import (
    WEEK,
    a_household,
    a_ritual,
    a_span,
    an_instant,
    an_occurrence,
    hours_of,
    spans,
)
from tests.support.truth import untrue

LONG_AGO = an_instant("Mon 00:00", WEEK - 52)
OFFICE = hours_of("Mon-Fri 09:00-17:00", away="Mon-Fri 08:00-15:00", bedtime="19:30")
HERS = {"partner": ONE, "kind": Kind.ALONE, "window": "Tue-Thu 17:00-23:00"}
BOTH = {"window": "Thu-Sat 20:00-22:00"}
SAT = {"needs": Needs.SITTER, "window": "daily 09:00-23:00", "leaves": True}
SMALL = {"size": Size.SMALL, "in_person": False, "window": "daily 07:00-22:00"}
CHILDREN = {"needs": Needs.CHILDREN, "window": "daily 07:00-22:00"}
THE_DAY_AFTER = BOTH | {"also": "Wed 20:00-21:00"}
TWO_DAYS_AFTER = BOTH | {"also": "Tue 20:00-21:00"}
USED_TO = BOTH | {"past": ["Thu 20:00-21:00"] * 2}
NOT_USED_TO = BOTH | {"past": ["Tue 20:00-21:00"] * 2}
ASLEEP = {"needs": Needs.ASLEEP, "window": "daily 12:00-22:30"}


def untruths(  # noqa: PLR0913 - a builder has a default for everything
    when, clause, *, partner=None, window, also="", sitter="", past=(), hours=OFFICE, **ritual
):
    """The clauses of a ritual that are not so, beside another time of it and a sitter."""
    wanted = Request(a_ritual(minutes=(5, 600), window=window, **ritual), partner, 1, 1)
    standing = (an_occurrence(also, partner=partner),) if also else ()
    busy = {ONE: spans("Fri 20:00-22:00"), TWO: spans("Sat 20:00-22:00")}
    lay = [an_occurrence(at, week=WEEK - n, partner=partner) for n, at in enumerate(past, 1)]
    around = Surroundings(LONG_AGO, standing, busy, spans(sitter), past=tuple(lay))
    case = Case("a week", a_household(hours=hours), WEEK, (wanted,), around)
    return list(untrue(case, Placement((Placed(wanted, a_span(when), f"{clause}."),), (), True, 0)))


@pytest.mark.parametrize(
    ("true", "when", "clause", "ritual"),
    [
        (True, "Tue 20:00-23:00", "The first evening Maya is free for it", HERS),
        (False, "Wed 20:00-23:00", "The first evening Maya is free for it", HERS),
        (False, "Tue 20:00-23:00", "The first day Maya is free for it", HERS),
        (False, "Tue 20:00-23:00", "The first evening Jonas is free for it", HERS),
        (True, "Thu 20:00-22:00", "The only time you are both free for it", BOTH),
        (True, "Thu 20:00-21:00", "The only evening you are both free for it", BOTH),
        (False, "Thu 20:00-21:00", "The only time you are both free for it", BOTH),
        (False, "Tue 20:00-23:00", "The only evening Maya is free for it", HERS),
        (True, "Tue 20:00-23:00", "Maya is free then", HERS),
        (False, "Fri 20:00-21:00", "You are both free then", BOTH),
        (True, "Thu 20:00-21:00", "Once a day, when you are both free", THE_DAY_AFTER),
        (False, "Thu 20:00-21:00", "Once a day, when you are both free", TWO_DAYS_AFTER),
        (True, "Thu 20:00-21:00", "You are both free, with a day between", TWO_DAYS_AFTER),
        (False, "Thu 20:00-21:00", "You are both free, with some days between", TWO_DAYS_AFTER),
        (True, "Thu 12:00-12:05", "Short enough for a moment at work", SMALL | {"partner": ONE}),
        (False, "Thu 12:00-12:05", "Short enough for a moment at work", SMALL | {"partner": TWO}),
        (True, "Tue 17:00-19:00", "While Jonas is with the children", HERS),
        (False, "Tue 18:00-20:00", "While Jonas is with the children", HERS),
        (False, "Fri 20:00-20:30", "While Jonas is with the children", HERS),
        (True, "Tue 18:00-20:00", "Jonas has the children for 1 h 30 of it", HERS),
        (False, "Tue 18:00-20:00", "Jonas has the children for 1 h of it", HERS),
        (True, "Tue 20:00-21:00", "After the children sleep", ASLEEP),
        (False, "Tue 20:00-21:00", "While the children sleep", ASLEEP),
        (False, "Tue 19:00-20:00", "After the children sleep", ASLEEP),
        (False, "Tue 20:00-21:00", "When the baby sleeps, if it does", ASLEEP),
        (True, "Tue 18:00-19:00", "While the children are at home and awake", CHILDREN),
        (False, "Tue 19:00-20:00", "While the children are at home and awake", CHILDREN),
        (True, "Tue 12:00-13:00", "While the children are away", ASLEEP),
        (False, "Tue 14:30-15:30", "While the children are away", ASLEEP),
        (True, "Tue 18:00-21:00", "With a sitter", SAT | {"sitter": "Tue 18:00-21:00"}),
        (False, "Tue 18:00-21:15", "With a sitter", SAT | {"sitter": "Tue 18:00-21:00"}),
        (True, "Tue 18:00-21:15", "If somebody is with the children", SAT),
        (True, "Thu 20:00-21:00", "Thursdays at eight, as you like it", USED_TO),
        (False, "Thu 20:00-21:00", "Thursdays at half past nine, as you like it", USED_TO),
        (False, "Thu 20:00-21:00", "Thursdays at eight, as you like it", NOT_USED_TO),
        (True, "Tue 20:00-23:00", "It is Maya’s turn", HERS),
        (False, "Tue 20:00-23:00", "It is Jonas’s turn", HERS),
        (False, "Tue 20:00-23:00", "The moon is full", HERS),
    ],
)
def test_a_sentence_is_true_or_it_is_named(true, when, clause, ritual):
    assert true is (untruths(when, clause, **ritual) == [])


def test_the_night_after_a_week_is_no_other_day_of_it():
    late = {"window": "Sun 22:00-sleep", "needs": Needs.ASLEEP, "hours": hours_of(sleep="02:00")}

    assert [] == untruths("Sun 22:00-23:00", "The only evening you are both free for it", **late)


def test_what_no_row_knows_is_named_with_its_ritual():
    assert ["Late talk, Thu 20:00: “because”"] == untruths("Thu 20:00-21:00", "because", **BOTH)
