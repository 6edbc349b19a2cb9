"""A ritual swapped for another of the same sort that fits, the next one at each press."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from rituals.model.context import PlanningContext
from rituals.model.household import ONE, TWO, Kind
from rituals.model.plan import Choice, Season, standing
from rituals.model.ritual import Needs, Size, TakesPart
from rituals.planning import scheduling
from rituals.planning.options.swaps import others, swapped, swapped_for
from tests.support.notation import a_household, a_plan, a_ritual, spans

NOW = datetime(2026, 11, 22, 19, tzinfo=UTC)
FAMILY, PAIR = a_household(), a_household(children=False)
A, B, C = (a_ritual(id, minutes=60) for id in ("aa", "bb", "cc"))


def a_life(*rituals, home=PAIR, busy=""):
    some = {ONE: spans(busy), TWO: spans(busy)}
    return PlanningContext(home, {ritual.id: ritual for ritual in rituals}, some)


def with_chosen(*choices, **more):
    return a_plan(choices=tuple(choices), **more)


def chosen(plan):
    return [choice.ritual for choice in plan.choices]


def of_both(ritual, times=1):
    return Choice(ritual.id, None, times)


def test_the_next_of_its_sort_comes_and_lies_in_the_week():
    plan = swapped(with_chosen(of_both(A)), "aa", a_life(A, B, C), NOW)

    assert ["bb"] == chosen(plan)
    assert ["Bb"] == [o.title for o in standing(plan)]


def test_each_press_brings_the_next_until_the_first_comes_again():
    plan, life, seen = with_chosen(of_both(A)), a_life(A, B, C), []
    for _ in range(3):
        plan = swapped(plan, plan.choices[0].ritual, life, NOW)
        seen += chosen(plan)

    assert ["bb", "cc", "aa"] == seen


def test_what_is_in_the_week_already_is_passed_over():
    plan = swapped(with_chosen(of_both(A), of_both(B)), "aa", a_life(A, B, C), NOW)

    assert ["cc", "bb"] == chosen(plan)


@pytest.mark.parametrize(
    "other",
    [
        {"kind": Kind.OUT},
        {"takes_part": TakesPart.EITHER},
        {"size": Size.SMALL},
        {"needs": Needs.CHILDREN},
        {"needs": Needs.SITTER},
        {"ages": (0, 2)},
        {"retired": True},
        {"rhythm": "every 4 weeks"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_what_is_of_another_sort_or_not_for_them_is_none(other):
    life = a_life(A, a_ritual("bb", **other), home=FAMILY)

    assert swapped(with_chosen(of_both(A)), "aa", life, NOW) is None


def test_one_about_as_long_comes_before_the_next_one():
    longer = a_ritual("bb", minutes=180)

    assert ["cc"] == chosen(swapped(with_chosen(of_both(A)), "aa", a_life(A, longer, C), NOW))


def test_where_none_is_as_long_another_length_will_do():
    longer = a_ritual("bb", minutes=180)

    assert ["bb"] == chosen(swapped(with_chosen(of_both(A)), "aa", a_life(A, longer), NOW))


def test_what_has_no_free_hour_is_passed_over():
    busy = replace(B, windows=a_ritual(window="Thu 20:00-22:00").windows)
    life = a_life(A, busy, C, busy="Thu 19:00-23:00")

    assert ["cc"] == chosen(swapped(with_chosen(of_both(A)), "aa", life, NOW))


def test_what_would_take_the_place_of_another_ritual_is_passed_over():
    narrow = a_ritual("bb", minutes=60, window="Thu 20:00-21:00")
    held = a_ritual("held", minutes=60, window="Thu 20:00-21:00", kind=Kind.OUT)
    life = a_life(A, narrow, C, held)
    before = scheduling.scheduled(with_chosen(of_both(A), Choice("held", ONE, 1)), life, NOW)

    assert ["cc", "held"] == chosen(swapped(before, "aa", life, NOW))


def test_it_comes_for_the_same_people_and_as_often_as_it_may():
    each = {"kind": Kind.ALONE, "takes_part": TakesPart.EACH, "minutes": 60}
    one, other = a_ritual("aa", rhythm=(1, 3), **each), a_ritual("bb", rhythm=(1, 2), **each)
    plan = swapped(
        with_chosen(Choice("aa", ONE, 3), Choice("aa", TWO, 1)), "aa", a_life(one, other), NOW
    )

    assert [("bb", ONE, 2), ("bb", TWO, 1)] == [
        (c.ritual, c.partner, c.times) for c in plan.choices
    ]


def test_what_one_of_the_two_takes_is_none_for_both():
    own = {"kind": Kind.ALONE, "minutes": 60}
    each = a_ritual("aa", takes_part=TakesPart.EACH, **own)
    either = a_ritual("bb", takes_part=TakesPart.EITHER, **own)
    life, hers = a_life(each, either), Choice("aa", ONE, 1)

    assert ["bb"] == chosen(swapped(with_chosen(hers), "aa", life, NOW))
    assert swapped(with_chosen(hers, Choice("aa", TWO, 1)), "aa", life, NOW) is None


def test_what_is_not_chosen_or_in_a_week_off_is_swapped_for_nothing():
    life = a_life(A, B)

    assert swapped(with_chosen(), "aa", life, NOW) is None
    assert swapped(with_chosen(of_both(A), season=Season.GRACE), "aa", life, NOW) is None


EVENINGS = "daily 19:00-22:00"
TALK, *OTHERS = (a_ritual(f"talk-{n}", minutes=60, window=EVENINGS) for n in range(5))
WALK = a_ritual("walk", minutes=60, window="Sat 10:00-12:00")


def lying(life, *choices):
    """A week with these in their places, and the first of them."""
    plan = scheduling.scheduled(with_chosen(*choices), life, NOW)
    return plan, standing(plan)[0]


def test_up_to_three_that_fit_about_where_it_lies_are_to_choose_from():
    life = a_life(TALK, WALK, *OTHERS)
    plan, talk = lying(life, of_both(TALK))
    offers = others(plan, talk, life, NOW)

    assert ["talk-1", "talk-2", "talk-3"] == [offer.ritual.id for offer in offers]
    assert all(abs(offer.span.start - talk.start) <= timedelta(minutes=45) for offer in offers)


def test_the_one_that_is_chosen_lies_pinned_where_the_other_lay():
    life = a_life(TALK, WALK, *OTHERS)
    plan, talk = lying(life, of_both(TALK))
    offer = others(plan, talk, life, NOW)[1]
    after = swapped_for(plan, talk.id, offer, life, NOW)
    [new] = standing(after)

    assert ["talk-2"] == chosen(after)
    assert ("talk-2", offer.span.start, True) == (new.ritual, new.start, new.fixed)


def test_there_is_nothing_to_choose_for_what_nobody_chose_and_for_what_has_begun():
    life = a_life(TALK, *OTHERS)
    plan, talk = lying(life, of_both(TALK))

    assert [] == others(replace(plan, choices=()), talk, life, NOW)
    assert [] == others(plan, talk, life, talk.end)


def test_what_is_no_longer_there_is_swapped_for_nothing():
    life = a_life(TALK, *OTHERS)
    plan, talk = lying(life, of_both(TALK))
    offer = others(plan, talk, life, NOW)[0]

    assert plan == swapped_for(plan, "gone", offer, life, NOW)
