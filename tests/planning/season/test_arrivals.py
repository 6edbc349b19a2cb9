"""What is rare in a single week: it arrives chosen, with its reason, and on its day."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rituals.model.context import Due, PlanningContext
from rituals.model.local_time import local_day
from rituals.model.plan import Choice, Season, standing
from rituals.planning import scheduling
from rituals.planning.choices import rest
from rituals.planning.season import arrivals, wording
from rituals.planning.season.season import Rare, SeasonAhead
from tests.support.notation import (
    WEEK,
    a_household,
    a_plan,
    a_ritual,
    an_instant,
    an_occurrence,
    hours_of,
)

HOME = a_household(hours=hours_of(bedtime="19:30"))
NOW = an_instant("Sun 20:00", WEEK - 1)
TALK = a_ritual(window="Mon 20:00-22:00")
MONEY = a_ritual("money", rhythm="every 4 weeks", window="daily 19:30-23:00", kept=True)
LIFE = PlanningContext(HOME, {"late-talk": TALK, "money": MONEY})


def due(*some, rituals=(TALK, MONEY)):
    return PlanningContext(HOME, {r.id: r for r in rituals}, due=some)


def test_what_is_due_arrives_chosen_and_has_its_place():
    last = a_plan(week=WEEK - 1, choices=(Choice("late-talk", None, 1),))
    begun = scheduling.starting_plan(last, WEEK, due(Due("money", None)), NOW)

    assert (Choice("late-talk", None, 1), Choice("money", None, 1)) == begun.choices
    assert {"late-talk", "money"} == {o.ritual for o in standing(begun)}


def test_what_is_rare_is_not_carried_over():
    last = a_plan(week=WEEK - 1, choices=(Choice("money", None, 1), Choice("late-talk", None, 1)))

    assert (Choice("late-talk", None, 1),) == scheduling.starting_plan(
        last, WEEK, LIFE, NOW
    ).choices


@pytest.mark.parametrize("starts", [0, 5, 6])
@pytest.mark.parametrize("ahead", range(7))
def test_what_has_a_date_lies_on_its_day(starts, ahead):
    home = a_household(hours=hours_of(bedtime="19:30"), week_starts=starts)
    day = WEEK.monday - timedelta(days=(7 - starts) % 7) + timedelta(days=ahead)
    rhythm = f"yearly on {day.day} {day:%B}"
    birthday = a_ritual("birthday", rhythm=rhythm, window="daily 19:30-23:00", kept=True)
    context = PlanningContext(home, {"birthday": birthday}, due=(Due("birthday", None),))

    begun = scheduling.starting_plan(None, WEEK, context, NOW - timedelta(days=3))

    assert [day] == [local_day(o.start, home) for o in standing(begun)]


@pytest.mark.parametrize(
    ("rhythm", "by_hand", "rests"),
    [("every 4 weeks", False, True), ("every 4 weeks", True, False),
     ("yearly on 26 November", False, False)],
)  # fmt: skip
def test_what_has_its_day_or_was_moved_here_does_not_rest(rhythm, by_hand, rests):
    rare = a_ritual("rare", rhythm=rhythm, kept=True)
    context = due(Due("rare", None, by_hand=by_hand), rituals=(rare,))
    hard = replace(arrivals.begun(a_plan(), context), season=Season.HARD)

    assert rests == bool(rest.resting(hard, context.rituals))


def test_its_day_has_its_hours_though_they_name_other_days():
    wedding = a_ritual("wedding", rhythm="yearly on 25 November", window="Sat,Sun 18:00-21:00")

    assert ("Wed 18:00-21:00",) == tuple(map(str, arrivals.on_its_day(wedding, WEEK, HOME).windows))
    assert wedding == arrivals.on_its_day(wedding, WEEK + 1, HOME)


@pytest.mark.parametrize(
    ("last", "sentence"),
    [
        (5, "The last one was five weeks ago."),
        (1, "The last one was a week ago."),
        (13, "The last one was 13 weeks ago."),
        (52, "The last one was a year ago."),
        (None, "It would be the first one."),
    ],
)
def test_it_says_why_it_is_there(last, sentence):
    week = WEEK - last if last else None
    there = an_occurrence(ritual="money")
    before = {there.id: "A free evening."}

    found = arrivals.reasons(a_plan(there), due(Due("money", None, week)), before)

    assert {there.id: f"{sentence} A free evening."} == found


@pytest.mark.parametrize(
    ("rhythm", "sentence"),
    [
        ("yearly on 26 November", "It is on Thursday 26 November."),
        ("yearly on 26 November since 2019", "It is the 7th, on Thursday 26 November."),
    ],
)
def test_a_date_says_its_day(rhythm, sentence):
    assert sentence == wording.why(a_ritual("it", rhythm=rhythm), WEEK, None, HOME)


def test_what_is_weekly_keeps_its_reason():
    there = an_occurrence()
    before = {there.id: "A free evening."}

    assert before == arrivals.reasons(a_plan(there), due(Due("money", None)), before)


def a_season(*entries):
    return SeasonAhead((WEEK, WEEK + 1), entries, (), ())


def missing(plan, today):
    season = a_season(Rare(MONEY, None, plan.week))
    return arrivals.missing(season, {plan.week: plan}, today, HOME)


def test_a_planned_week_that_has_not_begun_takes_what_is_due_in_it():
    before, begun = WEEK.monday - timedelta(days=1), WEEK.monday
    there = a_plan(choices=(Choice("money", None, 1),))

    assert {WEEK: [Choice("money", None, 1)]} == missing(a_plan(), before)
    assert {} == missing(a_plan(), begun)
    assert {} == missing(there, before)
    assert {} == missing(a_plan(season=Season.GRACE), before)


def test_more_is_chosen_once():
    money = Choice("money", None, 1)

    assert (money,) == arrivals.with_choices(a_plan(), [money]).choices
    assert (money,) == arrivals.with_choices(a_plan(choices=(money,)), [money]).choices
