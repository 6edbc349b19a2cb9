"""A secret ritual is never placed; a week that held it before keeps it until its next change."""

from dataclasses import replace

import pytest

from rituals.calendars.outgoing import ical
from rituals.model.calendar import Audience
from rituals.model.context import PlanningContext
from rituals.model.household import ONE, TWO
from rituals.model.plan import Choice, Said, standing
from rituals.model.ritual import Size, TakesPart
from rituals.planning import agreement, catalogue, responsibility, sample, scheduling
from rituals.planning.options import at_hour, first_week, swaps
from rituals.planning.options.alternatives import alternatives
from rituals.planning.options.room import without_place
from tests.conftest import sample_couple
from tests.planning.test_sample import A_SUNDAY
from tests.support.notation import (
    WEEK,
    a_household,
    a_plan,
    a_ritual,
    agreed_by_both,
    an_instant,
    an_occurrence,
)

HOME = a_household()
SUGGESTED = catalogue.load(catalogue.SUGGESTED)
SECRET = {id for id, ritual in SUGGESTED.items() if ritual.secret}
TEXT, TALK = SUGGESTED["unexpected-text"], a_ritual("late-talk", window="Thu 20:00-21:00")
SUNDAY, WEDNESDAY = an_instant("Sun 20:00", WEEK - 1), an_instant("Wed 12:00")
LIFE = PlanningContext(HOME, SUGGESTED | {TALK.id: TALK})
CHOICES = (Choice(TEXT.id, ONE, 2), Choice(TEXT.id, TWO, 1), Choice(TALK.id, None, 1))


def a_text(when, number=1, **more):
    told = {"title": TEXT.title, "size": Size.SMALL, "partner": ONE, "number": number} | more
    return an_occurrence(when, ritual=TEXT.id, **told)


def a_week(*texts):
    return a_plan(*texts, choices=CHOICES)


def held(plan):
    return {o.ritual for o in standing(plan)}


def test_what_lives_from_surprise_is_secret_in_the_catalogue():
    assert {"unexpected-text", "note-in-the-bag", "sealed-surprise", "small-act-of-love"} == SECRET


def test_a_secret_is_chosen_and_neither_placed_nor_without_a_place():
    plan = scheduling.scheduled(a_week(), LIFE, SUNDAY)

    assert {TALK.id} == held(plan)
    assert CHOICES == plan.choices
    assert () == scheduling.unplaced(plan, LIFE, SUNDAY)
    assert scheduling.is_scheduled(plan, LIFE.rituals)
    assert set() == without_place(plan, LIFE, SUNDAY)


def test_a_week_with_nothing_but_secrets_is_an_empty_one():
    secrets = tuple(Choice(id, partner, 3) for id in SECRET for partner in (ONE, TWO, None))
    plan = scheduling.scheduled(a_plan(choices=secrets), LIFE, SUNDAY)

    assert () == plan.occurrences
    assert () == alternatives(plan, LIFE, SUNDAY)
    assert b"BEGIN:VEVENT" not in ical.calendar(standing(plan), HOME, Audience.SHARED)
    assert "" == responsibility.line(plan, LIFE.rituals, HOME)


@pytest.mark.parametrize(
    "how",
    [{}, {"fixed": True}, {"exported": True}, {"let_go": True}],
    ids=["loose", "pinned", "in a calendar", "left out"],
)
def test_a_week_from_before_loses_what_is_ahead_with_its_next_change(how):
    before = a_week(a_text("Fri 10:00-10:05", **how))
    after = scheduling.scheduled(before, LIFE, SUNDAY)
    (text,) = (o for o in after.occurrences if o.ritual == TEXT.id)

    assert {TALK.id} == held(after)
    assert (False, 1) == (text.chosen, text.sequence)  # calendars hear that it went
    assert after == scheduling.scheduled(after, LIFE, SUNDAY)


def test_what_both_agreed_on_before_goes_as_well_and_asks_for_no_yes():
    before = agreed_by_both(a_week(a_text("Fri 10:00-10:05")))
    after = scheduling.without_secrets(before, LIFE.rituals, SUNDAY)

    assert () == agreement.ours(after) == agreement.proposals(after)


def test_what_lay_behind_or_was_spoken_of_stays_as_it_was():
    behind = a_text("Tue 10:00-10:05")
    spoken = a_text("Fri 10:00-10:05", 2, said=Said.AS_PLANNED, lived=5)
    after = scheduling.scheduled(a_week(behind, spoken), LIFE, WEDNESDAY)

    assert (behind, spoken) == tuple(o for o in after.occurrences if o.ritual == TEXT.id)


def test_a_week_without_secrets_stays_the_same_object():
    plan = a_plan(an_occurrence("Thu 20:00-21:00"))

    assert plan is scheduling.without_secrets(plan, LIFE.rituals, SUNDAY)


def test_nothing_is_swapped_for_a_secret_and_a_secret_for_nothing():
    thanks = a_plan(choices=(Choice("i-noticed", ONE, 1),))
    after = swaps.swapped(thanks, "i-noticed", LIFE, SUNDAY)

    assert after is None or not SECRET & {c.ritual for c in after.choices}
    assert swaps.swapped(a_week(), TEXT.id, LIFE, SUNDAY) is None


def test_a_couples_own_secret_is_suggested_in_front_of_nobody():
    own = a_ritual("ours", takes_part=TakesPart.EITHER, secret=True, minutes=60)
    life = replace(LIFE, rituals={own.id: own})

    assert () == first_week.first_week(a_plan(), life, SUNDAY).choices
    assert [] == at_hour.offers_at(a_plan(), WEDNESDAY, life, SUNDAY)


def test_the_example_has_secrets_from_each_for_the_other_and_places_none():
    plans = sample_couple(A_SUNDAY, 26).plans
    chosen = [
        {c.partner: c.times for c in plan.choices if c.ritual == id}
        for plan in plans
        for id in SECRET & {c.ritual for c in plan.choices}
    ]

    assert not SECRET & {o.ritual for plan in plans for o in plan.occurrences}
    assert chosen
    assert all({ONE, TWO} == {*each} and len({*each.values()}) == 1 for each in chosen)
    assert sample.HOUSEHOLD.children
