"""A week beside what is hoped for: the numbers, and the sentence on what leaves its range."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from rituals.insights import beside_hopes
from rituals.model.difference import Difference, What
from rituals.model.household import ONE, TWO, Kind, Shade, Strand
from rituals.model.plan import Hope, Season
from tests.support.notation import WEEK, a_household, a_plan, an_occurrence, hours_of

TOLD = datetime(2026, 11, 1, tzinfo=UTC)
HOURS = hours_of(away="Mon-Fri 08:00-16:00", wake="06:30", bedtime="19:30")
HOME = a_household(hours=HOURS)
TOGETHER = Strand(Kind.TOGETHER)
HER_SOLO, HIS_SOLO = Strand(Kind.SOLO, ONE), Strand(Kind.SOLO, TWO)
OUT = an_occurrence("Sat 10:00-12:00", kind=Kind.OUT, partner=ONE, ritual="out", title="Choir")
AS_HOPED = "All of it is about as you hope."


def hoping(*occurrences, **minutes):
    """A plan whose hopes are 0 but for those named: together, or hers and his by kind."""
    hopes = {strand: Hope(0) for strand in HOME.strands()}
    named = {"together": TOGETHER, "her_out": Strand(Kind.OUT, ONE), "his_solo": HIS_SOLO}
    hopes |= {named[name]: Hope(value) for name, value in minutes.items()}
    return a_plan(*occurrences, hopes=hopes)


@pytest.mark.parametrize(
    ("together", "expected"),
    [
        (60, AS_HOPED),
        (240, "Three hours less together than you hoped."),
        (0, "An hour more together than you hoped."),
    ],
)
def test_the_sentence_names_only_what_leaves_its_range(together, expected):
    plan = hoping(an_occurrence("Thu 20:00-21:00"), together=together)

    assert expected == beside_hopes.sentence(plan, HOME)


def test_time_with_the_children_above_what_is_hoped_says_what_brings_it():
    plan = hoping(OUT, her_out=120)

    sentence = (
        "Two hours more with the children for Jonas than you hoped, because Maya is alone or out."
    )
    assert sentence == beside_hopes.sentence(plan, HOME)


def test_what_two_of_them_are_beside_their_hopes_by_is_named_once():
    plan = hoping(OUT, her_out=120)
    plan = replace(plan, hopes=plan.hopes | {HER_SOLO: Hope(60)})

    assert (
        "Two hours more with the children for Jonas than you hoped, because Maya is alone or out; "
        "an hour less for Maya."
    ) == beside_hopes.sentence(plan, HOME)


def test_time_that_is_handed_over_counts():
    assert AS_HOPED == beside_hopes.sentence(hoping(OUT, her_out=120, his_solo=120), HOME)


def test_every_number_adds_up_to_the_line():
    pancakes = an_occurrence("Sun 09:00-10:00", with_children=True, ritual="pancakes")
    plan = hoping(an_occurrence("Thu 20:00-21:30"), pancakes, OUT, together=180, her_out=90)
    kinds = beside_hopes.by_kind(plan, HOME)

    assert "6 h 30 planned, 4 h 30 hoped for" == beside_hopes.line(plan, HOME)
    assert [150, 0, 120, 120] == [kind.planned for kind in kinds]
    assert ((Shade.TWO_OF_US, 90), (Shade.ALL_OF_US, 60)) == kinds[0].tones
    assert [180, 0, 0, 90] == [kind.hoped for kind in kinds]


def trip(children):
    days = (WEEK.monday + timedelta(days=n) for n in (1, 3))
    away = Difference("1", What.AWAY, *days, TOLD, TWO, nights=True)
    return replace(
        a_household(children=children, hours=hours_of(wake="06:30", bedtime="19:30")),
        differences=(away,),
    )


@pytest.mark.parametrize(
    ("children", "expected"),
    [
        (True, "A trip brings 39 h with the children. There is room for more, or for nothing"),
        (False, "There is room for more, or for nothing at all."),
    ],
)
def test_a_week_without_rituals_has_room_and_says_what_a_trip_brings(children, expected):
    assert beside_hopes.sentence(a_plan(), trip(children)).startswith(expected)


def test_a_week_off_is_beside_nothing():
    plan = a_plan(an_occurrence(), season=Season.GRACE)

    assert ("This week rests", "") == (
        beside_hopes.line(plan, HOME),
        beside_hopes.sentence(plan, HOME),
    )
