"""What would have to give: each exchange places its ritual, and leaves what is held as it is."""

from dataclasses import replace

import pytest

from bench import exchanges as pressed
from rituals.model.context import PlanningContext
from rituals.model.household import ONE, TWO, Kind
from rituals.model.plan import Choice, Season, standing
from rituals.model.ritual import TakesPart
from rituals.planning import scheduling, sitters
from rituals.planning.options import exchanges
from tests.support.notation import (
    WEEK,
    a_household,
    a_plan,
    a_ritual,
    a_span,
    an_instant,
    an_occurrence,
    hours_of,
    spans,
)

SUNDAY = an_instant("Sun 21:00", WEEK - 1)
HOME = a_household(children=False)
DATE = a_ritual("date", window="Fri 19:00-22:00", minutes=120)
FRIDAY = "Fri 19:00-22:00"


def a_life(*rituals, household=HOME, busy=""):
    return PlanningContext(household, {r.id: r for r in rituals}, {ONE: spans(busy)})


def own(id, window, minutes=60, **more):
    return a_ritual(
        id, window=window, minutes=minutes, kind=Kind.ALONE, takes_part=TakesPart.EACH, **more
    )


def lying(id, when, partner=ONE, **more):
    title = id.capitalize()
    kind = Kind.TOGETHER if partner is None else Kind.ALONE
    return an_occurrence(when, ritual=id, partner=partner, title=title, kind=kind, **more)


def a_week(*occurrences, **more):
    """A plan in which the date is chosen and all of this lies."""
    theirs = [Choice(o.ritual, o.partner, 1) for o in occurrences]
    return a_plan(*occurrences, choices=(Choice("date", None, 1), *theirs), **more)


def offers(plan, life):
    (left,) = scheduling.unplaced(plan, life, SUNDAY)
    return exchanges.exchanges(plan, left.wanted, life, SUNDAY)


def sentences(plan, life):
    return [exchanges.sentence(o, plan, life.household) for o in offers(plan, life)]


def hours(plan):
    return {o.id: (o.start, o.end) for o in standing(plan)}


def test_what_can_lie_elsewhere_moves_there():
    plan = a_week(lying("run", "Fri 20:00-21:00"))
    life = a_life(DATE, own("run", "Fri,Sat 20:00-21:00"))

    assert "Maya: Run on Saturday 20:00 instead" == sentences(plan, life)[0]


def test_what_has_room_only_if_it_is_shorter_becomes_shorter():
    early = a_ritual("date", window="Fri 19:00-21:00", minutes=120)
    plan = a_week(lying("walk", "Fri 18:00-20:00"))
    life = a_life(early, own("walk", "Fri 18:00-20:00", (60, 120)))

    assert "Maya: Walk becomes 1 h" == sentences(plan, life)[0]


def test_what_can_lie_nowhere_else_rests():
    plan = a_week(lying("run", "Fri 20:00-21:00"))
    life = a_life(DATE, own("run", "Fri 20:00-21:00"))

    assert ["Maya: Run rests this week"] == sentences(plan, life)


def test_another_exchange_leaves_what_gave_most_in_the_one_before():
    long = replace(DATE, windows=own("x", "Fri,Sat 19:00-22:00").windows)
    plan = a_week(lying("run", "Fri 20:00-21:00"), lying("choir", "Sat 20:00-21:00", TWO))
    life = a_life(long, own("run", "Fri 20:00-21:00"), own("choir", "Sat 20:00-21:00"))

    assert {"Maya: Run rests this week", "Jonas: Choir rests this week"} == set(
        sentences(plan, life)
    )


def test_nothing_dear_goes_for_what_is_less_dear():
    plan = a_week(lying("run", "Fri 20:00-21:00"))
    run = own("run", "Fri 20:00-21:00")

    assert [] == sentences(plan, a_life(DATE, replace(run, dear=True)))
    assert ["Maya: Run rests this week"] == sentences(
        plan, a_life(replace(DATE, dear=True), replace(run, dear=True))
    )


@pytest.mark.parametrize("held", [{"fixed": True}, {"exported": True}])
def test_what_is_held_gives_nothing(held):
    plan = a_week(lying("run", "Fri 20:00-21:00", **held))
    life = a_life(DATE, own("run", "Fri,Sat 20:00-21:00"))

    assert [] == sentences(plan, life)


def test_where_there_is_room_nothing_has_to_give():
    plan = a_week()

    assert ["Nothing has to give"] == [
        exchanges.sentence(o, plan, HOME)
        for o in exchanges.exchanges(plan, _wanted(DATE), a_life(DATE), SUNDAY)
    ]


def _wanted(ritual):
    return exchanges.Request(ritual, None, 1, 1)


def test_a_sitter_is_asked_for_where_only_the_children_are_in_the_way():
    home = a_household(hours=hours_of(his_work="Sat 09:00-18:00"))
    run = own("run", "Sat 10:00-11:00", leaves=True)
    plan = a_plan(choices=(Choice("run", ONE, 1),))
    (offer,) = offers(plan, a_life(run, household=home))

    assert "A sitter on Saturday 10:00–11:00" == exchanges.sentence(offer, plan, home)
    assert (a_span("Sat 10:00-11:00"),) == exchanges.exchanged(plan, offer).sitter


def test_a_sitter_is_asked_for_with_the_way_there_and_home_as_on_any_other_evening():
    home = a_household(hours=hours_of(bedtime="19:30"))
    walk = a_ritual("walk", window="Sat 20:00-21:00", leaves=True)
    plan = a_plan(choices=(Choice("walk", None, 1),))
    (offer,) = offers(plan, a_life(walk, household=home))
    lying = replace(plan, occurrences=(offer.gets,))
    (question,) = sitters.questions(lying, {}, home, SUNDAY, {"walk": walk})

    assert question.span == offer.sitter


def test_a_grace_week_has_none():
    plan = a_week(season=Season.GRACE)

    assert () == exchanges.exchanges(plan, _wanted(DATE), a_life(DATE), SUNDAY)


def test_what_was_pressed_stays_when_the_week_is_placed_again():
    plan = a_week(lying("run", "Fri 20:00-21:00"))
    life = a_life(DATE, own("run", "Fri 20:00-21:00"))
    (offer,) = offers(plan, life)
    after = exchanges.exchanged(plan, offer)

    assert {offer.gets.id} == set(hours(after))
    assert hours(after) == hours(scheduling.scheduled(after, life, SUNDAY))
    assert plan.choices == after.choices


def test_an_offer_for_another_week_than_it_was_made_for_changes_nothing():
    plan = a_week(lying("run", "Fri 20:00-21:00"))
    life = a_life(DATE, own("run", "Fri 20:00-21:00"))
    (offer,) = offers(plan, life)
    moved = a_week(lying("run", "Fri 19:00-20:00"))

    assert moved == exchanges.exchanged(moved, offer)


def test_every_exchange_of_full_weeks_places_its_ritual_and_holds():
    asked = [a for seed in (7, 44, 100) for a in pressed.questions_of(seed)]

    assert sum(len(a.offers) for a in asked) >= 2
    assert [] == [
        f"{a.name} {what}" for a in asked for o in a.offers for what in pressed.complaints(a, o)
    ]
