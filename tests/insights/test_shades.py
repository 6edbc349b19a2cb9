"""Together's two shades: their minutes, how a whole is parted, and sums that stay as they were."""

from dataclasses import replace
from math import isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rituals.insights import balance
from rituals.insights.shades import lived_all_of_us
from rituals.model import totals, wording
from rituals.model.household import ONE, Kind, Shade, Strand
from rituals.model.plan import Hope, Said, Season
from rituals.planning import review
from tests.support.notation import WEEK, a_household, a_plan, an_occurrence

HOME, NO_CHILDREN = a_household(), a_household(children=False)
TOGETHER = Strand(Kind.TOGETHER)
TALK = an_occurrence("Thu 20:00-22:00", id="talk")
PANCAKES = an_occurrence("Sun 08:30-09:30", id="pancakes", with_children=True)
TWO, ALL = Shade


def only(plan, household=HOME):
    """The row of together."""
    return balance.rows({plan.week: plan}, [plan.week], household)[0]


def as_a_whole(minutes, *occurrences):
    return review.answer_for_strand(a_plan(*occurrences, week=WEEK - 1), TOGETHER, minutes)


def lived(plan, household=HOME):
    """Lived hours of together by tone."""
    return dict(balance.by_tone(only(plan, household), "lived"))


def test_both_with_the_children_are_all_of_us_and_all_else_together_is_the_two_of_us():
    note = an_occurrence("Mon 08:00-08:05", partner=ONE, with_children=True, id="note")

    assert {TWO: 125, ALL: 60} == totals.planned_by_shade(a_plan(TALK, PANCAKES, note), HOME)


def test_time_of_one_with_the_children_is_no_shade_of_together():
    adventure = an_occurrence("Sat 10:00-12:00", kind=Kind.SOLO, partner=ONE, id="adventure")

    assert Kind.SOLO is adventure.tone(HOME)
    assert {TWO: 0, ALL: 0} == totals.planned_by_shade(a_plan(adventure), HOME)


def test_a_household_without_children_has_no_shades():
    plan = review.answer_all_as_planned(a_plan(TALK, PANCAKES))

    assert {} == totals.planned_by_shade(plan, NO_CHILDREN)
    assert {Kind.TOGETHER: 3} == lived(plan, NO_CHILDREN)
    assert Kind.TOGETHER is PANCAKES.tone(NO_CHILDREN)
    assert {Kind.TOGETHER, Kind.ALONE, Kind.OUT} == set(NO_CHILDREN.tones())


def test_what_is_said_one_by_one_counts_for_the_shade_of_each():
    plan = review.answer(a_plan(TALK, PANCAKES), "pancakes", Said.AS_PLANNED)

    assert {TWO: 0, ALL: 1} == lived(plan)
    assert {TWO: 1, ALL: 1} == lived(review.answer(plan, "talk", Said.A_LITTLE))


def test_what_just_happened_is_the_two_of_us_unless_the_children_were_with_them():
    chance = an_occurrence("Fri 20:00-21:00", spontaneous=True, said=Said.AS_PLANNED, lived=60)

    assert {TWO: 1, ALL: 0} == lived(a_plan(chance))
    assert {TWO: 0, ALL: 1} == lived(a_plan(replace(chance, with_children=True)))


@pytest.mark.parametrize(
    ("occurrences", "parted"),
    [
        ((), {TWO: 4.5, ALL: 0}),  # nothing tells otherwise
        ((TALK,), {TWO: 4.5, ALL: 0}),
        ((PANCAKES,), {TWO: 0, ALL: 4.5}),
        ((TALK, PANCAKES), {TWO: 3, ALL: 1.5}),
        ((replace(TALK, let_go=True), PANCAKES), {TWO: 0, ALL: 4.5}),
        ((replace(TALK, chosen=False), PANCAKES), {TWO: 0, ALL: 4.5}),
        ((replace(TALK, said=Said.A_LITTLE, lived=60), PANCAKES), {TWO: 2.25, ALL: 2.25}),
        ((replace(PANCAKES, said=Said.LET_GO, lived=0),), {TWO: 4.5, ALL: 0}),
    ],
)
def test_a_whole_is_parted_as_the_week_was(occurrences, parted):
    assert pytest.approx(parted) == lived(as_a_whole(270, *occurrences))


def test_what_is_unknown_has_no_shades():
    unsaid, rests = a_plan(TALK, PANCAKES), a_plan(TALK, PANCAKES, season=Season.GRACE)

    assert isnan(only(unsaid).lived_all_of_us)
    assert isnan(only(rests).planned_all_of_us)


def test_what_is_hoped_for_has_no_shades():
    row = only(a_plan(TALK, PANCAKES, hopes={TOGETHER: Hope(300)}))

    assert ((Kind.TOGETHER, 5),) == balance.by_tone(row, "hoped")


def test_a_bar_holds_the_two_of_us_under_all_of_us_and_says_which():
    row = only(review.answer_all_as_planned(a_plan(TALK, PANCAKES, week=WEEK - 1)))
    two, all_of_us = balance.stacked_bars([row], WEEK)

    assert [(TWO, 2), (ALL, 1)] == [(b.tone, b.hours) for b in (two, all_of_us)]
    assert two.order < all_of_us.order < balance.STACK_ORDER.index(Kind.ALONE)
    assert str(all_of_us.words).endswith("All of us · 1 h happened")


def test_a_bar_of_what_is_hoped_for_is_of_both_shades():
    at_hand = a_plan(TALK, PANCAKES, hopes={TOGETHER: Hope(300)})
    week = balance.rows({WEEK: at_hand}, [WEEK], HOME)
    hoped = [bar for bar in balance.stacked_bars(week, WEEK) if bar.state == "hoped"]

    assert [(Kind.TOGETHER, 5)] == [(bar.tone, bar.hours) for bar in hoped]


def test_in_words_both_shades_are_told_even_where_one_is_none():
    plan = a_plan(PANCAKES)

    assert "the two of us 0 h · all of us 1 h" == wording.shades(
        totals.planned_by_shade(plan, HOME)
    )
    assert "" == balance.shades_in_words(only(a_plan()), "planned")


@st.composite
def a_week(draw):
    """A week of time together: with children or not, said one by one, as a whole, or not."""
    occurrences = [
        an_occurrence(
            f"{day} 18:00-20:00",
            id=day,
            with_children=draw(st.booleans()),
            partner=draw(st.sampled_from([None, ONE])),
            let_go=draw(st.booleans()),
            spontaneous=draw(st.booleans()),
            said=(said := draw(st.sampled_from([None, *Said]))),
            lived=None if said is None else draw(st.integers(0, 300)),
        )
        for day in ("Mon", "Tue", "Wed")
    ]
    whole = draw(st.none() | st.integers(0, 5000))
    return review.answer_for_strand(a_plan(*occurrences), TOGETHER, whole)


@given(a_week())
def test_the_shades_are_never_below_zero_and_add_up_to_what_together_was_without_them(plan):
    row, before = only(plan), only(plan, NO_CHILDREN)

    for state in ("planned", "lived"):
        hours = getattr(before, state)
        assert pytest.approx(hours, nan_ok=True) == getattr(row, state)
        if not isnan(hours):
            parted = [of for _, of in balance.by_tone(row, state)]
            assert pytest.approx(hours) == sum(parted)
            assert 2 == len(parted)
            assert min(parted) >= 0


@given(a_week(), st.integers(0, 5000))
def test_of_a_whole_no_more_is_all_of_us_than_it_holds(plan, whole):
    assert 0 <= lived_all_of_us(review.answer_for_strand(plan, TOGETHER, whole), whole) <= whole
